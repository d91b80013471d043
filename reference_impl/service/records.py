"""Ledgers for the auditor (clauses 2.3, 5.5)."""

from __future__ import annotations

from reference_impl.domain.entities import ConsentEntry, Disclosure
from reference_impl.service.context import Context


class Records:
    """What was consented to, and what left."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def consents(self) -> list[ConsentEntry]:
        """Every consent ever given, until its person is purged."""
        with self._context.store.transaction() as tx:
            return tx.all(ConsentEntry)

    def disclosures(self) -> list[Disclosure]:
        """One entry a delivery."""
        with self._context.store.transaction() as tx:
            return tx.all(Disclosure)
