"""What a seeded violation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from reference_impl.bootstrap import Parts
from reference_impl.service.passwords import Passwords


class Kind(StrEnum):
    """The class of mistake."""

    MISSING = "missing"
    OFF_BY_ONE = "off by one"
    WRONG_RESIDENCE = "wrong residence"
    STALE = "stale"
    SECOND_TIME = "second time"
    RETRY = "retry"
    ODD_NAME = "odd name"
    HALF_DONE = "half done"
    LYING_LEDGER = "lying ledger"
    BENIGN = "benign"


@dataclass(frozen=True, slots=True)
class Also:
    """A clause that is really broken too, and why, in words for people."""

    clause: str
    reason: str


class QuickPasswords(Passwords):
    """Passwords that cost little: many of these services are started, none holds anybody's real one."""

    time_cost = 1
    memory_cost = 64


@dataclass(frozen=True, slots=True)
class Violation:
    """A service that is wrong in one thing.

    Attributes:
        id: Begins with the clause, or with ``benign``.
        clause: The clause it breaks; None for a benign variant, which breaks none.
        title: What it does, in words.
        kind: The class of mistake.
        instead: Fields of :class:`~reference_impl.bootstrap.Parts` and what stands there instead: one, where it is a
            violation.
        also: Other clauses that are really broken by it.
        variant: What stands otherwise besides and breaks nothing: a benign variant that the violation is built on.
    """

    id: str
    clause: str | None
    title: str
    kind: Kind
    instead: Mapping[str, Any]
    also: tuple[Also, ...] = ()
    variant: Mapping[str, Any] = field(default_factory=dict)

    def parts(self) -> Parts:
        """What the service is made of."""
        return replace(Parts(passwords=QuickPasswords), **{**self.variant, **self.instead})

    def listed(self) -> dict[str, Any]:
        """As the program lists it."""
        return {
            "id": self.id,
            "clause": self.clause,
            "title": self.title,
            "kind": self.kind,
            "also": [{"clause": one.clause, "reason": one.reason} for one in self.also],
            "parts": sorted(self.instead),
        }
