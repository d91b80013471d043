"""Legal holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from reference_impl.domain.entities import Hold, HoldScope
from reference_impl.http.assurance.access import assurance_router
from reference_impl.http.models import holds
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.holds import HoldOrder

router = assurance_router()

_HoldId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]


@router.post("/holds", status_code=201, responses=errors(400, 401, 404, 422))
def place_hold(body: holds.HoldOrder, here: CurrentService) -> holds.HoldRecord:
    """Place a legal hold on part of an account's data."""
    order = HoldOrder(
        body.account_id, body.ground.kind, body.ground.reference, body.authority, tuple(body.scope), body.until
    )
    return shown_hold(here.holds.place(order))


@router.post("/holds/{hold_id}/lifting", responses=errors(401, 404, 422))
def lift_hold(hold_id: _HoldId, here: CurrentService) -> holds.HoldRecord:
    """End a legal hold before its time."""
    hold = here.holds.lift(hold_id)
    here.scheduler.wake()
    return shown_hold(hold)


def shown_hold(entry: Hold) -> holds.HoldRecord:
    """A hold as its ledger shows it."""
    return holds.HoldRecord(
        hold_id=entry.hold_id,
        account_id=entry.account_id,
        ground=holds.GroundOfHold(kind=entry.ground, reference=entry.reference),
        authority=entry.authority,
        scope=[HoldScope(scope) for scope in entry.scope],
        placed_at=entry.placed_at,
        until=entry.until,
        lifted_at=entry.lifted_at,
    )
