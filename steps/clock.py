"""What time it is. The world's clock is moved; nothing waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pytest_bdd import given, when

from harness.clock import add_months
from harness.stage import Stage
from steps.words import says

NOON = time(12)


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which a day and a time are read off a clock in a zone (the first, where it comes twice)."""
    return datetime.combine(day, at, zone).astimezone(UTC)


@given(says("it is {day:Day}"))
def it_is(stage: Stage, day: date) -> None:
    """Noon in UTC: the same day nearly everywhere."""
    stage.clock.begin_at(local(day, NOON, ZoneInfo("UTC")))


@given(says("it is {day:Day}, {at:Time} in {zone:Zone}"))
def it_is_in(stage: Stage, day: date, at: time, zone: ZoneInfo) -> None:
    """A moment by the clocks of a time zone."""
    stage.clock.begin_at(local(day, at, zone))


@given(says("it is {day:Day}, {at:Time} by the service's calendar"))
def it_is_by_its_calendar(stage: Stage, day: date, at: time) -> None:
    """A moment by the time zone that the target declares for its retention."""
    stage.clock.begin_at(local(day, at, ZoneInfo(stage.service.description.retention_zone)))


@when(says("it becomes {day:Day}"))
def it_becomes(stage: Stage, day: date) -> None:
    """Noon in UTC, and the target has done what became due until then."""
    stage.clock.move_to(local(day, NOON, ZoneInfo("UTC")))


@when(says("it becomes {day:Day}, {at:Time} in {zone:Zone}"))
def it_becomes_in(stage: Stage, day: date, at: time, zone: ZoneInfo) -> None:
    """A moment by the clocks of a time zone, and the target has done what became due until then."""
    stage.clock.move_to(local(day, at, zone))


@when(says("{number:d} month passes"))
@when(says("{number:d} months pass"))
def months_pass(stage: Stage, number: int) -> None:
    """Calendar months by the target's own calendar, to the same time of the day."""
    stage.clock.move_to(add_months(stage.clock.now, number, stage.service.description.retention_zone))


@when(says("{number:d} day passes"))
@when(says("{number:d} days pass"))
def days_pass(stage: Stage, number: int) -> None:
    """Days of 24 hours."""
    stage.clock.move_to(stage.clock.now + timedelta(days=number))


@when(says("{number:d} minutes pass"))
def minutes_pass(stage: Stage, number: int) -> None:
    """Minutes, for the end of something that lasts hours."""
    stage.clock.move_to(stage.clock.now + timedelta(minutes=number))


@when(says("{number:d} hour passes"))
@when(says("{number:d} hours pass"))
def hours_pass(stage: Stage, number: int) -> None:
    """Hours, for what is tried again within them."""
    stage.clock.move_to(stage.clock.now + timedelta(hours=number))
