"""A hidden place in which violating services keep data."""

from __future__ import annotations

from typing import Any

from reference_impl.domain.entities import Message, MessageKind, MessageState
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction


def keep_event(tx: Transaction, context: Context, name: str, data: Any, *, lane: str = "events") -> None:
    """Keep an event as a cancelled message without a person, which no purge finds."""
    now = context.now()
    tx.add(
        Message(
            message_id=context.randomness.identifier("evt"),
            lane=lane,
            person_id=None,
            kind=MessageKind.MAIL,
            recipient="events",
            purpose=name,
            body={"data": data},
            state=MessageState.CANCELLED,
            created_at=now,
            next_try_at=now,
        )
    )
