"""How the sentences write grounds for transfers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from harness.stage import Stage
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS
from steps.transfers import Ground, Period

NOBODY = cast("Stage", None)
"""Neither noun looks at the stage."""


def read(text: str) -> Ground | None:
    found: Ground | None = NOUNS["ground"].meaning(NOBODY, text)
    return found


def period(text: str) -> Period:
    found: Period = NOUNS["period"].meaning(NOBODY, text)
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
        ("adequacy of Japan with no certified recipient", "adequacy-decision", "Japan", ()),
        (
            "adequacy of India with Sony (China) Limited as certified recipient",
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
    ends = period("to the end of 30 June 2026 in Europe/Brussels").ends
    assert ends is not None
    assert ends.astimezone(UTC) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_day_begins_in_its_zone() -> None:
    found = period("from the beginning of 1 April 2026 in Europe/Brussels")
    assert found.begins.astimezone(UTC) == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert found.ends is None


@pytest.mark.parametrize(
    "text",
    [
        "adequacy of India",
        "adequacy of the United States with no certified recipient",
        "adequacy of the United States with Sony Europe B.V. as certified recipient",
        "standard contractual clauses with Sony Europe B.V.",
    ],
)
def test_the_sentence_tells_ground_and_period_apart(text: str) -> None:
    until = "to the end of 30 June 2026 in UTC"
    both = Form("the only ground for transfers is {ground}, {period}")
    assert both.match(f"the only ground for transfers is {text}, {until}") == {"ground": text, "period": until}
    assert (
        Form("the only ground for transfers is {ground}").match(f"the only ground for transfers is {text}, {until}")
        is None
    )
