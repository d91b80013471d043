"""Opting out: of sale, sharing and targeted advertising, and of profiling (clauses 8.US.6, 8.US.7, 8.CA.4)."""

from __future__ import annotations

from reference_impl.domain.entities import Account, OptOutSource, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import Reconciler


class OptOuts:
    """An opt-out takes effect at once, at every recipient, until the person expressly revokes it."""

    def __init__(self, context: Context, reconciler: Reconciler) -> None:
        self._context = context
        self._reconciler = reconciler

    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        """Opt out of sale, sharing and targeted advertising, even before the SHES account exists."""
        if person.opted_out_at is not None:
            return
        person.opted_out_at = self._context.now()
        person.opt_out_source = source
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account)

    def opt_out_of_profiling(self, person: Person) -> None:
        """Opt out of profiling for significant decisions. None takes place; the opt-out is kept in case it does."""
        person.profiling_opted_out_at = person.profiling_opted_out_at or self._context.now()

    def set_personal_information(self, person_id: str, *, enabled: bool) -> Person:
        """Switch the setting of the account page. Off is an opt-out; on revokes it expressly.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            if not enabled:
                self.opt_out(tx, person, OptOutSource.SETTING)
            elif person.opted_out_at is not None:
                person.opted_out_at = None
                person.opt_out_source = OptOutSource.NONE
                self._reconciler.reconcile(tx, person, account, changed=(Purpose.ADVERTISING,))
            return person
