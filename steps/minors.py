"""Minors: of whom nothing is shared, and whose consent is not taken (7.6, 8.CA.5)."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_bdd import given, then, when

from harness.clock import add_months, reaches_age_at
from harness.errors import HarnessError, NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.residences import Residence, residence
from harness.stage import Stage
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING
from harness.target.http import Answer
from steps.age import age_for_account, age_of_majority, today_in
from steps.words import PURPOSES, says

_MALFORMED = frozenset({400, 422})
_TITLES = {purpose: words for words, purpose in PURPOSES.items()}


def reached(stage: Stage, born: date, place: Residence, age: int) -> bool:
    """Whether that birthday has begun in the whole country."""
    return stage.clock.now >= reaches_age_at(born, age, place.zones)


def is_minor(stage: Stage, born: date, place: Residence) -> bool:
    """Whether somebody is not of age in a country, by what the target declares."""
    return not reached(stage, born, place, age_of_majority(stage, place, today_in(place, stage.clock.now)))


def _expect_minor(stage: Stage, name: str, *, minor: bool) -> None:
    """That the scenario fits the ages of the target.

    Raises:
        NotApplicable: The target declares another age of majority for this country.
    """
    person = stage.cast.person(name).person
    if is_minor(stage, person.date_of_birth, person.residence) != minor:
        raise NotApplicable(
            f"{name} is {'of age' if minor else 'a minor'} in {person.residence.name} after all.",
            cause="the target declares an age of majority of its own for this country",
        )


def _born_to_come_of_age(stage: Stage, place: Residence, day: date) -> date:
    """Date of birth of somebody who comes of age on a day.

    Raises:
        NotApplicable: By the ages of the target no minor can have an account there.
    """
    majority = age_of_majority(stage, place, day)
    if age_for_account(stage, place, day) >= majority:
        raise NotApplicable(
            f"No minor can have an account in {place.name}.",
            cause="the target asks for the age of majority there, or for more",
        )
    return day.replace(year=day.year - majority)


# -- who is how old --------------------------------------------------------------------------------------------------


@given(says("{name:Name} lives in {place:Place}, comes of age on {day:Day}, and has an account"))
def lives_in_coming_of_age(stage: Stage, name: str, place: str, day: date) -> None:
    """Born so many years before that day."""
    stage.cast.add(name, place, born=_born_to_come_of_age(stage, residence(place), day)).join()


@given(says("{name:Name} is {other:Name}'s twin but comes of age on {day:Day}, and has an account"))
def twin_coming_of_age(stage: Stage, name: str, other: str, day: date) -> None:
    """Alike but for the date of birth."""
    twin = stage.cast.person(other)
    stage.cast.add_twin(name, twin, born=_born_to_come_of_age(stage, twin.person.residence, day)).join()


@given(says("{name:Name} is {other:Name}'s twin but born on {day:Day}, and has an account"))
def twin_born_on_with_account(stage: Stage, name: str, other: str, day: date) -> None:
    """Alike but for the date of birth, with an account of their own."""
    stage.cast.add_twin(name, stage.cast.person(other), born=day).join()


@given(says("{name:Name} lives in {place:Place}, is of age there and not in {other:Place}, and has an account"))
def of_age_at_home_alone(stage: Stage, name: str, place: str, other: str) -> None:
    """Of age for two months, and old enough for an account in either place."""
    home, there = residence(place), residence(other)
    today = today_in(home, stage.clock.now)
    came_of_age = add_months(stage.clock.now, -2, home.home_zone).date()
    born = came_of_age.replace(year=came_of_age.year - age_of_majority(stage, home, today))
    if not is_minor(stage, born, there) or not reached(stage, born, there, age_for_account(stage, there, today)):
        raise NotApplicable(
            f"Nobody who has just come of age in {home.name} is a minor with an account in {there.name}.",
            cause="the target declares ages of its own for these countries",
        )
    stage.cast.add(name, place, born=born).join()


@given(says("{name:Name} is {other:Name}'s twin but of age in {place:Place} too, and has an account"))
def twin_of_age_there(stage: Stage, name: str, other: str, place: str) -> None:
    """Alike, but of age there for two months, too."""
    twin, there = stage.cast.person(other), residence(place)
    born = twin.person.date_of_birth
    majorities = [age_of_majority(stage, at, today_in(at, stage.clock.now)) for at in (twin.person.residence, there)]
    stage.cast.add_twin(name, twin, born=born.replace(year=born.year + majorities[0] - majorities[1])).join()


@when(says("{name:Name} corrects the date of birth to the day before coming of age"))
def corrects_to_minor(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """To that of somebody who comes of age tomorrow where the person lives."""
    place = stage.cast.person(name).person.residence
    tomorrow = today_in(place, stage.clock.now) + timedelta(days=1)
    corrects_birth(stage, answers, name, _born_to_come_of_age(stage, place, tomorrow))


@when(says("{name:Name} corrects the date of birth to {day:Day}"))
def corrects_birth(stage: Stage, answers: dict[str, Answer], name: str, day: date) -> None:
    """In the Sony account, signed in."""
    actor = stage.cast.person(name)
    answers[name] = actor.sony.correct_birth(day)
    if answers[name].status in {404, 405}:
        raise TargetError(
            f"{answers[name].operation} answered {answers[name].status}.",
            cause="the target has no way to correct a date of birth",
            remedy="see correctSonyAccount in harness/contract/openapi.yaml",
        )


# -- what is seen of it ----------------------------------------------------------------------------------------------


@then(says("{name:Name}'s consent to {purpose:Purpose} is taken"))
def consent_is_taken(stage: Stage, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """The account shows it as given."""
    _expect_minor(stage, name, minor=False)
    _consent_shows(stage, answers, name, purpose, given=True)


@then(says("{name:Name}'s consent to {purpose:Purpose} is not taken"))
def consent_is_not_taken(stage: Stage, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """It was turned away, and the account shows it as not given."""
    _expect_minor(stage, name, minor=True)
    answer = answers[name]
    if answer.status in _MALFORMED:
        raise TargetError(f"{answer.operation} answered {answer.status}, as if the request were malformed.")
    stage.evidence.check(
        Channel.API,
        f"{name}'s consent to {_TITLES[purpose]} is turned away",
        not answer.ok,
        detail=f"It was answered with {answer.status}.",
        evidence=[answer.exchange],
    )
    _consent_shows(stage, answers, name, purpose, given=False)


@then(says("{name:Name}'s account shows no consent"))
def no_consent_shown(stage: Stage, name: str) -> None:
    """To whatever purpose; a closed account shows nothing at all."""
    answer = stage.cast.person(name).consents.read()
    standing = [one["purpose"] for one in answer.field("consents") if one["given"]] if answer.ok else []
    stage.evidence.check(
        Channel.API,
        f"{name}'s account shows no consent that stands",
        not standing,
        detail=f"It shows consents to: {', '.join(standing)}.",
        evidence=[answer.exchange],
    )


def _consent_shows(stage: Stage, answers: dict[str, Answer], name: str, purpose: str, *, given: bool) -> None:
    answer = done(stage.cast.person(name).consents.read(), f"{name} looks at the consents")
    shown = any(one["purpose"] == purpose and one["given"] for one in answer.field("consents"))
    stage.evidence.check(
        Channel.API,
        f"{name}'s account shows the consent to {_TITLES[purpose]} as {'given' if given else 'not given'}",
        shown == given,
        detail=f"It shows it as {'given' if shown else 'not given'}.",
        evidence=[answers[name].exchange, answer.exchange],
    )


@then(says("nobody was ever sent a share about {name:Name}"))
def nobody_was_ever_sent(stage: Stage, name: str) -> None:
    """In the whole scenario, at every endpoint of every recipient, while a share about somebody else was accepted."""
    stage.service.settle()
    actor = stage.cast.person(name)
    shares = [one for one in stage.recipients.arrivals(about=actor, accepted=False) if one.kind != "withdraw"]
    control = [one for one in stage.recipients.arrivals(kind="share") if not stage.recipients.is_about(one, actor)]
    stage.absence.check(f"nobody was ever sent a share about {name}", shares, control)


@then(says("an advertising vendor was sent {name:Name}'s data"))
def a_vendor_was_sent(stage: Stage, name: str) -> None:
    """The other side of a boundary: what keeps the twin's data back is the age alone."""
    stage.service.settle()
    shares = stage.recipients.arrivals(about=stage.cast.person(name), purpose=ADVERTISING, kind="share")
    if not shares:
        raise HarnessError(
            f"No advertising vendor received {name}'s data either, so it is not the age that kept the twin's back.",
            cause="the target shares with no vendor, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )
    stage.recipients.keep(shares)
