"""Legal holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.domain.entities import HoldGround, HoldScope
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Instant, Text


class Ground(Body):
    """The ground of a legal hold."""

    kind: Annotated[HoldGround, Field(strict=False)]
    reference: Annotated[Text, Field(min_length=1, max_length=200)]


class HoldOrder(Body):
    """What is to be held, why, for whom, and until when."""

    account_id: Annotated[Text, Field(min_length=1, max_length=100)]
    ground: Ground
    authority: Annotated[Text, Field(min_length=1, max_length=200)]
    scope: Annotated[list[Annotated[HoldScope, Field(strict=False)]], Field(min_length=1, max_length=len(HoldScope))]
    until: Instant


class GroundOfHold(Answer):
    """The ground of a legal hold."""

    kind: HoldGround
    reference: str


class HoldRecord(Answer):
    """A legal hold: an entry of its ledger."""

    hold_id: str
    account_id: str | None
    ground: GroundOfHold
    authority: str
    scope: list[HoldScope]
    placed_at: Instant
    until: Instant
    lifted_at: Instant | None


class HoldRecords(Answer):
    """The ledger of legal holds."""

    entries: list[HoldRecord]
