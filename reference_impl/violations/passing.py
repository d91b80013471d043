"""A service that needs no Sony account of those whom a provider vouches for: it asks their age in passing.

It breaks no promise; some violations are built on it, which the reference could not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import AccessToken, Account, Person
from reference_impl.domain.providers import Provider
from reference_impl.service.accounts import AccountForm, Accounts
from reference_impl.service.context import Context
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.providers import ProviderSignIns
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import check_age, too_young
from reference_impl.violations.model import QuickPasswords

_NOT_ASKED = date(9999, 12, 31)
"""Stands where a date of birth does until the age was asked: nobody is younger."""


def newcomer(context: Context, address: str, born: date) -> Person:
    """Somebody of whom a provider has told the address, and who has no password that anybody knows."""
    return Person(
        person_id=context.randomness.identifier("prs"),
        email=address,
        email_key=address_key(address),
        password_hash=QuickPasswords().hash(context.randomness.token()),
        date_of_birth=born,
        country="ZZ",
        language="en",
        created_at=context.now(),
        verified_at=context.now(),
    )


class LetsStrangersIn(ProviderSignIns):
    """As far as the creation of a SHES account."""

    def stranger(self, tx: Transaction, provider: Provider, address: str, claims: Mapping[str, object]) -> str:
        """Somebody of whom nothing but the address is kept until then; whose age is not known counts as a child."""
        person = newcomer(self._context, address, _NOT_ASKED)
        tx.add(person)
        return person.person_id


class AsksInPassing(Accounts):
    """Checks the age when the SHES account is made, and keeps no more of it than that it was enough."""

    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        """As ever, once whoever came without a date of birth has stated one."""
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
        """Keep nothing but that the address was refused."""
        self.remember(tx, person)
        self.forget(tx, person)

    def remember(self, tx: Transaction, person: Person) -> None:
        """The address was refused just now."""
        Refusals(self._context).remember(tx, person.email)

    def forget(self, tx: Transaction, person: Person) -> None:
        """Drop whoever was in between."""
        tx.remove_all(AccessToken, person_id=person.person_id)
        tx.remove(person)
        tx.leave_nothing()


VARIANT = {"provider_sign_ins": LetsStrangersIn, "accounts": AsksInPassing}
