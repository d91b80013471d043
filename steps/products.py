"""The apps of people's products, My Sony IDs, and what flows because of them (2.6, 2.7)."""

from __future__ import annotations

import re
from typing import Any

from pytest_bdd import given, parsers, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.world.recipients import Arrival
from steps.consent import Diary, consent, ledger
from steps.sharing import company_id, demand_deliveries, undeclared_members
from steps.words import WORDS, Word

PERSONALISATION, PROFILING = "personalisation", "profiling"
_KINDS = ("viewing", "listening", "gaming", "features")
_NEWER = "newer "
_NO_PROFILE = frozenset({403, 404, 410})
_PROFILE = re.compile("interest|profile|segment|inferen", re.IGNORECASE)
"""Names of members that hold a profile."""
_APPS = {"television": "television", "headphones": "headphones", "camera": "camera"}


def _kinds(text: str) -> tuple[str, ...]:
    return () if text == "nothing" else tuple(re.split(r", | and ", text))


_KIND = rf"(?:{'|'.join(_KINDS)})"
_WORDS = {
    **WORDS,
    "App": Word("|".join(_APPS), _APPS.__getitem__),
    "Kinds": Word(rf"nothing|{_KIND}(?:, {_KIND})*(?: and {_KIND})?", _kinds),
}


def _says(sentence: str) -> parsers.parse:
    return parsers.parse(sentence, extra_types=_WORDS, case_sensitive=True)


def _usage(kind: str, app: str, age: str = "") -> str:
    """What a usage is called among the values that only one person has."""
    return f"{age}{kind} in the {app} app"


def _statement(
    actor: Actor, app: str, kinds: tuple[str, ...], *, switched_on: bool = True, age: str = ""
) -> dict[str, Any]:
    """What an app tells: the preferences, and a usage of every kind, whatever is allowed of it."""
    canaries = actor.person.canaries
    usage = []
    for kind in _KINDS:
        known = canaries.values(_usage(kind, app, age))
        detail = known[0] if known else actor.person.free_text(_usage(kind, app, age))
        usage.append({"category": kind, "detail": detail})
    return {"personalisation": switched_on, "categories": list(kinds), "usage": usage}


# -- the apps --------------------------------------------------------------------------------------------------------


@when(_says("{name:Name} allows {kinds:Kinds} in the {app:App} app"))
def allows(stage: Stage, name: str, kinds: tuple[str, ...], app: str) -> None:
    """To personalise the marketing by these kinds of usage; the app tells usage of every kind."""
    actor = stage.cast.person(name)
    done(actor.apps.state(app, _statement(actor, app, kinds)), f"{name}'s {app} app tells the preferences")


@given(_says("{name:Name} has allowed {kinds:Kinds} in the {app:App} app"))
def has_allowed(stage: Stage, name: str, kinds: tuple[str, ...], app: str) -> None:
    """As the When of the same words, at rest since."""
    allows(stage, name, kinds, app)
    stage.service.settle()


@when(_says("{name:Name} allows {kinds:Kinds} in the {app:App} app, which tells newer usage"))
def allows_newer(stage: Stage, name: str, kinds: tuple[str, ...], app: str) -> None:
    """In place of the usage that the app told before."""
    actor = stage.cast.person(name)
    done(actor.apps.state(app, _statement(actor, app, kinds, age=_NEWER)), f"{name}'s {app} app tells of usage")


@when(_says("{name:Name} switches personalisation off in the {app:App} app"))
def switches_off(stage: Stage, name: str, app: str) -> None:
    """As a whole; the kinds of usage stay ticked."""
    actor = stage.cast.person(name)
    statement = _statement(actor, app, _KINDS, switched_on=False)
    done(actor.apps.state(app, statement), f"{name}'s {app} app tells the preferences")


@given(_says("{name:Name} has switched personalisation off in the {app:App} app"))
def has_switched_off(stage: Stage, name: str, app: str) -> None:
    """As the When of the same words, at rest since."""
    switches_off(stage, name, app)
    stage.service.settle()


