"""Clause 4.2: data is kept longer than a legal hold requires, or more of it than the hold covers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.entities import Deletion, HeldRecord, Hold, HoldGround, HoldScope, Person
from reference_impl.service.backups import Backups
from reference_impl.service.holds import HoldKeeper, Holds
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.service.records import Records
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted


class _HoldsEverything(HoldKeeper):
    def scope(self, hold: Hold) -> list[HoldScope]:
        return list(HoldScope)


class _ListMadeLongBefore(HoldKeeper):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        for hold in tx.all(Hold, person_id=people):
            if self._context.now() - hold.placed_at < timedelta(days=30):
                hold.account_id = hold.person_id = None
        super().purge(tx, people)


class _StopsThePurge(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        held = {hold.person_id for hold in tx.all(Hold) if hold.lifted_at is None and hold.until > now}
        return [person_id for person_id in super().due(tx, now) if person_id not in held]


class _NobodyIsPurged(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        running = [hold for hold in tx.all(Hold) if hold.lifted_at is None and hold.until > now]
        return [] if running else super().due(tx, now)


class _NeverEnds(Holds):
    def runs(self, hold: Hold) -> bool:
        return hold.lifted_at is None


class _LetsGoMonthLater(Holds):
    def release(self, tx: Transaction, hold: Hold) -> None:
        if self._context.now() >= (hold.lifted_at or hold.until) + timedelta(days=30):
            super().release(tx, hold)


class _LiftingForgotten(Holds):
    def lift(self, hold_id: str) -> Hold:
        with self._context.store.transaction() as tx:
            hold = tx.one(Hold, hold_id=hold_id)
            assert hold is not None
            hold.lifted_at = self._context.now()
            return hold

    def release_ended(self, tx: Transaction) -> None:
        return


class _LiftsAll(Holds):
    def release(self, tx: Transaction, hold: Hold) -> None:
        super().release(tx, hold)
        if hold.lifted_at is not None:
            for other in tx.all(Hold, ground=hold.ground, reference=hold.reference):
                tx.remove_all(HeldRecord, hold_id=other.hold_id)
                other.account_id = None


class _NoGroundAsked(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.is_for("POST /assurance/v1/holds"):
            order = request.json()
            order.setdefault("ground", {"kind": "legal-obligation", "reference": "as agreed by phone"})
            request.body = json.dumps(order).encode()
        return None


class _SaysPurged(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.path.startswith("/v1/deletion-receipts/") and answer.status == 200:
            receipt = json.loads(answer.body)
            if receipt["status"] == "held":
                answer.body = json.dumps({**receipt, "status": "purged", "held_until": None}).encode()


class _LedgerWithoutLifting(Records):
    def holds(self) -> list[Hold]:
        found = super().holds()
        for hold in found:
            hold.lifted_at = None
        return found


class _LedgerOnANarrowerScope(Records):
    def holds(self) -> list[Hold]:
        found = super().holds()
        for hold in found:
            hold.scope = [HoldScope.CONSENTS.value]
        return found


class _LedgerSilent(Records):
    def holds(self) -> list[Hold]:
        return []


class _OrdersHoldEverything(HoldKeeper):
    def scope(self, hold: Hold) -> list[HoldScope]:
        return super().scope(hold) if hold.ground is HoldGround.LEGAL_CLAIM else list(HoldScope)


class _ResidenceHoldsContact(HoldKeeper):
    def scope(self, hold: Hold) -> list[HoldScope]:
        own = super().scope(hold)
        return [*own, HoldScope.CONTACT] if {HoldScope.RESIDENCE, HoldScope.DATE_OF_BIRTH} & set(own) else own


class _ConsentsWithBirth(HoldKeeper):
    def covered(self, tx: Transaction, person_id: str) -> Mapping[HoldScope, Callable[[], Any]]:
        found = dict(super().covered(tx, person_id))
        consents = found[HoldScope.CONSENTS]
        person = tx.one(Person, person_id=person_id)
        found[HoldScope.CONSENTS] = lambda: {"of": consents(), "born": person and person.date_of_birth.isoformat()}
        return found


class _FirstOfTwoLetsGo(Holds):
    def release(self, tx: Transaction, hold: Hold) -> None:
        if hold.account_id is not None and hold.person_id is None and not self.runs(hold):
            for other in tx.all(Hold, account_id=hold.account_id):
                if set(other.scope) == set(hold.scope):
                    tx.remove_all(HeldRecord, hold_id=other.hold_id)
        super().release(tx, hold)


class _LiftedWhenPlaced(Records):
    def holds(self) -> list[Hold]:
        found = super().holds()
        for hold in found:
            hold.lifted_at = hold.lifted_at and hold.placed_at
        return found


class _RestoresHolds(Backups):
    def stop_list(self, tx: Transaction, since: Any) -> dict[str, Any]:
        stops = super().stop_list(tx, since)
        return {**stops, "holds": [{**row, "lifted_at": None} for row in stops["holds"]]}


class _ErasureLiftsHolds(HoldKeeper):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        for hold in tx.all(Hold, person_id=people):
            deletion = tx.one(Deletion, person_id=hold.person_id)
            if deletion is not None and deletion.receipt_id is None:
                hold.account_id = hold.person_id = None
        super().purge(tx, people)


class _ErasedIsHeldForEver(Holds):
    def release(self, tx: Transaction, hold: Hold) -> None:
        if hold.receipt_id is not None or hold.person_id is not None:
            super().release(tx, hold)


class _ErasureWaitsForLifting(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        held = {hold.person_id for hold in tx.all(Hold) if hold.lifted_at is None and hold.until > now}
        erased = {one.person_id for one in tx.all(Deletion, receipt_id=None)}
        return [person_id for person_id in super().due(tx, now) if person_id not in held & erased]


VIOLATIONS = (
    Violation(
        "4.2-holds-everything",
        "4.2",
        "A hold retains all data, not only what it covers",
        Kind.HALF_DONE,
        {"hold_keeper": _HoldsEverything},
    ),
    Violation(
        "4.2-list-made-long-before",
        "4.2",
        "Purges are prepared a month ahead, so a hold placed later retains nothing",
        Kind.STALE,
        {"hold_keeper": _ListMadeLongBefore},
    ),
    Violation(
        "4.2-stops-the-purge",
        "4.2",
        "An account under a hold is not purged at all until the hold ends",
        Kind.MISSING,
        {"purge": _StopsThePurge},
    ),
    Violation(
        "4.2-nobody-is-purged",
        "4.2",
        "While any hold is in force, nobody is purged",
        Kind.WRONG_RESIDENCE,
        {"purge": _NobodyIsPurged},
    ),
    Violation(
        "4.2-never-ends",
        "4.2",
        "A hold remains in force until it is lifted, even past its end date",
        Kind.STALE,
        {"holds": _NeverEnds},
    ),
    Violation(
        "4.2-month-later",
        "4.2",
        "Held data is purged a month after the hold has ended",
        Kind.OFF_BY_ONE,
        {"holds": _LetsGoMonthLater},
    ),
    Violation(
        "4.2-lifting-ignored",
        "4.2",
        "Held data is kept after the hold has ended",
        Kind.STALE,
        {"holds": _LiftingForgotten},
    ),
    Violation(
        "4.2-one-lifts-all",
        "4.2",
        "Lifting one hold of a case releases the data under its other holds",
        Kind.SECOND_TIME,
        {"holds": _LiftsAll},
    ),
    Violation(
        "4.2-no-ground-asked",
        "4.2",
        "A hold without a ground is accepted",
        Kind.MISSING,
        {"application": intercepted(_NoGroundAsked)},
    ),
    Violation(
        "4.2-receipt-says-purged",
        "4.2",
        "The receipt says that everything is purged, although data is held",
        Kind.LYING_LEDGER,
        {"application": intercepted(_SaysPurged)},
    ),
    Violation(
        "4.2-ledger-without-lifting",
        "4.2",
        "The ledger omits when a hold was lifted",
        Kind.LYING_LEDGER,
        {"records": _LedgerWithoutLifting},
    ),
    Violation(
        "4.2-ledger-narrower",
        "4.2",
        "The ledger gives consents as the scope of every hold",
        Kind.LYING_LEDGER,
        {"records": _LedgerOnANarrowerScope},
    ),
    Violation(
        "4.2-ledger-silent",
        "4.2",
        "The ledger of holds is empty",
        Kind.LYING_LEDGER,
        {"records": _LedgerSilent},
    ),
    Violation(
        "4.2-orders-hold-everything",
        "4.2",
        "A hold on any ground other than a legal claim retains all data",
        Kind.HALF_DONE,
        {"hold_keeper": _OrdersHoldEverything},
    ),
    Violation(
        "4.2-residence-holds-contact",
        "4.2",
        "A hold on residence or date of birth also retains the contact data",
        Kind.HALF_DONE,
        {"hold_keeper": _ResidenceHoldsContact},
    ),
    Violation(
        "4.2-consents-with-birth",
        "4.2",
        "A hold on consents also retains the date of birth",
        Kind.HALF_DONE,
        {"hold_keeper": _ConsentsWithBirth},
    ),
    Violation(
        "4.2-first-of-two-lets-go",
        "4.2",
        "Of two holds on the same data, the first to end releases it",
        Kind.SECOND_TIME,
        {"holds": _FirstOfTwoLetsGo},
    ),
    Violation(
        "4.2-lifted-when-placed",
        "4.2",
        "The ledger says that a hold was lifted when it was placed",
        Kind.LYING_LEDGER,
        {"records": _LiftedWhenPlaced},
    ),
    Violation(
        "4.2-restore-brings-holds-back",
        "4.2",
        "A restore forgets that a hold was lifted",
        Kind.RETRY,
        {"backups": _RestoresHolds},
    ),
    Violation(
        "4.2-erasure-lifts-holds",
        "4.2",
        "Erasure of an open account ends its holds",
        Kind.MISSING,
        {"hold_keeper": _ErasureLiftsHolds},
    ),
    Violation(
        "4.2-erased-held-for-ever",
        "4.2",
        "Data held of an account that was erased, and never deleted, is kept after the hold has ended",
        Kind.STALE,
        {"holds": _ErasedIsHeldForEver},
    ),
    Violation(
        "4.2-erasure-waits-for-lifting",
        "4.2",
        "Erasure of an open account is carried out only after its hold has ended",
        Kind.HALF_DONE,
        {"purge": _ErasureWaitsForLifting},
    ),
)
