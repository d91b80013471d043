"""Which clauses apply in a jurisdiction."""

from __future__ import annotations

import difflib

from harness import geography
from harness.errors import UsageError
from harness.policy.model import Clause, Register


def clauses_in(register: Register, code: str) -> tuple[Clause, ...]:
    """The clauses that protect people in a jurisdiction, or in a part of it.

    In a territory that is a part of a country (Réunion of France) the clauses of the country apply.

    Args:
        register: The register.
        code: ISO 3166-1 ("NL", "US"), ISO 3166-2 ("US-CA"), or a region of the register ("EEA").

    Raises:
        UsageError: The code is unknown.
    """
    place = code.upper()
    regions = {region.code: region.members for region in register.regions}
    members = regions.get(place, frozenset())
    if not members:
        _require_iso_3166(place, regions)
    country = place.partition("-")[0]
    whole = geography.parent(country)
    here = {place, country, *(name for name, countries in regions.items() if country in countries)}
    here |= {whole} if whole else set()
    return tuple(
        clause
        for clause in register.clauses
        if clause.applies_in(here) or any(part in members or part.startswith(f"{place}-") for part in clause.protects)
    )


def _require_iso_3166(place: str, regions: dict[str, frozenset[str]]) -> None:
    import pycountry

    countries = [country.alpha_2 for country in pycountry.countries]
    if place in countries or ("-" in place and place in {part.code for part in pycountry.subdivisions}):
        return
    near = difflib.get_close_matches(place, [*regions, *countries], n=3)
    raise UsageError(
        f"There is no jurisdiction {place!r}.",
        cause=f"A mistyped code; similar codes: {', '.join(near)}." if near else "The code is unknown.",
        remedy=f"Use an ISO 3166 code such as NL, US-CA or CA-QC, or one of {', '.join(regions)}.",
    )