@when(_says("{name:Name} consents to {purpose:Purpose} in the {app:App} app"))
def consents_in_app(stage: Stage, diary: Diary, name: str, purpose: str, app: str) -> None:
    """To the text shown there."""
    done(consent(stage, diary, name, purpose, product_app=app), f"{name} consents to {purpose} in the {app} app")


@given(_says("{name:Name} has consented to {purpose:Purpose} in the {app:App} app"))
def has_consented_in_app(stage: Stage, diary: Diary, name: str, purpose: str, app: str) -> None:
    """As the When of the same words, at rest since."""
    consents_in_app(stage, diary, name, purpose, app)
    stage.service.settle()


@when(_says("{name:Name} makes a My Sony ID"))
def makes_my_sony_id(stage: Stage, name: str) -> None:
    """At My Sony, which tells the service."""
    done(stage.cast.person(name).apps.make_my_sony_id(), f"{name} makes a My Sony ID")


@given(_says("{name:Name} has made a My Sony ID"))
def has_made_my_sony_id(stage: Stage, name: str) -> None:
    """As the When of the same words, at rest since."""
    makes_my_sony_id(stage, name)
    stage.service.settle()


@when(_says("{name:Name} gives up the My Sony ID"))
def gives_up_my_sony_id(stage: Stage, name: str) -> None:
    """At My Sony, which tells the service."""
    done(stage.cast.person(name).apps.give_up_my_sony_id(), f"{name} gives up the My Sony ID")


@given(_says("{name:Name}'s marketing is personalised"))
def is_personalised(stage: Stage, diary: Diary, name: str) -> None:
    """Both consents run, and viewing is allowed in the television app; at rest since."""
    for purpose in (MARKETING, PERSONALISATION):
        done(consent(stage, diary, name, purpose), f"{name} consents to {purpose}")
    has_allowed(stage, name, ("viewing",), "television")


@given(_says("{name:Name} is profiled"))
def is_profiled(stage: Stage, diary: Diary, name: str) -> None:
    """Consents to e-mail marketing and, in the television app, to profiling; with a My Sony ID, and at rest since."""
    done(consent(stage, diary, name, MARKETING), f"{name} consents to {MARKETING}")
    consents_in_app(stage, diary, name, PROFILING, "television")
    has_made_my_sony_id(stage, name)


# -- what flows ------------------------------------------------------------------------------------------------------


def _told_usage(arrivals: list[Arrival], actor: Actor) -> set[str]:
    """The usages of somebody's products that deliveries tell."""
    names = {_usage(kind, app, age) for kind in _KINDS for app in _APPS for age in ("", _NEWER)}
    canaries = actor.person.canaries
    return {trace.kind for one in arrivals for trace in find_traces(one.body, canaries)} & names


@then(_says("{company:Company} knows {kinds:Kinds} of {name:Name} by the {app:App} app and no other usage"))
def knows_usage(stage: Stage, company: str, kinds: tuple[str, ...], name: str, app: str) -> None:
    """The last share for personalisation tells these, and none that was sent since then tells another."""
    _knows(stage, company, name, app, {_usage(kind, app) for kind in kinds})


@then(_says("{company:Company} knows newer {kinds:Kinds} of {name:Name} by the {app:App} app and no other usage"))
def knows_newer_usage(stage: Stage, company: str, kinds: tuple[str, ...], name: str, app: str) -> None:
    """Likewise, of what the app told last."""
    _knows(stage, company, name, app, {_usage(kind, app, _NEWER) for kind in kinds})


def _knows(stage: Stage, company: str, name: str, app: str, allowed: set[str]) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    sent = stage.recipients.arrivals(about=actor, since=stage.moment.since, accepted=False)
    last = [
        one
        for one in sent
        if (one.purpose, one.recipient, one.kind) == (PERSONALISATION, company_id(stage, company), "share")
    ][-1:]
    demand_deliveries(stage)
    told, known = _told_usage(sent, actor), _told_usage(last, actor)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} knows of {name} what the {app} app allows, and nobody knows more",
        known == allowed and told <= allowed,
        detail=f"It knows: {', '.join(sorted(known)) or 'nothing'}. Told was: {', '.join(sorted(told)) or 'nothing'}.",
        evidence=stage.recipients.keep(sent),
    )


