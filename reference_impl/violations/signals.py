"""Clause 8.CA.18: an opt-out preference signal is not heard, not everywhere, or not for good."""

from __future__ import annotations

import json
from datetime import timedelta

from reference_impl.domain.entities import Account, OptOutSource, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.gpc import GpcRule
from reference_impl.service.ports import Transaction, Unauthenticated
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.signin import SignIn
from reference_impl.violations.carried import CarriedThrough
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.tap import Answer, Request, Tap, problem, tapped

_THE_SAME_SIGNAL = (Also("8.US.8", "in Colorado and Connecticut the signal is the same"),)
_ONE_OPT_OUT = (
    *_THE_SAME_SIGNAL,
    *(
        Also(clause, "one opt-out serves them all, and it does not hold")
        for clause in ("8.CA.4", "8.CA.22", "8.US.6", "8.NV.1", "8.NV.4", "8.EU.6")
    ),
)


def opt_in(person: Person) -> None:
    """Forget that the person opted out."""
    person.opted_out_at = None
    person.opt_out_source = OptOutSource.NONE


class _Deaf(GpcRule):
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


class _SessionOnly(Tap):
    def before(self, request: Request) -> Answer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.headers.get("sec-gpc") != "1":
            service = request.service
            with service.context.store.transaction() as tx:
                try:
                    opt_in(service.sessions.person(tx, token))
                except Unauthenticated:
                    return None
        return None


class _SignInLifts(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        token, seconds = super().sign_in(email, password, signal=signal)
        if not signal:
            with self._context.store.transaction() as tx:
                opt_in(self._sessions.person(tx, token))
        return token, seconds


class _NotAtSignIn(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        return super().sign_in(email, password, signal=False)


class _MoveLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        person, before = self.read(person_id)
        if change.postal_code not in (None, before.postal_code):
            with self._context.change(person_id) as tx:
                opt_in(tx.one(Person, person_id=person_id) or person)
        return super().change(person_id, change)


class _LateShares(CarriedThrough):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.ADVERTISING and person.closed_at is None


class _NothingPublished(Tap):
    def before(self, request: Request) -> Answer | None:
        return problem(404, "Not Found") if request.is_for("GET /.well-known/gpc.json") else None


class _PublishesNo(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("GET /.well-known/gpc.json"):
            answer.body = json.dumps({**json.loads(answer.body), "gpc": False}).encode()


VIOLATIONS = (
    Violation(
        "8.CA.18-not-heard",
        "8.CA.18",
        "The service publishes that it hears the signal, and does not",
        Kind.LYING_LEDGER,
        {"gpc": _Deaf},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-not-heard-before-the-account",
        "8.CA.18",
        "The signal is not heard when signing in for the first time and when creating the account",
        Kind.MISSING,
        {"gpc": _OnlyWithAccount},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-not-heard-at-sign-in",
        "8.CA.18",
        "The signal is heard when signed in, and not when signing in",
        Kind.MISSING,
        {"sign_in": _NotAtSignIn},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-vendors-not-told",
        "8.CA.18",
        "The account is opted out, and the vendors that have the data are not told",
        Kind.HALF_DONE,
        {"gpc": _OnlyNoted},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-one-vendor-goes-on",
        "8.CA.18",
        "Of several vendors one goes on receiving",
        Kind.HALF_DONE,
        {"share_policy": _OneVendorGoesOn},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-expires",
        "8.CA.18",
        "The opt-out is forgotten after a year",
        Kind.STALE,
        {"share_policy": _Expires},
        also=_ONE_OPT_OUT,
    ),
    Violation(
        "8.CA.18-for-the-session",
        "8.CA.18",
        "The first request without the signal lifts the opt-out",
        Kind.STALE,
        {"application": tapped(_SessionOnly)},
        also=(*_ONE_OPT_OUT, Also("8.US.7", "an opt-out that was asked for is lifted too")),
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
        "What a vendor could not be given before the signal it is given after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
        also=_THE_SAME_SIGNAL,
    ),
    Violation(
        "8.CA.18-nothing-published",
        "8.CA.18",
        "Nothing is published about the signal",
        Kind.MISSING,
        {"application": tapped(_NothingPublished)},
    ),
    Violation(
        "8.CA.18-publishes-no",
        "8.CA.18",
        "The service publishes that it does not hear the signal, and does",
        Kind.LYING_LEDGER,
        {"application": tapped(_PublishesNo)},
    ),
)
