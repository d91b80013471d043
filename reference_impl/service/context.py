"""What every use case of one world shares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from reference_impl.domain.facts import Facts
from reference_impl.domain.transfer import TransferRegister
from reference_impl.service.ports import Clock, Log, Randomness, Store, Transaction, Wiring
from reference_impl.service.turns import Turns


def digest(secret: str) -> str:
    """The form in which a random secret of 256 bits is kept: it cannot be guessed, and therefore needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass
class Context:
    """One world's time, data and outgoing connections.

    Attributes:
        base_url: Absolute, without a slash at its end; links in mails and deliveries begin with it.
        wiring: Replaced as a whole.
        register: Replaced as a whole.
        secret: Key of what is kept only to be recognised again; it lies in no place of storage.
    """

    clock: Clock
    randomness: Randomness
    store: Store
    log: Log
    facts: Facts
    base_url: str
    wiring: Wiring
    register: TransferRegister
    secret: bytes
    turns: Turns = field(default_factory=Turns)

    def now(self) -> datetime:
        """The world's present instant."""
        return self.clock.now()

    @contextmanager
    def change(self, *people: str) -> Iterator[Transaction]:
        """A transaction in the turn of the people whom it is about."""
        with self.turns.of(*people), self.store.transaction() as tx:
            yield tx
