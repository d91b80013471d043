"""Clause 1.4: more is taken than the five things, or less is enough."""

from __future__ import annotations

import json
from typing import Any

from reference_impl.http import models
from reference_impl.service.people import person_at
from reference_impl.violations.events import keep_event
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.tap import Answer, Request, Tap, tapped

_REGISTRATION, _SIGN_IN = "POST /v1/sony-accounts", "POST /v1/sessions"
_CORRECTION = "PATCH /v1/sony-account"


def undeclared(request: Request, model: type[models.Body]) -> dict[str, Any]:
    """Members of a request that its model does not declare."""
    return {name: value for name, value in request.json().items() if name not in model.model_fields}


class _KeepsUndeclared(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, models.SonyAccountRegistration)
        if request.is_for(_REGISTRATION) and answer.status == 202 and more:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "registration", more)


class _KeepsNested(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, models.SonyAccountRegistration)
        nested = {name: value for name, value in more.items() if isinstance(value, (dict, list))}
        if request.is_for(_REGISTRATION) and answer.status == 202 and nested:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "registration", nested)


class _KeepsOfTheSecond(Tap):
    def before(self, request: Request) -> Answer | None:
        more = undeclared(request, models.SonyAccountRegistration)
        if request.is_for(_REGISTRATION) and more:
            context = request.service.context
            with context.store.transaction() as tx:
                if person_at(tx, str(request.json().get("email"))) is not None:
                    keep_event(tx, context, "registration", more)
        return None


class _KeepsOfCorrections(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, models.SonyAccountCorrection)
        if request.is_for(_CORRECTION) and answer.status == 200 and more:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "correction", more)


class _LogsDevice(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        more = undeclared(request, models.Credentials)
        if request.is_for(_SIGN_IN) and answer.status == 201 and more:
            request.service.context.log.record("signed-in", client=more)


class _LogsQuery(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        if request.query:
            request.service.context.log.record("query", query=request.query)


class _LogsMalformed(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for(_REGISTRATION) and answer.status == 422:
            request.service.context.log.record("malformed", body=request.body.decode(errors="replace"))


class _FillsIn(Tap):
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
        "Whatever else a client sends at registration is kept in a JSON column",
        Kind.MISSING,
        {"application": tapped(_KeepsUndeclared)},
    ),
    Violation(
        "1.4-nested-members-kept",
        "1.4",
        "Undeclared members are dropped, but not those that have members of their own",
        Kind.ODD_NAME,
        {"application": tapped(_KeepsNested)},
    ),
    Violation(
        "1.4-sign-in-members-logged",
        "1.4",
        "Registration drops what it does not need, but signing in writes it into the log",
        Kind.HALF_DONE,
        {"application": tapped(_LogsDevice)},
    ),
    Violation(
        "1.4-query-logged",
        "1.4",
        "The log keeps the query of every request",
        Kind.MISSING,
        {"application": tapped(_LogsQuery)},
        also=(Also("7.4", "what a provider sends back stands in the query, and so in the log"),),
    ),
    Violation(
        "1.4-failed-registration-logged",
        "1.4",
        "A registration that is turned away is kept in the log, to help people who ask why",
        Kind.HALF_DONE,
        {"application": tapped(_LogsMalformed)},
    ),
    Violation(
        "1.4-date-of-birth-not-asked",
        "1.4",
        "Whoever gives no date of birth is taken for an adult",
        Kind.MISSING,
        {"application": tapped(_NoDateOfBirth)},
    ),
    Violation(
        "1.4-language-made-up",
        "1.4",
        "Whoever gives no language is given English from an earlier version of the form",
        Kind.STALE,
        {"application": tapped(_NoLanguage)},
    ),
    Violation(
        "1.4-second-form-kept",
        "1.4",
        "Of whoever registers once more what was not asked for is kept",
        Kind.SECOND_TIME,
        {"application": tapped(_KeepsOfTheSecond)},
    ),
    Violation(
        "1.4-correction-kept",
        "1.4",
        "What is sent beside a corrected date of birth is kept",
        Kind.HALF_DONE,
        {"application": tapped(_KeepsOfCorrections)},
    ),
)
