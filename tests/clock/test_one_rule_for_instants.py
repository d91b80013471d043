"""Instants: harness, reference and the pattern of the contract take and refuse the same texts."""

import re
from datetime import UTC, datetime
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from harness.clock import parse_instant
from reference_impl.domain import instants

CONTRACT = yaml.safe_load(resources.files("harness.contract").joinpath("openapi.yaml").read_text(encoding="utf-8"))
PATTERN = CONTRACT["components"]["schemas"]["Instant"]["pattern"]

TAKEN = [
    "2024-02-29T00:00:00Z",
    "2024-02-29t00:00:00z",
    "2024-02-29T23:59:59.999999999+14:00",
    "2024-02-29T23:59:59-12:00",
    "2024-02-29T00:00:00-00:00",
    "1970-01-01T00:00:00Z",
    "2024-12-31T23:59:59+05:45",
]
REFUSED = [
    "2024-02-29 00:00:00Z",
    "2024-02-29_00:00:00Z",
    "2024-02-29T00:00:00",
    "2016-12-31T23:59:60Z",
    "2017-01-01T08:59:60+09:00",
    "2024-02-29T24:00:00Z",
    "2024-02-30T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "0000-02-30T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2024-02-29T00:00Z",
    "2024-02-29T00:00:00+24:00",
    "2024-02-29T00:00:00+05:60",
    "2024-02-29T00:00:00+0500",
    "2024-02-29T00:00:00.Z",
    "2024-02-29T00:00:00,5Z",
    "20240229T000000Z",
    "2024-W09-4T00:00:00Z",
    "2024-02-29T00:00:00Z\n",
    " 2024-02-29T00:00:00Z",
    "٢٠٢٤-02-29T00:00:00Z",
    "2024-02-29",
    "",
]


def taken(parse: object, text: str) -> datetime | None:
    try:
        return parse(text).astimezone(UTC)  # type: ignore[operator]
    except ValueError:
        return None


@pytest.mark.parametrize("text", TAKEN)
def test_both_take_it_as_the_same_instant(text: str) -> None:
    assert taken(parse_instant, text) == taken(instants.parse, text) is not None
    assert re.search(PATTERN, text)


@pytest.mark.parametrize("text", REFUSED)
def test_both_refuse_it(text: str) -> None:
    assert taken(parse_instant, text) is None
    assert taken(instants.parse, text) is None


@given(
    st.tuples(
        st.integers(1969, 2200).map("{:04}".format),
        *(st.integers(0, most).map("{:02}".format) for most in (13, 32, 25, 61, 61)),
        st.sampled_from("Tt _"),
        st.sampled_from(["", ".5", ".1234567", ".", ",5"]),
        st.sampled_from(["Z", "z", "+01:00", "-11:30", "+23:59", "+24:00", "+05:60", "+0100", ""]),
    )
)
def test_both_agree_on_everything_of_nearly_this_form(parts: tuple[str, ...]) -> None:
    year, month, day, hour, minute, second, between, fraction, offset = parts
    text = f"{year}-{month}-{day}{between}{hour}:{minute}:{second}{fraction}{offset}"
    found = taken(parse_instant, text)
    supported = found is not None and instants.EARLIEST <= found < instants.LATEST
    assert taken(instants.parse, text) == (found if supported else None)
    assert found is None or re.search(PATTERN, text)
