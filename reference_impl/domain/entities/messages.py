"""Messages that leave the service, and the ledger of disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from reference_impl.domain.recipients import Purpose
from reference_impl.domain.transfer import GroundKind


class MessageKind(StrEnum):
    """What a message in the outbox is."""

    MAIL = "mail"
    SHARE = "share"
    WITHDRAW = "withdraw"


class MessageState(StrEnum):
    """The state of a message. ``HELD``: waits for a ground, or for an endpoint, and not for a time."""

    PENDING = "pending"
    HELD = "held"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(eq=False, kw_only=True)
class Disclosure:
    """Ledger entry of one delivery. ``exposed``: the recipient may have seen it."""

    number: int | None = None
    delivery_id: str
    person_id: str | None
    subject_id: str | None
    recipient: str
    recipient_country: str
    purpose: Purpose
    kind: MessageKind
    state: MessageState
    decided_at: datetime
    delivered_at: datetime | None = None
    exposed: bool = False
    ground_kind: GroundKind | None = None
    ground_reference: str | None = None


@dataclass(eq=False, kw_only=True)
class Message:
    """One thing that is to leave the service: a row of the outbox.

    Messages of one ``lane`` leave one after the other, in the order of ``number``. ``person_id`` is None for a
    withdrawal that outlived the data of its person. ``ended_at``: when it was delivered or cancelled.
    """

    number: int | None = None
    message_id: str
    lane: str
    person_id: str | None
    kind: MessageKind
    recipient: str
    purpose: str
    body: dict[str, Any]
    state: MessageState
    created_at: datetime
    next_try_at: datetime
    first_try_at: datetime | None = None
    tries: int = 0
    ended_at: datetime | None = None
