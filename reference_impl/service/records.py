"""Ledgers for the auditor (clauses 2.1 to 2.3, 2.6, 2.7, 4.2, 4.6, 5.2, 5.3, 5.5)."""

from __future__ import annotations

from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Disclosure,
    Disposal,
    Enquiry,
    Hold,
    NoticeTold,
    PrivacyRequest,
    StaffAccess,
)
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.service.choices import RequestStanding, standing
from reference_impl.service.context import Context


class Records:
    """Consents, notices, disclosures, accesses by staff, holds and disposals."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def consents(self) -> list[ConsentEntry]:
        """Every consent ever given, until its person is purged."""
        with self._context.store.transaction() as tx:
            return tx.all(ConsentEntry)

    def processing(self) -> tuple[ProcessingActivity, ...]:
        """What is done with personal data, and on what basis."""
        return self._context.facts.processing

    def enquiries(self) -> list[tuple[Enquiry, str | None]]:
        """Every question, with the account that it is about, until its person is purged."""
        with self._context.store.transaction() as tx:
            accounts = {account.person_id: account.account_id for account in tx.all(Account)}
            return [(entry, accounts.get(entry.person_id or "")) for entry in tx.all(Enquiry)]

    def disclosures(self) -> list[Disclosure]:
        """One entry a delivery."""
        with self._context.store.transaction() as tx:
            return tx.all(Disclosure)

    def requests(self) -> list[RequestStanding]:
        """Every request of a data subject, until it is no longer needed or its person is purged."""
        with self._context.store.transaction() as tx:
            accounts = {account.person_id: account.account_id for account in tx.all(Account)}
            now = self._context.now()
            return [standing(entry, accounts.get(entry.person_id), now) for entry in tx.all(PrivacyRequest)]

    def holds(self) -> list[Hold]:
        """Every legal hold ever placed."""
        with self._context.store.transaction() as tx:
            return tx.all(Hold)

    def disposals(self) -> list[Disposal]:
        """Disposals of data that was no longer needed."""
        with self._context.store.transaction() as tx:
            return tx.all(Disposal)

    def notices(self) -> list[tuple[NoticeTold, str | None]]:
        """Which notice was in force when data was given, with the account id where there is an account."""
        with self._context.store.transaction() as tx:
            accounts = {account.person_id: account.account_id for account in tx.all(Account)}
            return [(entry, accounts.get(entry.person_id)) for entry in tx.all(NoticeTold)]

    def accesses(self) -> list[StaffAccess]:
        """One entry for each time that a member of staff saw an account."""
        with self._context.store.transaction() as tx:
            return tx.all(StaffAccess)
