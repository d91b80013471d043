"""Opt-out preference signals (clauses 8.CA.18, 8.US.8; Global Privacy Control; CCPA Regulations, § 7025)."""

from __future__ import annotations

from reference_impl.domain.entities import Account, OptOutSource, Person
from reference_impl.domain.residence import Residence
from reference_impl.service.context import Context
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Transaction


class GpcRule:
    """A signal opts the account out of sale and sharing, at once and for good. It is honoured for everybody."""

    SUPPORTED = True

    def __init__(self, context: Context, opt_outs: OptOuts) -> None:
        self._context = context
        self._opt_outs = opt_outs

    def opt_out(self, tx: Transaction, person: Person) -> None:
        """A signal came with a request of this person, who may not have a SHES account yet."""
        account = tx.one(Account, person_id=person.person_id)
        residence = Residence(account.country, account.subdivision) if account else None
        if self.honours(residence):
            self._opt_outs.opt_out(tx, person, OptOutSource.SIGNAL)

    def honours(self, residence: Residence | None) -> bool:
        """Whether a signal of a resident counts. None: the residence is not known yet."""
        return True
