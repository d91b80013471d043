"""How old somebody is where they live, and whether the target lets them in.

The age for an account is sixteen, in China fourteen, or what the target declares for a country by that country's name.
What it declares for all the others does not count: that is what is audited.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, then, when

from harness.clock import birthday, reaches_age_at
from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.people.residences import Residence, countries, members, residence
from harness.stage import Stage
from harness.stage.answers import not_served
from harness.target.discovery import age_by
from harness.target.http import Answer
from steps.account import move
from steps.registration import MALFORMED, known_country
from steps.words import WORDS, Word, says

SIXTEEN, FOURTEEN, EIGHTEEN = 16, 14, 18
LAW = {"US": 13, "GB": 13, "KR": 14, **{place.country: 13 for place in members("EEA")}}
"""The least age for an account without a parent, by children's law; what a target declares cannot lower it (7.6).

In the EEA it is the lowest that a member state may choose for consent (Article 8(1) GDPR); what each has chosen is not
asked for, because the account rests on the contract (2.1).
"""


_PROGRAMS = {
    "an app on a phone": "SHES/7.2.1 (Android 15; arm64)",
    "a television": "SHES-TV/3.0 Tizen/8.0",
    "a program that names itself to nobody": "",
}
"""What people come by other than a browser, and what it calls itself."""

_GROUPS: dict[str, Callable[[], tuple[Residence, ...]]] = {
    "the world": countries,
    "the EEA": lambda: tuple(members("EEA")),
}
"""Groups of countries, by what they are called after ``each country of``."""


@dataclass(frozen=True, slots=True)
class Try:
    """That somebody registered in a country on time, or a minute before."""

    country: str
    on_time: bool
    answer: Answer


def _says(sentence: str) -> parsers.parse:
    words = {
        **WORDS,
        "Program": Word("|".join(_PROGRAMS), _PROGRAMS.__getitem__),
        "Countries": Word("|".join(_GROUPS), lambda group: _GROUPS[group]()),
    }
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


def today_in(place: Residence, now: datetime) -> date:
    """The day it is where it begins last in the country: the country is all that the target knows."""
    return min(now.astimezone(ZoneInfo(zone)).date() for zone in place.zones)


def age_for_account(stage: Stage, place: Residence, on: date) -> int:
    """The age from which somebody who lives there may have an account, on a day (7.1, 7.2, 7.3)."""
    if place.country == "CN":
        return FOURTEEN
    own = [rule for rule in stage.service.ages["age_thresholds"] if rule.get("country") == place.country]
    return max(age_by(own, place.country, on, SIXTEEN), LAW.get(place.country, 0))


def age_of_majority(stage: Stage, place: Residence, on: date) -> int:
    """The age until which somebody who lives there is a minor, on a day (7.6)."""
    return age_by(stage.service.ages["majority_ages"], place.country, on, EIGHTEEN)


def old_enough(stage: Stage, name: str, place: Residence) -> bool:
    """Whether the birthday has begun in the whole country."""
    age = age_for_account(stage, place, today_in(place, stage.clock.now))
    return stage.clock.now >= reaches_age_at(stage.cast.person(name).person.date_of_birth, age, place.zones)


def born_to_reach_it_on(stage: Stage, place: str, day: date) -> date:
    """Date of birth of somebody who reaches the age for an account on a day."""
    there = residence(place)
    return day.replace(year=day.year - age_for_account(stage, there, day))


def a_day_too_young(stage: Stage, place: Residence) -> date:
    """Date of birth of somebody who reaches the age for an account tomorrow."""
    tomorrow = today_in(place, stage.clock.now) + timedelta(days=1)
    return tomorrow.replace(year=tomorrow.year - age_for_account(stage, place, tomorrow))


def _expect(stage: Stage, name: str, place: Residence, *, old: bool) -> None:
    """That the scenario fits the ages of the target.

    Raises:
        NotApplicable: The target declares another age for this country, so that this date of birth is no boundary.
    """
    if old_enough(stage, name, place) != old:
        raise NotApplicable(
            f"{name} is {'too young' if old else 'old enough'} for an account in {place.name} after all.",
            cause="the target declares an age of its own for this country",
            remedy="other scenarios of this clause go by the age that is declared",
        )


# -- who is how old --------------------------------------------------------------------------------------------------


@given(says("{name:Name} lives in {place:Place} and reaches the age for an account on {day:Day}"))
def lives_in_reaching_age(stage: Stage, name: str, place: str, day: date) -> None:
    """Born so many years before that day."""
    stage.cast.add(name, place, born=born_to_reach_it_on(stage, place, day))


@given(says("{name:Name} is {other:Name}'s twin but reaches it on {day:Day}"))
def twin_reaching_age(stage: Stage, name: str, other: str, day: date) -> None:
    """Alike but for the date of birth."""
    twin = stage.cast.person(other)
    stage.cast.add_twin(name, twin, born=born_to_reach_it_on(stage, twin.person.residence.code, day))


@given(says("{name:Name} is {other:Name}'s twin but a year older"))
def twin_a_year_older(stage: Stage, name: str, other: str) -> None:
    """Alike but for the date of birth, and old enough."""
    twin = stage.cast.person(other)
    stage.cast.add_twin(name, twin, born=birthday(twin.person.date_of_birth, -1))


@given(_says("{name:Name} uses {program:Program}"))
def uses_program(stage: Stage, name: str, program: str) -> None:
    """In place of a browser, for everything from now on."""
    stage.cast.person(name).client.browser["User-Agent"] = program


# -- in every country ------------------------------------------------------------------------------------------------


@pytest.fixture
def tries() -> list[Try]:
    """Who registered where, of those who are named by their country alone."""
    return []


@when(_says("in each country of {places:Countries} somebody registers a minute too early, and in the largest on time"))
def register_in_each(stage: Stage, tries: list[Try], places: tuple[Residence, ...]) -> None:
    """All reach the age for an account there on the day after tomorrow; the clock goes from birthday to birthday.

    On time they register where there are several time zones: elsewhere it is soon said when a day begins.
    """
    day = stage.clock.now.date() + timedelta(days=2)
    due: dict[datetime, list[tuple[Residence, date]]] = {}
    for place in places:
        age = age_for_account(stage, place, day)
        born = day.replace(year=day.year - age)
        due.setdefault(reaches_age_at(born, age, place.zones), []).append((place, born))
    for moment in sorted(due):
        for on_time in (False, True):
            stage.clock.move_to(moment if on_time else moment - timedelta(minutes=1))
            for place, born in due[moment]:
                if on_time and len(place.zones) == 1:
                    continue
                label = f"{place.name}, {'on time' if on_time else 'too early'}"
                tries.append(Try(place.country, on_time, stage.cast.add(label, place, born=born).sony.register()))


@then("everybody who was too early is refused as too young, and everybody on time is let in")
def in_each_refused_and_let_in(stage: Stage, tries: list[Try]) -> None:
    """Countries that the target does not serve are left aside, and noted."""
    unserved = sorted({one.country for one in tries if not_served(one.answer)})
    looked_at = [one for one in tries if one.country not in unserved]
    if unserved:
        stage.evidence.observe(f"the target does not serve: {', '.join(unserved)}")
    if not looked_at:
        raise NotApplicable("The target serves none of these countries.")
    for one in looked_at:
        if not one.answer.ok and one.answer.status not in MALFORMED | {403}:
            raise TargetError(f"{one.answer.operation} answered {one.answer.status} in {one.country}.")
    for on_time, claim in ((False, "a minute too early nobody is let in"), (True, "on time everybody is let in")):
        wrong = [one for one in looked_at if one.on_time == on_time and one.answer.ok != on_time]
        shown = wrong or [one for one in looked_at if one.on_time == on_time]
        stage.evidence.check(
            Channel.API,
            f"{claim}, in {len({one.country for one in looked_at})} countries",
            not wrong,
            detail=f"It is otherwise in: {', '.join(one.country for one in wrong)}.",
            evidence=[one.answer.exchange for one in shown],
        )


# -- asking for an account elsewhere ---------------------------------------------------------------------------------


@when(says("{name:Name} asks for a SHES account as somebody who lives in {place:Place}"))
def asks_as_resident(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """The Sony account names another country."""
    actor = stage.cast.person(name)
    neighbour = PeopleFactory(f"{actor.person.email} says so").person(name, place)
    actor.details.country, actor.details.postal_code = neighbour.residence.country, neighbour.postal_code
    answers[name] = actor.account.create()


@when(says("{name:Name} moves the account, as somebody who lives in {place:Place} now"))
def moves_as_resident(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """A change of country and postal code."""
    answers[name] = move(stage.cast.person(name), place)


# -- who is let in ---------------------------------------------------------------------------------------------------


@then(says("{name:Name} is refused as too young"))
def refused_as_too_young(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The registration was refused."""
    _refused(stage, name, stage.cast.person(name).person.residence, answers[name])


@then(says("{name:Name} is refused as too young for {place:Place}"))
def refused_as_too_young_for(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """What was asked for under the name of that country was refused."""
    _refused(stage, name, residence(place), answers[name])


def _refused(stage: Stage, name: str, place: Residence, answer: Answer) -> None:
    _expect(stage, name, place, old=False)
    known_country(answer, place.name)
    if not answer.ok and answer.status not in MALFORMED | {403}:
        raise TargetError(
            f"{answer.operation} answered {answer.status} to somebody who is too young.",
            cause="the target refuses for another reason, or not as the contract says (403)",
            remedy="compare the answer in the evidence with harness/contract/openapi.yaml",
        )
    if answer.status in MALFORMED:
        stage.evidence.observe(f"somebody too young is refused with {answer.status} instead of 403")
    born = stage.cast.person(name).person.date_of_birth
    stage.evidence.check(
        Channel.API,
        f"{name}, born on {born}, is refused as too young for {place.name}",
        not answer.ok,
        detail=f"{answer.operation} was answered with {answer.status}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} is not too young"))
def not_too_young(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The registration was taken."""
    _let_in(stage, name, stage.cast.person(name).person.residence, answers[name])


@then(says("{name:Name} is not too young for {place:Place}"))
def not_too_young_for(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """What was asked for under the name of that country was granted."""
    _let_in(stage, name, residence(place), answers[name])


def _let_in(stage: Stage, name: str, place: Residence, answer: Answer) -> None:
    _expect(stage, name, place, old=True)
    known_country(answer, place.name)
    stage.evidence.check(
        Channel.API,
        f"{name}, born on {stage.cast.person(name).person.date_of_birth}, is old enough for {place.name} and is let in",
        answer.ok,
        detail=f"{answer.operation} was answered with {answer.status}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} has no SHES account"))
def has_no_account(stage: Stage, name: str) -> None:
    """There is nothing to look at."""
    answer = stage.cast.person(name).account.read()
    stage.evidence.check(
        Channel.API,
        f"{name} has no SHES account",
        not answer.ok,
        detail="It can be looked at.",
        evidence=[answer.exchange],
    )
