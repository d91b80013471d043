"""Instants: RFC 3339 in and out, UTC inside."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""The supported range: retention and retries computed from it stay within the range of Python's calendar."""


class OutOfRange(ValueError):
    """A well-formed instant outside :data:`EARLIEST` to :data:`LATEST`; ``nearest`` is the one of the two."""

    def __init__(self, nearest: datetime) -> None:
        super().__init__("the service supports times from 1970 to 2199")
        self.nearest = nearest


def parse(text: str) -> datetime:
    """Read an RFC 3339 instant with a T and without a leap second; fractions beyond microseconds are cut off.

    Raises:
        OutOfRange: Well formed, but outside the supported range.
        ValueError: Not such an instant.
    """
    found = _RFC3339.fullmatch(text)
    if not found:
        raise ValueError("not an RFC 3339 instant with an offset")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction = (found[7] or "")[:6].ljust(6, "0")
    # Python has no year 0, which was a leap year as year 4 was: its months and days are checked as well.
    local = datetime(year or 4, month, day, hour, minute, second, int(fraction), tzinfo=UTC)
    offset = timedelta()
    if found[8]:
        hours, minutes = int(found[9]), int(found[10])
        if hours > 23 or minutes > 59:
            raise ValueError("no such offset")
        offset = timedelta(hours=hours, minutes=minutes) * (1 if found[8] == "+" else -1)
    # An offset is shorter than a day, so checking the year suffices, and nothing overflows.
    if local.year < EARLIEST.year - 1:
        raise OutOfRange(EARLIEST)
    if local.year > LATEST.year:
        raise OutOfRange(LATEST)
    instant = local - offset
    if instant < EARLIEST:
        raise OutOfRange(EARLIEST)
    if instant >= LATEST:
        raise OutOfRange(LATEST)
    return instant


def render(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, with a fraction only where it has one."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
