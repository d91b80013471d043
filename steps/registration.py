"""Registering a Sony account and signing up for a SHES account: what is entered, and who is admitted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from harness.errors import HarnessError, NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.people.residences import Residence
from harness.people.residences import residence as place_called
from harness.stage import Actor, Mailbox, Recorder, Service, Stage
from harness.target.http import Answer
from harness.vocabulary import Answers, Phrases, Seen, deed, noun, sight, words
from steps.legal_age import is_old_enough
from steps.notices import NoticesGiven, notice_on_transfers
from steps.providers import sign_up_through

MALFORMED = frozenset({400, 422})
REFUSED = MALFORMED | {403}
"""Statuses by which a registration is turned away."""
KEPT_OUT = frozenset({401, 403, 404, 410})
"""Statuses by which somebody who is not, or no longer, known is kept out."""

_VALUES: dict[str, Any] = {"nothing": "", "blanks": "   ", "null": None, "a number": 7, "a list": []}
"""Things that are no text with anything in it; other values in the sentences are entered as they stand."""

words(
    "field",
    "one of the five details that a Sony account takes (1.4)",
    {
        "e-mail address": "email",
        "password": "password",
        "date of birth": "date_of_birth",
        "country": "country",
        "language": "language",
    },
)
noun("value", r'[^"]+', "what is entered: nothing, blanks, null, a number, a list, or a text", str)


class Stated(dict[str, date]):
    """The date of birth that each person stated last, by name, where it is not the true one."""


class Refusals(dict[str, Answer]):
    """How each person was first refused for their age, by name."""


def go_all_the_way(stage: Stage, actor: Actor) -> Answer:
    """Register, verify the address, sign in and create the SHES account, as far as the target lets the person.

    Returns:
        The first answer that is no success, or the last one. Where no mail comes, the answer to the registration.
    """
    registered = actor.sony.register()
    if not registered.ok:
        return registered
    stage.service.settle()
    if not any(mail.code for mail in stage.mailbox.mails(actor, since=stage.moment.since)):
        if not stage.mailbox.any_since(stage.moment.since):
            raise HarnessError(
                "No mail at all arrived, so nothing is proved by nobody getting any further.",
                cause="the target does not send mail to where it was wired",
                remedy="look at the exchanges in the evidence",
            )
        return registered
    for action in (actor.sony.verify_email, actor.session.sign_in, actor.account.create):
        answer = action()
        if not answer.ok:
            break
    return answer


# -- registering -----------------------------------------------------------------------------------------------------

variation = Phrases("variation", "how a registration differs from the usual one")


@variation("without the {field}")
def _without(_stage: Stage, actor: Actor, field: str) -> Answer:
    """The detail is not sent at all."""
    return actor.sony.register({key: value for key, value in actor.sony.form().items() if key != field})


@variation('with "{value}" as the {field}')
def _with(_stage: Stage, actor: Actor, value: str, field: str) -> Answer:
    """Something is sent that is no such thing."""
    entered = actor.email.partition("@")[0] if value == "the part before @" else _VALUES.get(value, value)
    return actor.sony.register({**actor.sony.form(), field: entered})


def _born(stage: Stage, actor: Actor, born: date, **otherwise: str) -> Answer:
    """Everything else is entered as usual."""
    stage.part(Stated)[actor.label] = born
    return actor.sony.register({**actor.sony.form(), "date_of_birth": born.isoformat(), **otherwise})


@variation("with the date of birth {day}")
def _born_on(stage: Stage, actor: Actor, day: date) -> Answer:
    return _born(stage, actor, day)


@variation("with the date of birth {day} and the address in capitals")
def _born_on_in_capitals(stage: Stage, actor: Actor, day: date) -> Answer:
    """Capitals make no other address."""
    return _born(stage, actor, day, email=actor.email.upper())


@variation("with the date of birth {day}, from {residence}")
def _born_on_from(stage: Stage, actor: Actor, day: date, residence: str) -> Answer:
    return _born(stage, actor, day, country=place_called(residence).country)


@deed("{person} registers[ {variation}]", past="{person} has registered")
def registers(person: Actor, stated: Stated, variation: Callable[[Actor], Answer] | None = None) -> Answer:
    """For a Sony account, with exactly the five details that the policy names unless stated otherwise."""
    stated.pop(person.label, None)
    return variation(person) if variation else person.sony.register()


# -- signing up ------------------------------------------------------------------------------------------------------

path = Phrases("path", "how somebody signs up")


@path("again")
def _again(stage: Stage, actor: Actor) -> Answer:
    """At the address of an account that is deleted."""
    return go_all_the_way(stage, actor)


@path("again under another display name")
def again_under_another_name(stage: Stage, actor: Actor) -> Answer:
    """At the address of an account that is deleted."""
    actor.details.display_name = actor.person.free_text("new_name")
    return go_all_the_way(stage, actor)


@path("after reading the notice")
def _after_reading(stage: Stage, actor: Actor) -> Answer:
    """At one time; the notice on data transfer counts as given for the registration and for the account."""
    notice = notice_on_transfers(stage.notices, actor)
    answer = go_all_the_way(stage, actor)
    for occasion in ("registration", "account"):
        stage.part(NoticesGiven).note(actor, occasion, notice, actor.person.residence, stage.clock.now)
    return answer


@path("through {provider}[ with the date of birth {day}]")
def _through(stage: Stage, actor: Actor, provider: str, day: date | None = None) -> Answer:
    """Where the target asks for the date of birth, it is the true one or this one."""
    return sign_up_through(stage, actor, provider, day)


@deed("{person} signs up[ {path}]", past="{person} has signed up[ {path}]")
def signs_up(stage: Stage, person: Actor, stated: Stated, path: Callable[[Actor], Answer] | None = None) -> Answer:
    """From the registration to the SHES account, as far as the target admits the person."""
    stated.pop(person.label, None)
    return path(person) if path else go_all_the_way(stage, person)


@deed("{person} creates the SHES account[ as a resident of {residence}]")
def creates(person: Actor, residence: str = "") -> Answer:
    """While signed in; the country may differ from that of the Sony account."""
    if residence:
        neighbour = PeopleFactory(f"{person.email} says so").person(person.label, residence)
        person.details.country, person.details.postal_code = neighbour.residence.country, neighbour.postal_code
    return person.account.create()


# -- who is let in ---------------------------------------------------------------------------------------------------


@sight("{person} has a SHES account", denied="{person} has no SHES account")
def has_account(person: Actor, answers: Answers, denied: bool) -> Seen:
    """The account can be viewed and names the person's country; or the person was refused and sees no account."""
    answer = answers[person.label]
    if denied and not answer.ok and answer.status not in REFUSED | KEPT_OUT:
        raise TargetError(
            f"{answer.operation} answered {answer.status}, by which nobody is turned away.",
            cause="the target fails, or refuses for another reason",
            remedy="compare the answer in the evidence with harness/contract/openapi.yaml",
        )
    sessions = person.session.tokens if denied else person.session.tokens[-1:]
    shown = [person.account.read(token) for token in sessions]
    theirs = [one for one in shown if one.ok and one.json().get("country") == person.details.country]
    return Seen(
        channel=Channel.API,
        holds=answer.ok or any(one.ok for one in shown) if denied else bool(theirs),
        detail=f"{answer.operation} was answered with {answer.status}"
        + (f", and {len(theirs)} of {len(shown)} sessions show the account." if shown else "."),
        evidence=[answer.exchange, *(one.exchange for one in shown)],
    )


