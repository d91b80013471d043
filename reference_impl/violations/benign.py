"""Services that differ from the reference without breaking a promise."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reference_impl.domain.calendar import RetentionRule, RetentionSchedule, add_months
from reference_impl.domain.entities import (
    Account,
    Disposal,
    Message,
    MessageState,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestStatus,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.domain.upkeep import Leftover
from reference_impl.http.models import accounts, base
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.gpc import GpcRule
from reference_impl.service.intake import MailIntake, SmtpWay, WebhookWay
from reference_impl.service.people import people_at
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.sharing import SharePolicy
from reference_impl.store.logs import LogFiles
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, problem, undeclared
from reference_impl.violations.shared.late_age_check import LATE_AGE_CHECK

_MODELS: dict[str, type[base.Body]] = {
    "POST /v1/sony-accounts": accounts.SonyAccountRegistration,
    "POST /v1/sessions": accounts.Credentials,
    "POST /v1/shes-account": accounts.ShesAccountCreation,
}


class _FiveMonths(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return add_months(deleted_at, 5, self.schedule.time_zone)


class _AnswersLater(PrivacyRequests):
    def verify(self, request_id: str, code: str) -> RequestView:
        view = super().verify(request_id, code)
        if view.kind is not RequestKind.ACCESS:
            return view
        with self._context.store.transaction() as tx:
            request = tx.one(PrivacyRequest, request_id=request_id)
            assert request is not None  # verified just now
            request.status, request.answered_at = RequestStatus.PENDING, None
        return replace(view, status=RequestStatus.PENDING, data=None)

    def read(self, request_id: str, token: str | None) -> RequestView:
        view = super().read(request_id, token)
        if view.kind is not RequestKind.ACCESS or view.status is not RequestStatus.PENDING:
            return view
        with self._context.store.transaction() as tx:
            request = tx.one(PrivacyRequest, request_id=request_id)
            if request is None or self._context.now() < self.due(request.created_at):
                return replace(view, data=None)
            request.status, request.answered_at = RequestStatus.COMPLETE, self._context.now()
        return replace(view, status=RequestStatus.COMPLETE)

    def due(self, asked_at: datetime) -> datetime:
        return asked_at + timedelta(days=9)


class _AnswersOnTheLastDay(_AnswersLater):
    def due(self, asked_at: datetime) -> datetime:
        # Regulation (EEC, Euratom) 1182/71, Article 3(2)(c): to the last hour of the last day.
        last = add_months(asked_at, 1, "Europe/Brussels").astimezone(ZoneInfo("Europe/Brussels"))
        return last.replace(hour=23, minute=0, second=0)


class _OneAccountAnAddress(Registration):
    def register(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            people = people_at(tx, form.email)
        if any(person.closed_at is not None for person in people):
            self.check(form)
            return
        super().register(form)


class _WeekDeclared(RetentionRule):
    schedule = RetentionSchedule(window_days=7)


class _WeekUsed(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        return super().due(tx, now - timedelta(days=6))


class _Gone(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        personal = ("/v1/shes-account", "/v1/deletion-receipts/", "/v1/unsubscribe/")
        if answer.status == 404 and request.path.startswith(personal):
            instead = problem(410, "Gone")
            answer.status, answer.headers, answer.body = instead.status, instead.headers, instead.body


class _RefusesUndeclared(Interceptor):
    def before(self, request: Request) -> Answer | None:
        model = _MODELS.get(f"{request.method} {request.path}")
        if model is not None and undeclared(request, model):
            return problem(422, "The request contains undeclared members")
        return None


class _SaysMore(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        try:
            body = json.loads(answer.body)
        except ValueError:
            return
        if isinstance(body, dict) and answer.status < 300:
            answer.body = json.dumps({**body, "help": "https://shes.example/help", "revision": 7}).encode()


class _DropsHeld(Dispatcher):
    def decide(self, tx: Transaction, message_id: str) -> Any:
        order = super().decide(tx, message_id)
        message = tx.one(Message, message_id=message_id)
        if message is not None and message.state is MessageState.HELD and message.person_id is not None:
            self._mark(tx, message, MessageState.CANCELLED)
        return order


class _KeepsNothingSent(Dispatcher):
    def _mark(self, tx: Transaction, message: Message, state: MessageState) -> None:
        super()._mark(tx, message, state)
        if message.person_id is not None and state in (MessageState.DELIVERED, MessageState.CANCELLED):
            tx.remove(message)
            tx.add(Disposal(kind=Leftover.MESSAGE_CONTENT, items=1, disposed_at=self._context.now()))
            tx.leave_nothing()


class _OtherLinks(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        if "unsubscribe_url" in body:
            body["unsubscribe_url"] += f"?m={secrets.token_hex(4)}&lang={person.language}"
        return body


class _OtherIds:
    def token(self) -> str:
        return f"{secrets.randbits(384):x}"

    def identifier(self, prefix: str) -> str:
        return f"{secrets.token_urlsafe(18)}-{prefix}"


class _LogWithoutAccounts(LogFiles):
    def record(self, event: str, **fields: object) -> None:
        super().record(event, **{name: value for name, value in fields.items() if name != "account_id"})


class _SignalWhereBound(GpcRule):
    def honours(self, residence: Residence | None) -> bool:
        # Clauses 8.CA.18 and 8.US.8.
        return residence is None or residence.subdivision in {"US-CA", "US-CO", "US-CT", "US-UT", "US-VA"}


class _MailByWebhookAlone(MailIntake):
    @property
    def ways(self) -> Sequence[SmtpWay | WebhookWay]:
        return super().ways[1:]


VIOLATIONS = (
    Violation(
        "benign-purged-early",
        None,
        "Data is purged after five months",
        Kind.BENIGN,
        {"retention": _FiveMonths},
    ),
    Violation(
        "benign-answers-later",
        None,
        "Access requests are answered after nine days",
        Kind.BENIGN,
        {"rights": _AnswersLater},
    ),
    Violation(
        "benign-answers-on-the-last-day",
        None,
        "Access requests are answered in the last hour of the month that the law allows",
        Kind.BENIGN,
        {"rights": _AnswersOnTheLastDay},
    ),
    Violation(
        "benign-one-account-an-address",
        None,
        "An e-mail address cannot be registered again until the previous account is purged",
        Kind.BENIGN,
        {"registration": _OneAccountAnAddress},
    ),
    Violation(
        "benign-a-week-to-purge-in",
        None,
        "The service declares a purge window of a week and uses it",
        Kind.BENIGN,
        {"retention": _WeekDeclared, "purge": _WeekUsed},
    ),
    Violation(
        "benign-gone",
        None,
        "Requests for removed resources are answered with 410",
        Kind.BENIGN,
        {"application": intercepted(_Gone)},
    ),
    Violation(
        "benign-refuses-undeclared",
        None,
        "Undeclared members are rejected",
        Kind.BENIGN,
        {"application": intercepted(_RefusesUndeclared)},
    ),
    Violation(
        "benign-says-more",
        None,
        "Answers contain members that the contract does not declare",
        Kind.BENIGN,
        {"application": intercepted(_SaysMore)},
    ),
    Violation(
        "benign-drops-held",
        None,
        "Messages without a ground for transfer are dropped instead of held",
        Kind.BENIGN,
        {"dispatcher": _DropsHeld},
    ),
    Violation(
        "benign-keeps-nothing-sent",
        None,
        "Messages are destroyed as soon as they are accepted",
        Kind.BENIGN,
        {"dispatcher": _KeepsNothingSent},
    ),
    Violation(
        "benign-other-links",
        None,
        "The unsubscribe link contains a query string",
        Kind.BENIGN,
        {"share_policy": _OtherLinks},
    ),
    Violation(
        "benign-other-ids",
        None,
        "Identifiers and tokens have a different form",
        Kind.BENIGN,
        {"randomness": _OtherIds},
    ),
    Violation(
        "benign-log-without-accounts",
        None,
        "The log contains trace ids, but no account ids",
        Kind.BENIGN,
        {"log": _LogWithoutAccounts},
    ),
    Violation(
        "benign-signal-where-bound",
        None,
        "The signal is honoured only where the policy requires it",
        Kind.BENIGN,
        {"gpc": _SignalWhereBound},
    ),
    Violation(
        "benign-mail-by-webhook",
        None,
        "Mail is accepted only by webhook",
        Kind.BENIGN,
        {"intake": _MailByWebhookAlone},
    ),
    Violation(
        "benign-age-in-passing",
        None,
        "People who sign in with a provider need no Sony account and state their age later",
        Kind.BENIGN,
        LATE_AGE_CHECK,
    ),
)
