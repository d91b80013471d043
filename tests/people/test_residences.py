from datetime import date
from zoneinfo import ZoneInfo

import pycountry
import pytest

from harness.errors import UsageError
from harness.people import members, residence, residences, residences_in

ALL = list(residences().values())
EU = {
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
    "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
}  # fmt: skip


def test_every_place_the_audit_speaks_of_is_there() -> None:
    wanted = {*EU, "IS", "LI", "NO", "GB", "CH", "CN", "JP", "KR", "TW", "BR", "MX", "AU", "IN", "ZA", "AE"}
    wanted |= {f"US-{state}" for state in ["CA", "CO", "CT", "UT", "VA", "NV", "NY"]} | {"CA-ON", "CA-BC", "CA-QC"}
    assert wanted <= residences().keys()


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_codes_zones_and_names_are_what_the_standards_say(place) -> None:
    country = pycountry.countries.get(alpha_2=place.country)
    assert country is not None
    for zone in (place.home_zone, *place.zones):
        ZoneInfo(zone)
    assert place.home_zone in place.zones
    assert all(pycountry.languages.get(alpha_2=language.split("-")[0]) for language in place.languages)
    if place.subdivision is None:
        assert place.name in {country.name, getattr(country, "common_name", ""), *place.names}
    else:
        assert pycountry.subdivisions.get(code=place.code).name.casefold() in map(str.casefold, place.names)


def test_a_country_with_one_zone_needs_none_typed_and_one_with_several_names_its_home() -> None:
    assert residence("France").home_zone == "Europe/Paris"
    assert residence("California").home_zone == "America/Los_Angeles"
    assert {"Pacific/Honolulu", "America/Adak", "America/New_York"} <= set(residence("California").zones)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("the Netherlands", "NL"),
        ("Quebec", "CA-QC"),
        ("Québec", "CA-QC"),
        ("us-ca", "US-CA"),
        ("FR", "FR"),
        ("UK", "GB"),
    ],
)
def test_places_are_found_by_name_and_code(asked: str, code: str) -> None:
    assert residence(asked).code == code


@pytest.mark.parametrize(("asked", "near"), [("Frnace", "France"), ("CA", "California"), ("Netherland", "Netherlands")])
def test_an_unknown_place_is_answered_with_near_names(asked: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        residence(asked)


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_sentences_tell_where_somebody_lives(place) -> None:
    for name in place.names:
        assert residences_in(f"Femke lives in {name}") == {place.code}
        assert residences_in(f"that Femke, who lives in the {name}, is 20") == {place.code}


def test_sentences_about_something_else_name_no_place() -> None:
    assert residences_in("Femke is told about France and lives in peace") == set()
    assert residences_in("Femke lives in Chinatown") == set()
    assert residences_in("Femke lives in France and Bram lives in New York State") == {"FR", "US-NY"}


def test_jurisdictions_go_from_wide_to_narrow() -> None:
    assert residence("FR").jurisdictions == ("EEA", "FR")
    assert residence("US-CA").jurisdictions == ("US", "US-CA")
    assert residence("GB").jurisdictions == ("GB",)
    assert residence("CH").jurisdictions == ("CH",)


def test_the_eea_has_thirty_members_with_their_territories_and_had_the_united_kingdom() -> None:
    overseas = {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"}
    assert {place.code for place in members("EEA")} == {*EU, "IS", "LI", "NO", *overseas}
    assert "GB" in {place.code for place in members("EEA", date(2020, 12, 31))}
    assert "GB" not in {place.code for place in members("EEA", date(2021, 1, 1))}
    assert "HR" not in {place.code for place in members("EEA", date(2014, 4, 11))}
    assert {place.code for place in members("US-CA")} == {"US-CA"}
    assert len(members("US")) == 7


def test_an_unknown_jurisdiction_is_refused() -> None:
    with pytest.raises(UsageError, match="EEA"):
        members("EAE")
