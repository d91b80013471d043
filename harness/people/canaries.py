"""The values by which a person's traces are recognised: those the harness made up, and those the target gave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MINIMUM_LENGTH = 8
"""Shortest assigned value, in characters, whose appearance cannot be chance ("17" appears everywhere)."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that belongs to one person.

    Attributes:
        person: Label of the person.
        kind: What it is: "email", "family_name", "password", "account_id", ...
        value: The value itself.
        assigned: Whether the target gave it to the person (an identifier, a token); else the harness made it up.
        identifies: Whether nobody else has it, so that finding it means finding the person. A postal code, a date of
            birth or a short number does not identify.
    """

    person: str
    kind: str
    value: str
    assigned: bool = False
    identifies: bool = True


class Canaries:
    """All values of one person, in the order in which they came to be; iterating gives those that identify."""

    def __init__(self, person: str) -> None:
        self.person = person
        self._all: dict[tuple[str, str], Canary] = {}

    def __iter__(self) -> Iterator[Canary]:
        return (canary for canary in self.all if canary.identifies)

    @property
    def all(self) -> tuple[Canary, ...]:
        """Also those that do not identify."""
        return tuple(self._all.values())

    def made_up(self, kind: str, value: str, *, identifies: bool = True) -> str:
        """Registers a value the harness made up and returns it."""
        return self._add(Canary(self.person, kind, value, assigned=False, identifies=identifies))

    def assigned(self, kind: str, value: str) -> str:
        """Registers an identifier or token that the target gave this person, and returns it.

        A value shorter than :data:`MINIMUM_LENGTH` is kept, but does not identify.
        """
        return self._add(Canary(self.person, kind, value, assigned=True, identifies=len(value) >= MINIMUM_LENGTH))

    def values(self, kind: str) -> tuple[str, ...]:
        """All values of a kind, oldest first."""
        return tuple(canary.value for canary in self.all if canary.kind == kind)

    def _add(self, canary: Canary) -> str:
        self._all.setdefault((canary.kind, canary.value), canary)
        return canary.value
