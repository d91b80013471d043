"""Periods set by law: until when an act is surely in time, and from when it is surely late.

Regulation (EEC, Euratom) No 1182/71, Article 3: the day of the event is not counted; a period in months ends with the
last hour of its last day; where that is a Saturday, Sunday or public holiday, with that of the next working day. Where
the law leaves open whose calendar and holidays count, the two ends differ: nothing is called late before the later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

__all__ = ["Ends", "months", "working_days"]

_SATURDAY = 6
_KINDS = frozenset({"public", "government", "bank"})
"""Categories of the library that close public offices or banks."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a period.

    Attributes:
        in_time: Until this moment an act is in time by every reading.
        late: From this moment an act is late by every reading.
    """

    in_time: datetime
    late: datetime


def months(at: datetime, number: int, zones: Iterable[str], places: Iterable[str]) -> Ends:
    """A period of months from an event.

    Args:
        at: The event, with its offset.
        number: Calendar months; a day that the last month does not have becomes its last day.
        zones: IANA names of the time zones of which one counts.
        places: ISO 3166 codes of the countries, states or provinces of which one has the holidays that count.
    """
    zones, places = tuple(zones), tuple(places)
    last = {zone: _day(at, zone) + relativedelta(months=number) for zone in zones}
    return Ends(
        min(_wall(day, at, zone) for zone, day in last.items()),
        max(_midnight_after(_working(day, places), zone) for zone, day in last.items()),
    )


def working_days(at: datetime, number: int, zones: Iterable[str], places: Iterable[str]) -> Ends:
    """A period of working days from an event; arguments as for :func:`months`.

    In time by every reading is the period without holidays, late the one that is longer by every holiday of a place.
    """
    zones, places = tuple(zones), tuple(places)
    return Ends(
        min(_wall(_counted(at, zone, number, ()), at, zone) for zone in zones),
        max(_midnight_after(_counted(at, zone, number, places), zone) for zone in zones),
    )


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _wall(day: date, at: datetime, zone: str) -> datetime:
    """The time of the event on another day: the end by the strictest reading, which counts hours."""
    return datetime.combine(day, at.astimezone(ZoneInfo(zone)).time(), ZoneInfo(zone)).astimezone(UTC)


def _midnight_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def _counted(at: datetime, zone: str, number: int, places: tuple[str, ...]) -> date:
    day = _day(at, zone)
    for _ in range(number):
        day = _working(day + timedelta(days=1), places)
    return day


def _working(day: date, places: tuple[str, ...]) -> date:
    """The day itself, or the next one that is a working day in all places."""
    while day.isoweekday() >= _SATURDAY or any(day in _holidays(place, day.year) for place in places):
        day += timedelta(days=1)
    return day


@cache
def _holidays(place: str, year: int) -> frozenset[date]:
    """Holidays of a country and all its parts, or (``US-CA``) of the country and one part."""
    import holidays

    country, _, part = place.partition("-")
    known = holidays.list_supported_countries(include_aliases=False).get(country)
    if known is None:
        return frozenset()
    parts = [part] if part in known else [] if part else list(known)
    found: set[date] = set()
    for subdivision in (None, *parts):
        one = holidays.country_holidays(country, subdiv=subdivision, years=year)
        kinds = tuple(sorted(_KINDS & set(one.supported_categories)))
        found.update(holidays.country_holidays(country, subdiv=subdivision, years=year, categories=kinds))
    return frozenset(found)
