"""Which notice is for whom, and since when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reference_impl.domain.facts import load_facts
from reference_impl.domain.notices import Notice, Notices, NoticeText
from reference_impl.domain.residence import Residence

FACTS = load_facts()
NOW = datetime(2026, 3, 16, tzinfo=UTC)


def notice(version: str, year: int, *residences: str, languages: str = "en nl") -> Notice:
    texts = {language: NoticeText(f"{version} in {language}", "...") for language in languages.split()}
    return Notice("data-transfer", version, datetime(year, 1, 1, tzinfo=UTC), frozenset(residences), texts)


PUBLISHED = Notices(
    [
        notice("everybody", 2025, "*"),
        notice("later", 2027, "*"),
        notice("first", 2020, "*"),
        notice("eea", 2024, "EEA", languages="en nl de"),
        notice("france", 2021, "FR"),
        notice("quebec", 2021, "CA-QC", languages="en fr"),
    ],
    FACTS.eea,
)


@pytest.mark.parametrize(
    ("country", "subdivision", "now", "version"),
    [
        ("JP", None, NOW, "everybody"),
        ("JP", None, datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), "first"),
        ("JP", None, datetime(2025, 1, 1, tzinfo=UTC), "everybody"),
        ("DE", None, NOW, "eea"),
        ("FR", None, NOW, "france"),
        ("GB", None, NOW, "everybody"),
        ("CA", "CA-QC", NOW, "quebec"),
        ("CA", "CA-ON", NOW, "everybody"),
    ],
)
def test_the_nearest_place_and_then_the_latest_that_is_published(
    country: str, subdivision: str | None, now: datetime, version: str
) -> None:
    found = PUBLISHED.read("data-transfer", Residence(country, subdivision), "en", now)
    assert found is not None
    assert found.version == version


@pytest.mark.parametrize(
    ("wanted", "given"), [("nl", "nl"), ("de-AT", "de"), ("fr", "en"), ("nl-BE", "nl"), ("ja", "en")]
)
def test_the_language_wanted_or_else_english(wanted: str, given: str) -> None:
    found = PUBLISHED.read("data-transfer", Residence("DE", None), wanted, NOW)
    assert found is not None
    assert (found.language, found.title) == (given, f"eea in {given}")


def test_nothing_where_there_is_none() -> None:
    assert PUBLISHED.read("children", Residence("DE", None), "en", NOW) is None
    assert PUBLISHED.read("data-transfer", Residence("JP", None), "en", datetime(2019, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("entry", FACTS.notices, ids=lambda entry: f"{entry.topic} {entry.version}")
def test_every_notice_is_there_in_dutch_and_english(entry: Notice) -> None:
    assert {"en", "nl"} <= entry.texts.keys()
    assert all(text.title and text.text for text in entry.texts.values())
