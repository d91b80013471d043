"""People: their names, ages and residences, and how far they have signed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from harness.clock import add_months, birthday
from harness.errors import NotApplicable
from harness.people.residences import Residence
from harness.people.residences import residence as place_called
from harness.stage import Actor, Cast, Stage
from harness.vocabulary import Phrases, setting, words
from steps.legal_age import (
    age_of_majority,
    born_to_come_of_age,
    born_to_reach_minimum_age,
    is_minor,
    is_old_enough,
    today_in,
)

Wishes = dict[str, Any]
"""What is asked of :meth:`harness.people.person.PeopleFactory.person`."""

_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile"
"""A browser that no profile names, so that nobody is known by it as an auditor's."""

words(
    "address",
    "an address that is easily mishandled",
    {
        "a plus-address": {"plus_address": True},
        "an address in a domain with an umlaut": {"mail_domain": "b\u00fccher.example"},
        "an address with an apostrophe": {"spelled": "o'{}".format},
        "an address in capitals": {"spelled": str.upper},
        # As long as the part before the @ may be (RFC 5321, 4.5.3.1.1), but for a little.
        "a very long address": {"spelled": "{:x<60}".format},
    },
)
words(
    "standing",
    "how far a person has signed up",
    {
        "has a verified Sony account": "verified",
        "is signed in to a Sony account": "signed in",
        "has an account": "account",
    },
)
words(
    "alias",
    "the address of a second account",
    {"another address": {"plus_address": False}, "a plus-address": {"plus_address": True}},
)
words(
    "program",
    "what a person uses in place of a browser",
    {
        "a mobile app": "SHES/7.2.1 (Android 15; arm64)",
        "a smart television": "SHES-TV/3.0 Tizen/8.0",
        "a client without a user agent": "",
    },
)

trait = Phrases("trait", "a property of a person")
difference = Phrases("difference", "how a twin differs")


@trait("born on {day}")
def _born(_stage: Stage, _home: Residence, day: date) -> Wishes:
    return {"born": day}


@trait("who reaches the minimum age on {day}")
def _reaches_minimum_age(stage: Stage, home: Residence, day: date) -> Wishes:
    return {"born": born_to_reach_minimum_age(stage.service, home, day)}


@trait("who reaches the age of majority on {day}")
def _comes_of_age(stage: Stage, home: Residence, day: date) -> Wishes:
    return {"born": born_to_come_of_age(stage.service, home, day)}


@trait("who is of age at home but not in {residence}")
def _of_age_at_home_alone(stage: Stage, home: Residence, residence: str) -> Wishes:
    """Of age for two months, and old enough for an account in either place."""
    service, there = stage.service, place_called(residence)
    came_of_age = add_months(service.now, -2, home.home_zone).date()
    born = came_of_age.replace(year=came_of_age.year - age_of_majority(service, home, today_in(home, service)))
    if not is_minor(service, born, there) or not is_old_enough(service, born, there):
        raise NotApplicable(
            f"Nobody who has just come of age in {home.name} is a minor with an account in {there.name}.",
            cause="the target declares ages of its own for these countries",
        )
    return {"born": born}


@trait("who speaks {language}")
def _speaks(_stage: Stage, _home: Residence, language: str) -> Wishes:
    return {"language": language}


@trait("who uses {address}")
def _uses_address(_stage: Stage, _home: Residence, address: Wishes) -> Wishes:
    return address


@trait("who uses an uncommon browser and mail domain")
def _uses_uncommon(_stage: Stage, _home: Residence) -> Wishes:
    return {"mail_domain": "unlike.example", "user_agent": _PHONE}


@setting("{someone}[, {trait},] lives in {residence}[ and {standing}]")
def lives_in(
    stage: Stage,
    cast: Cast,
    someone: str,
    residence: str,
    trait: Callable[[Residence], Wishes] | None,
    standing: str | None,
) -> None:
    """A person who is unknown to the target or has the stated standing; an adult unless a trait says otherwise.

    Who has an account is signed in, and has consented to nothing.
    """
    home = place_called(residence)
    _enter(stage, cast.add(someone, home, **(trait(home) if trait else {})), standing)


@difference("lives in {residence}")
def _lives_elsewhere(_stage: Stage, _twin: Actor, residence: str) -> Wishes:
    return {"residence": residence}


@difference("was born on {day}")
def _born_otherwise(_stage: Stage, _twin: Actor, day: date) -> Wishes:
    return {"born": day}


@difference("is a year older")
def _a_year_older(_stage: Stage, twin: Actor) -> Wishes:
    return {"born": birthday(twin.person.date_of_birth, -1)}


@difference("reaches the minimum age on {day}")
def _twin_reaches_minimum_age(stage: Stage, twin: Actor, day: date) -> Wishes:
    return _reaches_minimum_age(stage, twin.person.residence, day)


@difference("reaches the age of majority on {day}")
def _twin_comes_of_age(stage: Stage, twin: Actor, day: date) -> Wishes:
    return _comes_of_age(stage, twin.person.residence, day)


@difference("is of age in {residence} too")
def _of_age_there_too(stage: Stage, twin: Actor, residence: str) -> Wishes:
    """Of age there for as long as the twin at home."""
    born, service = twin.person.date_of_birth, stage.service
    home, there = twin.person.residence, place_called(residence)
    at_home, abroad = (age_of_majority(service, place, today_in(place, service)) for place in (home, there))
    return {"born": born.replace(year=born.year + at_home - abroad)}


@setting("{someone} is {person}'s twin[ but {difference}][ and {standing}]")
def is_twin(
    stage: Stage,
    cast: Cast,
    someone: str,
    person: Actor,
    difference: Callable[[Actor], Wishes] | None,
    standing: str | None,
) -> None:
    """A person of the same residence, age and language, who differs only as stated."""
    _enter(stage, cast.add_twin(someone, person, **(difference(person) if difference else {})), standing)


@setting("{person} has a second account, {someone}, under {alias}")
def is_second_account(cast: Cast, someone: str, person: Actor, alias: Wishes) -> None:
    """The same person again: name, date of birth and postal code are the same."""
    cast.add_second_account(someone, person, **alias).join()


@setting("{person} uses {program}")
def uses_program(person: Actor, program: str) -> None:
    """From now on, all requests of the person name this client in place of a browser."""
    person.client.browser["User-Agent"] = program


def _enter(stage: Stage, actor: Actor, standing: str | None) -> None:
    """Let somebody sign up, if the target declares no age by which they are too young."""
    if not standing:
        return
    home = actor.person.residence
    if not is_old_enough(stage.service, actor.person.date_of_birth, home):
        raise NotApplicable(
            f"{actor.label} is too young for an account in {home.name}.",
            cause="the target declares an age of its own for this country",
            remedy="other scenarios of this clause go by the age that is declared",
        )
    actor.join(until=standing)
