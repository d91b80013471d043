"""Where people live: countries, states and provinces, their jurisdictions, and the form of addresses.

The facts are in ``residences.yaml``; areas with a law of their own are those of :mod:`harness.geography`; time zones
come from the IANA ``zone.tab`` in the package ``tzdata``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from harness import geography
from harness.errors import UsageError
from harness.geography import Membership


@dataclass(frozen=True, slots=True)
class Script:
    """The letters of made-up words, and whether the given name is the scenario's label or a local one.

    ``letters`` are taken in turn, one from each group. ``full_name`` is a format with ``given`` and ``family``.
    """

    letters: tuple[str, ...]
    given_is_label: bool
    full_name: str


@dataclass(frozen=True, slots=True, eq=False)
class Residence:
    """A place of residence.

    Attributes:
        code: ISO 3166-1 alpha-2, or ISO 3166-2 where law differs by state or province ("FR", "US-CA", "CA-QC").
        names: English names; the first is used in sentences, without an article.
        country: ISO 3166-1 alpha-2.
        subdivision: ISO 3166-2 code, or ``None``.
        memberships: Areas with a law of their own that it belongs to or belonged to, with dates.
        locale: Faker locale of its names and addresses.
        languages: BCP 47 tags, the usual one first.
        script: Letters of made-up names.
        accents: Letters one of which made-up names contain; may be empty.
        postal_pattern: Regular expression for a complete postal code of a resident.
        postal_codes: Postal codes with their city, or empty if Faker has them in the country's own format.
        home_zone: IANA time zone of a typical resident.
        zones: IANA time zones of the whole country.
    """

    code: str
    names: tuple[str, ...]
    country: str
    subdivision: str | None
    memberships: tuple[Membership, ...]
    locale: str
    languages: tuple[str, ...]
    script: Script
    accents: str
    postal_pattern: str
    postal_codes: Mapping[str, str]
    home_zone: str
    zones: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name for sentences."""
        return self.names[0]

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Codes of all jurisdictions, widest first: ("EEA", "FR"), ("US", "US-CA")."""
        return self.jurisdictions_on(None)

    def jurisdictions_on(self, on: date | None) -> tuple[str, ...]:
        """As :attr:`jurisdictions`, on that day."""
        groups = [membership.area for membership in self.memberships if membership.holds(on)]
        return tuple(dict.fromkeys([*groups, self.country, self.code]))

    def postal_code_fits(self, postal_code: str) -> bool:
        """Whether this can be the postal code of a resident."""
        return re.fullmatch(self.postal_pattern, postal_code) is not None


@cache
def residences() -> Mapping[str, Residence]:
    """Every residence by its code."""
    text = resources.files(__package__).joinpath("residences.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(text, Loader=loader)
    scripts = {name: _script(spec) for name, spec in data["scripts"].items()}
    found = {}
    for code, spec in data["residences"].items():
        country = code.partition("-")[0]
        zones = _zones()[country]
        found[code] = Residence(
            code=code,
            names=tuple(spec["names"]),
            country=country,
            subdivision=code if code != country else None,
            memberships=geography.memberships(country),
            locale=spec["locale"],
            languages=tuple(spec["languages"]),
            script=scripts[spec["script"]],
            accents=spec.get("accents", ""),
            postal_pattern=spec["postal"]["pattern"],
            postal_codes=MappingProxyType(spec["postal"].get("codes", {})),
            home_zone=spec.get("zone", zones[0]),
            zones=zones,
        )
    return MappingProxyType(found)


@cache
def countries() -> tuple[Residence, ...]:
    """Every country in ``zone.tab``, for what depends only on a person's country.

    Names, language and postal codes are those of one place for all countries.
    """
    plain = residences()["GB"]
    return tuple(
        replace(plain, code=code, names=(code,), country=code, memberships=(), home_zone=zones[0], zones=zones)
        for code, zones in sorted(_zones().items())
    )


def residence(name_or_code: str) -> Residence:
    """The residence of that name ("the Netherlands", "Quebec") or code ("NL", "CA-QC"), ignoring case and accents.

    Raises:
        UsageError: There is none; the message lists similar names.
    """
    asked = _folded(name_or_code)
    found = _by_folded_name().get(asked)
    if found is not None:
        return found
    near = [
        name for name in _by_folded_name() if asked and (name.startswith(f"{asked}-") or name.endswith(f"-{asked}"))
    ]
    near += difflib.get_close_matches(asked, _by_folded_name(), n=4)
    options = ", ".join(
        dict.fromkeys(f"{_by_folded_name()[name].name} ({_by_folded_name()[name].code})" for name in near)
    )
    raise UsageError(
        f"No synthetic person can live in {name_or_code!r}: the place is not known.",
        cause=f"A spelling mistake; similar names: {options}." if options else "The place is not among the residences.",
        remedy="Use one of the names or codes in harness/people/residences.yaml, or add the place there.",
    )


def residences_in(text: str) -> set[str]:
    """Codes of the residences that a sentence gives to people: "Femke moves to the Netherlands" gives {"NL"}."""
    return {_by_folded_name()[_folded(match[1])].code for match in _resides().finditer(text)}


def members(jurisdiction: str, on: date | None = None) -> list[Residence]:
    """Residences that a jurisdiction ("EEA", "US", "US-CA", "FR") covers on a day, or now without an end date.

    Raises:
        UsageError: No residence belongs to it.
    """
    found = [place for place in residences().values() if jurisdiction in place.jurisdictions_on(on)]
    if not found:
        known = sorted({code for place in residences().values() for code in place.jurisdictions})
        raise UsageError(
            f"No residence belongs to the jurisdiction {jurisdiction!r}" + (f" on {on}." if on else "."),
            cause="A spelling mistake, or a day on which it had no members.",
            remedy=f"Use one of: {', '.join(known)}.",
        )
    return found


def _script(spec: Mapping[str, Any]) -> Script:
    if "codec" not in spec:
        return Script((spec["consonants"], spec["vowels"]), spec["given"] == "label", "{given} {family}")
    characters = "".join(map(chr, range(ord(spec["first"]), ord(spec["last"]) + 1)))
    return Script((characters.encode(spec["codec"], "ignore").decode(spec["codec"]),), False, "{family}{given}")


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found


@cache
def _by_folded_name() -> Mapping[str, Residence]:
    return {_folded(name): place for place in residences().values() for name in (place.code, *place.names)}


RESIDES = r"\b(?:lives in|moves to|has moved to|as a resident of) "
"""Before a residence, what says that somebody lives there."""


@cache
def _resides() -> re.Pattern[str]:
    # The longest first: "United States" begins the name of a territory too.
    names = sorted((name for place in residences().values() for name in place.names), key=len, reverse=True)
    return re.compile(rf"{RESIDES}(?:the )?({'|'.join(map(re.escape, names))})(?!\w)")


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold().strip()
    return plain.removeprefix("the ")
