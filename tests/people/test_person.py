import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
import zipcodes
from dateutil.relativedelta import relativedelta
from faker import Faker

from harness.errors import UsageError
from harness.people import PeopleFactory, Person, find_traces, residence, residences

ALL = list(residences().values())


def values(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in Person.__slots__ if name not in {"canaries", "_word"}}


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_addresses_fit_country_state_and_province(place) -> None:
    people = PeopleFactory("addresses")
    for number in range(40):
        address = people.person(f"Femke{number}", place).address
        assert place.postal_code_fits(address.postal_code)
        assert address.city
        assert (address.country, address.region) == (place.country, place.subdivision)
        if place.country == "US":
            (found,) = zipcodes.matching(address.postal_code)
            assert (f"US-{found['state']}", found["timezone"]) == (place.code, place.home_zone)
            assert address.city == found["city"]


@pytest.mark.parametrize("place", [place for place in ALL if not place.postal_codes], ids=lambda place: place.code)
def test_faker_draws_postal_codes_only_where_it_has_those_of_the_country(place) -> None:
    faker = Faker(place.locale)
    (addresses,) = {type(p).__module__ for p in faker.get_providers() if ".address" in type(p).__module__}
    assert addresses.endswith(place.locale)


@pytest.mark.parametrize("place", [place for place in ALL if place.postal_codes], ids=lambda place: place.code)
def test_listed_postal_codes_have_the_form_of_the_country(place) -> None:
    assert all(map(place.postal_code_fits, place.postal_codes))


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_a_given_name_of_the_place_comes_from_its_own_locale(place) -> None:
    if not place.script.given_is_label:
        names = {type(p).__module__ for p in Faker(place.locale).get_providers() if ".person." in type(p).__module__}
        assert any(module.endswith(place.locale) for module in names)


def test_a_person_is_the_same_whoever_else_there_is_and_in_whatever_order() -> None:
    alone = PeopleFactory(7).person("Femke", "Netherlands")
    others = PeopleFactory(7)
    others.person("Yuki", "Japan").free_text("reason")
    others.person("Bram", "Netherlands")
    assert values(others.person("Femke", "Netherlands")) == values(alone)
    assert alone.free_text("reason") == others.people["Femke"].free_text("reason")


def test_a_person_is_the_same_in_another_process() -> None:
    program = "from harness.people import *; p = PeopleFactory(7).person('Yuki', 'JP'); print(ascii((p, p.address)))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_another_seed_or_label_is_somebody_else_altogether() -> None:
    one, other = PeopleFactory(7).person("Femke", "NL"), PeopleFactory(8).person("Femke", "NL")
    third = PeopleFactory(7).person("Bram", "NL")
    for a, b in ((one, other), (one, third)):
        assert {canary.value for canary in a.canaries}.isdisjoint(canary.value for canary in b.canaries)


def test_no_two_people_share_what_identifies() -> None:
    seen = Counter(
        canary.value
        for seed in range(200)
        for label, place in (("Femke", "NL"), ("Yuki", "JP"), ("Min", "KR"), ("Ada", "US-CA"))
        for canary in PeopleFactory(seed).person(label, place).canaries
    )
    assert seen.most_common(1)[0][1] == 1


def test_nobody_is_found_in_what_belongs_to_another() -> None:
    people = PeopleFactory(7)
    femke, bram = people.person("Femke", "NL"), people.person("Bram", "NL")
    assert find_traces(repr((values(bram), bram.canaries.all)).encode(), femke.canaries) == []
    assert {trace.kind for trace in find_traces(repr(values(femke)).encode(), femke.canaries)} >= {
        "email",
        "name",
        "street",
    }


def test_what_many_people_share_does_not_identify() -> None:
    femke = PeopleFactory(7).person("Femke", "NL")
    assert {canary.kind for canary in femke.canaries.all if not canary.identifies} == {
        "given_name",
        "postal_code",
        "date_of_birth",
    }


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.code)
def test_names_are_written_as_in_the_place(place) -> None:
    person = PeopleFactory(7).person("Zoë", place)
    assert person.family_name in person.name
    assert person.given_name in person.name
    assert person.email.startswith("zoe.")
    assert person.email.isascii()
    assert person.password.isascii()
    assert not place.accents or set(person.family_name.casefold()) & set("".join(place.accents).casefold())
    assert person.language == place.languages[0]
    assert person.time_zone == place.home_zone


