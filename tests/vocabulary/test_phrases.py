"""Phrases: nouns with words of other nouns in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

import steps.nouns  # noqa: F401 - the nouns that stand in the phrases
from harness.stage import Stage
from harness.vocabulary import Phrases
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS


@pytest.fixture
def tested() -> Iterator[Phrases]:
    """A noun that is gone after the test."""
    yield Phrases("tested", "how something is done in a test")
    del NOUNS["tested"]


def _meaning(text: str) -> Any:
    return NOUNS["tested"].meaning(cast(Stage, SimpleNamespace()), text)


def test_a_phrase_hands_over_its_words(tested: Phrases) -> None:
    @tested("again[ in {residence}], born on {day}")
    def _again(stage: Stage, who: str, day: date, residence: str = "nowhere") -> tuple[str, date, str]:
        return who, day, residence

    assert _meaning("again in the Netherlands, born on 1 May 1990")("Ann") == ("Ann", date(1990, 5, 1), "Netherlands")
    assert _meaning("again, born on 1 May 1990")("Ann") == ("Ann", date(1990, 5, 1), "nowhere")


def test_a_phrase_that_is_added_later_is_known_too(tested: Phrases) -> None:
    tested("once")(lambda _: 1)
    tested("at {number} places")(lambda _, number: number)

    assert NOUNS["tested"].choices == ("once", "at {number} places")
    assert _meaning("once")() == 1
    assert _meaning("at 12 places")() == 12


def test_phrases_of_one_noun_can_stand_twice_in_a_sentence(tested: Phrases) -> None:
    tested("at {number} places")(lambda _, number: number)

    words = Form("{one:tested} and {other:tested}").match("at 1 places and at 2 places")

    assert words == {"one": "at 1 places", "other": "at 2 places"}


def test_a_noun_is_declared_once(tested: Phrases) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Phrases("tested", "again")
