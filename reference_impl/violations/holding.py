"""Clause 4.2: data stays longer than law asks, or more of it than law asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from reference_impl.domain.entities import HeldRecord, Hold, HoldScope
from reference_impl.service.holds import HoldKeeper, Holds
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.service.records import Records
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.tap import Answer, Request, Tap, tapped


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


class _NoGroundAsked(Tap):
    def before(self, request: Request) -> Answer | None:
        if request.is_for("POST /assurance/v1/holds"):
            order = request.json()
            order.setdefault("ground", {"kind": "legal-obligation", "reference": "as agreed by phone"})
            request.body = json.dumps(order).encode()
        return None


class _SaysPurged(Tap):
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


VIOLATIONS = (
    Violation(
        "4.2-holds-everything",
        "4.2",
        "A hold keeps whatever there is, and not what it covers",
        Kind.HALF_DONE,
        {"hold_keeper": _HoldsEverything},
    ),
    Violation(
        "4.2-list-made-long-before",
        "4.2",
        "What is to be purged is listed a month before, and a hold that comes later finds nothing to keep",
        Kind.STALE,
        {"hold_keeper": _ListMadeLongBefore},
    ),
    Violation(
        "4.2-stops-the-purge",
        "4.2",
        "An account with a hold is not purged at all until the hold ends",
        Kind.MISSING,
        {"purge": _StopsThePurge},
    ),
    Violation(
        "4.2-nobody-is-purged",
        "4.2",
        "While any hold runs, nobody is purged",
        Kind.WRONG_RESIDENCE,
        {"purge": _NobodyIsPurged},
    ),
    Violation(
        "4.2-never-ends",
        "4.2",
        "A hold runs until somebody lifts it, whatever end it was given",
        Kind.STALE,
        {"holds": _NeverEnds},
    ),
    Violation(
        "4.2-month-later",
        "4.2",
        "What was held goes a month after the hold",
        Kind.OFF_BY_ONE,
        {"holds": _LetsGoMonthLater},
    ),
    Violation(
        "4.2-lifting-forgotten",
        "4.2",
        "What was held stays after the hold",
        Kind.STALE,
        {"holds": _LiftingForgotten},
    ),
    Violation(
        "4.2-one-lifts-all",
        "4.2",
        "Lifting one hold of a case lets go what its other holds cover",
        Kind.SECOND_TIME,
        {"holds": _LiftsAll},
    ),
    Violation(
        "4.2-no-ground-asked",
        "4.2",
        "A hold without a ground is taken",
        Kind.MISSING,
        {"application": tapped(_NoGroundAsked)},
    ),
    Violation(
        "4.2-receipt-says-purged",
        "4.2",
        "The receipt says that everything is gone, while something is held",
        Kind.LYING_LEDGER,
        {"application": tapped(_SaysPurged)},
    ),
    Violation(
        "4.2-ledger-without-lifting",
        "4.2",
        "The ledger does not say when a hold was lifted",
        Kind.LYING_LEDGER,
        {"records": _LedgerWithoutLifting},
    ),
    Violation(
        "4.2-ledger-narrower",
        "4.2",
        "The ledger calls every hold one on consents alone",
        Kind.LYING_LEDGER,
        {"records": _LedgerOnANarrowerScope},
    ),
    Violation(
        "4.2-ledger-silent",
        "4.2",
        "No ledger tells of the holds",
        Kind.LYING_LEDGER,
        {"records": _LedgerSilent},
    ),
)
