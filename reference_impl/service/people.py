"""Finding people by their address, and keeping in mind who is gone.

One address has one account that is open. Beside it there may be closed ones that wait for their purge (clause 4.4).
"""

from __future__ import annotations

from datetime import UTC, datetime

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Person, Tombstone
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction

_NEVER = datetime.max.replace(tzinfo=UTC)


def people_at(tx: Transaction, email: str) -> list[Person]:
    """The open account at an address, then the closed ones, the latest first."""
    found = tx.all(Person, email_key=address_key(email))
    return sorted(found, key=lambda person: person.closed_at or _NEVER, reverse=True)


def person_at(tx: Transaction, email: str) -> Person | None:
    """The person at an address: the open account, or else the one closed last."""
    return next(iter(people_at(tx, email)), None)


def bury(context: Context, tx: Transaction, *people: str) -> None:
    """Keep in mind that these people are gone, if there can be a backup that still holds them."""
    if context.wiring.object_storage is not None:
        tx.add(*(Tombstone(person_id=person_id, purged_at=context.now()) for person_id in people))
