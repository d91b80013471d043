"""Residence: the country of the account, and the state or province that its postal code lies in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_ZIP = re.compile(r"\d{5}(-?\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives, as far as the account knows. ``subdivision`` is ISO 3166-2 (US-CA, CA-QC) or None."""

    country: str
    subdivision: str | None


class ResidenceRule:
    """Derives the residence from country and postal code.

    Args:
        state_of_zip: The two letters that follow a city in an address, for five digits, or None.
        states: ISO 3166-2 codes of the United States.
        provinces: ISO 3166-2 code by the beginning of a Canadian postal code.
    """

    def __init__(
        self, state_of_zip: Callable[[str], str | None], states: frozenset[str], provinces: Mapping[str, str]
    ) -> None:
        self._state_of_zip = state_of_zip
        self._states = states
        self._provinces = provinces

    def residence(self, country: str, postal_code: str) -> Residence:
        """The residence; the subdivision is None if the postal code does not determine it."""
        return Residence(country, self.subdivision(country, postal_code.strip().upper()))

    def subdivision(self, country: str, postal_code: str) -> str | None:
        """State or province of a trimmed postal code in capitals."""
        if country == "US" and _ZIP.fullmatch(postal_code):
            # Mail to the armed forces (AE) or to Palau (PW) has two letters as well, and lies in no state.
            code = f"US-{self._state_of_zip(postal_code[:5])}"
            return code if code in self._states else None
        if country == "CA":
            return next(
                (self._provinces[postal_code[:n]] for n in (3, 2, 1) if postal_code[:n] in self._provinces), None
            )
        return None
