"""Sending what is in the outbox, in one decision with the rules that hold at that moment."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.entities import Account, Disclosure, Enquiry, Message, MessageKind, MessageState, Person
from reference_impl.domain.instants import render
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.transfer import Ground, SafeguardsRule
from reference_impl.service.context import Context
from reference_impl.service.enquiries import ANSWER
from reference_impl.service.mailer import Mailer
from reference_impl.service.outbox import RetryPolicy
from reference_impl.service.ports import Courier, Mail, Outcome, Postman, Postponed, Transaction
from reference_impl.service.sharing import SharePolicy


@dataclass(frozen=True, slots=True)
class _Posting:
    url: str
    key: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Mailing:
    server: tuple[str, int]
    mail: Mail


class Dispatcher:
    """Takes messages from the outbox and sends them, lane by lane.

    A message is marked as sent only after the other side has answered. After a crash in between it is sent again under
    the same key.
    """

    LONGEST_WAIT = timedelta(days=1)
    """How long a recipient may put off the next attempt: it must not be able to refuse a withdrawal in this way."""

    def __init__(
        self,
        context: Context,
        policy: SharePolicy,
        safeguards: SafeguardsRule,
        retry: RetryPolicy,
        mailer: Mailer,
        courier: Courier,
        postman: Postman,
    ) -> None:
        self._context = context
        self._policy = policy
        self._safeguards = safeguards
        self._retry = retry
        self._mailer = mailer
        self._courier = courier
        self._postman = postman

    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        """The first message of each lane, where its time has come. Messages whose obstacle is gone are let go first."""
        for message in tx.all(Message, state=MessageState.HELD):
            if self.obstacle(tx, message, now) is None:
                self._mark(tx, message, MessageState.PENDING)
                message.next_try_at = now
        return [message for message in tx.lane_heads() if message.next_try_at <= now]

    def dispatch(self, message_id: str, person_id: str | None) -> None:
        """Decide on one message, send it if that is the decision, and record what became of it."""
        with self._context.turns.of(person_id) if person_id else nullcontext():
            with self._context.store.transaction() as tx:
                before = self._exposed(tx, message_id)
                order = self.decide(tx, message_id)
            if order is not None:
                outcome = self.send(order)
                with self._context.store.transaction() as tx:
                    self.conclude(tx, message_id, outcome, exposed_before=before)

    def decide(self, tx: Transaction, message_id: str) -> _Posting | _Mailing | None:
        """What to send now, by everything that holds now; None where nothing is to be sent."""
        now = self._context.now()
        message = tx.one(Message, message_id=message_id)
        if message is None or message.state is not MessageState.PENDING or message.next_try_at > now:
            return None
        if message.kind is MessageKind.SHARE and not self.still_entitled(tx, message):
            self._mark(tx, message, MessageState.CANCELLED)
            return None
        if self.obstacle(tx, message, now) is not None:
            self._mark(tx, message, MessageState.HELD)
            return None
        message.tries += 1
        message.first_try_at = message.first_try_at or now
        if message.kind is MessageKind.MAIL:
            assert self._context.wiring.mail is not None  # otherwise there would have been an obstacle
            return _Mailing(self._context.wiring.mail, self._mailer.compose(message))
        return self._posting(tx, message, now)

    def still_entitled(self, tx: Transaction, message: Message) -> bool:
        """Whether the recipient of a share may have it now."""
        person = tx.one(Person, person_id=message.person_id)
        account = tx.one(Account, person_id=message.person_id)
        if person is None or account is None:
            return False
        return message.recipient in self._policy.recipients(tx, person, account, Purpose(message.purpose))

    def obstacle(self, tx: Transaction, message: Message, now: datetime) -> str | None:
        """Why the message cannot leave now, in words without personal data; None where it can."""
        if message.kind is MessageKind.MAIL:
            return None if self._context.wiring.mail else "no mail server is configured"
        if (message.recipient, message.purpose) not in self._context.wiring.endpoints:
            return "no endpoint is configured"
        if message.kind is MessageKind.SHARE and self.is_transfer(tx, message) and not self.ground(message, now):
            return "no ground for the transfer is in force"
        return None

    def is_transfer(self, tx: Transaction, message: Message) -> bool:
        """Whether the share leaves the EEA."""
        account = tx.one(Account, person_id=message.person_id)
        destination = self._context.register.countries[message.recipient]
        return account is not None and self._safeguards.needs_ground(account.country, destination)

    def ground(self, message: Message, now: datetime) -> Ground | None:
        """What a transfer to the message's recipient can rest on at that moment."""
        return self._safeguards.ground(self._context.register, message.recipient, now)

    def send(self, order: _Posting | _Mailing) -> Outcome | Postponed:
        """One try."""
        if isinstance(order, _Mailing):
            return self._postman.send(order.server, order.mail)
        return self._courier.deliver(order.url, order.key, order.body)

    def conclude(self, tx: Transaction, message_id: str, outcome: Outcome | Postponed, *, exposed_before: bool) -> None:
        """Record what became of a try."""
        message = tx.one(Message, message_id=message_id)
        if message is None:
            return
        now = self._context.now()
        if outcome is Outcome.ACCEPTED:
            self._mark(tx, message, MessageState.DELIVERED)
        elif outcome is Outcome.REFUSED:
            self._mark(tx, message, MessageState.CANCELLED)
        else:
            if outcome is Outcome.NOT_SENT and not exposed_before:
                self._expose(tx, message, exposed=False)
            next_try_at = self._retry.next_try_at(now, message.first_try_at or now, message.tries)
            if next_try_at is None:
                self._mark(tx, message, MessageState.CANCELLED)
            else:
                message.next_try_at = max(next_try_at, now + self._asked_to_wait(outcome))
        self._context.log.record(
            "try",
            message=message.message_id,
            recipient=message.recipient,
            kind=message.kind,
            outcome="postponed" if isinstance(outcome, Postponed) else outcome.name.lower(),
        )

    def _asked_to_wait(self, outcome: Outcome | Postponed) -> timedelta:
        return min(outcome.wait, self.LONGEST_WAIT) if isinstance(outcome, Postponed) else timedelta(0)

    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        disclosure = tx.one(Disclosure, delivery_id=message.message_id)
        assert disclosure is not None  # written in one transaction with the message
        self._expose(tx, message, exposed=True)
        disclosure.recipient_country = self._context.register.countries[message.recipient]
        if message.kind is MessageKind.SHARE and self.is_transfer(tx, message):
            ground = self.ground(message, now)
            disclosure.ground_kind = ground.kind if ground else None
            disclosure.ground_reference = ground.reference if ground else None
        body = {
            "delivery_id": message.message_id,
            "sent_at": render(now),
            "recipient": message.recipient,
            "purpose": message.purpose,
            "kind": message.kind.value,
            **message.body,
        }
        url = self._context.wiring.endpoints[message.recipient, message.purpose]
        return _Posting(url, message.message_id, body)

    def _mark(self, tx: Transaction, message: Message, state: MessageState) -> None:
        message.state = state
        if state in (MessageState.DELIVERED, MessageState.CANCELLED):
            message.ended_at = self._context.now()
        if state is MessageState.DELIVERED and message.kind is MessageKind.MAIL:
            message.body = {name: value for name, value in message.body.items() if name != "code"}
        if state is MessageState.DELIVERED and message.purpose == ANSWER:
            self._note_answer(tx, message.body["enquiry"])
        disclosure = tx.one(Disclosure, delivery_id=message.message_id)
        if disclosure is not None:
            disclosure.state = state
            if state is MessageState.DELIVERED:
                disclosure.delivered_at = self._context.now()
        if message.person_id is None and state in (MessageState.DELIVERED, MessageState.CANCELLED):
            tx.remove(message)
            tx.leave_nothing()

    def _note_answer(self, tx: Transaction, enquiry_id: str) -> None:
        enquiry = tx.one(Enquiry, enquiry_id=enquiry_id)
        if enquiry is not None:
            enquiry.answered_at = self._context.now()

    def _exposed(self, tx: Transaction, message_id: str) -> bool:
        disclosure = tx.one(Disclosure, delivery_id=message_id)
        return disclosure is not None and disclosure.exposed

    def _expose(self, tx: Transaction, message: Message, *, exposed: bool) -> None:
        disclosure = tx.one(Disclosure, delivery_id=message.message_id)
        if disclosure is not None:
            disclosure.exposed = exposed
