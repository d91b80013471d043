"""Clause 8.CA.18: an opt-out preference signal is ignored, in part ignored, or not lasting."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from reference_impl.domain.entities import Account, Message, OptOutSource, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.gpc import GpcRule
from reference_impl.service.ports import Outcome, Postponed, Transaction, Unauthenticated
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.signin import SignIn
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientDispatcher
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, problem
from reference_impl.violations.shared.opt_outs import lift_opt_out, lives_in
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher

_THE_SAME_SIGNAL = (Also("8.US.8", "in Colorado and Connecticut the signal is the same"),)


_ONE_OPT_OUT = (
    *_THE_SAME_SIGNAL,
    *(
        Also(clause, "all of these rely on the same opt-out, which does not last")
        for clause in ("8.CA.4", "8.CA.22", "8.US.6", "8.NV.1", "8.NV.4", "8.EU.6")
    ),
)


class _IgnoresSignal(GpcRule):
    def honours(self, residence: Residence | None) -> bool:
        return False


class _OnlyWithAccount(GpcRule):
    def honours(self, residence: Residence | None) -> bool:
        return residence is not None


class _OnlyNoted(GpcRule):
    def opt_out(self, tx: Transaction, person: Person) -> None:
        if person.opted_out_at is None:
            person.opted_out_at = self._context.now()
            person.opt_out_source = OptOutSource.SIGNAL


class _OneVendorGoesOn(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        if purpose is Purpose.ADVERTISING and person.opted_out_at and not account.closed_at:
            return self._routing.for_residence(purpose, Residence(account.country, account.subdivision))[-1:]
        return super().recipients(tx, person, account, purpose)


class _Expires(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING and person.opted_out_at:
            return self._context.now() - person.opted_out_at > timedelta(days=365)
        return super().permitted(tx, person, account, purpose)


class _SessionOnly(Interceptor):
    def before(self, request: Request) -> Answer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.headers.get("sec-gpc") != "1":
            service = request.service
            with service.context.store.transaction() as tx:
                try:
                    lift_opt_out(service.sessions.person(tx, token))
                except Unauthenticated:
                    return None
        return None


class _SignInLifts(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        token, seconds = super().sign_in(email, password, signal=signal)
        if not signal:
            with self._context.store.transaction() as tx:
                lift_opt_out(self._sessions.person(tx, token))
        return token, seconds


class _NotAtSignIn(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        return super().sign_in(email, password, signal=False)


class _MoveLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        person, before = self.read(person_id)
        if change.postal_code not in (None, before.postal_code):
            with self._context.change(person_id) as tx:
                lift_opt_out(tx.one(Person, person_id=person_id) or person)
        return super().change(person_id, change)


class _LateShares(StubbornDispatcher):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.ADVERTISING and person.closed_at is None


class _NothingPublished(Interceptor):
    def before(self, request: Request) -> Answer | None:
        return problem(404, "Not Found") if request.is_for("GET /.well-known/gpc.json") else None


class _PublishesNo(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("GET /.well-known/gpc.json"):
            answer.body = json.dumps({**json.loads(answer.body), "gpc": False}).encode()


class _HeardOnce(GpcRule):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._heard: set[str] = set()

    def opt_out(self, tx: Transaction, person: Person) -> None:
        if person.person_id in self._heard and person.opted_out_at is None and lives_in(tx, person, "US-CA"):
            return
        self._heard.add(person.person_id)
        super().opt_out(tx, person)


class _PostponedIsOver(ImpatientDispatcher):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        person = tx.one(Person, person_id=message.person_id)
        return isinstance(outcome, Postponed) and person is not None and person.opt_out_source is OptOutSource.SIGNAL


VIOLATIONS = (
    Violation(
        "8.CA.18-honoured-once",
        "8.CA.18",
        "After the setting has been switched on again, the signal is ignored",
        Kind.SECOND_TIME,
        {"gpc": _HeardOnce},
    ),
    Violation(
        "8.CA.18-signal-ignored",
        "8.CA.18",
        "The service declares support for the signal, but ignores it",
        Kind.LYING_LEDGER,
        {"gpc": _IgnoresSignal},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-signal-ignored-before-account",
        "8.CA.18",
        "The signal is ignored at the first sign-in and when the account is created",
        Kind.MISSING,
        {"gpc": _OnlyWithAccount},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-signal-ignored-at-sign-in",
        "8.CA.18",
        "The signal is honoured during a session, but ignored at sign-in",
        Kind.MISSING,
        {"sign_in": _NotAtSignIn},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-vendors-not-notified",
        "8.CA.18",
        "The account is opted out, but vendors that hold the data are not told",
        Kind.HALF_DONE,
        {"gpc": _OnlyNoted},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-one-vendor-continues",
        "8.CA.18",
        "One of several vendors continues to receive data",
        Kind.HALF_DONE,
        {"share_policy": _OneVendorGoesOn},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-expires",
        "8.CA.18",
        "The opt-out expires after a year",
        Kind.STALE,
        {"share_policy": _Expires},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-for-the-session",
        "8.CA.18",
        "The first request without the signal lifts the opt-out",
        Kind.STALE,
        {"application": intercepted(_SessionOnly)},
        also=(*_ONE_OPT_OUT, Also("8.US.7", "a requested opt-out is lifted as well")),
    ),
    Violation(
        "8.CA.18-sign-in-lifts",
        "8.CA.18",
        "Signing in without the signal lifts the opt-out",
        Kind.SECOND_TIME,
        {"sign_in": _SignInLifts},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-move-lifts",
        "8.CA.18",
        "A move lifts the opt-out",
        Kind.WRONG_RESIDENCE,
        {"accounts": _MoveLifts},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-late-share",
        "8.CA.18",
        "A share that failed before the signal is delivered after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-nothing-published",
        "8.CA.18",
        "The service does not declare whether it supports the signal",
        Kind.MISSING,
        {"application": intercepted(_NothingPublished)},
    ),
    Violation(
        "8.CA.18-publishes-no",
        "8.CA.18",
        "The service declares that it ignores the signal, but honours it",
        Kind.LYING_LEDGER,
        {"application": intercepted(_PublishesNo)},
    ),
    Violation(
        "8.CA.18-postponed-is-over",
        "8.CA.18",
        "A vendor that asks for a later attempt is never instructed to stop after a signal",
        Kind.RETRY,
        {"dispatcher": _PostponedIsOver},
        _THE_SAME_SIGNAL,
    ),
)
