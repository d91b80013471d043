"""The transactional outbox: messages are stored in the transaction that makes them due, and sent after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.entities import Disclosure, Message, MessageKind, MessageState, Person, Pseudonym
from reference_impl.domain.recipients import Purpose
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction


class RetryPolicy:
    """When a failed attempt is repeated, by the world's clock."""

    FIRST = timedelta(seconds=30)
    LONGEST = timedelta(hours=1)
    KEEP_TRYING = timedelta(days=14)

    def next_try_at(self, now: datetime, first_try_at: datetime, tries: int) -> datetime | None:
        """When to try again after a number of failed attempts; None to give up."""
        if now - first_try_at >= self.KEEP_TRYING:
            return None
        return now + min(self.FIRST * (1 << min(tries - 1, 10)), self.LONGEST)


class Outbox:
    """Stores messages to be sent."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def mail(self, tx: Transaction, person: Person, kind: str, code: str) -> None:
        """A service mail to the person's address, with a code in its link."""
        self.letter(tx, kind, person, to=person.email, code=code)

    def letter(
        self,
        tx: Transaction,
        kind: str,
        person: Person | None,
        *,
        to: str,
        after: timedelta = timedelta(0),
        **words: str,
    ) -> None:
        """A service mail.

        Args:
            tx: The transaction.
            kind: Which text.
            person: Whom it is about, where that is somebody known; else nothing of it is kept once it has left.
            to: The address.
            after: How long it waits, by the world's clock.
            words: What is filled into the text; ``code`` makes a link.
        """
        message_id = self._context.randomness.identifier("mail")
        self._put(
            tx,
            message_id=message_id,
            lane=f"mail/{person.person_id if person else message_id}",
            person_id=person.person_id if person else None,
            kind=MessageKind.MAIL,
            recipient="person",
            purpose=kind,
            body={"to": to, "language": person.language if person else "en", **words},
            after=after,
        )

    def delivery(
        self,
        tx: Transaction,
        person_id: str,
        recipient: str,
        purpose: Purpose,
        kind: MessageKind,
        body: dict[str, Any],
    ) -> Disclosure:
        """A share or a withdrawal, and its entry in the ledger. ``body`` is the delivery without what is said here."""
        subject_id = self.pseudonym(tx, person_id, recipient)
        now = self._context.now()
        disclosure = Disclosure(
            delivery_id=self._context.randomness.identifier("dlv"),
            person_id=person_id,
            subject_id=subject_id,
            recipient=recipient,
            recipient_country=self._context.register.countries[recipient],
            purpose=purpose,
            kind=kind,
            state=MessageState.PENDING,
            decided_at=now,
        )
        subject = {"subject_id": subject_id, **body.pop("subject", {})}
        tx.add(disclosure)
        lane = f"{recipient}/{purpose}/{subject_id}"
        self._put(
            tx,
            message_id=disclosure.delivery_id,
            lane=lane,
            person_id=person_id,
            kind=kind,
            recipient=recipient,
            purpose=purpose,
            body={"subject": subject, **body},
        )
        # Try again at once: this message must not wait behind the next attempt of an older one.
        for waiting in tx.all(Message, lane=lane, state=MessageState.PENDING):
            waiting.next_try_at = min(waiting.next_try_at, now)
        return disclosure

    def pseudonym(self, tx: Transaction, person_id: str, recipient: str) -> str:
        """The person's pseudonym at the recipient, created at first use."""
        known = tx.one(Pseudonym, person_id=person_id, recipient=recipient)
        if known is None:
            known = Pseudonym(
                subject_id=self._context.randomness.identifier("sub"), person_id=person_id, recipient=recipient
            )
            tx.add(known)
        return known.subject_id

    def cancel(self, tx: Transaction, disclosure: Disclosure) -> None:
        """Take back what has not been delivered."""
        disclosure.state = MessageState.CANCELLED
        message = tx.one(Message, message_id=disclosure.delivery_id)
        if message is not None:
            message.state = MessageState.CANCELLED
            message.ended_at = self._context.now()

    def _put(self, tx: Transaction, *, body: dict[str, Any], after: timedelta = timedelta(0), **fields: Any) -> None:
        now = self._context.now()
        tx.add(Message(body=body, state=MessageState.PENDING, created_at=now, next_try_at=now + after, **fields))
