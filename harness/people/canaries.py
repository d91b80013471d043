"""The values that reveal traces of a person: those made up by the harness, and those assigned by the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MINIMUM_LENGTH = 8
"""Length, in characters, below which an assigned value can occur by chance ("17" occurs everywhere)."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that belongs to one person.

    Attributes:
        person: Label of the person.
        kind: Its kind: "email", "family_name", "password", "account_id", ...
        value: The value itself.
        assigned: Whether the target assigned it (an identifier, a token); otherwise the harness made it up.
        identifies: Whether it is unique to the person. A postal code, a date of birth or a short number is not.
    """

    person: str
    kind: str
    value: str
    assigned: bool = False
    identifies: bool = True


class Canaries:
    """All values of one person, in order of registration; iteration yields those that identify."""

    def __init__(self, person: str) -> None:
        self.person = person
        self._all: dict[tuple[str, str], Canary] = {}

    def __iter__(self) -> Iterator[Canary]:
        return (canary for canary in self.all if canary.identifies)

    @property
    def all(self) -> tuple[Canary, ...]:
        """All values, including those that do not identify."""
        return tuple(self._all.values())

    def after(self, count: int) -> Canaries:
        """Those registered after the first ``count`` of all values."""
        later = Canaries(self.person)
        later._all = dict(islice(self._all.items(), count, None))
        return later

    def made_up(self, kind: str, value: str, *, identifies: bool = True) -> str:
        """Registers a value the harness made up and returns it."""
        return self._add(Canary(self.person, kind, value, assigned=False, identifies=identifies))

    def assigned(self, kind: str, value: str) -> str:
        """Registers an identifier or token that the target assigned to this person, and returns it.

        A value shorter than :data:`MINIMUM_LENGTH` is kept, but does not identify.
        """
        return self._add(Canary(self.person, kind, value, assigned=True, identifies=len(value) >= MINIMUM_LENGTH))

    def values(self, kind: str) -> tuple[str, ...]:
        """All values of a kind, oldest first."""
        return tuple(canary.value for canary in self.all if canary.kind == kind)

    def _add(self, canary: Canary) -> str:
        self._all.setdefault((canary.kind, canary.value), canary)
        return canary.value
