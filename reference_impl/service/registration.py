"""Registering a Sony account, and proving its address (clauses 1.4, 7.1, 7.2, 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reference_impl.domain.address import address_key
from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Message, NoticeTold, Occasion, Person, VerificationCode
from reference_impl.domain.residence import Residence
from reference_impl.service.context import Context, digest
from reference_impl.service.outbox import Outbox
from reference_impl.service.passwords import Passwords
from reference_impl.service.people import bury, person_at
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.told import ToldNotices

CODE_LIFE = timedelta(days=7)
"""How long a mailed code is valid."""


@dataclass(frozen=True, slots=True, repr=False)
class RegistrationForm:
    """What a person enters to register: exactly these five items."""

    email: str
    password: str
    date_of_birth: date
    country: str
    language: str


def too_young() -> Refused:
    """The refusal of a person who is too young."""
    return Refused("age-below-threshold", "You are not old enough for an account yet")


def check_age(gate: AgeGate, context: Context, born: date, country: str) -> None:
    """Let a person of that birth pass in that country.

    Raises:
        Refused: Under age, or a country the service does not serve.
    """
    if not gate.serves(country):
        raise Refused("country-not-served", "The service is not offered in this country")
    if not gate.admits(born, country, context.now()):
        raise too_young()


class Registration:
    """Accepts registrations and verifies addresses."""

    def __init__(
        self,
        context: Context,
        gate: AgeGate,
        refusals: Refusals,
        passwords: Passwords,
        outbox: Outbox,
        told: ToldNotices,
    ) -> None:
        self._context = context
        self._gate = gate
        self._refusals = refusals
        self._passwords = passwords
        self._outbox = outbox
        self._told = told

    def register(self, form: RegistrationForm) -> None:
        """Keep the registration and mail a code; say nothing about whether the address was known.

        Raises:
            Refused: By the age gate, or the country is not served. Nothing is kept.
        """
        self.check(form)
        kept = self._passwords.hash(form.password)
        with self._context.store.transaction() as tx:
            known = person_at(tx, form.email)
            if known is None or known.closed_at is not None:
                self.admit(tx, form, kept)
            elif known.verified_at is None:
                # Nobody has verified the address yet, so the latest registration counts.
                self.forget(tx, known)
                self.admit(tx, form, kept)

    def check(self, form: RegistrationForm) -> None:
        """Admit a person who is old enough and was not refused recently.

        Raises:
            Refused: Too young, or recently refused; which of the two is not revealed.
        """
        try:
            check_age(self._gate, self._context, form.date_of_birth, form.country)
        except Refused:
            with self._context.store.transaction() as tx:
                self.turn_away(tx, form)
            raise
        with self._context.store.transaction() as tx:
            if self._refusals.remembers(tx, form.email):
                raise too_young()

    def turn_away(self, tx: Transaction, form: RegistrationForm) -> None:
        """Keep only that the address was refused; an unverified registration is superseded by it, too."""
        self._refusals.remember(tx, form.email)
        known = person_at(tx, form.email)
        if known is not None and known.verified_at is None and known.closed_at is None:
            self.forget(tx, known)
            tx.leave_nothing()

    def admit(self, tx: Transaction, form: RegistrationForm, password_hash: str) -> None:
        """Store a new person and mail the code."""
        person = Person(
            person_id=self._context.randomness.identifier("prs"),
            email=form.email,
            email_key=address_key(form.email),
            password_hash=password_hash,
            date_of_birth=form.date_of_birth,
            country=form.country,
            language=form.language,
            created_at=self._context.now(),
        )
        code = self._context.randomness.token()
        tx.add(person)
        tx.add(
            VerificationCode(
                code_hash=digest(code), person_id=person.person_id, expires_at=self._context.now() + CODE_LIFE
            )
        )
        self._told.enter(tx, person, Occasion.REGISTRATION, Residence(person.country, None))
        self._outbox.mail(tx, person, "email-verification", code)

    def forget(self, tx: Transaction, person: Person) -> None:
        """Remove an unverified registration."""
        tx.remove_all(VerificationCode, person_id=person.person_id)
        tx.remove_all(NoticeTold, person_id=person.person_id)
        tx.remove_all(Message, person_id=person.person_id)
        tx.remove(person)
        bury(self._context, tx, person.person_id)

    def verify(self, code: str) -> None:
        """Accept a mailed code as proof of the address.

        Raises:
            Refused: Not a code that is valid now.
        """
        with self._context.store.transaction() as tx:
            found = tx.one(VerificationCode, code_hash=digest(code))
            person = found and tx.one(Person, person_id=found.person_id)
            if not found or not person or person.closed_at or found.expires_at <= self._context.now():
                raise Refused("code-not-valid", "This code is not valid or has expired")
            person.verified_at = self._context.now()
            # It cannot be used again; upkeep destroys it.
            found.expires_at = self._context.now()