@then(_says("how {name:Name} uses products is told for personalisation alone"))
def told_for_personalisation_alone(stage: Stage, name: str) -> None:
    """No delivery for another purpose bears a trace of it, or a member in which it could be summed up."""
    stage.service.settle()
    actor = stage.cast.person(name)
    sent = [one for one in stage.recipients.arrivals(about=actor, accepted=False) if one.purpose != PERSONALISATION]
    demand_deliveries(stage)
    told = _told_usage(sent, actor).union(*map(undeclared_members, sent))
    stage.evidence.check(
        Channel.OUTBOUND,
        f"how {name} uses products is told for personalisation alone",
        not told,
        detail=f"Told for another purpose: {', '.join(sorted(told))}.",
        evidence=stage.recipients.keep(sent),
    )


# -- what the ledger says --------------------------------------------------------------------------------------------


@then(_says("the ledger shows that {name:Name} consented to {purpose:Purpose} in the {app:App} app"))
def ledger_shows_app(stage: Stage, name: str, purpose: str, app: str) -> None:
    """A consent that runs, with the app in which it was given."""
    answer, entries = ledger(stage, stage.cast.person(name))
    running = [one for one in entries if one.get("purpose") == purpose and one.get("withdrawn_at") is None]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows that {name} consented to {purpose} in the {app} app",
        any(one.get("product_app") == app for one in running),
        detail=f"It shows {len(running)} that run, given in: {[one.get('product_app') for one in running]}.",
        evidence=[answer.exchange],
    )


# -- profiles --------------------------------------------------------------------------------------------------------


def _interests(stage: Stage, name: str) -> tuple[Answer, list[Any]]:
    answer = stage.cast.person(name).apps.read_profile()
    if answer.status in _NO_PROFILE:
        return answer, []
    return answer, list(done(answer, f"{name} looks at the profile").field("interests"))


@then(_says("{name:Name} has a profile"))
def has_profile(stage: Stage, name: str) -> None:
    """Of the usage that is told and allowed: the control of somebody who has none."""
    _, interests = _interests(stage, name)
    if not interests:
        raise HarnessError(
            f"The target made no profile of {name}, who agreed to it, so that others have none proves nothing.",
            cause="it makes no profiles, or does not show them",
            remedy="see readProfile in harness/contract/openapi.yaml",
        )


@then(_says("{name:Name} has no profile"))
def has_no_profile(stage: Stage, name: str) -> None:
    """None is shown: nothing, or no interest."""
    answer, interests = _interests(stage, name)
    stage.evidence.check(
        Channel.API,
        f"there is no profile of {name}",
        not interests,
        detail=f"It has: {', '.join(map(str, interests))}.",
        evidence=[answer.exchange],
    )


@then(_says("no delivery about {name:Name} tells interests"))
def tells_no_interests(stage: Stage, name: str) -> None:
    """None sent to anybody for any purpose in this scenario, accepted or not."""
    stage.service.settle()
    sent = stage.recipients.arrivals(about=stage.cast.person(name), accepted=False)
    demand_deliveries(stage)
    telling = [one for one in sent if _tells_interests(one.json)]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"no delivery about {name} tells interests",
        not telling,
        detail=f"Told to: {', '.join(sorted({one.recipient for one in telling}))}.",
        evidence=stage.recipients.keep(telling or sent),
    )


def _tells_interests(value: object) -> bool:
    if isinstance(value, dict):
        return any((_PROFILE.search(str(key)) and below) or _tells_interests(below) for key, below in value.items())
    return isinstance(value, list) and any(map(_tells_interests, value))
