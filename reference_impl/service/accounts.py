"""Creating, reading and changing the SHES account (clauses 2.5, 7.1, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reference_impl.domain.address import address_key
from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Account, Occasion, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence, ResidenceRule
from reference_impl.service.context import Context
from reference_impl.service.ports import Conflict, NotThere, Transaction
from reference_impl.service.registration import check_age
from reference_impl.service.sharing import Reconciler
from reference_impl.service.told import ToldNotices


@dataclass(frozen=True, slots=True, repr=False)
class AccountForm:
    """What a person enters to create a SHES account. ``date_of_birth``: ignored where the Sony account has it."""

    email: str
    display_name: str
    country: str
    postal_code: str
    date_of_birth: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AccountChange:
    """What a person changes; None stays as it is."""

    display_name: str | None = None
    country: str | None = None
    postal_code: str | None = None


def open_account(tx: Transaction, person_id: str) -> tuple[Person, Account]:
    """The person and their SHES account.

    Raises:
        NotThere: There is none, or it is closed.
    """
    person = tx.one(Person, person_id=person_id)
    account = tx.one(Account, person_id=person_id)
    if person is None or account is None or account.closed_at:
        raise NotThere("There is no SHES account")
    return person, account


class Accounts:
    """Manages SHES accounts, one for each Sony account."""

    def __init__(
        self,
        context: Context,
        gate: AgeGate,
        residences: ResidenceRule,
        reconciler: Reconciler,
        told: ToldNotices,
    ) -> None:
        self._context = context
        self._gate = gate
        self._residences = residences
        self._reconciler = reconciler
        self._told = told

    def person(self, person_id: str) -> Person:
        """The Sony account.

        Raises:
            NotThere: It is gone.
        """
        with self._context.store.transaction() as tx:
            person = tx.one(Person, person_id=person_id)
        if person is None:
            raise NotThere
        return person

    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        """Create the SHES account. It brings no consent with it.

        Raises:
            Conflict: The address is not the verified one, or there is an account already.
            Refused: By the age gate of this country.
        """
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            if person is None or person.closed_at:
                raise NotThere
            if tx.one(Account, person_id=person_id):
                raise Conflict("already-exists", "You already have a SHES account")
            if address_key(form.email) != person.email_key:
                raise Conflict("email-not-verified", "This is not your verified e-mail address")
            check_age(self._gate, self._context, person.date_of_birth, form.country)
            residence = self._residences.residence(form.country, form.postal_code)
            account = Account(
                account_id=self._context.randomness.identifier("acc"),
                person_id=person_id,
                display_name=form.display_name,
                country=residence.country,
                subdivision=residence.subdivision,
                postal_code=form.postal_code,
                created_at=self._context.now(),
            )
            tx.add(account)
            self._told.enter(tx, person, Occasion.ACCOUNT, residence)
            self._reconciler.reconcile(tx, person, account, changed=(Purpose.ADVERTISING,))
            return person, account

    def read(self, person_id: str) -> tuple[Person, Account]:
        """The SHES account.

        Raises:
            NotThere: There is none, or it is closed.
        """
        with self._context.store.transaction() as tx:
            return open_account(tx, person_id)

    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        """Change the display name, or move. Consents and opt-outs stay as they are.

        Raises:
            NotThere: There is no account.
            Refused: By the age gate of the new country.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            before = (account.display_name, account.country, account.postal_code)
            if change.country is not None and change.country != account.country:
                check_age(self._gate, self._context, person.date_of_birth, change.country)
                account.country = change.country
            if change.postal_code is not None:
                account.postal_code = change.postal_code
            if change.display_name is not None:
                account.display_name = change.display_name
            if before[1:] != (account.country, account.postal_code):
                account.subdivision = self._residences.residence(account.country, account.postal_code).subdivision
                self._told.enter(tx, person, Occasion.MOVE, Residence(account.country, account.subdivision))
            if before != (account.display_name, account.country, account.postal_code):
                self._reconciler.reconcile(tx, person, account, changed=tuple(Purpose))
            return person, account