@sight(denied="{person} is not registered")
def is_registered(person: Actor, answers: Answers) -> Iterator[Seen]:
    """The registration was refused, and the person cannot sign in."""
    answer = answers[person.label]
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label}'s registration is refused",
        holds=answer.status not in REFUSED,
        detail=f"It was answered with {answer.status}.",
        evidence=[answer.exchange],
    )
    signed_in = person.session.sign_in()
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label} cannot sign in",
        holds=signed_in.status not in KEPT_OUT,
        detail=f"Signing in was answered with {signed_in.status}.",
        evidence=[signed_in.exchange],
    )


@sight(
    "{person} is refused as too young[ for {residence}]",
    denied="{person} is not refused as too young[ for {residence}]",
)
def refused_as_too_young(
    service: Service,
    evidence: Recorder,
    answers: Answers,
    refusals: Refusals,
    stated: Stated,
    person: Actor,
    denied: bool,
    residence: str = "",
) -> Seen:
    """By the date of birth stated last; the scenario applies only if it is below the minimum age, or not below it."""
    place = place_called(residence) if residence else person.person.residence
    answer, born = answers[person.label], stated.get(person.label, person.person.date_of_birth)
    _expect(service, person.label, born, place, old=denied)
    if not denied:
        _by_age(evidence, answer)
        refusals.setdefault(person.label, answer)
    return Seen(
        channel=Channel.API,
        holds=not answer.ok,
        detail=f"{answer.operation} was answered with {answer.status} for a birth on {born} and {place.name}.",
        evidence=[answer.exchange],
    )


