"""Time: scenarios move the clock of the service's world instead of waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from harness.clock import add_months
from harness.clock.periods import working_days
from harness.stage import Clock, Service
from harness.vocabulary import deed, noun

Span = Callable[[datetime, Service], datetime]
"""The end of a span of time that begins at a moment."""

PURGE_WINDOW = "the purge window"


def _months(number: int) -> Span:
    """Calendar months by the service's own calendar, to the same time of the day."""
    return lambda now, service: add_months(now, number, service.description.retention_zone)


def _business_days(number: int) -> Span:
    """To the end of the last of them in California; no federal or Californian holiday counts."""
    return lambda now, service: working_days(now, number, ["America/Los_Angeles"], ["US-CA"]).late


def _of(**length: int) -> Callable[[int], Span]:
    return lambda number: lambda now, service: now + number * timedelta(**length)


_UNITS: dict[str, Callable[[int], Span]] = {
    "minute": _of(minutes=1),
    "hour": _of(hours=1),
    "business day": _business_days,
    "day": _of(days=1),
    "month": _months,
}


@noun(
    "span",
    rf"\d+ (?:{'|'.join(_UNITS)})s?|{PURGE_WINDOW}",
    f"a span of time: minutes, hours, days of 24 hours, business days in California to the end of the last, months of "
    f"the service's calendar, or {PURGE_WINDOW} that the service declares",
)
def _span(_: object, text: str) -> Span:
    if text == PURGE_WINDOW:
        return lambda now, service: now + service.description.purge_window
    number, _, unit = text.partition(" ")
    return _UNITS[unit.removesuffix("s")](int(number))


@deed("it becomes {moment}", past="it is {moment}")
def becomes(clock: Clock, moment: datetime) -> None:
    """The clock is set to this time. After a When, the service has finished all work that became due."""
    clock.begin_at(moment)


@deed("{span} pass[es]")
def passes(clock: Clock, service: Service, span: Span) -> None:
    """The clock moves on, and the service finishes all work that becomes due."""
    clock.move_to(span(clock.now, service))
