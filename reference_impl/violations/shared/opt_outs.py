"""Opt-outs of sale and sharing that are incomplete, lifted or hidden."""

from __future__ import annotations

import json

from reference_impl.domain.entities import Account, OptOutSource, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.signin import SignIn
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request


def lift_opt_out(person: Person) -> None:
    """Remove the person's opt-out."""
    person.opted_out_at = None
    person.opt_out_source = OptOutSource.NONE


CHOSEN = (OptOutSource.SETTING, OptOutSource.REQUEST)
"""Sources of opt-outs that the person made deliberately, not by a signal."""


def lives_in(tx: Transaction, person: Person | None, *states: str) -> bool:
    """Whether the person has a SHES account and lives in one of the states."""
    account = tx.one(Account, person_id=person.person_id) if person else None
    return account is not None and account.subdivision in states


class OneVendorGoesOn(SharePolicy):
    """Leaves one of several vendors receiving after an opt-out."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[OptOutSource, ...] = CHOSEN

    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        """The usual recipients, and the last vendor despite an opt-out."""
        out = person.opted_out_at and person.opt_out_source in self.SOURCES and not account.closed_at
        if purpose is Purpose.ADVERTISING and out and account.subdivision in self.STATES:
            return self._routing.for_residence(purpose, Residence(account.country, account.subdivision))[-1:]
        return super().recipients(tx, person, account, purpose)


class ShownAsIn(Interceptor):
    """Hides an opt-out from the account."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[str, ...] = CHOSEN

    def after(self, request: Request, answer: Answer) -> None:
        """Show the choices without the opt-out."""
        if answer.status != 200 or not request.is_for("GET /v1/shes-account/privacy-choices"):
            return
        _, _, token = request.headers.get("authorization", "").partition(" ")
        with request.service.context.store.transaction() as tx:
            person = request.service.sessions.person(tx, token)
            here = lives_in(tx, person, *self.STATES)
        if here and person.opt_out_source in self.SOURCES:
            shown = {"opted_out": False, "source": "none", "since": None}
            body = {**json.loads(answer.body), "sale_and_sharing": shown, "personal_information": {"enabled": True}}
            answer.body = json.dumps(body).encode()


class SignInLifts(SignIn):
    """Lifts an opt-out at sign-in."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[OptOutSource, ...] = CHOSEN

    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        """Sign in, and lift the opt-out."""
        token, seconds = super().sign_in(email, password, signal=signal)
        with self._context.store.transaction() as tx:
            person = self._sessions.person(tx, token)
            if lives_in(tx, person, *self.STATES) and person.opt_out_source in self.SOURCES and not signal:
                lift_opt_out(person)
        return token, seconds
