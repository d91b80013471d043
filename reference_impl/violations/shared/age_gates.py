"""An age gate that admits everybody, and the clauses that share the computation of ages."""

from __future__ import annotations

from datetime import date, datetime

from reference_impl.domain.age import AgeGate
from reference_impl.violations.model import Also

AGES_ELSEWHERE = tuple(
    Also(clause, "the clause relies on the same computation of ages") for clause in ("7.3", "7.4", "7.6", "8.CA.5")
)
"""Clauses that an age gate with a wrong computation of ages breaks as well."""


class OpenGate(AgeGate):
    """Admits people of every age."""

    def admits(self, born: date, country: str, now: datetime) -> bool:
        """Always true."""
        return True
