"""Clause 8.US.8: outside California, an opt-out preference signal is ignored or not lasting."""

from __future__ import annotations

from datetime import timedelta

from starlette.types import Scope

from reference_impl.domain.entities import Account, OptOutSource, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.gpc import GpcRule
from reference_impl.service.ports import Transaction, Unauthenticated
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, signed_in_person
from reference_impl.violations.shared.opt_outs import OneVendorGoesOn, ShownAsIn, SignInLifts, lift_opt_out, lives_in


class _OneGoesOnInColorado(OneVendorGoesOn):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class _SignalNotShown(ShownAsIn):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class _SignInLiftsSignal(SignInLifts):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class _SignalInCaliforniaOnly(GpcRule):
    def honours(self, residence: Residence | None) -> bool:
        return residence is None or residence.subdivision == "US-CA"


class _SignalForTheVisit(Interceptor):
    def before(self, request: Request) -> Answer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.headers.get("sec-gpc") != "1":
            with request.service.context.store.transaction() as tx:
                try:
                    person = request.service.sessions.person(tx, token)
                except Unauthenticated:
                    return None
                if lives_in(tx, person, "US-CO", "US-CT") and person.opt_out_source is OptOutSource.SIGNAL:
                    lift_opt_out(person)
        return None


class _SignalForAYear(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING and person.opted_out_at and account.subdivision == "US-CO":
            return self._context.now() - person.opted_out_at > timedelta(days=365)
        return super().permitted(tx, person, account, purpose)


class _IgnoredAtApps(Interceptor):
    """Removes the signal from requests about product apps, My Sony ID and the profile."""

    APPS = ("/v1/shes-account/product-apps", "/v1/shes-account/my-sony-id", "/v1/shes-account/profile")

    async def _answer(self, request: Request, scope: Scope) -> Answer:
        person = signed_in_person(request) if request.path.startswith(self.APPS) else None
        if person is not None:
            with request.service.context.store.transaction() as tx:
                if lives_in(tx, person, "US-CT"):
                    scope = {**scope, "headers": [one for one in scope["headers"] if one[0] != b"sec-gpc"]}
        return await super()._answer(request, scope)


VIOLATIONS = (
    Violation(
        "8.US.8-california-only",
        "8.US.8",
        "The signal is honoured only in California",
        Kind.WRONG_RESIDENCE,
        {"gpc": _SignalInCaliforniaOnly},
    ),
    Violation(
        "8.US.8-for-the-visit",
        "8.US.8",
        "In Colorado and Connecticut, the first request without the signal lifts the opt-out",
        Kind.STALE,
        {"application": intercepted(_SignalForTheVisit)},
    ),
    Violation(
        "8.US.8-sign-in-lifts",
        "8.US.8",
        "In Colorado and Connecticut, signing in without the signal lifts the opt-out",
        Kind.SECOND_TIME,
        {"sign_in": _SignInLiftsSignal},
    ),
    Violation(
        "8.US.8-one-vendor-continues",
        "8.US.8",
        "The signal is shown as honoured, but one vendor continues to receive data",
        Kind.HALF_DONE,
        {"share_policy": _OneGoesOnInColorado},
    ),
    Violation(
        "8.US.8-not-shown",
        "8.US.8",
        "Vendors stop, but the account shows no opt-out",
        Kind.LYING_LEDGER,
        {"application": intercepted(_SignalNotShown)},
    ),
    Violation(
        "8.US.8-for-a-year",
        "8.US.8",
        "In Colorado, the opt-out by signal expires after a year",
        Kind.STALE,
        {"share_policy": _SignalForAYear},
    ),
    Violation(
        "8.US.8-signal-ignored-in-apps",
        "8.US.8",
        "In Connecticut, the signal is ignored in requests about product apps, My Sony ID and the profile",
        Kind.WRONG_RESIDENCE,
        {"application": intercepted(_IgnoredAtApps)},
    ),
)
