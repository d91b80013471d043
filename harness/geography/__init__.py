"""Legal geography: which countries and territories a law covers, on which day.

The facts, with their sources, are in ``geography.yaml``. Register, people and steps read the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

__all__ = ["Area", "Membership", "area", "areas", "members", "memberships", "parent", "territories"]


@dataclass(frozen=True, slots=True)
class Membership:
    """That a law covers a place, from ``since`` to ``until`` (both included).

    Attributes:
        area: Code of the area, such as ``EEA``.
        place: ISO 3166-1 alpha-2.
        since: The first day.
        until: The last day; ``None`` is open.
        of: For a territory with a country code of its own, the member that it is a part of.
        source: The agreement, treaty article or decision.
    """

    area: str
    place: str
    since: date
    until: date | None = None
    of: str | None = None
    source: str = ""

    def holds(self, on: date | None) -> bool:
        """Whether it is in force on that day, or (``None``) has no end date."""
        return self.until is None if on is None else self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Area:
    """A jurisdiction that is not one country.

    Attributes:
        code: As clauses name it, such as ``EEA``.
        name: In English.
        source: The agreement or treaty.
        memberships: Of members and territories, also former ones.
        outside: Places of a member that are not covered, with the reason.
    """

    code: str
    name: str
    source: str
    memberships: tuple[Membership, ...]
    outside: Mapping[str, str]


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its code."""
    return MappingProxyType({code: _area(code, spec) for code, spec in _data()["jurisdictions"].items()})


def area(code: str) -> Area:
    """The area with that code.

    Raises:
        KeyError: There is none.
    """
    return areas()[code]


def members(code: str, on: date | None = None) -> frozenset[str]:
    """Countries and territories that an area covers on a day, or (``None``) now without an end date.

    Raises:
        KeyError: There is no such area.
    """
    return frozenset(one.place for one in area(code).memberships if one.holds(on))


def memberships(place: str) -> tuple[Membership, ...]:
    """In which areas a country or territory is or was."""
    return tuple(one for found in areas().values() for one in found.memberships if one.place == place)


def parent(place: str) -> str | None:
    """The country whose law holds in a territory as in the country itself; ``None`` for every other place."""
    return next((one.of for one in memberships(place) if one.of and one.holds(None)), None)


def territories(country: str) -> frozenset[str]:
    """Territories with a country code of their own to which the country's law on children's data extends."""
    found = _data()["territories"].get(country, {})
    return frozenset(found.get("places", ()))


def _area(code: str, spec: Mapping[str, Any]) -> Area:
    return Area(
        code=code,
        name=spec["name"],
        source=spec["source"],
        memberships=tuple(_memberships(code, spec)),
        outside=MappingProxyType({place: row["source"] for place, row in spec["outside"].items()}),
    )


def _memberships(code: str, spec: Mapping[str, Any]) -> Iterator[Membership]:
    for place, row in spec["members"].items():
        yield Membership(code, place, row["since"], row.get("until"), source=spec["source"])
    for place, row in spec["territories"]["places"].items():
        source = row.get("source", spec["territories"]["source"])
        yield Membership(code, place, row["since"], row.get("until"), row["of"], source)


@cache
def _data() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("geography.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded
