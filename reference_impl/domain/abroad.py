"""Where data is, and under which law it leaves the country of the person (clauses 5.1, 5.7)."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.domain.transfer import Validity


@dataclass(frozen=True, slots=True)
class Place:
    """A country in which the account service is operated. ``activities``: processing, storage, access."""

    id: str
    operator: str
    country: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a transfer rests on under a law. ``to``: countries it is for; empty for all that no other basis names."""

    kind: str
    reference: str
    validity: Validity
    to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TransferLaw:
    """The law on data leaving the country, of residents of some places (ISO 3166 countries, states, provinces)."""

    id: str
    name: str
    residences: frozenset[str]
    source: str
    bases: tuple[Basis, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Countries of the residences: data that stays in its own is not transferred."""
        return frozenset(code.partition("-")[0] for code in self.residences)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer of residents' data abroad: recipient, country, purposes, law and basis.

    Attributes:
        recipient: Id of a recipient, or of a place that the account is run from.
        purposes: Of deliveries, or ``account``.
    """

    residences: tuple[str, ...]
    recipient: str
    country: str
    purposes: tuple[str, ...]
    law: TransferLaw
    basis: Basis


def bases_for(law: TransferLaw, destination: str) -> tuple[Basis, ...]:
    """What transfers to a country rest on: what is for this country, or else what is for all others."""
    return tuple(basis for basis in law.bases if destination in basis.to) or tuple(
        basis for basis in law.bases if not basis.to
    )
