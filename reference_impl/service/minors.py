"""What the service refrains from doing with a minor's data (clauses 7.6, 8.CA.5)."""

from __future__ import annotations

from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Account, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.context import Context
from reference_impl.service.ports import Refused


class Minors:
    """Whether a person is a minor where they live, and what that forbids."""

    def __init__(self, context: Context, gate: AgeGate) -> None:
        self._context = context
        self._gate = gate

    def is_minor(self, person: Person, account: Account) -> bool:
        """Whether the person is a minor where the account says they live."""
        residence = Residence(account.country, account.subdivision)
        return self._gate.is_minor(person.date_of_birth, residence, self._context.now())

    def check_consent(self, person: Person, account: Account) -> None:
        """Check that the person may consent to sharing or profiling.

        Raises:
            Refused: A minor.
        """
        if self.is_minor(person, account):
            raise Refused("minor", "This is available only from the age of majority")

    def shareable(self, person: Person, account: Account, purpose: Purpose) -> bool:
        """Whether the person's age lets anything about them be shared for the purpose."""
        return not self.is_minor(person, account) and (
            purpose is not Purpose.ADVERTISING or self.may_advertise(person, account)
        )

    def may_advertise(self, person: Person, account: Account) -> bool:
        """Whether the law of the state lets the person's data go to advertising vendors."""
        residence = Residence(account.country, account.subdivision)
        return self._gate.may_advertise(person.date_of_birth, residence, self._context.now())
