"""How dates and postal codes are written in different countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: str) -> date | None:
    """A value as a day, if it is one of ISO 8601."""
    if not _ISO.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def of_day(one: date) -> frozenset[str]:
    """A day in digits in every usual order, with words in English, and as in Chinese, Japanese and Korean."""
    year, month, number = one.year, one.month, one.day
    short, long = (str(month), str(number)), (f"{month:02}", f"{number:02}")
    digits = {
        sign.join(order)
        for m, d in (short, long)
        for sign in "-/."
        for order in ((str(year), m, d), (d, m, str(year)), (m, d, str(year)))
    }
    digits |= {f"{d}. {m}. {year}" for m, d in (short, long)} | {f"{year}. {m}. {d}" for m, d in (short, long)}
    digits |= {
        "".join(order) for m, d in (long,) for order in ((str(year), m, d), (d, m, str(year)), (m, d, str(year)))
    }
    signs = {f"{year}{y}{space}{m}{mo}{space}{d}{dd}" for y, mo, dd, space in _SIGNS for m, d in (short, long)}
    name = _MONTHS[month - 1]
    words = {f"{form} {number}, {year}" for form in (name, name[:3])}
    words |= {f"{d}{sign}{form}{sign}{year}" for form in (name, name[:3]) for d in (short[1], long[1]) for sign in " -"}
    return frozenset(digits | signs | words)


_SIGNS = (("年", "月", "日", ""), ("년", "월", "일", " "), ("년", "월", "일", ""))


def of_postal_code(value: str) -> Iterator[str]:
    """A postal code with its parts apart, together and joined."""
    parts = re.split(r"[ -]", value)
    yield from {joint.join(parts) for joint in ("", " ", "-")}
