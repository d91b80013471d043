"""The list of legal geography: complete, dated, and the same for register, people and reference."""

from datetime import date

import pycountry
import pytest

from harness import geography
from harness.people import members as residents_of
from harness.policy.jurisdictions import clauses_in
from harness.policy.load import find_register, load_register
from reference_impl.domain.facts import load_facts

EEA = geography.area("EEA")
TERRITORIES = {one.place: one.of for one in EEA.memberships if one.of and one.holds(None)}
REGISTER = load_register(find_register())
FACTS = load_facts()


def test_the_eea_has_thirty_members_and_seven_territories_with_a_code() -> None:
    assert len(geography.members("EEA")) == 37
    assert {"AX": "FI"} | dict.fromkeys(["GF", "GP", "MF", "MQ", "RE", "YT"], "FR") == TERRITORIES


def test_every_place_is_a_country_with_a_source_and_is_not_outside_too() -> None:
    codes = {one.place for one in EEA.memberships} | EEA.outside.keys() | geography.territories("US")
    assert codes <= {country.alpha_2 for country in pycountry.countries}
    assert all(one.source for one in EEA.memberships)
    assert geography.members("EEA").isdisjoint(EEA.outside)


def test_the_reference_keeps_a_list_of_its_own_that_says_the_same() -> None:
    assert FACTS.eea == geography.members("EEA")


def test_a_synthetic_person_can_live_in_every_place_of_the_area() -> None:
    assert {one.country for one in residents_of("EEA")} == geography.members("EEA")


@pytest.mark.parametrize(
    ("place", "outside", "inside"),
    [
        ("YT", date(2013, 12, 31), date(2014, 1, 1)),
        ("GB", date(2021, 1, 1), date(2020, 12, 31)),
        ("GI", date(2021, 1, 1), date(2020, 12, 31)),
        ("BL", date(2012, 1, 1), date(2011, 12, 31)),
    ],
)
def test_membership_has_dates(place: str, outside: date, inside: date) -> None:
    assert place not in geography.members("EEA", outside)
    assert place in geography.members("EEA", inside)


@pytest.mark.parametrize("territory", TERRITORIES)
def test_the_clauses_of_a_territory_are_those_of_its_country(territory: str) -> None:
    assert clauses_in(REGISTER, territory) == clauses_in(REGISTER, TERRITORIES[territory])


@pytest.mark.parametrize("place", EEA.outside)
def test_a_place_outside_has_no_clause_of_the_area(place: str) -> None:
    assert {clause.id for clause in clauses_in(REGISTER, place)}.isdisjoint({"2.7", "5.5", "5.6", "8.EU.1"})


def test_an_area_without_a_list_is_refused() -> None:
    with pytest.raises(KeyError):
        geography.members("EAE")
