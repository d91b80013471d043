"""When scenarios begin, and how people are called, where a scenario does not say so."""

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from harness.people import NameShape, PeopleFactory, find_traces, residences
from harness.stage.opening import OPENING, OPENINGS, opening

FEATURES = sorted((Path(__file__).parents[2] / "features").glob("*.feature"))
DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b|\bit becomes\b")


def test_a_seed_always_draws_the_same_moment_and_all_seeds_together_draw_each() -> None:
    drawn = Counter(opening(f"1/{number}") for number in range(400))
    assert drawn.keys() == set(OPENINGS)
    assert min(drawn.values()) > 20
    assert opening("1/7") == opening("1/7")


def test_the_moments_are_the_unusual_ones_that_they_are_said_to_be() -> None:
    zones = [ZoneInfo(name) for name in ("Europe/Brussels", "America/Los_Angeles")]
    assert any((one.month, one.day) == (2, 29) for one in OPENINGS)
    assert any(len({one.astimezone(zone).year for zone in zones}) == 2 for one in OPENINGS)
    for zone in zones:
        hours = {
            (one + timedelta(hours=1)).astimezone(zone).utcoffset() - one.astimezone(zone).utcoffset()  # type: ignore[operator]
            for one in OPENINGS
        }
        assert hours == {timedelta(0), timedelta(hours=1), timedelta(hours=-1)}
    assert OPENING.minute
    assert OPENING.second


@pytest.mark.parametrize("feature", FEATURES, ids=lambda file: file.name)
def test_a_scenario_that_names_a_day_says_first_which_day_it_is(feature: Path) -> None:
    for scenario in re.split(r"\n(?=    (?:Scenario|@))", feature.read_text(encoding="utf-8")):
        steps = re.sub(r"born on \d{1,2} \w+ \d{4}|date of birth \d{1,2} \w+ \d{4}", "", scenario)
        if "Scenario" in scenario and DAY.search(steps):
            assert re.search(r"Given it is [\d<]", scenario), scenario


def test_twins_have_names_of_one_shape() -> None:
    femke = (people := PeopleFactory(7)).person("Femke", "NL", name_shape=NameShape.RIGHT_TO_LEFT)
    assert people.twin(femke, "Bram").name_shape is NameShape.RIGHT_TO_LEFT


@pytest.mark.parametrize("place", ["NL", "JP", "US-NV", "RE", "GR"])
def test_a_long_name_fits_the_contract_and_one_from_right_to_left_is_that(place: str) -> None:
    people = PeopleFactory(7)
    long = people.person("Femke", place, name_shape=NameShape.LONG)
    other = people.person("Omar", place, name_shape=NameShape.RIGHT_TO_LEFT)
    usual = people.person("Bram", place)
    assert len(usual.name) * 3 < len(long.name) <= 200
    assert " " not in long.family_name
    assert {unicodedata.bidirectional(letter) for letter in other.family_name} == {"AL"}
    assert other.residence is residences()[place]
    for person in (long, other):
        found = {trace.kind for trace in find_traces(person.name.encode(), person.canaries)}
        assert "name" in found
        assert find_traces(person.name.encode(), usual.canaries) == []
