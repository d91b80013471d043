"""Clause 4.4: in California the accounts of one consumer hang together."""

from __future__ import annotations

import json
from datetime import datetime

from reference_impl.domain.calendar import RetentionRule
from reference_impl.domain.entities import Account, Deletion, Person
from reference_impl.service.deletion import Deletions
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.tap import Answer, Request, Tap, tapped

_CALIFORNIA = "US-CA"


def _others(tx: Transaction, person_id: str) -> list[Person]:
    """Who was born on the same day and lives at the same postal code in California."""
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


class _KeptForWhoeverCameBack(Purge):
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


class _OlderReceipts(Tap):
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


_TWINS = "whoever is born on that day and lives there counts as the same consumer"

VIOLATIONS = (
    Violation(
        "4.4-kept-while-another-is-open",
        "4.4",
        "A deleted account stays while the consumer has another one",
        Kind.STALE,
        {"purge": _KeptWhileAnotherIsOpen},
    ),
    Violation(
        "4.4-kept-for-whoever-came-back",
        "4.4",
        "A deleted account stays when there is a new one at its address",
        Kind.SECOND_TIME,
        {"purge": _KeptForWhoeverCameBack},
    ),
    Violation(
        "4.4-go-together",
        "4.4",
        "With one account the consumer's others are purged",
        Kind.WRONG_RESIDENCE,
        {"purge": _GoTogether},
        also=(Also("4.1", _TWINS),),
    ),
    Violation(
        "4.4-last-deletion-counts",
        "4.4",
        "The six months count from the deletion of the consumer's last account",
        Kind.OFF_BY_ONE,
        {"deletions": _LastDeletionCounts},
    ),
    Violation(
        "4.4-closes-all",
        "4.4",
        "With one account the consumer's others are closed",
        Kind.HALF_DONE,
        {"deletions": _ClosesAll},
        also=(Also("4.5", _TWINS), Also("4.1", _TWINS), Also("4.3", _TWINS)),
    ),
    Violation(
        "4.4-receipts-wrong",
        "4.4",
        "The receipt puts the purge six months after the day on which one asks, where the consumer has another account",
        Kind.LYING_LEDGER,
        {"application": tapped(_OlderReceipts)},
    ),
)
