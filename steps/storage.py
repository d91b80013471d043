"""What is left in stored bytes: database files, journals, logs, outbox, and whatever else the target keeps data in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from pytest_bdd import given, then

from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.canaries import Canaries
from harness.people.search import Trace, find_traces, find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.stage.storage import DATABASE
from harness.target.world import StoredPart
from steps.words import says

DAY_OF_BIRTH = "day of birth"
"""A date of birth that nobody else has, as a kind of what people are known by."""

_OPAQUE = re.compile(r"[\w-]{16,}")


def learn_identifiers(stage: Stage, actor: Actor) -> None:
    """Let the search look for what recipients were given in the person's place too: subject ids, one-click links."""
    known = urlsplit(stage.service.world.base_url).path
    for arrival in stage.recipients.arrivals(about=actor, accepted=False):
        link = urlsplit((arrival.unsubscribe_url or "").replace(known, ""))
        for token in _OPAQUE.findall(f"{link.path}?{link.query}"):
            actor.person.canaries.assigned("unsubscribe link", token)


@pytest.fixture
def real_outboxes() -> set[str]:
    """Outboxes of the scenario that keep nothing that has left, and showed a message that could not leave."""
    return set()


@given(says("every place of storage has shown {name:Name}"))
def every_place_has_shown(stage: Stage, real_outboxes: set[str], name: str) -> None:
    """So that a place which is clean later was not looked past.

    Of a log it is enough that it shows our own requests, by their trace id or the account id. An outbox that shows
    nobody may keep nothing that has left; then a message that cannot leave has to be seen there. What other places a
    target has (caches, backups) need not hold anything of this person.
    """
    stage.service.settle()
    actor = stage.cast.person(name)
    learn_identifiers(stage, actor)
    parts = stage.storage.parts()
    stage.storage.keep(actor, parts, stage.storage.traces(actor, parts))
    blind = _blind(stage, actor, parts)
    empty = blind & _empty_outboxes(stage, parts)
    if empty - real_outboxes:
        real_outboxes |= _with_what_is_held_up(stage, actor)
    blind -= empty & real_outboxes
    if blind:
        raise HarnessError(
            f"These places of storage have not shown {name}: {', '.join(sorted(blind))}. "
            "Their being clean proves nothing.",
            cause="they are not where the target keeps its data, or what they show cannot be read as it was written"
            + ("; nor did the outbox show a message that could not leave" if blind & empty else ""),
            remedy="see `Retention, purge, stored bytes` in harness/contract/README.md for what each place must show",
        )


_WAITING = "Somebody"


def _empty_outboxes(stage: Stage, parts: Iterable[StoredPart]) -> set[str]:
    """Outboxes that show nobody, whoever was held up for their sake aside.

    The times declared for messages are the longest ones, so a service may destroy them as they are accepted. One that
    shows somebody keeps what it sent; if it does not show the person too, it hides some of it, and that is no excuse.
    """
    parts = [part for part in parts if part.kind == "outbox"]
    others = [actor for actor in stage.cast.everyone if actor.label != _WAITING]
    showing = {place for actor in others for place in stage.storage.traces(actor, parts)}
    return {part.place for part in parts} - showing


def _with_what_is_held_up(stage: Stage, actor: Actor) -> set[str]:
    """Outboxes that show a mail and a delivery about somebody else while these cannot leave.

    This proves that the place is the real one, and readable: a target that names another place, so that what it keeps
    there is not seen, shows nothing here and stays inconclusive. What it sends and keeps in a place that it does not
    name was never to be found, with this or without.
    """
    # A day older: the date of birth may be what is searched for.
    somebody = stage.cast.add_twin(_WAITING, actor, born=actor.person.date_of_birth - timedelta(days=1))
    somebody.join()
    with stage.recipients.held_up(somebody):
        done(somebody.consents.give(MARKETING), f"{_WAITING} consents, so that there is something to deliver")
        done(somebody.requests.submit("access"), f"{_WAITING} asks for a copy, so that there is something to mail")
        stage.service.settle()
        parts = stage.storage.parts()
        found = stage.storage.traces(somebody, parts)
        stage.storage.keep(somebody, parts, found)
    return {part.place for part in parts if part.kind == "outbox"} & found.keys()


def _blind(stage: Stage, actor: Actor, parts: Iterable[StoredPart]) -> set[str]:
    shown = stage.storage.shown(actor)
    marker = stage.service.world.trace_id.encode()
    seen = {part.place for part in parts if part.place in shown or (part.kind == "log" and marker in part.content)}
    kinds: dict[str, set[str]] = {}
    for part in parts:
        kinds.setdefault(part.kind, set()).add(part.place)
    blind = (kinds.get("outbox", set()) | kinds.get("log", set())) - seen
    if not any(kinds.get(kind, set()) & seen for kind in DATABASE):
        blind |= kinds.get("database") or {"database"}
    return blind


@then(says("nothing that {name:Name} typed is stored, unlike what {control:Name} typed"))
def nothing_typed_is_stored(stage: Stage, name: str, control: str) -> None:
    """No stored byte shows the person in any spelling, while a database shows somebody who did the same."""
    claim = f"nothing that {name} typed is stored anywhere"
    stage.storage.check_gone(claim, stage.cast.person(name), control=stage.cast.person(control))
    if stage.cast.person(name).person.canaries.values(DAY_OF_BIRTH):
        _note_whether_days_show(stage, control)


