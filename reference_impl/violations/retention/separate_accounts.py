"""Clause 4.4: in California, the accounts of one consumer are not kept separate."""

from __future__ import annotations

import json
from datetime import datetime

from reference_impl.domain.calendar import RetentionRule
from reference_impl.domain.entities import AccessToken, Account, Deletion, Person, PrivacyRequest, RequestKind
from reference_impl.service.deletion import Deletions
from reference_impl.service.people import people_at
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted
from reference_impl.violations.shared.sparing_purge import SparingPurge

_CALIFORNIA = "US-CA"


def _others(tx: Transaction, person_id: str) -> list[Person]:
    """People in California with the same date of birth and postal code."""
    person, account = tx.one(Person, person_id=person_id), tx.one(Account, person_id=person_id)
    if person is None or account is None or account.subdivision != _CALIFORNIA:
        return []
    neighbours = {one.person_id for one in tx.all(Account, postal_code=account.postal_code)} - {person_id}
    return [one for one in tx.all(Person, date_of_birth=person.date_of_birth) if one.person_id in neighbours]


class _KeptWhileAnotherIsOpen(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        return [
            person_id
            for person_id in super().due(tx, now)
            if not any(other.closed_at is None for other in _others(tx, person_id))
        ]


class _KeptIfRegisteredAgain(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        return [person_id for person_id in super().due(tx, now) if not self._is_back(tx, person_id)]

    def _is_back(self, tx: Transaction, person_id: str) -> bool:
        person = tx.one(Person, person_id=person_id)
        return person is not None and tx.one(Person, email_key=person.email_key, closed_at=None) is not None


class _GoTogether(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        due = super().due(tx, now)
        return [*due, *(other.person_id for person_id in due for other in _others(tx, person_id))]


class _LastDeletionCounts(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        deletion = super().delete(person_id, reason)
        with self._context.store.transaction() as tx:
            for other in _others(tx, person_id):
                earlier = tx.one(Deletion, person_id=other.person_id)
                if earlier is not None:
                    earlier.purge_due_at = deletion.purge_due_at
        return deletion


class _ClosesAll(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        deletion = super().delete(person_id, reason)
        with self._context.store.transaction() as tx:
            for other in _others(tx, person_id):
                if other.closed_at is None:
                    self.close(tx, other, tx.one(Account, person_id=other.person_id))
        return deletion


class _OlderReceipts(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if not request.path.startswith("/v1/deletion-receipts/") or answer.status != 200:
            return
        receipt = json.loads(answer.body)
        with request.service.context.store.transaction() as tx:
            deletion = tx.one(Deletion, receipt_id=receipt["receipt_id"])
            if deletion is not None and _others(tx, deletion.person_id):
                later = RetentionRule().purge_due_at(request.service.context.now())
                receipt["purge_due_at"] = later.isoformat()
        answer.body = json.dumps(receipt).encode()


_TWINS = "people with the same date of birth and postal code are treated as one consumer"


def _namesakes(tx: Transaction, person_id: str) -> list[Account]:
    """Other accounts with the same display name, taken to be the same consumer's."""
    mine = tx.one(Account, person_id=person_id)
    return [
        one
        for one in tx.all(Account)
        if mine is not None and one.person_id != person_id and one.display_name == mine.display_name
    ]


class _ErasesAllAccounts(PrivacyRequests):
    def verify(self, request_id: str, code: str) -> RequestView:
        with self._context.store.transaction() as tx:
            found = tx.one(PrivacyRequest, request_id=request_id)
            others = _namesakes(tx, found.person_id) if found and found.person_id else []
        view = super().verify(request_id, code)
        if found and found.kind is RequestKind.ERASURE:
            with self._context.store.transaction() as tx:
                for person in tx.all(Person, person_id=[one.person_id for one in others]):
                    self._deletions.erase(tx, person)
        return view


class _SecondDeletionCounts(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        deletion = super().delete(person_id, reason)
        with self._context.store.transaction() as tx:
            person = tx.one(Person, person_id=person_id)
            same = people_at(tx, person.email) if person else []
            for earlier in tx.all(Deletion, person_id=[one.person_id for one in same]):
                earlier.purge_due_at = deletion.purge_due_at
        return deletion


class _FirstOfThreeStays(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return len(_namesakes(tx, person.person_id)) > 1


class _SignsOthersOut(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        with self._context.store.transaction() as tx:
            for other in _namesakes(tx, person_id):
                tx.remove_all(AccessToken, person_id=other.person_id)
        return super().delete(person_id, reason)


VIOLATIONS = (
    Violation(
        "4.4-kept-while-another-is-open",
        "4.4",
        "A deleted account is kept while the consumer has another one",
        Kind.STALE,
        {"purge": _KeptWhileAnotherIsOpen},
    ),
    Violation(
        "4.4-kept-for-returning-people",
        "4.4",
        "A deleted account is kept if a new one exists at its e-mail address",
        Kind.SECOND_TIME,
        {"purge": _KeptIfRegisteredAgain},
    ),
    Violation(
        "4.4-deleted-together",
        "4.4",
        "Purging one account also purges the consumer's others",
        Kind.WRONG_RESIDENCE,
        {"purge": _GoTogether},
        also=(Also("4.1", _TWINS),),
    ),
    Violation(
        "4.4-last-deletion-counts",
        "4.4",
        "The six months run from the deletion of the consumer's last account",
        Kind.OFF_BY_ONE,
        {"deletions": _LastDeletionCounts},
    ),
    Violation(
        "4.4-closes-all",
        "4.4",
        "Deleting one account also closes the consumer's others",
        Kind.HALF_DONE,
        {"deletions": _ClosesAll},
        also=(Also("4.5", _TWINS), Also("4.1", _TWINS), Also("4.3", _TWINS)),
    ),
    Violation(
        "4.4-receipts-wrong",
        "4.4",
        "If the consumer has another account, the receipt gives a purge date six months from today",
        Kind.LYING_LEDGER,
        {"application": intercepted(_OlderReceipts)},
    ),
    Violation(
        "4.4-erases-all-accounts",
        "4.4",
        "Erasing one account also erases the consumer's others",
        Kind.MISSING,
        {"rights": _ErasesAllAccounts},
    ),
    Violation(
        "4.4-second-deletion-counts",
        "4.4",
        "A second deletion at an e-mail address postpones the purge of the first",
        Kind.SECOND_TIME,
        {"deletions": _SecondDeletionCounts},
    ),
    Violation(
        "4.4-first-of-three-retained",
        "4.4",
        "If a consumer has three accounts, none of them is purged",
        Kind.SECOND_TIME,
        {"purge": _FirstOfThreeStays},
    ),
    Violation(
        "4.4-signs-others-out",
        "4.4",
        "Deleting one account ends the sessions of the consumer's others",
        Kind.HALF_DONE,
        {"deletions": _SignsOthersOut},
    ),
)
