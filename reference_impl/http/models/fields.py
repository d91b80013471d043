"""Types of single members."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from reference_impl.domain import instants
from reference_impl.service.ports import Conflict

# White space as ECMA-262 has it, whose regular expressions JSON Schema uses.
_SPACE = r"\t\n\x0b\x0c\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}"
# RFC 3986, section 2: the characters that a URI is written with.
URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*$"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("not a date")
    return date.fromisoformat(value)


def _instant(value: object) -> datetime:
    try:
        return value if isinstance(value, datetime) else instants.parse(_text(value))
    except instants.OutOfRange:
        raise Conflict("clock-out-of-range", "The service supports times from 1970 to 2199") from None


def _boundary(value: object) -> datetime:
    try:
        return value if isinstance(value, datetime) else instants.parse(_text(value))
    except instants.OutOfRange as error:
        return error.nearest


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")
    return value


def _whole(value: object) -> object:
    # JSON knows one kind of number: 25.0 is an integer.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _scalar_text(value: str) -> str:
    # Half a surrogate pair is not text, and cannot be stored or answered.
    value.encode()
    return value


Text = Annotated[str, AfterValidator(_scalar_text)]
Email = Annotated[Text, Field(min_length=3, max_length=254, pattern=f"^[^@{_SPACE}]+@[^@{_SPACE}]+$")]
Country = Annotated[Text, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[Text, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
PostalCode = Annotated[Text, Field(min_length=1, max_length=16)]
DisplayName = Annotated[Text, Field(min_length=1, max_length=200)]
ProductAppId = Annotated[Text, Field(min_length=1, max_length=60, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
UsageCategory = Literal["viewing", "listening", "gaming", "features"]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Boundary = Annotated[datetime, BeforeValidator(_boundary), PlainSerializer(instants.render, return_type=str)]
"""Start or end of a validity; outside the range of clocks, the nearest instant within it."""
Instant = Annotated[datetime, BeforeValidator(_instant), PlainSerializer(instants.render, return_type=str)]
