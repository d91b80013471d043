"""Marketing mails that the service sends by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reference_impl.domain.entities import Message, Person
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Mail, Transaction


class Newsletter(Dispatcher):
    """Sends every subscriber one mail, as soon as they are on the list."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._mailed: set[str] = set()

    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        """The people on the list."""
        raise NotImplementedError

    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        """The messages due; the newsletter is sent in addition."""
        for person in self.subscribers(tx, now):
            if self._context.wiring.mail and person.person_id not in self._mailed:
                self._mailed.add(person.person_id)
                self._postman.send(self._context.wiring.mail, self._newsletter(person, now))
        return super().due(tx, now)

    def _newsletter(self, person: Person, now: datetime) -> Mail:
        return Mail(
            message_id=self._context.randomness.identifier("news"),
            kind="newsletter",
            to=person.email,
            language="en",
            subject="What is new this spring",
            text="Discover our new headphones, now at a special price!\n",
            date=now,
        )
