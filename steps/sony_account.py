"""The Sony account: what it shows to its holder, including excess data."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, noun, sight, words
from steps.registration import MALFORMED, variation

_SELDOM = frozenset({"registering again", "correcting the date of birth"})
"""What nobody has to do on the way to an account."""

_MORE: dict[str, tuple[str, str]] = {
    "a gender": ("members", '{"gender": "?"}'),
    "a given name": ("members", '{"given_name": "?"}'),
    "a home address": ("members", '{"address": {"street": "?", "country": {"region": "?"}}}'),
    "interests": ("members", '{"interests": ["?", {"topic": "?"}]}'),
    "a television model": ("members", '{"device": {"model": "?"}}'),
    "a campaign name": ("parameters", '{"utm_campaign": "?"}'),
    "a search term": ("parameters", '{"q": "?"}'),
}
"""Members and query parameters that the contract does not know; a question mark becomes the person's own word."""

words("item", "a detail beyond the five that a Sony account takes", _MORE)
noun(
    "occasion",
    "registering(?: again)?|verifying the address|signing in|viewing the account|correcting the date of birth",
    "a step on the way to a Sony account",
    str,
)


@variation("with {item} added when {occasion}")
def _adding(stage: Stage, actor: Actor, item: tuple[str, str], occasion: str) -> Answer:
    """As far as viewing the Sony account; where the addition is refused, the person does the same without."""
    what, more = item

    def register_again() -> Answer:
        stage.service.settle()  # the code of the first mail must not come after that of the second
        return actor.sony.register()

    actions: dict[str, Callable[[], Answer]] = {
        "registering": actor.sony.register,
        "registering again": register_again,
        "verifying the address": actor.sony.verify_email,
        "signing in": actor.session.sign_in,
        "viewing the account": actor.sony.read,
        "correcting the date of birth": lambda: actor.sony.correct_birth(actor.person.date_of_birth),
    }
    word = actor.person.free_text("undeclared")
    for name, action in actions.items():
        if name in _SELDOM and name != occasion:
            continue
        if name == occasion:
            setattr(actor.client, f"undeclared_{what}", json.loads(more.replace('"?"', json.dumps(word))))
        answer = action()
        actor.client.undeclared_members, actor.client.undeclared_parameters = {}, {}
        if name == occasion and answer.status in MALFORMED:
            answer = action()
        done(answer, f"{actor.label} while {name}")
    return answer


shown = Phrases("shown", "content that a Sony account may show")


@shown("what was entered")
def _what_was_entered(_stage: Stage, actor: Actor, answer: Answer) -> tuple[bool, str]:
    """Address, date of birth, country and language; how an address or a language tag is capitalised does not matter."""
    entered = {key: value for key, value in actor.sony.form().items() if key != "password"}
    shown = {key: str(answer.field(key)) for key in entered}
    other = [key for key in entered if shown[key].casefold() != entered[key].casefold()]
    return not other, "; ".join(f"{key} is {shown[key]!r}" for key in other)


@shown("the date of birth {day}")
def _date_of_birth(_stage: Stage, _actor: Actor, answer: Answer, day: date) -> tuple[bool, str]:
    shown = answer.json().get("date_of_birth")
    return shown == day.isoformat(), f"It shows {shown}."


@shown("the password")
def _password(_stage: Stage, actor: Actor, answer: Answer) -> tuple[bool, str]:
    return _shows(actor, answer, "password")


@shown("what {person} added")
def _what_was_added(_stage: Stage, _actor: Actor, answer: Answer, person: Actor) -> tuple[bool, str]:
    return _shows(person, answer, "undeclared")


def _shows(actor: Actor, answer: Answer, kind: str) -> tuple[bool, str]:
    """Whether something of a person stands in any member, however deep."""
    found = [trace.path for trace in find_traces_in(answer.json(), actor.canaries) if trace.kind == kind]
    return bool(found), f"It stands at {', '.join(found)}."


@sight("{person}'s Sony account shows {shown}", denied="{person}'s Sony account does not show {shown}")
def sony_account_shows(person: Actor, shown: Callable[[Actor, Answer], tuple[bool, str]]) -> Seen:
    """As the account is shown to its holder."""
    answer = done(person.sony.read(), f"{person.label} views the Sony account")
    holds, detail = shown(person, answer)
    return Seen(channel=Channel.API, holds=holds, detail=detail, evidence=[answer.exchange])
