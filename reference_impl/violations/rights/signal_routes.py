"""Clauses 8.US.8 and 8.CA.18: a route ignores the opt-out signal, or finds one where none was sent."""

from __future__ import annotations

import json

from reference_impl.domain.entities import OptOutSource, Person, ProviderSignIn
from reference_impl.domain.providers import Provider
from reference_impl.service.context import digest
from reference_impl.service.ports import Unauthenticated
from reference_impl.service.providers import ProviderSignIns, Return
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, signed_in_person
from reference_impl.violations.shared.opt_outs import lift_opt_out, lives_in


class _DeafToProviders(ProviderSignIns):
    def end(self, back: Return, *, signal: bool) -> tuple[str, int]:
        return super().end(back, signal=False)


class _DeafToApple(ProviderSignIns):
    def end(self, back: Return, *, signal: bool) -> tuple[str, int]:
        with self._context.store.transaction() as tx:
            begun = tx.one(ProviderSignIn, state_hash=digest(back.state or ""))
        return super().end(back, signal=signal and not (begun and begun.provider is Provider.APPLE))


def _lift(request: Request, person: Person | None, source: OptOutSource, *states: str) -> None:
    with request.service.context.store.transaction() as tx:
        found = tx.one(Person, person_id=person.person_id) if person else None
        if found and found.opt_out_source is source and lives_in(tx, found, *states):
            lift_opt_out(found)


class _ZeroLiftsRequests(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.headers.get("sec-gpc") == "0":
            _lift(request, signed_in_person(request), OptOutSource.REQUEST, "US-CA")
        return None


class _ZeroAtAppsLifts(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.headers.get("sec-gpc") == "0" and request.path.startswith("/v1/shes-account/product-apps"):
            _lift(request, signed_in_person(request), OptOutSource.SETTING, "US-CA")
        return None


class _ZeroAtSignInLifts(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("POST /v1/sessions") and answer.status == 201 and request.headers.get("sec-gpc") == "0":
            token = json.loads(answer.body)["access_token"]
            with request.service.context.store.transaction() as tx:
                try:
                    person = request.service.sessions.person(tx, token)
                except Unauthenticated:
                    return
            _lift(request, person, OptOutSource.SIGNAL, "US-CO", "US-CT")


VIOLATIONS = (
    Violation(
        "8.US.8-zero-at-sign-in-lifts",
        "8.US.8",
        "In Colorado and Connecticut, Sec-GPC: 0 at sign-in lifts the opt-out by signal",
        Kind.STALE,
        {"application": intercepted(_ZeroAtSignInLifts)},
    ),
    Violation(
        "8.CA.18-signal-ignored-at-provider",
        "8.CA.18",
        "The signal is ignored when the person signs in through an identity provider",
        Kind.MISSING,
        {"provider_sign_ins": _DeafToProviders},
        also=(Also("8.US.8", "in Colorado and Connecticut the signal is the same"),),
    ),
    Violation(
        "8.CA.18-signal-ignored-at-apple",
        "8.CA.18",
        "The signal is ignored when the person signs in through Apple",
        Kind.HALF_DONE,
        {"provider_sign_ins": _DeafToApple},
        also=(Also("8.US.8", "in Colorado and Connecticut the signal is the same"),),
    ),
    Violation(
        "8.CA.18-zero-lifts-requests",
        "8.CA.18",
        "Sec-GPC: 0 in any request lifts an opt-out that was requested",
        Kind.STALE,
        {"application": intercepted(_ZeroLiftsRequests)},
    ),
    Violation(
        "8.CA.18-zero-at-apps-lifts",
        "8.CA.18",
        "Sec-GPC: 0 in a request about product apps turns the setting on again",
        Kind.STALE,
        {"application": intercepted(_ZeroAtAppsLifts)},
    ),
)
