"""Dates of birth that somebody takes back: another one after a refusal, or a correction in the account (7.4)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from pytest_bdd import given, then, when

from harness.errors import HarnessError, NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.canaries import Canaries
from harness.people.residences import residence
from harness.people.search import find_traces
from harness.stage import Stage
from harness.stage.storage import DATABASE
from harness.target.http import Answer
from steps.age import a_day_too_young
from steps.minors import corrects_birth
from steps.registration import MALFORMED, known_country
from steps.storage import DAY_OF_BIRTH
from steps.words import says


@pytest.fixture
def refusals() -> dict[str, Answer]:
    """How each person was turned away for the age first."""
    return {}


def _again(stage: Stage, answers: dict[str, Answer], name: str, day: date, **otherwise: str) -> None:
    actor = stage.cast.person(name)
    form = {**actor.sony.form(), "date_of_birth": day.isoformat(), **otherwise}
    answers[name] = actor.sony.register(form)


@when(says("{name:Name} registers again, as born on {day:Day}"))
def registers_as_born_on(stage: Stage, answers: dict[str, Answer], name: str, day: date) -> None:
    """Everything else is typed as ever."""
    _again(stage, answers, name, day)


@when(says("{name:Name} registers again, as born on {day:Day}, in capitals"))
def registers_in_capitals(stage: Stage, answers: dict[str, Answer], name: str, day: date) -> None:
    """The address is the same in capitals: they make no other address."""
    _again(stage, answers, name, day, email=stage.cast.person(name).person.email.upper())


@when(says("{name:Name} registers again, as born on {day:Day} and from {place:Place}"))
def registers_from_elsewhere(stage: Stage, answers: dict[str, Answer], name: str, day: date, place: str) -> None:
    """With another country, too."""
    _again(stage, answers, name, day, country=residence(place).country)


@when(says("{name:Name} corrects the date of birth to one that is a day too young"))
def corrects_to_too_young(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """To that of somebody who reaches the age for an account tomorrow where the person lives."""
    corrects_birth(stage, answers, name, a_day_too_young(stage, stage.cast.person(name).person.residence))


@given(says("nobody else has {name:Name}'s date of birth"))
def is_born_alone(stage: Stage, name: str) -> None:
    """Nobody on the stage has it, and no place of storage shows that day: from now on it is a trace of the person."""
    actor = stage.cast.person(name)
    born = actor.person.date_of_birth
    day = Canaries(name)
    day.made_up(DAY_OF_BIRTH, born.isoformat())
    shared = any(other.person.date_of_birth == born for other in stage.cast.everyone if other is not actor)
    parts = stage.storage.parts()
    # Of late many things have happened on any day.
    recent = stage.clock.now.date() - born < timedelta(days=5 * 366)
    if shared or recent or any(find_traces(part.content, day) for part in parts):
        stage.evidence.observe(f"{name}'s date of birth is not {name}'s alone, so it is not looked for")
        return
    actor.person.canaries.made_up(DAY_OF_BIRTH, born.isoformat())


@given(says("a database shows {name:Name}'s date of birth"))
def day_of_birth_shows(stage: Stage, name: str) -> None:
    """So that its being gone later was not looked past.

    Raises:
        NotApplicable: It is not the person's alone, or is kept in a form in which it cannot be read.
    """
    actor = stage.cast.person(name)
    parts = [part for part in stage.storage.parts() if part.kind in DATABASE]
    kinds = {trace.kind for traces in stage.storage.traces(actor, parts).values() for trace in traces}
    if DAY_OF_BIRTH not in kinds:
        raise NotApplicable(
            f"{name}'s date of birth cannot be told from other dates, or cannot be read, in the target's databases.",
            cause="it is somebody else's too, or it is kept as a number or encrypted",
        )


@then(says("{name:Name} is turned away for the age"))
def is_turned_away(stage: Stage, answers: dict[str, Answer], refusals: dict[str, Answer], name: str) -> None:
    """403 (400 and 422 are noted); whoever was turned away before is told the same."""
    answer = answers[name]
    known_country(answer, "this country")
    if not answer.ok and answer.status not in MALFORMED | {403}:
        raise TargetError(f"{answer.operation} answered {answer.status}, which says nothing about the age.")
    if answer.status in MALFORMED:
        stage.evidence.observe(f"somebody refused for the age is answered {answer.status} instead of 403")
    stage.evidence.check(
        Channel.API,
        f"{name} is turned away for the age, whatever date is typed now",
        not answer.ok,
        detail=f"{answer.operation} was answered with {answer.status}.",
        evidence=[answer.exchange],
    )
    first = refusals.setdefault(name, answer)
    stage.evidence.check(
        Channel.API,
        f"{name} is told nothing else than at first",
        _told(first) == _told(answer),
        detail=f"First it was {_told(first)}, now {_told(answer)}.",
        evidence=[first.exchange, answer.exchange],
    )


def _told(answer: Answer) -> tuple[int, str]:
    """What somebody who is turned away is told: all of it but what numbers the occasion (RFC 9457, 3.1.5)."""
    body = answer.json()
    return answer.status, json.dumps({**body, "instance": None}, sort_keys=True)


@then(says("{name:Name} got no mail, as far as is known"))
def got_no_mail(stage: Stage, name: str) -> None:
    """Not in the whole scenario, while somebody else got one."""
    stage.service.settle()
    mails = stage.mailbox.mails(stage.cast.person(name))
    if not mails and not any(stage.mailbox.mails(actor) for actor in stage.cast.everyone):
        raise HarnessError(f"No mail at all arrived, so it proves nothing that {name} got none.")
    stage.evidence.check(
        Channel.API,
        f"{name}'s registration comes to nothing: no code is mailed",
        not any(mail.code for mail in mails),
        detail="A code was mailed.",
        evidence=stage.mailbox.kept(mails),
    )


@then(says("the link that {name:Name} was mailed before leads nowhere"))
def link_leads_nowhere(stage: Stage, name: str) -> None:
    """If one was mailed at all: its code is turned away."""
    actor = stage.cast.person(name)
    stage.service.settle()
    if not any(mail.code for mail in stage.mailbox.mails(actor)):
        return
    answer = actor.sony.verify_email()
    stage.evidence.check(
        Channel.API,
        f"the code that {name} was mailed before is not taken any more",
        not answer.ok,
        detail=f"It was answered with {answer.status}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name}'s account goes on, with the date of {day:Day}"))
def goes_on_with(stage: Stage, name: str, day: date) -> None:
    """The session works, and both accounts are there."""
    actor = stage.cast.person(name)
    sony, shes = actor.sony.read(), actor.account.read()
    shown = sony.json().get("date_of_birth") if sony.ok else None
    stage.evidence.check(
        Channel.API,
        f"{name}'s account goes on, and shows the corrected date of birth",
        shes.ok and shown == day.isoformat(),
        detail=f"The Sony account answered {sony.status} with {shown}, the SHES account {shes.status}.",
        evidence=[sony.exchange, shes.exchange],
    )
