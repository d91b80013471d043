"""Making a Sony account: what is typed, what is left out, and what the account then shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pytest_bdd import given, then, when

from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done, not_served
from harness.target.http import Answer
from steps.words import says

MALFORMED = frozenset({400, 422})
REFUSED = MALFORMED | {403}
"""Statuses by which a registration is turned away."""
KEPT_OUT = frozenset({401, 403, 404, 410})
"""Statuses by which somebody who is not, or no longer, known is kept out."""

MEMBERS = {
    "e-mail address": "email",
    "password": "password",
    "date of birth": "date_of_birth",
    "country": "country",
    "language": "language",
}
"""The five that a Sony account takes (1.4), as the contract calls them."""

_VALUES: dict[str, Any] = {"nothing": "", "blanks": "   ", "null": None, "a number": 7, "a list": []}
"""Things that are no text with anything in it; other values in the sentences are typed as they stand."""

_MEMBERS_ADDED = {
    "a gender": '{"gender": "?"}',
    "a given name": '{"given_name": "?"}',
    "a home address": '{"address": {"street": "?", "country": {"region": "?"}}}',
    "interests": '{"interests": ["?", {"topic": "?"}]}',
    "the model of the television": '{"device": {"model": "?"}}',
}
"""Members that the contract does not know; a question mark becomes the person's own word."""

_PARAMETERS_ADDED = {"the name of a campaign": "utm_campaign", "a search word": "q"}
"""Query parameters that the contract does not know."""


_SELDOM = frozenset({"registering once more", "stating the date of birth anew"})
"""What nobody has to do on the way to an account."""


def known_country(answer: Answer, place: str) -> None:
    """That a refusal is not for want of business in a country.

    Raises:
        NotApplicable: It is.
    """
    if not_served(answer):
        raise NotApplicable(f"The target does not serve people who live in {place}.")


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


# -- coming in -------------------------------------------------------------------------------------------------------