def test_an_age_holds_on_its_day_and_not_only_just() -> None:
    for age, on in ((16, date(2024, 2, 29)), (13, date(2025, 8, 31)), (40, date(2024, 1, 1))):
        for seed in range(50):
            born = PeopleFactory(seed).person("Femke", "NL", age=age, on=on).date_of_birth
            for day in (on, on - relativedelta(days=30), on + relativedelta(days=30)):
                assert relativedelta(day, born).years == age


@pytest.mark.parametrize(
    "wrong",
    [
        {"age": 16},
        {"on": date(2024, 1, 1)},
        {"age": 16, "on": date(2024, 1, 1), "born": date(2008, 1, 1)},
        {"postal_code": "90210"},
        {"mail_domain": "sony.com"},
        {"mail_domain": "notexample.org"},
    ],
    ids=str,
)
def test_what_does_not_fit_together_is_refused(wrong) -> None:
    with pytest.raises(UsageError):
        PeopleFactory(7).person("Femke", "NL", **wrong)


def test_one_label_is_one_person() -> None:
    people = PeopleFactory(7)
    people.person("Femke", "NL")
    with pytest.raises(UsageError, match="Femke"):
        people.person("Femke", "NL")


def test_mail_domains_may_be_international() -> None:
    assert PeopleFactory(7, mail_domain="bücher.example").person("Femke", "NL").email.endswith("@bücher.example")


def test_free_texts_are_unique_and_become_canaries() -> None:
    femke = PeopleFactory(7).person("Femke", "NL")
    first, second = femke.free_text("deletion_reason"), femke.free_text("deletion_reason")
    assert first != second
    assert [trace.kind for trace in find_traces(f"{first} {second}".encode(), femke.canaries)] == [
        "deletion_reason"
    ] * 2
    assert PeopleFactory(7).person("Femke", "NL").free_text("deletion_reason") == first


@pytest.mark.parametrize(
    ("difference", "changed"),
    [
        ({}, set()),
        ({"born": date(2008, 3, 1)}, {"date_of_birth"}),
        ({"language": "fy-NL"}, {"language"}),
        ({"residence": "Japan"}, {"residence", "time_zone", "postal_code"}),
        ({"residence": "Netherlands", "born": date(2008, 3, 1)}, {"date_of_birth"}),
    ],
    # The words of a set have no order of their own, and each worker must call a test the same.
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
def test_twins_differ_only_in_what_is_named(difference, changed) -> None:
    people = PeopleFactory(7)
    femke = people.person("Femke", "NL", mail_domain="post.example")
    fenna = people.twin(femke, "Fenna", **difference)
    alike = ("date_of_birth", "language", "residence", "time_zone", "postal_code")
    assert {name for name in alike if getattr(femke, name) != getattr(fenna, name)} == changed
    assert fenna.email.endswith("@post.example")
    assert {canary.value for canary in femke.canaries}.isdisjoint(canary.value for canary in fenna.canaries)


def test_twins_do_not_differ_in_what_nobody_chose() -> None:
    people = PeopleFactory(7)
    with pytest.raises(UsageError, match="consent"):
        people.twin(people.person("Femke", "NL"), "Fenna", consent=True)


def test_a_repr_for_a_report_holds_no_password() -> None:
    femke = PeopleFactory(7).person("Femke", residence("NL"))
    assert femke.password not in repr(femke)


def test_the_module_starts_without_faker() -> None:
    program = "import sys, harness.people; assert 'faker' not in sys.modules"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)


def test_no_scenario_is_known_by_its_mail_domain_and_nobody_by_the_browser() -> None:
    scenarios = [PeopleFactory(f"1/{number}") for number in range(60)]
    people = [one.person(label, "NL") for one in scenarios for label in ("Femke", "Bram")]
    assert len({person.email.partition("@")[2] for person in people}) > 4
    assert len({person.user_agent for person in people}) > 40
    assert all(person.user_agent.startswith("Mozilla/5.0 ") or "Opera" in person.user_agent for person in people)
    pinned = PeopleFactory(1, "example.org", "Lynx").person("Femke", "NL")
    assert pinned.email.endswith("@example.org")
    assert pinned.user_agent == "Lynx"
