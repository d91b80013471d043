"""Shares that are carried through although nobody may have them any more."""

from __future__ import annotations

from datetime import datetime

from reference_impl.domain.entities import Message, MessageKind, MessageState, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Transaction


class CarriedThrough(Dispatcher):
    """Goes on trying to deliver a share that was tried once, as if nothing had been decided since."""

    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        """Whether shares about the person are such."""
        raise NotImplementedError

    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        """As ever; beside it what was taken back is taken up again."""
        for message in tx.all(Message, kind=MessageKind.SHARE, state=MessageState.CANCELLED):
            if message.tries and self._is_stubborn(tx, message):
                self._mark(tx, message, MessageState.PENDING)
        return super().due(tx, now)

    def still_entitled(self, tx: Transaction, message: Message) -> bool:
        """Asked at the first try only."""
        if message.tries and self._is_stubborn(tx, message):
            return True
        return super().still_entitled(tx, message)

    def _is_stubborn(self, tx: Transaction, message: Message) -> bool:
        person = tx.one(Person, person_id=message.person_id)
        return person is not None and self.stubborn(person, Purpose(message.purpose))