@when(says("{name:Name} registers"))
def registers(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """A Sony account, with just the five things the policy names."""
    answers[name] = stage.cast.person(name).sony.register()


@when(says("{name:Name} registers and goes on to a SHES account"))
def registers_and_goes_on(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """All the way to a SHES account, as far as the target lets the person."""
    answers[name] = go_all_the_way(stage, stage.cast.person(name))


@when(says("{name:Name} registers without the {member}"))
def registers_without(stage: Stage, answers: dict[str, Answer], name: str, member: str) -> None:
    """The member is not sent at all."""
    actor = stage.cast.person(name)
    form = actor.sony.form()
    del form[MEMBERS[member]]
    answers[name] = actor.sony.register(form)


@when(says('{name:Name} registers with "{value}" for the {member}'))
def registers_with(stage: Stage, answers: dict[str, Answer], name: str, value: str, member: str) -> None:
    """Something is sent that is no such thing."""
    actor = stage.cast.person(name)
    typed = actor.person.email.partition("@")[0] if value == "the part before @" else _VALUES.get(value, value)
    answers[name] = actor.sony.register({**actor.sony.form(), MEMBERS[member]: typed})


@given(says("{name:Name} is registered and signed in"))
def registered_and_signed_in(stage: Stage, name: str) -> None:
    """With a Sony account, and no SHES account yet."""
    stage.cast.person(name).join(until="signed in")


# -- what nobody asked for -------------------------------------------------------------------------------------------


@when(says("{name:Name} makes a Sony account and adds {thing} when {moment}"))
def adds(stage: Stage, answers: dict[str, Answer], name: str, thing: str, moment: str) -> None:
    """A client sends more than it is asked for; where that is refused, the person does the same without."""
    actor = stage.cast.person(name)
    word = actor.person.free_text("undeclared")

    def register_once_more() -> Answer:
        stage.service.settle()  # the code of the first mail must not come after that of the second
        return actor.sony.register()

    actions: dict[str, Callable[[], Answer]] = {
        "registering": actor.sony.register,
        "registering once more": register_once_more,
        "following the link in the mail": actor.sony.verify_email,
        "signing in": actor.session.sign_in,
        "looking at the account": actor.sony.read,
        "stating the date of birth anew": lambda: actor.sony.correct_birth(actor.person.date_of_birth),
    }
    for what, action in actions.items():
        if what in _SELDOM and what != moment:
            continue
        if what == moment:
            if thing in _PARAMETERS_ADDED:
                actor.client.undeclared_parameters = {_PARAMETERS_ADDED[thing]: word}
            else:
                actor.client.undeclared_members = json.loads(_MEMBERS_ADDED[thing].replace('"?"', json.dumps(word)))
        answer = action()
        actor.client.undeclared_members, actor.client.undeclared_parameters = {}, {}
        if what == moment and answer.status in MALFORMED:
            answer = action()
        answers[name] = done(answer, f"{name} while {what}")


# -- what comes of it ------------------------------------------------------------------------------------------------


@then(says("{name:Name}'s Sony account shows what was typed"))
def shows_what_was_typed(stage: Stage, name: str) -> None:
    """Address, date of birth, country and language; the password nowhere."""
    actor = stage.cast.person(name)
    answer = done(actor.sony.read(), f"{name} looks at the Sony account")
    typed = {key: value for key, value in actor.sony.form().items() if key != "password"}
    shown = {key: str(answer.field(key)) for key in typed}
    # How an address or a language tag is written, in small letters or capitals, changes nothing.
    other = [key for key in typed if shown[key].casefold() != typed[key].casefold()]
    stage.evidence.check(
        Channel.API,
        f"{name}'s Sony account shows the address, date of birth, country and language that were typed",
        not other,
        detail="; ".join(f"{key} is {shown[key]!r}" for key in other),
        evidence=[answer.exchange],
    )
    _shows_no(stage, name, answer, "password", f"{name}'s Sony account does not show the password")


@then(says("{name:Name}'s Sony account does not show what {other:Name} added"))
def does_not_show_added(stage: Stage, name: str, other: str) -> None:
    """In no member, however deep."""
    answer = done(stage.cast.person(name).sony.read(), f"{name} looks at the Sony account")
    _shows_no(stage, other, answer, "undeclared", f"{name}'s Sony account does not show what {other} added")


def _shows_no(stage: Stage, name: str, answer: Answer, kind: str, claim: str) -> None:
    found = [
        trace for trace in find_traces_in(answer.json(), stage.cast.person(name).person.canaries) if trace.kind == kind
    ]
    detail = f"It stands at {', '.join(trace.path for trace in found)}."
    stage.evidence.check(Channel.API, claim, not found, detail=detail, evidence=[answer.exchange])


@then(says("{name:Name} is not registered"))
def is_not_registered(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The registration was turned away, and signing in does not work."""
    answer = answers[name]
    stage.evidence.check(
        Channel.API,
        f"{name}'s registration is turned away",
        answer.status in REFUSED,
        detail=f"It was answered with {answer.status}.",
        evidence=[answer.exchange],
    )
    cannot_sign_in(stage, name)


@then(says("{name:Name} cannot sign in"))
def cannot_sign_in(stage: Stage, name: str) -> None:
    """With the address and the password that are or would be right."""
    answer = stage.cast.person(name).session.sign_in()
    stage.evidence.check(
        Channel.API,
        f"{name} cannot sign in",
        answer.status in KEPT_OUT,
        detail=f"Signing in was answered with {answer.status}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} cannot sign in, however the address is spelled"))
def cannot_sign_in_however(stage: Stage, name: str) -> None:
    """In capitals and with blanks around it too: whoever takes these for one address keeps them all out."""
    actor = stage.cast.person(name)
    address = actor.person.email
    for spelled in (address, address.upper(), f" {address} "):
        answer = actor.session.sign_in_with(actor.person.password, spelled)
        stage.evidence.check(
            Channel.API,
            f"{name} cannot sign in as {spelled!r}",
            answer.status in KEPT_OUT | MALFORMED,
            detail=f"Signing in was answered with {answer.status}.",
            evidence=[answer.exchange],
        )


@then(says("{name:Name} has a SHES account"))
def has_account(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """It can be looked at, and names the person's country."""
    actor = stage.cast.person(name)
    known_country(answers[name], actor.details.country)
    answer = actor.account.read() if actor.client.token else answers[name]
    stage.evidence.check(
        Channel.API,
        f"{name} has a SHES account",
        answer.ok and answer.json().get("country") == actor.details.country,
        detail=f"{answers[name].operation} was answered with {answers[name].status}, and no account came of it.",
        evidence=[answers[name].exchange, answer.exchange],
    )
