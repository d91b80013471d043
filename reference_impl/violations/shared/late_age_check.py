"""A benign variant: people who sign in with a provider state their age at the creation of the SHES account.

The variant breaks no promise. Violations that the reference cannot have are built on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import AccessToken, Account, Person
from reference_impl.domain.providers import Provider
from reference_impl.service.accounts import AccountForm, Accounts
from reference_impl.service.context import Context
from reference_impl.service.passwords import WorldPasswords
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.providers import ProviderSignIns
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import check_age, too_young

_NOT_ASKED = date(9999, 12, 31)
"""Placeholder until a date of birth is stated: nobody is younger."""


def newcomer(context: Context, address: str, born: date) -> Person:
    """A person whose e-mail address a provider has confirmed, with a random password that nobody knows."""
    return Person(
        person_id=context.randomness.identifier("prs"),
        email=address,
        email_key=address_key(address),
        password_hash=WorldPasswords().hash(context.randomness.token()),
        date_of_birth=born,
        country="ZZ",
        language="en",
        created_at=context.now(),
        verified_at=context.now(),
    )


class AdmitsStrangers(ProviderSignIns):
    """Admits unknown people as far as the creation of a SHES account."""

    def stranger(self, tx: Transaction, provider: Provider, address: str, claims: Mapping[str, object]) -> str:
        """Keep only the e-mail address until then; a person of unknown age is treated as a child."""
        person = newcomer(self._context, address, _NOT_ASKED)
        tx.add(person)
        return person.person_id


class ChecksAgeAtCreation(Accounts):
    """Checks the age when the SHES account is created, and keeps only that it was sufficient."""

    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        """Create the account, after checking the age of a person without a date of birth."""
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            refused = None
            if person is not None and person.date_of_birth == _NOT_ASKED:
                refused = self._ask(tx, person, form)
        if refused is not None:
            raise refused
        return super().create(person_id, form)

    def _ask(self, tx: Transaction, person: Person, form: AccountForm) -> Refused | None:
        try:
            if form.date_of_birth is None:
                raise too_young()
            check_age(self._gate, self._context, form.date_of_birth, form.country)
        except Refused as refused:
            self.turn_away(tx, person)
            return refused
        today = self._gate.today(form.country, self._context.now())
        age = self._gate.threshold(form.country, today)
        person.date_of_birth = today.replace(year=today.year - age, day=min(today.day, 28))
        person.country = form.country
        return None

    def turn_away(self, tx: Transaction, person: Person) -> None:
        """Keep only that the e-mail address was refused."""
        self.remember(tx, person)
        self.forget(tx, person)

    def remember(self, tx: Transaction, person: Person) -> None:
        """Record that the e-mail address has been refused."""
        Refusals(self._context).remember(tx, person.email)

    def forget(self, tx: Transaction, person: Person) -> None:
        """Remove the unregistered person."""
        tx.remove_all(AccessToken, person_id=person.person_id)
        tx.remove(person)
        tx.leave_nothing()


LATE_AGE_CHECK = {"provider_sign_ins": AdmitsStrangers, "accounts": ChecksAgeAtCreation}
