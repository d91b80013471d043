"""Clause 1.4: registration collects more than the five declared items, or accepts fewer."""

from __future__ import annotations

import json

from reference_impl.http.models import accounts
from reference_impl.service.people import person_at
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, undeclared
from reference_impl.violations.shared.kept_events import keep_event

_REGISTRATION, _SIGN_IN = "POST /v1/sony-accounts", "POST /v1/sessions"


_CORRECTION = "PATCH /v1/sony-account"


class _KeepsUndeclared(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, accounts.SonyAccountRegistration)
        if request.is_for(_REGISTRATION) and answer.status == 202 and more:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "registration", more)


class _KeepsNested(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, accounts.SonyAccountRegistration)
        nested = {name: value for name, value in more.items() if isinstance(value, (dict, list))}
        if request.is_for(_REGISTRATION) and answer.status == 202 and nested:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "registration", nested)


class _KeepsOfTheSecond(Interceptor):
    def before(self, request: Request) -> Answer | None:
        more = undeclared(request, accounts.SonyAccountRegistration)
        if request.is_for(_REGISTRATION) and more:
            context = request.service.context
            with context.store.transaction() as tx:
                if person_at(tx, str(request.json().get("email"))) is not None:
                    keep_event(tx, context, "registration", more)
        return None


class _KeepsOfCorrections(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, accounts.SonyAccountCorrection)
        if request.is_for(_CORRECTION) and answer.status == 200 and more:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "correction", more)


class _LogsDevice(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, accounts.Credentials)
        if request.is_for(_SIGN_IN) and answer.status == 201 and more:
            request.service.context.log.record("signed-in", client=more)


class _LogsQuery(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.query:
            request.service.context.log.record("query", query=request.query)


class _LogsMalformed(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for(_REGISTRATION) and answer.status == 422:
            request.service.context.log.record("malformed", body=request.body.decode(errors="replace"))


class _FillsIn(Interceptor):
    member, value = "", ""

    def before(self, request: Request) -> Answer | None:
        typed = request.json()
        if request.is_for(_REGISTRATION) and typed and self.member not in typed:
            request.body = json.dumps({**typed, self.member: self.value}).encode()
        return None


class _NoDateOfBirth(_FillsIn):
    member, value = "date_of_birth", "1990-01-01"


class _NoLanguage(_FillsIn):
    member, value = "language", "en"


VIOLATIONS = (
    Violation(
        "1.4-undeclared-members-kept",
        "1.4",
        "Undeclared members of a registration are stored in a JSON column",
        Kind.MISSING,
        {"application": intercepted(_KeepsUndeclared)},
    ),
    Violation(
        "1.4-nested-members-kept",
        "1.4",
        "Undeclared members are dropped, except nested ones",
        Kind.ODD_NAME,
        {"application": intercepted(_KeepsNested)},
    ),
    Violation(
        "1.4-sign-in-members-logged",
        "1.4",
        "Registration drops undeclared members, but sign-in writes them to the log",
        Kind.HALF_DONE,
        {"application": intercepted(_LogsDevice)},
    ),
    Violation(
        "1.4-query-logged",
        "1.4",
        "The log records the query string of every request",
        Kind.MISSING,
        {"application": intercepted(_LogsQuery)},
        also=(Also("7.4", "what a provider returns is in the query string, and therefore in the log"),),
    ),
    Violation(
        "1.4-failed-registration-logged",
        "1.4",
        "A rejected registration is written to the log in full, for use by support",
        Kind.HALF_DONE,
        {"application": intercepted(_LogsMalformed)},
    ),
    Violation(
        "1.4-date-of-birth-not-asked",
        "1.4",
        "A registration without a date of birth is accepted as that of an adult",
        Kind.MISSING,
        {"application": intercepted(_NoDateOfBirth)},
    ),
    Violation(
        "1.4-language-made-up",
        "1.4",
        "A registration without a language is accepted, with English as the default",
        Kind.STALE,
        {"application": intercepted(_NoLanguage)},
    ),
    Violation(
        "1.4-second-form-kept",
        "1.4",
        "Undeclared members of a repeated registration are stored",
        Kind.SECOND_TIME,
        {"application": intercepted(_KeepsOfTheSecond)},
    ),
    Violation(
        "1.4-correction-kept",
        "1.4",
        "Undeclared members sent with a corrected date of birth are stored",
        Kind.HALF_DONE,
        {"application": intercepted(_KeepsOfCorrections)},
    ),
)
