"""Legal holds: what has to stay longer, why, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, then, when

from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable, NotAssessed
from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.target.world import StoredPart, instant, require
from steps.clock import NOON, local
from steps.deletion import nothing_is_left
from steps.registration import MALFORMED
from steps.sharing import moment
from steps.storage import DAY_OF_BIRTH, learn_identifiers
from steps.words import WORDS, Word, says

SCOPES = {
    "contact data": ("contact", ("email", "email_local_part", "name", "family_name", "display_name")),
    "consents": ("consents", ()),
    "disclosures": ("disclosures", ("subject id",)),
    "correspondence": ("correspondence", ("deletion_reason", "request id")),
    "residence": ("residence", ()),
    "date of birth": ("date-of-birth", (DAY_OF_BIRTH,)),
}
"""What can be held, as sentences call it: what the contract calls it, and the kinds of canaries that may stay."""
_SCOPE = rf"(?:{'|'.join(SCOPES)})(?: and (?:{'|'.join(SCOPES)}))*"

_ALWAYS = ("account id",)
_MAY = frozenset({"request id"})
"""Kinds of values that what is held may show, and need not: there may be none."""
_NEVER_HELD = frozenset({"log", "outbox", "cache", "backup"})
"""Kinds of places where nothing may be set apart: what lies there is there for another reason, and is not held."""
_ORDERS = {
    "a court": ("District Court", {"kind": "legal-claim", "reference": "Case 2026/0417"}),
    "a tax office": ("Tax and Customs Administration", {"kind": "legal-obligation", "reference": "Article 52 AWR"}),
    "a supervisory authority": ("Data Protection Authority", {"kind": "complaint", "reference": "Complaint 2026-12"}),
    "the police": ("National Police", {"kind": "authority-order", "reference": "Order 88/26"}),
}
"""Who can ask for a hold, and on what ground."""
_CONFLICT = 409
_LONGER_THAN_A_PURGE = timedelta(days=270)


@dataclass(slots=True)
class Hold:
    """A hold that was placed: what was asked for, what was answered, and when it was lifted, if it was."""

    order: dict[str, Any]
    answer: Answer
    placed_at: datetime
    lifted_at: datetime | None = None


@dataclass(slots=True)
class Holds:
    """The holds of the scenario, by whose data they cover and what of it, in the order in which they were placed."""

    placed: dict[tuple[str, str], list[Hold]] = field(default_factory=dict)

    def add(self, name: str, scope: str, hold: Hold) -> None:
        """Remember one."""
        self.placed.setdefault((name, scope), []).append(hold)

    def running(self, name: str, scope: str) -> Hold:
        """The first one that was not lifted."""
        return next(hold for hold in self.placed[name, scope] if hold.lifted_at is None)

    def lifted(self, name: str, scope: str) -> Hold:
        """The last one that was."""
        return next(hold for hold in reversed(self.placed[name, scope]) if hold.lifted_at is not None)


@pytest.fixture
def holds() -> Holds:
    """The holds of the scenario."""
    return Holds()


def _says(sentence: str) -> parsers.parse:
    words = {**WORDS, "Authority": Word("|".join(_ORDERS), str), "Scope": Word(_SCOPE, str)}
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


def _order(stage: Stage, actor: Actor, scope: str, until: datetime, who: str = "a court") -> dict[str, Any]:
    require(stage.service.description, Capability.HOLDS)
    if (
        Capability.WORLDS not in stage.service.description.capabilities
        and until < stage.clock.now + _LONGER_THAN_A_PURGE
    ):
        raise NotAssessed(
            f"The target's clock says {instant(stage.clock.now)}, so a hold until {instant(until)} says nothing.",
            cause="without worlds the clock cannot go back, and earlier scenarios have moved it on",
        )
    authority, ground = _ORDERS[who]
    return {
        "account_id": actor.person.canaries.values("account id")[-1],
        "ground": ground,
        "authority": authority,
        "scope": [SCOPES[one][0] for one in scope.split(" and ")],
        "until": instant(until),
    }


@given(_says("{who:Authority} has {name:Name}'s {scope:Scope} held until {day:Day}"))
@when(_says("{who:Authority} has {name:Name}'s {scope:Scope} held until {day:Day}"))
def has_held(stage: Stage, holds: Holds, who: str, name: str, scope: str, day: date) -> None:
    """On its own kind of ground, with a reference; until noon in UTC."""
    actor = stage.cast.person(name)
    stage.service.settle()
    learn_identifiers(stage, actor)
    order = _order(stage, actor, scope, local(day, NOON, ZoneInfo("UTC")), who)
    answer = stage.service.call("placeHold", json=order)
    if not answer.ok and nothing_is_left(stage, actor):
        raise NotApplicable(
            f"{name}'s data was gone before {who} asked for it, so there is nothing to hold.",
            cause="the target purges sooner than it has to, which breaks no promise",
        )
    done(answer, f"a hold on {name}'s {scope} is placed")
    holds.add(name, scope, Hold(order, answer, stage.clock.now))


@given(_says("the hold on {name:Name}'s {scope:Scope} was lifted"))
@when(_says("the hold on {name:Name}'s {scope:Scope} is lifted"))
def lift(stage: Stage, holds: Holds, name: str, scope: str) -> None:
    """Before its time; of several that which was placed first."""
    hold = holds.running(name, scope)
    hold_id = str(hold.answer.field("hold_id"))
    done(stage.service.call("liftHold", path={"hold_id": hold_id}), f"the hold on {name}'s {scope} is lifted")
    hold.lifted_at = stage.clock.now


@then(says("a hold on {name:Name}'s data without ground, reference, authority, scope or end is turned away"))
def incomplete_is_turned_away(stage: Stage, name: str) -> None:
    """Each missing in its turn, and an end that has passed; a hold that lacks nothing is taken."""
    whole = _order(stage, stage.cast.person(name), "contact data", stage.clock.now + timedelta(days=400))
    lacking = {
        "a ground": {key: value for key, value in whole.items() if key != "ground"},
        "a reference": {**whole, "ground": {"kind": "legal-claim"}},
        "an authority": {key: value for key, value in whole.items() if key != "authority"},
        "a scope": {**whole, "scope": []},
        "an end": {key: value for key, value in whole.items() if key != "until"},
        "an end that lies ahead": {**whole, "until": instant(stage.clock.now - timedelta(days=1))},
    }
    for what, order in lacking.items():
        answer = stage.service.call("placeHold", json=order)
        stage.evidence.check(
            Channel.API,
            f"a hold without {what} is turned away",
            answer.status in MALFORMED | {_CONFLICT},
            detail=f"It was answered with {answer.status}.",
            evidence=[answer.exchange],
        )
    done(stage.service.call("placeHold", json=whole), "a hold that lacks nothing is placed")


@then(says("of {name:Name} only the {scope} is stored any more"))
def only_scope_stored(stage: Stage, name: str, scope: str) -> None:
    """What the hold covers is set apart in a place for that; nothing else of the person lies anywhere."""
    stage.service.settle()
    actor = stage.cast.person(name)
    parts = stage.storage.parts()
    found = stage.storage.traces(actor, parts)
    evidence = [stage.storage.keep(actor, parts, found)]
    held = {kind for one in scope.split(" and ") for kind in SCOPES[one][1]}
    never = {part.place for part in parts if part.kind in _NEVER_HELD}
    beyond = sorted(
        {
            f"{place} shows {trace.kind}"
            for place, traces in found.items()
            for trace in traces
            if place in never or trace.kind not in {*held, *_ALWAYS}
        }
    )
    stage.evidence.check(
        Channel.STORAGE,
        f"of {name} only the {scope} is stored any more",
        not beyond,
        detail=f"{'; '.join(beyond)}.",
        evidence=evidence,
    )
    apart = found.keys() - never
    wanted = held - _MAY or {*held, *_ALWAYS}
    stage.evidence.check(
        Channel.STORAGE,
        f"{name}'s {scope} is kept while the hold runs",
        any(trace.kind in wanted for place in apart for trace in found[place])
        or (
            "disclosures" in scope
            and _deliveries_are_apart(stage, actor, [one for one in parts if one.place not in never])
        ),
        detail="No place in which it could be set apart shows it any more.",
        evidence=evidence,
    )


def _deliveries_are_apart(stage: Stage, actor: Actor, parts: Iterable[StoredPart]) -> bool:
    """Whether stored bytes show deliveries about a person that the ledger shows no more, by their ids.

    A ledger may keep its entries about nobody, ids of deliveries included; then these tell nothing of a hold.
    """
    _, entries = stage.service.world.records("disclosures")
    ids = {one.delivery_id for one in stage.recipients.arrivals(about=actor)} - {
        one.get("delivery_id") for one in entries
    }
    return any(one.encode() in part.content for one in ids if one for part in parts)


@then(says("{name:Name}'s receipt says that data is held until {day:Day}"))
def receipt_says_held(stage: Stage, name: str, day: date) -> None:
    """So that nobody is told that everything is gone."""
    answer = stage.cast.person(name).account.read_receipt()
    until = local(day, NOON, ZoneInfo("UTC"))
    stage.evidence.check(
        Channel.API,
        f"{name}'s receipt says that data is held until {day}",
        answer.ok and answer.field("status") == "held" and moment(answer.json().get("held_until")) == until,
        detail=f"It was answered with {answer.status}: {answer.text}",
        evidence=[answer.exchange],
    )


@then(says("the ledger of holds names the hold on {name:Name}'s {scope} with all that belongs to it"))
def ledger_names(stage: Stage, holds: Holds, name: str, scope: str) -> None:
    """Whose, on what ground, for whom, what, from when, until when."""
    hold = holds.running(name, scope)
    answer, entry = _entry(stage, hold)
    wanted = {
        "account": entry.get("account_id") == hold.order["account_id"],
        "ground": entry.get("ground", {}).get("kind") == hold.order["ground"]["kind"],
        "reference": entry.get("ground", {}).get("reference") == hold.order["ground"]["reference"],
        "authority": entry.get("authority") == hold.order["authority"],
        "scope": set(entry.get("scope", ())) == set(hold.order["scope"]),
        "beginning": moment(entry.get("placed_at")) == hold.placed_at.replace(microsecond=0),
        "end": moment(entry.get("until")) == moment(hold.order["until"]),
    }
    wrong = [what for what, right in wanted.items() if not right]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of holds names the hold on {name}'s {scope}",
        not wrong and entry.get("lifted_at") is None,
        detail=f"Missing or other than it was placed: {', '.join(wrong) or 'it is called lifted'}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger of holds tells when the hold on {name:Name}'s {scope} was lifted"))
def ledger_tells_lifting(stage: Stage, holds: Holds, name: str, scope: str) -> None:
    """To the second. The entry stays; it leads to nobody once nothing of the person is there."""
    hold = holds.lifted(name, scope)
    assert hold.lifted_at is not None  # it is one of those that were
    answer, entry = _entry(stage, hold)
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of holds tells when the hold on {name}'s {scope} was lifted",
        moment(entry.get("lifted_at")) == hold.lifted_at.replace(microsecond=0),
        detail=f"It was lifted at {instant(hold.lifted_at)}; the ledger says {entry.get('lifted_at')}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger of holds leads to {name:Name} no more"))
def ledger_leads_nowhere(stage: Stage, name: str) -> None:
    """Neither account id nor anything else of the person."""
    stage.service.settle()
    answer, entries = stage.service.world.records("holds")
    if not entries:
        raise HarnessError(
            "The ledger of holds is empty, though a hold was placed.",
            cause="its entries go with the person, and nothing shows any more on what ground data was kept",
        )
    found = {trace.kind for trace in find_traces_in(entries, stage.cast.person(name).person.canaries)}
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of holds leads to {name} no more",
        not found,
        detail=f"There is {', '.join(sorted(found))}.",
        evidence=[answer.exchange],
    )


def _entry(stage: Stage, hold: Hold) -> tuple[Answer, dict[str, Any]]:
    stage.service.settle()
    answer, entries = stage.service.world.records("holds")
    hold_id = hold.answer.field("hold_id")
    return answer, next((one for one in entries if one.get("hold_id") == hold_id), {})
