"""Clause 2.8: an unsubscription or withdrawal is lost on a company that fails, or on a share that is on its way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from threading import Lock
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import ConsentEntry, Message, MessageKind
from reference_impl.domain.recipients import Purpose
from reference_impl.outbound.courier import HttpCourier
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Outcome, Postponed, Transaction
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientCourier, ImpatientDispatcher

_EVERY_END = tuple(
    Also(clause, "the end of every consent is sent in the same way") for clause in ("2.5", "4.5", "8.EU.6", "8.EU.7")
)


class _TooManyRequestsIsFinal(ImpatientCourier):
    FINAL: Collection[int] = (429,)

    def concerns(self, body: Any) -> bool:
        return bool(body["kind"] == "withdraw" and body["purpose"] == Purpose.EMAIL_MARKETING)


class _OnlyUnavailableIsTemporary(_TooManyRequestsIsFinal):
    FINAL = (408, 425, 429, 500, 501, 502, 504)


class _ByLink(ImpatientDispatcher):
    def by_link(self, tx: Transaction, message: Message) -> bool:
        given = tx.all(ConsentEntry, person_id=message.person_id, purpose=ConsentPurpose.EMAIL_MARKETING)
        return bool(given) and given[-1].withdrawn_by is WithdrawnBy.ONE_CLICK


class _NoConnectionNoRetry(_ByLink):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        return outcome is Outcome.NOT_SENT and self.by_link(tx, message)


class _PostponedIsOver(_ByLink):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        return isinstance(outcome, Postponed) and self.by_link(tx, message)


class _AskedToWaitForAWeek(Dispatcher):
    def _asked_to_wait(self, outcome: Outcome | Postponed) -> timedelta:
        return timedelta(days=7) if isinstance(outcome, Postponed) else timedelta(0)


class _NewKeyAfterALostAnswer(HttpCourier):
    def __init__(self) -> None:
        super().__init__()
        self._lost: dict[str, int] = {}
        self._lock = Lock()

    def deliver(self, url: str, idempotency_key: str, body: dict[str, Any]) -> Outcome | Postponed:
        with self._lock:
            attempt = self._lost.get(idempotency_key, 0)
        key = f"{idempotency_key}-{attempt}" if attempt else idempotency_key
        outcome = super().deliver(url, key, {**body, "delivery_id": key})
        if outcome is Outcome.FAILED and body["kind"] == "withdraw":
            with self._lock:
                self._lost[idempotency_key] = attempt + 1
        return outcome


class _ExposedOnAcceptance(Dispatcher):
    """Sends without keeping others from acting, and records only afterwards that the company has the data."""

    def dispatch(self, message_id: str, person_id: str | None) -> None:
        with self._context.store.transaction() as tx:
            order = self.decide(tx, message_id)
            message = tx.one(Message, message_id=message_id)
            if message and message.kind is MessageKind.SHARE and message.purpose == Purpose.EMAIL_MARKETING:
                self._expose(tx, message, exposed=False)
        if order is None:
            return
        outcome = self.send(order)
        with self._context.store.transaction() as tx:
            message = tx.one(Message, message_id=message_id)
            if message and outcome is Outcome.ACCEPTED:
                self._expose(tx, message, exposed=True)
            self.conclude(tx, message_id, outcome, exposed_before=True)


VIOLATIONS = (
    Violation(
        "2.8-too-many-requests-is-final",
        "2.8",
        "A company that answers with 429 is not instructed to stop",
        Kind.RETRY,
        {"courier": _TooManyRequestsIsFinal},
        _EVERY_END,
    ),
    Violation(
        "2.8-only-503-is-temporary",
        "2.8",
        "A company that fails in another way than by 503 is not instructed to stop",
        Kind.RETRY,
        {"courier": _OnlyUnavailableIsTemporary},
        _EVERY_END,
    ),
    Violation(
        "2.8-no-connection-no-retry",
        "2.8",
        "An unsubscription by link is given up when the company cannot be connected to",
        Kind.RETRY,
        {"dispatcher": _NoConnectionNoRetry},
    ),
    Violation(
        "2.8-postponed-is-over",
        "2.8",
        "An unsubscription by link is given up when the company asks for a later attempt",
        Kind.RETRY,
        {"dispatcher": _PostponedIsOver},
    ),
    Violation(
        "2.8-asked-to-wait-for-a-week",
        "2.8",
        "A company that asks for a later attempt is instructed a week later",
        Kind.RETRY,
        {"dispatcher": _AskedToWaitForAWeek},
    ),
    Violation(
        "2.8-lost-answer-new-key",
        "2.8",
        "An instruction to stop whose answer was lost is sent as a new delivery",
        Kind.RETRY,
        {"courier": _NewKeyAfterALostAnswer},
        (Also("4.5", "a deletion is sent in the same way"), Also("8.EU.6", "an objection is sent in the same way")),
    ),
    Violation(
        "2.8-pending-share-retained",
        "2.8",
        "A share on its way at the withdrawal is neither stopped nor withdrawn",
        Kind.HALF_DONE,
        {"dispatcher": _ExposedOnAcceptance},
        (Also("4.5", "the same happens to a share on its way at the deletion"),),
    ),
)
