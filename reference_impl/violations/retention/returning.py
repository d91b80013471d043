"""Clauses 4.1 and 4.3: a new account at the address of a deleted one is taken for the same account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reference_impl.domain.entities import Account, ConsentEntry, Person
from reference_impl.service.accounts import AccountForm, Accounts
from reference_impl.service.people import people_at
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import LedgerPurger, Purge
from reference_impl.service.rights import PrivacyRequests
from reference_impl.violations.model import Also, Kind, Violation


def _with_newer(tx: Transaction, people: Sequence[str]) -> list[str]:
    """People, and everybody else at their addresses."""
    keys = [person.email_key for person in tx.all(Person, person_id=list(people))]
    return sorted({*people, *(one.person_id for one in tx.all(Person, email_key=keys))})


class _PurgesTheAddress(Purge):
    def clear(self, tx: Transaction, people: Sequence[str]) -> None:
        super().clear(tx, _with_newer(tx, people))


class _PurgesConsentsByAddress(LedgerPurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        super().purge(tx, people)
        tx.remove_all(ConsentEntry, person_id=_with_newer(tx, people))


class _SparesWhoCameBackLate(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        return [person_id for person_id in super().due(tx, now) if not self._is_back(tx, person_id)]

    def _is_back(self, tx: Transaction, person_id: str) -> bool:
        person = tx.one(Person, person_id=person_id)
        new = tx.one(Person, email_key=person.email_key, closed_at=None) if person else None
        return person is not None and new is not None and (new.created_at - person.created_at).days > 150


class _TakesConsentsOver(Accounts):
    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        created = super().create(person_id, form)
        with self._context.change(person_id) as tx:
            for former in people_at(tx, form.email)[1:]:
                for entry in tx.all(ConsentEntry, person_id=former.person_id):
                    again = {**vars(entry), "entry_id": None, "withdrawn_at": None, "withdrawn_by": None}
                    tx.add(ConsentEntry(**{**again, "person_id": person_id, "account_id": created[1].account_id}))
        return created


class _ErasesTheOpenAccount(PrivacyRequests):
    def concerned(self, tx: Transaction, person: Person) -> list[Person]:
        return super().concerned(tx, person)[:1]


class _ErasesTheFormerAccounts(PrivacyRequests):
    def concerned(self, tx: Transaction, person: Person) -> list[Person]:
        concerned = super().concerned(tx, person)
        return [one for one in concerned if one.closed_at is not None] or concerned


class _FormerAccountsWaitInAustralia(PrivacyRequests):
    def concerned(self, tx: Transaction, person: Person) -> list[Person]:
        concerned = super().concerned(tx, person)
        return [one for one in concerned if one.country != "AU"] or concerned[:1]


VIOLATIONS = (
    Violation(
        "4.1-purges-the-address",
        "4.1",
        "A purge also deletes the new account at the same e-mail address",
        Kind.SECOND_TIME,
        {"purge": _PurgesTheAddress},
        also=(Also("4.4", "a resident of California comes back as well"),),
    ),
    Violation(
        "4.1-purges-new-consents",
        "4.1",
        "A purge also deletes the consents of the new account at the same e-mail address",
        Kind.SECOND_TIME,
        {"ledger_purger": _PurgesConsentsByAddress},
    ),
    Violation(
        "4.1-return-on-last-day-retained",
        "4.1",
        "A deleted account is kept if a new one is opened in the last month before the purge",
        Kind.STALE,
        {"purge": _SparesWhoCameBackLate},
    ),
    Violation(
        "4.1-takes-consents-over",
        "4.1",
        "A new account takes over the consents of the deleted one at the same e-mail address",
        Kind.SECOND_TIME,
        {"accounts": _TakesConsentsOver},
        also=(
            Also("2.3", "a consent of the deleted account counts for the new one"),
            Also("4.2", "also while data of the deleted account is held"),
            Also("4.4", "a resident of California comes back as well"),
        ),
    ),
    Violation(
        "4.3-erases-the-open-account",
        "4.3",
        "An erasure leaves the data of a deleted account at the same e-mail address",
        Kind.HALF_DONE,
        {"rights": _ErasesTheOpenAccount},
    ),
    Violation(
        "4.3-erases-the-former-account",
        "4.3",
        "An erasure leaves the new account at the e-mail address of a deleted one",
        Kind.SECOND_TIME,
        {"rights": _ErasesTheFormerAccounts},
    ),
    Violation(
        "4.3-former-accounts-wait-in-australia",
        "4.3",
        "In Australia, an erasure leaves the data of a deleted account at the same e-mail address",
        Kind.WRONG_RESIDENCE,
        {"rights": _FormerAccountsWaitInAustralia},
    ),
)
