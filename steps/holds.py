"""Legal holds: recorded exceptions from the purge, with ground, scope and end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from harness.contract import Capability
from harness.errors import NotApplicable, NotAssessed
from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Clock, Recipients, Service, Stage, Storage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.target.world import StoredPart, instant, require
from harness.vocabulary import Phrases, Seen, deed, noun, sight, words
from steps.deletion import nothing_is_left
from steps.deliveries import moment
from steps.nouns import NOON
from steps.registration import MALFORMED
from steps.storage import learn_identifiers
from steps.traces import DAY_OF_BIRTH

SCOPES = {
    "contact data": ("contact", ("email", "email_local_part", "name", "family_name", "display_name")),
    "consents": ("consents", ()),
    "disclosures": ("disclosures", ("subject id",)),
    "correspondence": ("correspondence", ("deletion_reason", "request id")),
    "residence": ("residence", ()),
    "date of birth": ("date-of-birth", (DAY_OF_BIRTH,)),
}
"""What can be held: what the contract calls it, and the kinds of value that may stay."""

_ALWAYS = ("account id",)
_MAY = frozenset({"request id"})
"""Kinds of value that held data may show, and need not: there may be none."""
_NEVER_HELD = frozenset({"log", "outbox", "cache", "backup"})
"""Kinds of places where nothing may be set apart: what lies there is there for another reason, and is not held."""
_CONFLICT = 409
_LONGER_THAN_A_PURGE = timedelta(days=270)

_COURT = ("District Court", {"kind": "legal-claim", "reference": "Case 2026/0417"})

words(
    "authority",
    "an authority that can demand a hold, each on a ground of its own",
    {
        "a court": _COURT,
        "a tax office": ("Tax and Customs Administration", {"kind": "legal-obligation", "reference": "Article 52 AWR"}),
        "a supervisory authority": (
            "Data Protection Authority",
            {"kind": "complaint", "reference": "Complaint 2026-12"},
        ),
        "a police authority": ("National Police", {"kind": "authority-order", "reference": "Order 88/26"}),
    },
)


@noun("scope", rf"(?:{'|'.join(SCOPES)})(?: and (?:{'|'.join(SCOPES)}))*", f"the scope of a hold: {', '.join(SCOPES)}")
def _scope(_: Stage, text: str) -> tuple[str, ...]:
    return tuple(text.split(" and "))


Scope = tuple[str, ...]


@dataclass(slots=True)
class Hold:
    """A hold that was placed: what was demanded, what was answered, and when it was lifted, if it was."""

    order: dict[str, Any]
    answer: Answer
    placed_at: datetime
    lifted_at: datetime | None = None


@dataclass(slots=True)
class Holds:
    """The holds of the scenario, by whose data they cover and what of it, in the order in which they were placed."""

    placed: dict[tuple[str, Scope], list[Hold]] = field(default_factory=dict)

    def add(self, actor: Actor, scope: Scope, hold: Hold) -> None:
        """Remember one."""
        self.placed.setdefault((actor.label, scope), []).append(hold)

    def running(self, actor: Actor, scope: Scope) -> Hold:
        """The first one that was not lifted."""
        return next(hold for hold in self.placed[actor.label, scope] if hold.lifted_at is None)

    def lifted(self, actor: Actor, scope: Scope) -> Hold:
        """The last one that was."""
        return next(hold for hold in reversed(self.placed[actor.label, scope]) if hold.lifted_at is not None)


# -- placing and lifting ---------------------------------------------------------------------------------------------


def _order(
    service: Service, actor: Actor, scope: Scope, until: datetime, authority: tuple[str, dict[str, str]]
) -> dict[str, Any]:
    require(service.description, Capability.HOLDS)
    if Capability.WORLDS not in service.description.capabilities and until < service.now + _LONGER_THAN_A_PURGE:
        raise NotAssessed(
            f"The target's clock says {instant(service.now)}, so a hold until {instant(until)} says nothing.",
            cause="without worlds the clock cannot go back, and earlier scenarios have moved it on",
        )
    name, ground = authority
    return {
        "account_id": actor.canaries.values("account id")[-1],
        "ground": ground,
        "authority": name,
        "scope": [SCOPES[one][0] for one in scope],
        "until": instant(until),
    }


@deed(
    "{authority} places a hold on {person}'s {scope} until {day}",
    past="{authority} has placed a hold on {person}'s {scope} until {day}",
)
def places_hold(
    stage: Stage, holds: Holds, authority: tuple[str, dict[str, str]], person: Actor, scope: Scope, day: date
) -> Answer:
    """On the ground typical of the authority, with a reference; the hold ends at noon in UTC."""
    stage.service.settle()
    learn_identifiers(stage.service, stage.recipients, person)
    order = _order(stage.service, person, scope, datetime.combine(day, NOON, UTC), authority)
    answer = stage.service.call("placeHold", json=order)
    if not answer.ok and nothing_is_left(stage, person):
        raise NotApplicable(
            f"{person.label}'s data was gone before the hold was demanded, so there is nothing to hold.",
            cause="the target purges sooner than it has to, which breaks no promise",
        )
    done(answer, f"a hold on {person.label}'s {' and '.join(scope)} is placed")
    holds.add(person, scope, Hold(order, answer, stage.clock.now))
    return answer


@deed("the hold on {person}'s {scope} is lifted", past="the hold on {person}'s {scope} has been lifted")
def is_lifted(service: Service, clock: Clock, holds: Holds, person: Actor, scope: Scope) -> Answer:
    """Before its end; of several holds, the one placed first."""
    hold = holds.running(person, scope)
    answer = service.call("liftHold", path={"hold_id": str(hold.answer.field("hold_id"))})
    done(answer, f"the hold on {person.label}'s {' and '.join(scope)} is lifted")
    hold.lifted_at = clock.now
    return answer


@sight("an incomplete hold on {person}'s data is refused")
def incomplete_is_refused(service: Service, clock: Clock, person: Actor) -> Iterator[Seen]:
    """One that lacks ground, reference, authority, scope or end, or whose end has passed; a complete one is placed."""
    whole = _order(service, person, ("contact data",), clock.now + timedelta(days=400), _COURT)
    lacking = {
        "a ground": {key: value for key, value in whole.items() if key != "ground"},
        "a reference": {**whole, "ground": {"kind": "legal-claim"}},
        "an authority": {key: value for key, value in whole.items() if key != "authority"},
        "a scope": {**whole, "scope": []},
        "an end": {key: value for key, value in whole.items() if key != "until"},
        "an end that lies ahead": {**whole, "until": instant(clock.now - timedelta(days=1))},
    }
    for what, order in lacking.items():
        answer = service.call("placeHold", json=order)
        yield Seen(
            channel=Channel.API,
            claim=f"a hold without {what} is refused",
            holds=answer.status in MALFORMED | {_CONFLICT},
            detail=f"It was answered with {answer.status}.",
            evidence=[answer.exchange],
        )
    done(service.call("placeHold", json=whole), "a complete hold is placed")


# -- what is kept ----------------------------------------------------------------------------------------------------


@sight("none of {person}'s personal data is stored except the held {scope}", at_rest=True)
def only_held_is_stored(
    service: Service, recipients: Recipients, storage: Storage, person: Actor, scope: Scope
) -> Iterator[Seen]:
    """The held scope is kept, outside logs, outboxes, caches and backups; no other data of the person is stored."""
    parts = storage.parts()
    found = storage.traces(person, parts)
    evidence = [storage.keep(person, parts, found)]
    held = {kind for one in scope for kind in SCOPES[one][1]}
    never = {part.place for part in parts if part.kind in _NEVER_HELD}
    beyond = sorted(
        {
            f"{place} shows {trace.kind}"
            for place, traces in found.items()
            for trace in traces
            if place in never or trace.kind not in {*held, *_ALWAYS}
        }
    )
    yield Seen(channel=Channel.STORAGE, holds=not beyond, detail=f"{'; '.join(beyond)}.", evidence=evidence)
    apart = found.keys() - never
    wanted = held - _MAY or {*held, *_ALWAYS}
    yield Seen(
        channel=Channel.STORAGE,
        claim=f"{person.label}'s {' and '.join(scope)} is kept while the hold runs",
        holds=any(trace.kind in wanted for place in apart for trace in found[place])
        or (
            "disclosures" in scope
            and _deliveries_are_apart(service, recipients, person, [one for one in parts if one.place not in never])
        ),
        detail="No place in which it could be set apart shows it.",
        evidence=evidence,
    )


def _deliveries_are_apart(service: Service, recipients: Recipients, actor: Actor, parts: Iterable[StoredPart]) -> bool:
    """Whether stored bytes show, by their ids, deliveries about a person that the ledger no longer shows.

    A ledger may keep its entries about nobody, ids of deliveries included; then these tell nothing of a hold.
    """
    _, entries = service.world.records("disclosures")
    ids = {one.delivery_id for one in recipients.arrivals(about=actor)} - {one.get("delivery_id") for one in entries}
    return any(one.encode() in part.content for one in ids if one for part in parts)


# -- the hold ledger -------------------------------------------------------------------------------------------------

entries_shown = Phrases("hold_entry", "an entry of the hold ledger")


def _entry(stage: Stage, hold: Hold) -> tuple[Answer, dict[str, Any]]:
    answer, entries = stage.service.world.records("holds")
    hold_id = hold.answer.field("hold_id")
    return answer, next((one for one in entries if one.get("hold_id") == hold_id), {})


@entries_shown("the hold on {person}'s {scope}")
def _shows_hold(stage: Stage, person: Actor, scope: Scope) -> Seen:
    """Account, ground, reference, authority, scope, start and end as placed; and no lifting."""
    hold = stage.part(Holds).running(person, scope)
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
    return Seen(
        channel=Channel.RECORD,
        holds=not wrong and entry.get("lifted_at") is None,
        detail=f"Missing or other than it was placed: {', '.join(wrong) or 'it is called lifted'}.",
        evidence=[answer.exchange],
    )


@entries_shown("when the hold on {person}'s {scope} was lifted")
def _shows_lifting(stage: Stage, person: Actor, scope: Scope) -> Seen:
    """To the second. The entry is kept, and identifies nobody once the purge is complete."""
    hold = stage.part(Holds).lifted(person, scope)
    assert hold.lifted_at is not None  # it is one of those that were
    answer, entry = _entry(stage, hold)
    return Seen(
        channel=Channel.RECORD,
        holds=moment(entry.get("lifted_at")) == hold.lifted_at.replace(microsecond=0),
        detail=f"It was lifted at {instant(hold.lifted_at)}; the ledger says {entry.get('lifted_at')}.",
        evidence=[answer.exchange],
    )


@sight("the hold ledger shows {hold_entry}", at_rest=True)
def ledger_shows(hold_entry: Callable[[], Seen]) -> Seen:
    """The entry matches the hold as placed or lifted: it states on what ground data was kept longer than usual."""
    return hold_entry()


@sight(denied="the hold ledger no longer identifies {person}", at_rest=True)
def ledger_identifies(service: Service, person: Actor) -> Iterator[Seen]:
    """The remaining entries show no identifier of the person; there must be some, as a hold was placed."""
    answer, entries = service.world.records("holds")
    yield Seen(
        channel=Channel.RECORD,
        claim="the hold ledger still shows on what ground data was kept",
        holds=not entries,
        detail="It is empty, though a hold was placed.",
        evidence=[answer.exchange],
    )
    found = {trace.kind for trace in find_traces_in(entries, person.canaries)}
    yield Seen(
        channel=Channel.RECORD,
        holds=bool(found),
        detail=f"There is {', '.join(sorted(found))}.",
        evidence=[answer.exchange],
    )
