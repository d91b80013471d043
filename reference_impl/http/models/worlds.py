"""Worlds, their clock, and settling."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Instant
from reference_impl.http.models.transfers import TransferRegister
from reference_impl.http.models.wiring import Wiring


class WorldOrder(Body):
    """A world of its own data, clock and wiring."""

    now: Instant
    wiring: Wiring = Field(default_factory=Wiring)
    transfer_register: TransferRegister = Field(default=None)  # type: ignore[assignment]  # as in Wiring


class World(Answer):
    """``base_url`` has no slash at its end."""

    world_id: str
    base_url: str
    now: Instant


class Clock(Body):
    """An instant of the world's clock."""

    now: Instant


class SettleOrder(Body):
    """Seconds by the computer's clock."""

    timeout_seconds: Annotated[float, Field(ge=0, le=60)] = 10


class Settled(Answer):
    """Whether the world is at rest."""

    settled: bool
    pending: list[str]
    next_due_at: Instant | None
