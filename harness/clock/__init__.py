"""Calendar arithmetic for clauses: months of a calendar, birthdays, and instants as text. Pure functions.

The present time is an argument everywhere; nothing here reads a clock.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

__all__ = [
    "add_months",
    "birthday",
    "format_instant",
    "parse_instant",
    "reaches_age_anywhere_at",
    "reaches_age_at",
]

_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt](?!24)\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


def add_months(instant: datetime, months: int, zone: str) -> datetime:
    """The same wall-clock time a number of calendar months later in a time zone.

    A day that the month does not have becomes its last day: six months after 31 August is 28 or 29 February. A time
    skipped by a clock change moves forward by the skipped interval; for a repeated time the first is used.

    Args:
        instant: An instant with its offset.
        months: Calendar months, negative for earlier ones.
        zone: IANA name of the time zone whose calendar applies.

    Returns:
        The instant, in UTC.

    Raises:
        ValueError: ``instant`` has no offset.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} is not an instant: it has no offset from UTC.")
    return _utc(instant.astimezone(ZoneInfo(zone)) + relativedelta(months=months))


def birthday(born: date, age: int) -> date:
    """The day on which a person reaches an age.

    A birth on 29 February counts as 1 March in a year without that day: only then has a full year passed. (Some laws
    say 28 February; the contract says 1 March, the day on which the age is reached under either rule.)
    """
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def reaches_age_at(born: date, age: int, zones: Iterable[str]) -> datetime:
    """The first instant at which the birthday has begun in all these time zones, in UTC.

    Args:
        born: Date of birth.
        age: Age in years.
        zones: IANA names, at least one.
    """
    return max(_beginnings(birthday(born, age), zones))


def reaches_age_anywhere_at(born: date, age: int, zones: Iterable[str]) -> datetime:
    """The first instant at which the birthday has begun in one of these time zones, like :func:`reaches_age_at`."""
    return min(_beginnings(birthday(born, age), zones))


def parse_instant(text: str) -> datetime:
    """Reads an instant of the contract: RFC 3339, with a T, an offset and no leap second.

    The offset is kept; digits beyond microseconds are dropped.

    Raises:
        ValueError: It is not RFC 3339, has a blank instead of the T, lacks an offset, or is no valid time.
    """
    try:
        if not _RFC_3339.fullmatch(text):
            raise ValueError("the form is YYYY-MM-DDTHH:MM:SS, with Z or an offset")
        return datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise ValueError(f"{text!r} is not an RFC 3339 time: {error}.") from None


def format_instant(instant: datetime) -> str:
    """Writes an instant as RFC 3339 in UTC, with a fraction only where there is one: ``2024-02-29T00:00:00Z``.

    Raises:
        ValueError: ``instant`` has no offset.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} is not an instant: it has no offset from UTC.")
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _beginnings(day: date, zones: Iterable[str]) -> list[datetime]:
    return [_utc(datetime.combine(day, time.min, ZoneInfo(zone))) for zone in zones]


def _utc(wall_time: datetime) -> datetime:
    # For a repeated time PEP 495 uses the first here, and a skipped time (midnight, in some places) moves
    # forward. In UTC, because Python never compares an ambiguous wall time as equal to a time of another zone.
    return wall_time.astimezone(UTC)
