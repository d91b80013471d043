from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from harness.clock import (
    add_months,
    birthday,
    format_instant,
    parse_instant,
    reaches_age_anywhere_at,
    reaches_age_at,
)
from harness.people import residence


@pytest.mark.parametrize(
    ("start", "months", "zone", "end"),
    [
        ("2023-08-31T12:00:00Z", 6, "UTC", "2024-02-29T12:00:00Z"),
        ("2024-08-31T12:00:00Z", 6, "UTC", "2025-02-28T12:00:00Z"),
        ("2024-08-30T12:00:00Z", 6, "UTC", "2025-02-28T12:00:00Z"),
        ("2024-02-29T12:00:00Z", 12, "UTC", "2025-02-28T12:00:00Z"),
        ("2024-03-31T12:00:00Z", -1, "UTC", "2024-02-29T12:00:00Z"),
        # 31 August in UTC is 1 September in Tokyo, so the months end elsewhere.
        ("2024-08-31T15:30:00Z", 6, "Asia/Tokyo", "2025-02-28T15:30:00Z"),
        ("2024-08-31T15:30:00Z", 6, "UTC", "2025-02-28T15:30:00Z"),
        ("2024-08-30T15:30:00Z", 6, "Asia/Tokyo", "2025-02-27T15:30:00Z"),
        # The wall clock keeps its time, though the offset changes with the season.
        ("2024-01-15T12:00:00Z", 6, "Europe/Amsterdam", "2024-07-15T11:00:00Z"),
        # 02:30 is skipped on 10 March 2024 in New York, and comes twice on 3 November.
        ("2024-02-10T07:30:00Z", 1, "America/New_York", "2024-03-10T07:30:00Z"),
        ("2024-10-03T05:30:00Z", 1, "America/New_York", "2024-11-03T05:30:00Z"),
    ],
)
def test_calendar_months(start: str, months: int, zone: str, end: str) -> None:
    assert add_months(parse_instant(start), months, zone) == parse_instant(end)


def test_the_calendar_is_that_of_the_zone_whatever_the_offset_of_the_question() -> None:
    start = datetime(2024, 8, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    end = add_months(start, 6, "Europe/Amsterdam")
    assert end.isoformat() == "2025-03-01T05:30:00+00:00"


def test_an_hour_that_comes_twice_means_the_first_also_when_the_start_was_the_second() -> None:
    # Clocks went back on 3 November in 2019 and in 2024.
    second = parse_instant("2019-11-03T06:30:00Z")
    assert add_months(second, 60, "America/New_York") == parse_instant("2024-11-03T05:30:00Z")


def test_months_of_a_time_without_offset_are_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        add_months(datetime(2024, 1, 1), 6, "UTC")  # noqa: DTZ001 - that is the mistake


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 2, 29), 14, date(2022, 3, 1)),
        (date(2008, 2, 28), 14, date(2022, 2, 28)),
        (date(2008, 3, 1), 16, date(2024, 3, 1)),
        (date(1896, 2, 29), 4, date(1900, 3, 1)),
        (date(2008, 12, 31), 0, date(2008, 12, 31)),
    ],
)
def test_birthdays(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day


def test_an_age_is_reached_in_the_east_first_and_in_the_west_last() -> None:
    zones = residence("California").zones
    born = date(2008, 7, 1)
    assert reaches_age_anywhere_at(born, 16, zones) == datetime(2024, 7, 1, 4, tzinfo=UTC)
    assert reaches_age_at(born, 16, zones) == datetime(2024, 7, 1, 10, tzinfo=UTC)
    assert reaches_age_at(born, 16, ["Asia/Tokyo"]) == datetime(2024, 6, 30, 15, tzinfo=UTC)
    assert reaches_age_at(born, 16, ["Asia/Tokyo"]).tzinfo is UTC


def test_a_day_begins_late_where_clocks_skip_midnight() -> None:
    assert reaches_age_at(date(2002, 11, 4), 16, ["America/Sao_Paulo"]) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    # Samoa had no 30 December 2011.
    assert reaches_age_at(date(1995, 12, 30), 16, ["Pacific/Apia"]) == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29t00:00:00z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29T00:00:00.5Z", datetime(2024, 2, 29, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("2024-02-29T00:00:00.123456789Z", datetime(2024, 2, 29, 0, 0, 0, 123_456, tzinfo=UTC)),
        ("2024-02-29T01:30:00+01:30", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-28T19:00:00-05:00", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_times_are_read(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-02-29",
        "2024-02-29T00:00:00",
        "2024-02-29T00:00Z",
        "2024-02-29 00:00:00Z",
        "20240229T000000Z",
        "2023-02-29T00:00:00Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29T24:00:01Z",
        "2024-02-29T23:59:60Z",
        "2024-W09-4T00:00:00Z",
        "2024-02-29T00:00:00+0100",
        "2024-02-29T00:00:00Z ",
        "２０２４-02-29T00:00:00Z",
    ],
)
def test_what_is_no_time_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="not an RFC 3339 time") as refused:
        parse_instant(text)
    assert repr(text) in str(refused.value)


def test_times_are_written_in_utc() -> None:
    assert format_instant(datetime(2024, 2, 29, 1, tzinfo=timezone(timedelta(hours=1)))) == "2024-02-29T00:00:00Z"
    assert format_instant(datetime(2024, 2, 29, 0, 0, 0, 500_000, tzinfo=UTC)) == "2024-02-29T00:00:00.500000Z"
    with pytest.raises(ValueError, match="offset"):
        format_instant(datetime(2024, 2, 29))  # noqa: DTZ001 - that is the mistake
