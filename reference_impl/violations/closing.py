"""Clause 4.5: a deleted account is not closed, or not for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference_impl.domain.entities import AccessToken, Account, Disclosure, Person, RequestKind
from reference_impl.domain.recipients import Purpose
from reference_impl.service.context import digest
from reference_impl.service.deletion import Deletions
from reference_impl.service.ports import Transaction, Unauthenticated
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.sharing import Reconciler
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.violations.carried import CarriedThrough
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.newsletter import Newsletter


class _OtherSessionsLive(SessionStore):
    def person(self, tx: Transaction, token: str | None) -> Person:
        found = tx.one(AccessToken, token_hash=digest(token)) if token else None
        person = tx.one(Person, person_id=found.person_id) if found else None
        if found is None or person is None or found.expires_at <= self._context.now():
            raise Unauthenticated
        return person

    def revoke_all(self, tx: Transaction, person_id: str) -> None:
        tx.remove(max(tx.all(AccessToken, person_id=person_id), key=lambda token: token.expires_at))


class _SignInForever(SignIn):
    def may_sign_in(self, person: Person) -> bool:
        return person.verified_at is not None


class _ClosedTomorrow(SignIn):
    def may_sign_in(self, person: Person) -> bool:
        return person.closed_at is None or self._context.now() < person.closed_at + timedelta(hours=12)


class _LateShares(CarriedThrough):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return person.closed_at is not None


class _NobodyTold(Reconciler):
    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        if person.closed_at is None:
            super().reconcile(tx, person, account, changed=changed)


class NotToldAtTheEnd(Reconciler):
    """At a deletion tells nobody to stop who was given data for some purposes."""

    untold: tuple[Purpose, ...] = ()

    def may_hold(self, ledger: list[Disclosure]) -> bool:
        """Whether a recipient has to be told, going by what it was sent."""
        return super().may_hold(ledger) and not (self._closing and ledger[0].purpose in self.untold)

    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        """As ever, once it is known whether this is the end."""
        self._closing = person.closed_at is not None
        super().reconcile(tx, person, account, changed=changed)


class _VendorsNotTold(NotToldAtTheEnd):
    untold = (Purpose.ADVERTISING,)


class _MissesYou(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        return [
            person for person in tx.all(Person) if person.closed_at and now - person.closed_at >= timedelta(days=30)
        ]


class _NoRights(PrivacyRequests):
    def submit(self, kind: RequestKind, email: str) -> RequestView:
        with self._context.store.transaction() as tx:
            known = {person.email: person for person in tx.all(Person) if person.closed_at is None}
        return super().submit(kind, email if email in known else "nobody@invalid")


class _ErasureWaits(Deletions):
    def erase(self, tx: Transaction, person: Person) -> None:
        if person.closed_at is None:
            super().erase(tx, person)


VIOLATIONS = (
    Violation(
        "4.5-other-sessions-live",
        "4.5",
        "The deletion ends the session in which it was asked for, and no other",
        Kind.HALF_DONE,
        {"sessions": _OtherSessionsLive},
    ),
    Violation(
        "4.5-sign-in-works",
        "4.5",
        "Signing in to a deleted account works as ever",
        Kind.MISSING,
        {"sign_in": _SignInForever},
        also=(Also("7.4", "a child whose account was closed can sign in"),),
    ),
    Violation(
        "4.5-closed-hours-later",
        "4.5",
        "The account is closed twelve hours after its deletion",
        Kind.OFF_BY_ONE,
        {"sign_in": _ClosedTomorrow},
    ),
    Violation(
        "4.5-late-share",
        "4.5",
        "A share that failed before the deletion is tried again after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
        also=(
            Also("4.3", "the share that is carried on keeps its message and its entry in the ledger after the purge"),
        ),
    ),
    Violation(
        "4.5-nobody-told",
        "4.5",
        "Whoever has the data is not told that the account was deleted",
        Kind.HALF_DONE,
        {"reconciler": _NobodyTold},
        also=(Also("7.4", "of a child whose account was closed nobody is told to stop"),),
    ),
    Violation(
        "4.5-vendors-not-told",
        "4.5",
        "The group company is told of the deletion, advertising vendors are not",
        Kind.WRONG_RESIDENCE,
        {"reconciler": _VendorsNotTold},
    ),
    Violation(
        "4.5-misses-you",
        "4.5",
        "A month after the deletion there comes an offer to return",
        Kind.STALE,
        {"dispatcher": _MissesYou},
    ),
    Violation(
        "4.5-no-rights",
        "4.5",
        "For a deleted account no request for a copy or an erasure is taken",
        Kind.MISSING,
        {"rights": _NoRights},
    ),
    Violation(
        "4.5-erasure-waits",
        "4.5",
        "An erasure asked for after the deletion waits for the six months to end",
        Kind.STALE,
        {"deletions": _ErasureWaits},
    ),
)
