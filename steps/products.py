"""Product apps, My Sony IDs, and the data shared because of them (2.6, 2.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Cast, Moment, Recipients, Service, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, noun, setting, sight, words
from harness.world.recipients import Arrival
from steps.consent import circumstance, consent
from steps.consent_record import consent_entry, ledger
from steps.deliveries import NOTHING_ARRIVED, demand_arrivals, undeclared_members
from steps.recipients import Addressees

PERSONALISATION, PROFILING = "personalisation", "profiling"
_KINDS = {"viewing": "viewing", "listening": "listening", "gaming": "gaming", "feature-usage": "features"}
"""Kinds of usage data, as the contract writes them."""
_APPS = ("television", "headphones", "camera")
_NEWER = "newer "
_NO_PROFILE = frozenset({403, 404, 410})
_PROFILE = re.compile("interest|profile|segment|inferen", re.IGNORECASE)
"""Names of members that hold a profile."""
_KIND = rf"(?:{'|'.join(_KINDS)})"


def _kinds(text: str) -> tuple[str, ...]:
    return tuple(_KINDS[kind] for kind in re.split(r", | and ", text))


words("app", "a product whose app holds the preferences on its usage data", {one: one for one in _APPS})
words("freshness", "usage data that replaces earlier usage data", {_NEWER.strip(): _NEWER})
noun("usage", rf"{_KIND}(?:, {_KIND})*(?: and {_KIND})?", f"kinds of usage data: {', '.join(_KINDS)}", _kinds)


def _usage(kind: str, app: str, age: str = "") -> str:
    """What a usage is called among the values that only one person has."""
    return f"{age}{kind} in the {app} app"


def _statement(
    actor: Actor, app: str, kinds: tuple[str, ...], *, switched_on: bool = True, age: str = ""
) -> dict[str, Any]:
    """What an app says: the preferences, and a usage of every kind, no matter what is allowed of it."""
    canaries = actor.person.canaries
    usage = []
    for kind in _KINDS.values():
        known = canaries.values(_usage(kind, app, age))
        detail = known[0] if known else actor.person.free_text(_usage(kind, app, age))
        usage.append({"category": kind, "detail": detail})
    return {"personalisation": switched_on, "categories": list(kinds), "usage": usage}


# -- the apps --------------------------------------------------------------------------------------------------------


@deed(
    "{person} allows the use of[ {freshness}] {usage} data in the {app} app",
    past="{person} has allowed the use of {usage} data in the {app} app",
)
def allows(person: Actor, usage: tuple[str, ...], app: str, freshness: str = "") -> Answer:
    """To personalise marketing. The app sends usage data of every kind, whatever is allowed."""
    statement = _statement(person, app, usage, age=freshness or "")
    return done(person.apps.state(app, statement), f"{person.label}'s {app} app states the preferences")


@deed(
    "{person} turns personalisation off in the {app} app",
    past="{person} has turned personalisation off in the {app} app",
)
def turns_off(person: Actor, app: str) -> Answer:
    """For the app as a whole; the kinds of usage data stay selected."""
    statement = _statement(person, app, tuple(_KINDS.values()), switched_on=False)
    return done(person.apps.state(app, statement), f"{person.label}'s {app} app states the preferences")


@circumstance("in the {app} app")
def consents_in_app(stage: Stage, person: Actor, purpose: str, app: str) -> Answer:
    """To the text shown in the app."""
    answer = consent(stage, person, purpose, product_app=app)
    return done(answer, f"{person.label} consents to {purpose} in the {app} app")


@deed("{person} creates a My Sony ID", past="{person} has created a My Sony ID")
def creates_my_sony_id(person: Actor) -> Answer:
    """At My Sony, which informs the service."""
    return done(person.apps.make_my_sony_id(), f"{person.label} creates a My Sony ID")


@deed("{person} deletes the My Sony ID", past="{person} has deleted the My Sony ID")
def deletes_my_sony_id(person: Actor) -> Answer:
    """At My Sony, which informs the service."""
    return done(person.apps.give_up_my_sony_id(), f"{person.label} deletes the My Sony ID")


@setting("{person} receives personalised marketing")
def is_personalised(stage: Stage, service: Service, person: Actor) -> None:
    """By consents to e-mail marketing and personalisation, with viewing data of the television app allowed."""
    for purpose in (MARKETING, PERSONALISATION):
        done(consent(stage, person, purpose), f"{person.label} consents to {purpose}")
    allows(person, ("viewing",), "television")
    service.settle()


@setting("{person} is profiled")
def is_profiled(stage: Stage, service: Service, person: Actor) -> None:
    """By consents to e-mail marketing and, in the television app, to profiling, and with a My Sony ID."""
    done(consent(stage, person, MARKETING), f"{person.label} consents to {MARKETING}")
    consents_in_app(stage, person, PROFILING, "television")
    creates_my_sony_id(person)
    service.settle()


# -- what is shared --------------------------------------------------------------------------------------------------


def _shared_usage(arrivals: Iterable[Arrival], actor: Actor) -> set[str]:
    """The usages of somebody's products that deliveries tell."""
    names = {_usage(kind, app, age) for kind in _KINDS.values() for app in _APPS for age in ("", _NEWER)}
    canaries = actor.person.canaries
    return {trace.kind for one in arrivals for trace in find_traces(one.body, canaries)} & names


