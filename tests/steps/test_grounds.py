"""How the sentences write grounds for transfers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from steps.transfers import Ground, Period
from steps.transfers import _says as says


def read(text: str) -> Ground | None:
    found: Ground | None = says("{ground:Ground}").parse_arguments(text)["ground"]
    return found


@pytest.mark.parametrize(
    ("text", "kind", "of", "certified"),
    [
        (
            "standard contractual clauses with Sony Europe B.V.",
            "standard-contractual-clauses",
            "Sony Europe B.V.",
            None,
        ),
        ("binding corporate rules with Femke's company", "binding-corporate-rules", "Femke's company", None),
        ("adequacy of the United States", "adequacy-decision", "the United States", None),
        ("adequacy of Japan for nobody as certified", "adequacy-decision", "Japan", ()),
        (
            "adequacy of India for Sony (China) Limited as certified",
            "adequacy-decision",
            "India",
            ("Sony (China) Limited",),
        ),
    ],
)
def test_grounds(text: str, kind: str, of: str, certified: tuple[str, ...] | None) -> None:
    ground = read(text)
    assert ground is not None
    assert (ground.kind, ground.of, ground.certified) == (kind, of, certified)


def test_no_ground() -> None:
    assert read("none") is None


def test_a_day_ends_where_the_next_begins_in_its_zone() -> None:
    period = says("{period:Period}").parse_arguments("to the end of 30 June 2026 in Europe/Brussels")["period"]
    assert isinstance(period, Period)
    assert period.ends is not None
    assert period.ends.astimezone(UTC) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_day_begins_in_its_zone() -> None:
    period = says("{period:Period}").parse_arguments("from the beginning of 1 April 2026 in Europe/Brussels")["period"]
    assert period.begins.astimezone(UTC) == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert period.ends is None


def test_the_sentence_tells_ground_and_period_apart() -> None:
    text = "the only ground for transfers is adequacy of India, to the end of 30 June 2026 in UTC"
    assert says("the only ground for transfers is {ground:Ground}, {period:Period}").is_matching(text)
    assert not says("the only ground for transfers is {ground:Ground}").is_matching(text)
