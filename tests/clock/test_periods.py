"""Periods set by law: what is surely in time, and what is surely late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.clock import parse_instant
from harness.clock.periods import Ends, months, working_days

ZONES = ["Asia/Tokyo", "Europe/Amsterdam", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Honolulu"]
moments = st.datetimes(datetime(2024, 2, 20), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("asked", "zone", "place", "in_time", "late"),
    [
        # 28 February 2026 is a Saturday.
        ("2026-01-31T12:00:00Z", "Europe/Amsterdam", "NL", "2026-02-28T12:00:00Z", "2026-03-03T00:00:00+01:00"),
        # 5 and 6 April 2026 are Easter.
        ("2026-03-05T12:00:00Z", "Europe/Amsterdam", "NL", "2026-04-05T11:00:00Z", "2026-04-08T00:00:00+02:00"),
        ("2026-03-05T12:00:00Z", "Asia/Tokyo", "JP", "2026-04-05T12:00:00Z", "2026-04-07T00:00:00+09:00"),
        ("2025-12-01T12:00:00Z", "Europe/Berlin", "DE", "2026-01-01T12:00:00Z", "2026-01-03T00:00:00+01:00"),
        # 6 January is a holiday in some states of Germany, and 13 May an ordinary Wednesday.
        ("2025-12-06T12:00:00Z", "Europe/Berlin", "DE", "2026-01-06T12:00:00Z", "2026-01-08T00:00:00+01:00"),
        ("2026-04-13T23:30:00Z", "Europe/London", "GB", "2026-05-13T23:30:00Z", "2026-05-15T00:00:00+01:00"),
        ("2028-01-29T12:00:00Z", "Europe/Amsterdam", "NL", "2028-02-29T12:00:00Z", "2028-03-01T00:00:00+01:00"),
        ("2028-02-29T12:00:00Z", "Europe/Amsterdam", "NL", "2028-03-29T11:00:00Z", "2028-03-30T00:00:00+02:00"),
    ],
)
def test_a_month(asked: str, zone: str, place: str, in_time: str, late: str) -> None:
    found = months(parse_instant(asked), 1, [zone], [place])
    assert found == Ends(parse_instant(in_time), parse_instant(late))


@pytest.mark.parametrize(
    ("asked", "in_time", "late"),
    [
        ("2026-07-06T12:00:00Z", "2026-07-27T12:00:00Z", "2026-07-28T00:00:00-07:00"),
        # Thanksgiving and the day after are holidays in California.
        ("2026-11-20T12:00:00Z", "2026-12-11T12:00:00Z", "2026-12-16T00:00:00-08:00"),
    ],
)
def test_fifteen_business_days_in_california(asked: str, in_time: str, late: str) -> None:
    found = working_days(parse_instant(asked), 15, ["America/Los_Angeles"], ["US-CA"])
    assert found == Ends(parse_instant(in_time), parse_instant(late))


@given(moments, st.sampled_from(ZONES), st.sampled_from(["NL", "JP", "GB", "CH", "RE", "US-CA"]))
def test_nothing_is_late_before_it_is_out_of_time_and_never_on_a_day_off(at: datetime, zone: str, place: str) -> None:
    for found in (
        months(at, 1, [zone], [place]),
        working_days(at, 15, [zone], [place]),
    ):
        assert at < found.in_time < found.late
        last_moment = (found.late - timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
        assert last_moment.isoweekday() < 6


@given(moments)
def test_a_further_calendar_or_holiday_makes_a_period_no_shorter(at: datetime) -> None:
    one, more = months(at, 1, ZONES[:1], ["JP"]), months(at, 1, ZONES, ["JP", "NL", "BE"])
    assert more.in_time <= one.in_time
    assert one.late <= more.late
    assert one.late - one.in_time <= timedelta(days=12)
