"""Transfers out of the EEA (clause 5.5; Articles 45 and 46 GDPR)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class GroundKind(StrEnum):
    """The kinds of ground for a transfer."""

    ADEQUACY = "adequacy-decision"
    CLAUSES = "standard-contractual-clauses"
    CORPORATE_RULES = "binding-corporate-rules"


@dataclass(frozen=True, slots=True)
class Validity:
    """From ``start`` (included) to ``end`` (excluded; None is open)."""

    start: datetime
    end: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether ``now`` lies inside."""
        return self.start <= now and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True)
class AdequacyDecision:
    """An adequacy decision; with ``certified`` it covers these recipients only."""

    country: str
    reference: str
    validity: Validity
    certified: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Safeguard:
    """Contract clauses or corporate rules that bind one recipient."""

    recipient: str
    kind: GroundKind
    reference: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class TransferRegister:
    """The facts of law and contract that transfers rest on. ``countries``: by recipient id."""

    countries: Mapping[str, str] = field(default_factory=dict)
    adequacy: tuple[AdequacyDecision, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of a transfer."""

    kind: GroundKind
    reference: str


class SafeguardsRule:
    """Whether data about a resident may leave for a recipient at a moment.

    Args:
        eea: Countries (and territories) in which the GDPR applies.
    """

    def __init__(self, eea: frozenset[str]) -> None:
        self._eea = eea

    def needs_ground(self, residence_country: str, destination: str) -> bool:
        """Whether this is a transfer out of the EEA."""
        return residence_country in self._eea and destination not in self._eea

    def ground(self, register: TransferRegister, recipient: str, now: datetime) -> Ground | None:
        """The ground in force for the recipient at that moment: an adequacy decision first, then its safeguards."""
        country = register.countries[recipient]
        for decision in register.adequacy:
            if decision.country == country and self.covers(decision, recipient) and decision.validity.holds(now):
                return Ground(GroundKind.ADEQUACY, decision.reference)
        for safeguard in register.safeguards:
            if safeguard.recipient == recipient and safeguard.validity.holds(now):
                return Ground(safeguard.kind, safeguard.reference)
        return None

    def covers(self, decision: AdequacyDecision, recipient: str) -> bool:
        """Whether the decision reaches this recipient in its country."""
        return decision.certified is None or recipient in decision.certified
