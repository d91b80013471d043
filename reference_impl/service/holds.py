"""Legal holds: what must be kept longer than other data, why, and for how long (clause 4.2).

A hold does not stop a purge: what the hold covers is set apart, and everything else is purged. When the hold ends, what
was set apart is destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Deletion,
    Disclosure,
    HeldRecord,
    Hold,
    HoldGround,
    HoldScope,
    Person,
    PrivacyRequest,
)
from reference_impl.domain.instants import render
from reference_impl.service.context import Context
from reference_impl.service.ports import Conflict, NotThere, Transaction


@dataclass(frozen=True, slots=True)
class HoldOrder:
    """An order to place a hold."""

    account_id: str
    ground: HoldGround
    reference: str
    authority: str
    scope: tuple[HoldScope, ...]
    until: datetime


class Holds:
    """Places, lifts and ends holds."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def place(self, order: HoldOrder) -> Hold:
        """Keep part of an account's data beyond its purge.

        Raises:
            Conflict: The hold would end before it begins.
            NotThere: There is no such account, or it is purged.
        """
        now = self._context.now()
        if order.until <= now:
            raise Conflict("hold-over", "The end of a hold must be in the future")
        with self._context.store.transaction() as tx:
            account = tx.one(Account, account_id=order.account_id)
        if account is None:
            raise NotThere("There is no such account")
        with self._context.change(account.person_id) as tx:
            if tx.one(Account, account_id=order.account_id) is None:
                raise NotThere("There is no such account")
            hold = Hold(
                hold_id=self._context.randomness.identifier("hld"),
                person_id=account.person_id,
                account_id=account.account_id,
                ground=order.ground,
                reference=order.reference,
                authority=order.authority,
                scope=[scope.value for scope in dict.fromkeys(order.scope)],
                placed_at=now,
                until=order.until,
            )
            tx.add(hold)
            return hold

    def lift(self, hold_id: str) -> Hold:
        """End a hold before its time; of one that has ended it says how it ended.

        Raises:
            NotThere: There is no such hold.
        """
        with self._context.store.transaction() as tx:
            hold = tx.one(Hold, hold_id=hold_id)
            if hold is None:
                raise NotThere("There is no such hold")
            if self.runs(hold):
                hold.lifted_at = self._context.now()
            self.release(tx, hold)
            return hold

    def runs(self, hold: Hold) -> bool:
        """Whether the hold is in force."""
        return hold.lifted_at is None and hold.until > self._context.now()

    def release_ended(self, tx: Transaction) -> None:
        """Release the data of holds that have ended."""
        for hold in tx.until(Hold, "until", self._context.now(), person_id=None):
            self.release(tx, hold)

    def release(self, tx: Transaction, hold: Hold) -> None:
        """Destroy what an ended hold has set apart. The entry in the ledger stays, about nobody."""
        if hold.person_id is None and hold.account_id is not None and not self.runs(hold):
            tx.remove_all(HeldRecord, hold_id=hold.hold_id)
            hold.account_id = None
            hold.receipt_id = None
            tx.leave_nothing()

    def held(self, receipt_id: str) -> Hold | None:
        """The hold because of which something of a deleted account is still there after its purge."""
        with self._context.store.transaction() as tx:
            held = [hold for hold in tx.all(Hold, receipt_id=receipt_id) if self.runs(hold)]
        return max(held, key=lambda hold: hold.until, default=None)


class HoldKeeper:
    """The first step of a purge: sets apart what the holds in force cover."""

    def __init__(self, context: Context, holds: Holds) -> None:
        self._context = context
        self._holds = holds

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Set apart what must stay; take the person off holds that have ended."""
        for hold in tx.all(Hold, person_id=people):
            assert hold.person_id is not None  # it was found by that
            if self._holds.runs(hold):
                person_id, deletion = hold.person_id, tx.one(Deletion, person_id=hold.person_id)
                for scope in self.scope(hold):
                    data = self.covered(tx, person_id)[scope]()
                    tx.add(HeldRecord(hold_id=hold.hold_id, scope=scope, data=data))
                if deletion is not None:
                    hold.receipt_id = deletion.receipt_id
                    hold.deleted_at = deletion.deleted_at
                    hold.purge_due_at = deletion.purge_due_at
            else:
                hold.account_id = None
            hold.person_id = None

    def scope(self, hold: Hold) -> list[HoldScope]:
        """What the hold covers."""
        return [HoldScope(scope) for scope in hold.scope]

    def covered(self, tx: Transaction, person_id: str) -> Mapping[HoldScope, Callable[[], Any]]:
        """The person's data by hold scope."""
        person = tx.one(Person, person_id=person_id)
        account = tx.one(Account, person_id=person_id)
        deletion = tx.one(Deletion, person_id=person_id)
        # A hold is on an account, and an account has its person.
        assert person is not None
        assert account is not None
        return {
            HoldScope.CONTACT: lambda: {
                "email": person.email,
                "display_name": account.display_name,
                "language": person.language,
            },
            HoldScope.RESIDENCE: lambda: {"country": account.country, "postal_code": account.postal_code},
            HoldScope.DATE_OF_BIRTH: person.date_of_birth.isoformat,
            HoldScope.CONSENTS: lambda: [
                {
                    "purpose": entry.purpose,
                    "text_version": entry.text_version,
                    "language": entry.language,
                    "given_at": render(entry.given_at),
                    "withdrawn_at": entry.withdrawn_at and render(entry.withdrawn_at),
                }
                for entry in tx.all(ConsentEntry, person_id=person_id)
            ],
            HoldScope.DISCLOSURES: lambda: [
                {
                    "recipient": entry.recipient,
                    "purpose": entry.purpose,
                    "kind": entry.kind,
                    "subject_id": entry.subject_id,
                    "delivered_at": entry.delivered_at and render(entry.delivered_at),
                }
                for entry in tx.all(Disclosure, person_id=person_id)
            ],
            HoldScope.CORRESPONDENCE: lambda: {
                "deletion_reason": deletion.reason if deletion else None,
                "requests": [
                    {"kind": entry.kind, "status": entry.status, "created_at": render(entry.created_at)}
                    for entry in tx.all(PrivacyRequest, person_id=person_id)
                ],
            },
        }
