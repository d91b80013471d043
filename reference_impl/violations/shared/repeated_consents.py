"""Consents that were given more than once, and end one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import ConsentEntry
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import running_consents


def earlier(tx: Transaction, person_id: str) -> list[int | None]:
    """Ids of the consents in force that a newer one to the same purpose repeats."""
    return [one.entry_id for purpose in ConsentPurpose for one in running_consents(tx, person_id, purpose)[:-1]]


def resume(context: Context, person_id: str, entries: Sequence[int | None]) -> None:
    """Let consents, by their ids, be in force again."""
    with context.change(person_id) as tx:
        for entry in tx.all(ConsentEntry, person_id=person_id, entry_id=list(entries)):
            entry.withdrawn_at = entry.withdrawn_by = None
