"""Signing in, and identifying who a request comes from (clause 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from reference_impl.domain.entities import AccessToken, Account, Person
from reference_impl.service.context import Context, digest
from reference_impl.service.gpc import GpcRule
from reference_impl.service.passwords import Passwords
from reference_impl.service.people import person_at
from reference_impl.service.ports import Transaction, Unauthenticated


@dataclass(frozen=True, slots=True)
class Identity:
    """The person that a request comes from. ``account_id`` is None before the SHES account exists."""

    person_id: str
    account_id: str | None


class SessionStore:
    """Access tokens: random, kept as hashes, valid for a time, dead with the account."""

    LIFE = timedelta(days=30)

    def __init__(self, context: Context) -> None:
        self._context = context

    def issue(self, tx: Transaction, person_id: str) -> str:
        """A new token of the person."""
        token = self._context.randomness.token()
        expires_at = self._context.now() + self.LIFE
        tx.add(AccessToken(token_hash=digest(token), person_id=person_id, expires_at=expires_at))
        return token

    def person(self, tx: Transaction, token: str | None) -> Person:
        """The person that a token belongs to.

        Raises:
            Unauthenticated: Unknown, expired, or of a closed account.
        """
        found = tx.one(AccessToken, token_hash=digest(token)) if token else None
        person = found and tx.one(Person, person_id=found.person_id)
        if not found or not person or person.closed_at or found.expires_at <= self._context.now():
            raise Unauthenticated
        return person

    def revoke_all(self, tx: Transaction, person_id: str) -> None:
        """Revoke every token of the person."""
        tx.remove_all(AccessToken, person_id=person_id)


class SignIn:
    """Signing in with address and password."""

    def __init__(self, context: Context, passwords: Passwords, sessions: SessionStore, gpc: GpcRule) -> None:
        self._context = context
        self._passwords = passwords
        self._sessions = sessions
        self._gpc = gpc

    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        """An access token and its life in seconds. ``signal``: an opt-out preference signal came along.

        Raises:
            Unauthenticated: Unknown address, wrong password, unverified address or closed account, all alike.
        """
        with self._context.store.transaction() as tx:
            found = person_at(tx, email)
        matches = self._passwords.matches(found.password_hash if found else None, password)
        if found is None or not matches:
            raise Unauthenticated("The e-mail address or password is not correct")
        return self.let_in(found.person_id, signal=signal)

    def let_in(self, person_id: str, *, signal: bool) -> tuple[str, int]:
        """An access token, and its life in seconds, for somebody who has proved who they are.

        Raises:
            Unauthenticated: They may not sign in.
        """
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            if person is None or not self.may_sign_in(person):
                raise Unauthenticated("The e-mail address or password is not correct")
            if signal:
                self._gpc.opt_out(tx, person)
            return self._sessions.issue(tx, person.person_id), int(self._sessions.LIFE.total_seconds())

    def may_sign_in(self, person: Person) -> bool:
        """Whether the person may sign in, having proved their identity."""
        return person.verified_at is not None and person.closed_at is None

    def identify(self, token: str | None) -> Identity:
        """Whom the token stands for.

        Raises:
            Unauthenticated: For nobody.
        """
        with self._context.store.transaction() as tx:
            person = self._sessions.person(tx, token)
            account = tx.one(Account, person_id=person.person_id)
            return Identity(person.person_id, account.account_id if account else None)