@sight("{recipient} holds only[ {freshness}] {usage} data of {person} from the {app} app", at_rest=True)
def knows_only(
    recipients: Recipients,
    moment: Moment,
    recipient: Addressees,
    usage: tuple[str, ...],
    person: Actor,
    app: str,
    freshness: str = "",
) -> Seen:
    """The last share for personalisation contains these kinds, and no delivery since the last When contains another."""
    allowed = {_usage(kind, app, freshness or "") for kind in usage}
    sent = recipients.arrivals(about=person, since=moment.since, accepted=False)
    last = [
        one for one in sent if (one.purpose, one.kind) == (PERSONALISATION, "share") and one.recipient in recipient.ids
    ][-1:]
    demand_arrivals(recipients)
    shared, known = _shared_usage(sent, person), _shared_usage(last, person)
    return Seen(
        channel=Channel.OUTBOUND,
        holds=known == allowed and shared <= allowed,
        detail=(
            f"It knows: {', '.join(sorted(known)) or 'nothing'}. Shared was: {', '.join(sorted(shared)) or 'nothing'}."
        ),
        evidence=recipients.keep(sent),
    )


@sight(denied="{person}'s product usage is shared for personalisation only", at_rest=True)
def is_shared_for_another_purpose(recipients: Recipients, person: Actor) -> Seen:
    """No delivery for another purpose contains usage data or a member that could summarise it."""
    sent = [one for one in recipients.arrivals(about=person, accepted=False) if one.purpose != PERSONALISATION]
    shared = _shared_usage(sent, person).union(*map(undeclared_members, sent))
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(shared),
        detail=f"Shared for another purpose: {', '.join(sorted(shared))}.",
        evidence=recipients.keep(sent),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


@consent_entry("a consent to {purpose} in the {app} app")
def _consent_in_app(stage: Stage, person: Actor, purpose: str, app: str) -> Seen:
    """A consent that is in force, with the app in which it was given."""
    answer, entries = ledger(stage.service, person)
    running = [one for one in entries if one.get("purpose") == purpose and one.get("withdrawn_at") is None]
    return Seen(
        channel=Channel.RECORD,
        holds=any(one.get("product_app") == app for one in running),
        detail=f"It shows {len(running)} in force, given in: {[one.get('product_app') for one in running]}.",
        evidence=[answer.exchange],
    )


# -- profiles --------------------------------------------------------------------------------------------------------


class Profiled(set[str]):
    """Who has been seen to have a profile in this scenario."""


@sight("{person} has a profile", denied="{person} has no profile")
def has_profile(cast: Cast, profiled: Profiled, person: Actor, *, denied: bool = False) -> Seen:
    """The service shows interests of the person. The control is a profile of anybody, now or before."""
    answer = person.apps.read_profile()
    if answer.status not in _NO_PROFILE:
        done(answer, f"{person.label} looks at the profile")
    for one in cast.everyone if denied else (person,):
        found = answer if one is person else one.apps.read_profile()
        if found.ok and found.field("interests"):
            profiled.add(one.label)
    interests = answer.field("interests") if answer.ok else []
    return Seen(
        channel=Channel.API,
        holds=bool(interests),
        detail=f"It has: {', '.join(map(str, interests)) or 'no interests'}.",
        evidence=[answer.exchange],
        control=bool(profiled),
        lacking="the service was not seen to make a profile of anybody",
    )


@sight(denied="no delivery about {person} reveals interests", at_rest=True)
def reveals_interests(recipients: Recipients, person: Actor) -> Seen:
    """No delivery of the scenario, to any recipient and for any purpose, accepted or not."""
    sent = recipients.arrivals(about=person, accepted=False)
    revealing = [one for one in sent if _has_interests(one.json)]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(revealing),
        detail=f"Revealed to: {', '.join(sorted({one.recipient for one in revealing}))}.",
        evidence=recipients.keep(revealing or sent),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


def _has_interests(value: object) -> bool:
    if isinstance(value, dict):
        return any((_PROFILE.search(str(key)) and below) or _has_interests(below) for key, below in value.items())
    return isinstance(value, list) and any(map(_has_interests, value))
