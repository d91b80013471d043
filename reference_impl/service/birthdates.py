"""Correcting a date of birth (clauses 7.4, 7.6)."""

from __future__ import annotations

from datetime import date

from reference_impl.domain.age import AgeGate
from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Person
from reference_impl.service.consents import ConsentService
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.minors import Minors
from reference_impl.service.ports import NotThere, Refused, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import check_age
from reference_impl.service.sharing import Reconciler


class Birthdates:
    """Corrects dates of birth, with immediate consequences."""

    def __init__(
        self,
        context: Context,
        gate: AgeGate,
        minors: Minors,
        refusals: Refusals,
        consents: ConsentService,
        deletions: Deletions,
        reconciler: Reconciler,
    ) -> None:
        self._context = context
        self._gate = gate
        self._minors = minors
        self._refusals = refusals
        self._consents = consents
        self._deletions = deletions
        self._reconciler = reconciler

    def correct(self, person_id: str, born: date) -> Person:
        """Keep the date; from a minor's account take what minors are spared.

        Raises:
            NotThere: There is no such person.
            Refused: The date is below the threshold. The account is closed and the data erased; the date is not kept.
        """
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            if person is None or person.closed_at:
                raise NotThere
            account = tx.one(Account, person_id=person_id)
            try:
                check_age(self._gate, self._context, born, account.country if account else person.country)
            except Refused as refused:
                refusal = refused
                self.turn_out(tx, person)
            else:
                self.keep(tx, person, account, born)
                return person
        raise refusal

    def keep(self, tx: Transaction, person: Person, account: Account | None, born: date) -> None:
        """Store the date as the person's."""
        person.date_of_birth = born
        if account is not None:
            if self._minors.is_minor(person, account):
                for purpose in ConsentPurpose:
                    self._consents.end(tx, person.person_id, purpose, WithdrawnBy.AGE)
            self._reconciler.reconcile(tx, person, account)

    def turn_out(self, tx: Transaction, person: Person) -> None:
        """Close a child's account, erase its data, and refuse the address for other dates of birth."""
        self._refusals.remember(tx, person.email)
        self._deletions.erase(tx, person)
