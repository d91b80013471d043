"""Purges that exempt some people."""

from __future__ import annotations

from datetime import datetime

from reference_impl.domain.entities import Person
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge


class SparingPurge(Purge):
    """Exempts some people from the purge."""

    def spares(self, tx: Transaction, person: Person) -> bool:
        """Whether the person is exempt."""
        raise NotImplementedError

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        """Everybody due except those exempt."""
        due = super().due(tx, now)
        spared = {one.person_id for one in tx.all(Person, person_id=due) if self.spares(tx, one)} if due else set()
        return [person_id for person_id in due if person_id not in spared]
