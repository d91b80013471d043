"""Shares that are retried although they are no longer permitted."""

from __future__ import annotations

from datetime import datetime

from reference_impl.domain.entities import Message, MessageKind, MessageState, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Transaction


class StubbornDispatcher(Dispatcher):
    """Keeps retrying shares after they have ceased to be permitted, once delivery has been attempted."""

    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        """Whether to keep retrying shares about the person for the purpose."""
        raise NotImplementedError

    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        """The messages due, including cancelled shares that are made pending again."""
        for message in tx.all(Message, kind=MessageKind.SHARE, state=MessageState.CANCELLED):
            if message.tries and self._is_stubborn(tx, message):
                self._mark(tx, message, MessageState.PENDING)
        return super().due(tx, now)

    def still_entitled(self, tx: Transaction, message: Message) -> bool:
        """Whether the recipient may receive the share; checked at the first attempt only."""
        if message.tries and self._is_stubborn(tx, message):
            return True
        return super().still_entitled(tx, message)

    def _is_stubborn(self, tx: Transaction, message: Message) -> bool:
        person = tx.one(Person, person_id=message.person_id)
        return person is not None and self.stubborn(person, Purpose(message.purpose))
