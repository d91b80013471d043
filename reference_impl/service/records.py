"""Ledgers for the auditor (clauses 2.3, 5.5)."""

from __future__ import annotations

from reference_impl.domain.entities import Account, ConsentEntry, Disclosure, PrivacyRequest
from reference_impl.service.choices import RequestStanding, standing
from reference_impl.service.context import Context


class Records:
    """What was consented to, and what left."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def consents(self) -> list[ConsentEntry]:
        """Every consent ever given, until its person is purged."""
        with self._context.store.transaction() as tx:
            return tx.all(ConsentEntry)

    def disclosures(self) -> list[Disclosure]:
        """One entry a delivery."""
        with self._context.store.transaction() as tx:
            return tx.all(Disclosure)

    def requests(self) -> list[RequestStanding]:
        """Every request of a data subject, until its person is purged."""
        with self._context.store.transaction() as tx:
            accounts = {account.person_id: account.account_id for account in tx.all(Account)}
            now = self._context.now()
            return [standing(entry, accounts.get(entry.person_id), now) for entry in tx.all(PrivacyRequest)]