def _expect(service: Service, name: str, born: date, place: Residence, *, old: bool) -> None:
    """That the scenario fits the ages of the target.

    Raises:
        NotApplicable: The target declares another age for this country, so that this date of birth is no boundary.
    """
    if is_old_enough(service, born, place) != old:
        raise NotApplicable(
            f"{name} is {'too young' if old else 'old enough'} for an account in {place.name} after all.",
            cause="the target declares an age of its own for this country",
            remedy="other scenarios of this clause go by the age that is declared",
        )


def _by_age(evidence: Recorder, answer: Answer) -> None:
    """That an answer, if it is a refusal, can be one for the age: 403 (400 and 422 are noted)."""
    if not answer.ok and answer.status not in REFUSED:
        raise TargetError(
            f"{answer.operation} answered {answer.status}, which says nothing about the age.",
            cause="the target refuses for another reason, or not as the contract says (403)",
            remedy="compare the answer in the evidence with harness/contract/openapi.yaml",
        )
    if answer.status in MALFORMED:
        evidence.observe(f"somebody too young is refused with {answer.status} instead of 403")


@sight("{person} is refused regardless of the date of birth")
def refused_regardless(evidence: Recorder, answers: Answers, refusals: Refusals, person: Actor) -> Iterator[Seen]:
    """By an age already known for the address; the answer is identical to the first refusal."""
    answer = answers[person.label]
    _by_age(evidence, answer)
    yield Seen(
        channel=Channel.API,
        holds=not answer.ok,
        detail=f"{answer.operation} was answered with {answer.status}.",
        evidence=[answer.exchange],
    )
    first = refusals.setdefault(person.label, answer)
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label} is answered as at the first refusal",
        holds=_content(first) == _content(answer),
        detail=f"First it was {_content(first)}, now {_content(answer)}.",
        evidence=[first.exchange, answer.exchange],
    )


def _content(answer: Answer) -> tuple[int, str]:
    """All of a refusal but what numbers the occasion (RFC 9457, 3.1.5)."""
    return answer.status, json.dumps({**answer.json(), "instance": None}, sort_keys=True)


@sight(denied="{person}'s earlier verification link no longer works", at_rest=True)
def earlier_link_works(mailbox: Mailbox, person: Actor) -> Iterator[Seen]:
    """If a link was mailed, its code is refused."""
    if any(mail.code for mail in mailbox.mails(person)):
        answer = person.sony.verify_email()
        yield Seen(
            channel=Channel.API,
            holds=answer.ok,
            detail=f"It was answered with {answer.status}.",
            evidence=[answer.exchange],
        )
