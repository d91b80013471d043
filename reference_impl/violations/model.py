"""What a seeded violation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from reference_impl.bootstrap import Parts


class Kind(StrEnum):
    """The kind of mistake."""

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
    """Another clause that the violation really breaks, and why."""

    clause: str
    reason: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A service that differs from the reference in one respect.

    Attributes:
        id: Begins with the clause, or with ``benign``.
        clause: The clause it breaks; None for a benign variant, which breaks none.
        title: What the service does wrong.
        kind: The kind of mistake.
        instead: Fields of :class:`~reference_impl.bootstrap.Parts` and their replacements; exactly one in a violation.
        also: Other clauses that it really breaks.
        variant: Replacements of a benign variant that the violation is built on.
    """

    id: str
    clause: str | None
    title: str
    kind: Kind
    instead: Mapping[str, Any]
    also: tuple[Also, ...] = ()
    variant: Mapping[str, Any] = field(default_factory=dict)

    def parts(self) -> Parts:
        """The parts of the service."""
        return replace(Parts(), **{**self.variant, **self.instead})

    def listed(self) -> dict[str, Any]:
        """The violation as the program lists it."""
        return {
            "id": self.id,
            "clause": self.clause,
            "title": self.title,
            "kind": self.kind,
            "also": [{"clause": one.clause, "reason": one.reason} for one in self.also],
            "parts": sorted(self.instead),
        }