def _note_whether_days_show(stage: Stage, control: str) -> None:
    """Where not even the control's date of birth can be read, it says nothing that another is not there."""
    day = Canaries(control)
    day.made_up(DAY_OF_BIRTH, stage.cast.person(control).person.date_of_birth.isoformat())
    if not any(find_traces(part.content, day) for part in stage.storage.parts() if part.kind in DATABASE):
        stage.evidence.observe("no database shows a date of birth in a form that can be read, so none was looked for")


@then(says("nothing that leads to {name:Name} is stored, unlike {control:Name}'s data"))
def nothing_stored_beside(stage: Stage, name: str, control: str) -> None:
    """No stored byte shows the person in any spelling, while a database shows somebody else."""
    claim = f"nothing that leads to {name} is stored anywhere"
    stage.storage.check_gone(claim, stage.cast.person(name), control=stage.cast.person(control))


@then(says("nothing that leads to {name:Name} is stored in any place"))
def nothing_stored_anywhere(stage: Stage, name: str) -> None:
    """As above, where the places have shown the person before; the report names those that never did."""
    stage.storage.check_gone(f"nothing that leads to {name} is stored in any place", stage.cast.person(name))


@then(says("{name:Name}'s data is still stored"))
def still_stored(stage: Stage, name: str) -> None:
    """A database shows the person's address or name."""
    stage.service.settle()
    actor = stage.cast.person(name)
    parts = stage.storage.parts()
    found = stage.storage.traces(actor, parts)
    databases = {part.place for part in parts if part.kind in DATABASE}
    stage.evidence.check(
        Channel.STORAGE,
        f"{name}'s data is still stored",
        any(databases & _places_with(found, kind) for kind in ("email", "email_local_part", "name", "display_name")),
        detail="No database shows it any more.",
        evidence=[stage.storage.keep(actor, parts, found)],
    )


@then(says("it is noted whether {name:Name}'s data is still kept"))
def note_whether_kept(stage: Stage, name: str) -> None:
    """Six months are the longest time, not the shortest: erasing earlier is an observation, never a violation."""
    stage.service.settle()
    actor = stage.cast.person(name)
    parts = stage.storage.parts()
    found = stage.storage.traces(actor, parts)
    stage.storage.keep(actor, parts, found)
    if not found:
        stage.evidence.observe(f"{name}'s data is gone before its time, without anybody having asked for it")


@then(says("what {name:Name} added is not stored, unlike the address"))
def added_is_not_stored(stage: Stage, name: str) -> None:
    """The added words are in no place, while a database shows the address that was asked for."""
    _not_stored(stage, name, "undeclared", f"what {name} added is stored nowhere")


@then(says("the display name that {name:Name} typed is not stored, unlike the address"))
def display_name_is_not_stored(stage: Stage, name: str) -> None:
    """The name is in no place, while a database shows the address of the Sony account."""
    _not_stored(stage, name, "name", f"the display name that {name} typed is stored nowhere")


def _not_stored(stage: Stage, name: str, kind: str, claim: str) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    parts = stage.storage.parts()
    found = stage.storage.traces(actor, parts)
    databases = {part.place for part in parts if part.kind in DATABASE}
    addresses = _places_with(found, "email") | _places_with(found, "email_local_part")
    if not databases & addresses:
        raise HarnessError(
            f"No database of the target shows {name}'s address, so what else is missing there proves nothing.",
            cause="the storage places are incomplete, or what they show is not where the data is",
            remedy="see GET /assurance/v1/storage in harness/contract/README.md",
        )
    places = _places_with(found, kind)
    stage.evidence.check(
        Channel.STORAGE,
        claim,
        not places,
        detail=f"{', '.join(sorted(places))} shows it.",
        evidence=[stage.storage.keep(actor, parts, found)],
    )


def _places_with(found: dict[str, list[Trace]], kind: str) -> set[str]:
    return {place for place, traces in found.items() if any(trace.kind == kind for trace in traces)}


@given(says("the ledgers have shown {name:Name}"))
def ledgers_have_shown(stage: Stage, name: str) -> None:
    """So that an entry which is missing later was there before."""
    stage.service.settle()
    actor = stage.cast.person(name)
    learn_identifiers(stage, actor)
    for ledger in ("consents", "disclosures"):
        _, entries = stage.service.world.records(ledger)
        if not find_traces_in(entries, actor.person.canaries):
            raise HarnessError(
                f"The ledger of {ledger} has no entry of {name}, so its being clean later proves nothing.",
                cause="the target does not keep it, or under other identifiers than it gives elsewhere",
                remedy="see `Records` in harness/contract/README.md",
            )


@then(says("no entry of a ledger leads to {name:Name}"))
def ledgers_lead_nowhere(stage: Stage, name: str) -> None:
    """Neither account id nor subject id nor anything else of the person stands in the ledgers."""
    stage.service.settle()
    actor = stage.cast.person(name)
    ledgers = ["accesses", "consents", "disclosures", "enquiries", "notices", "privacy-requests"]
    if Capability.HOLDS in stage.service.description.capabilities:
        ledgers.append("holds")
    for ledger in ledgers:
        answer, entries = stage.service.world.records(ledger)
        found = find_traces_in(entries, actor.person.canaries)
        stage.evidence.check(
            Channel.RECORD,
            f"no entry of the ledger of {ledger} leads to {name}",
            not found,
            detail=f"There is {', '.join(sorted({f'{trace.kind} at {trace.path}' for trace in found}))}.",
            evidence=[answer.exchange],
        )
