"""Storage: which personal data the stored bytes and the ledgers of the target show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable, NotAssessed
from harness.evidence.model import Channel
from harness.people.canaries import Canaries
from harness.people.search import Trace, find_traces, find_traces_in
from harness.stage import Actor, Cast, Clock, Mailbox, Recipients, Recorder, Service, Stage, Storage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.stage.storage import DATABASE
from harness.target.world import StoredPart
from harness.vocabulary import Phrases, Seen, Sentence, setting, sight
from steps.controls import demand_accounts
from steps.traces import DAY_OF_BIRTH, PERSONAL, Data, chosen_names, not_in, only

_OPAQUE = re.compile(r"[\w-]{16,}")
_WHO = frozenset({"email", "email_local_part", "name", "display_name"})
_WRITTEN = ("email", "email_local_part", "name", "family_name", "display_name", "code")
"""What mails and deliveries say of somebody, ids aside."""
_SHOWING = ("consents", "disclosures")
"""Ledgers in which everybody has an entry who consented to something."""

# -- what is known of a person ---------------------------------------------------------------------------------------


def learn_identifiers(service: Service, recipients: Recipients, actor: Actor) -> None:
    """Let the search look for what recipients were given in the person's place too: subject ids, one-click links."""
    known = urlsplit(service.world.base_url).path
    for arrival in recipients.arrivals(about=actor, accepted=False):
        link = urlsplit((arrival.unsubscribe_url or "").replace(known, ""))
        for token in _OPAQUE.findall(f"{link.path}?{link.query}"):
            actor.canaries.assigned("unsubscribe link", token)


@setting("{person}'s assigned identifiers are known")
def identifiers_are_known(
    service: Service, recipients: Recipients, mailbox: Mailbox, evidence: Recorder, person: Actor
) -> None:
    """Subject ids and links given to recipients, and mailed codes, count as traces of the person from now on."""
    service.settle()
    learn_identifiers(service, recipients, person)
    for mail in mailbox.mails(person):
        if mail.code:
            person.canaries.assigned("code", mail.code)
            evidence.redact(mail.code, f"{person.label}'s code")


@setting("{person}'s date of birth is unique")
def birth_is_unique(cast: Cast, storage: Storage, clock: Clock, evidence: Recorder, person: Actor) -> None:
    """Nobody else in the scenario has it and no place of storage shows it, so it counts as a trace from now on."""
    born = person.person.date_of_birth
    day = Canaries(person.label)
    day.made_up(DAY_OF_BIRTH, born.isoformat())
    shared = any(other.person.date_of_birth == born for other in cast.everyone if other is not person)
    parts = storage.parts()
    # Of late many things have happened on any day.
    recent = clock.now.date() - born < timedelta(days=5 * 366)
    if shared or recent or any(find_traces(part.content, day) for part in parts):
        evidence.observe(f"{person.label}'s date of birth is not unique, so it is not searched for")
        return
    person.canaries.made_up(DAY_OF_BIRTH, born.isoformat())


# -- what has been seen before ---------------------------------------------------------------------------------------


@sight("a database shows {person}'s date of birth")
def database_shows_birth(storage: Storage, person: Actor) -> Seen:
    """In readable form and as a unique date; otherwise the scenario is not applicable."""
    parts = storage.parts()
    found = storage.traces(person, [part for part in parts if part.kind in DATABASE])
    if not _places_with(found, {DAY_OF_BIRTH}):
        raise NotApplicable(
            f"{person.label}'s date of birth cannot be told from other dates, or cannot be read, in the databases.",
            cause="somebody else has it too, or it is kept as a number or encrypted",
        )
    return Seen(channel=Channel.STORAGE, holds=True, evidence=[storage.keep(person, parts, found)])


class SeenEverywhere(set[str]):
    """By name, people whom every place of storage that must show them has shown."""


class RealOutboxes(set[str]):
    """Outboxes of the scenario that keep nothing that has left, and showed a message that could not leave."""


@sight("every place of storage shows {person}", at_rest=True)
def every_place_shows(
    service: Service,
    cast: Cast,
    recipients: Recipients,
    storage: Storage,
    everywhere: SeenEverywhere,
    outboxes: RealOutboxes,
    person: Actor,
) -> Seen:
    """Databases, logs and outboxes show the person in readable form, as the control for a later absence.

    Of a log it is enough that it shows the harness's own requests, by their trace id or the account id. An outbox that
    shows nobody may keep nothing that has left; then a message that cannot leave has to be seen there. What other
    places a target has (caches, backups) need not hold anything of this person.
    """
    learn_identifiers(service, recipients, person)
    parts = storage.parts()
    evidence = storage.keep(person, parts, storage.traces(person, parts))
    blind = _blind(service, storage, person, parts)
    empty = blind & _empty_outboxes(cast, storage, parts)
    if empty - outboxes:
        outboxes |= _with_what_is_held_up(service, cast, recipients, storage, person)
    blind -= empty & outboxes
    everywhere.add(person.label)
    no_message = "; nor did the outbox show a message that could not leave" if blind & empty else ""
    return Seen(
        channel=Channel.STORAGE,
        holds=not blind,
        detail=f"These have not: {', '.join(sorted(blind))}. They are not where the target keeps its data, or what "
        f"they show cannot be read as it was written{no_message}.",
        evidence=[evidence],
    )


_WAITING = "Somebody"


def _empty_outboxes(cast: Cast, storage: Storage, parts: Iterable[StoredPart]) -> set[str]:
    """Outboxes that show nobody, except somebody held up for their sake.

    The times declared for messages are the longest ones, so a service may destroy them as they are accepted. One that
    shows somebody keeps what it sent; if it does not show the person too, it hides some of it, and that is no excuse.
    """
    parts = [part for part in parts if part.kind == "outbox"]
    others = [actor for actor in cast.everyone if actor.label != _WAITING]
    showing = {place for actor in others for place in storage.traces(actor, parts)}
    return {part.place for part in parts} - showing


def _with_what_is_held_up(
    service: Service, cast: Cast, recipients: Recipients, storage: Storage, actor: Actor
) -> set[str]:
    """Outboxes that show a mail and a delivery about somebody else while these cannot leave.

    This proves that the place is the real one, and readable: a target that names another place, so that what it keeps
    there is not seen, shows nothing here and stays inconclusive. What it sends and keeps in a place that it does not
    name was never to be found, with this or without.
    """
    # A day older: the date of birth may be what is searched for.
    somebody = cast.add_twin(_WAITING, actor, born=actor.person.date_of_birth - timedelta(days=1))
    somebody.join()
    with recipients.held_up(somebody):
        done(somebody.consents.give(MARKETING), f"{_WAITING} consents, to have something to deliver")
        done(somebody.requests.submit("access"), f"{_WAITING} requests a copy, to have something to mail")
        service.settle()
        parts = storage.parts()
        found = storage.traces(somebody, parts)
        storage.keep(somebody, parts, found)
    return {part.place for part in parts if part.kind == "outbox"} & found.keys()


def _blind(service: Service, storage: Storage, actor: Actor, parts: Iterable[StoredPart]) -> set[str]:
    shown = storage.shown(actor)
    marker = service.world.trace_id.encode()
    seen = {part.place for part in parts if part.place in shown or (part.kind == "log" and marker in part.content)}
    kinds: dict[str, set[str]] = {}
    for part in parts:
        kinds.setdefault(part.kind, set()).add(part.place)
    blind = (kinds.get("outbox", set()) | kinds.get("log", set())) - seen
    if not any(kinds.get(kind, set()) & seen for kind in DATABASE):
        blind |= kinds.get("database") or {"database"}
    return blind


# -- what is stored --------------------------------------------------------------------------------------------------


@sight("{person}'s personal data is stored", denied="none of {person}'s {data} is stored", at_rest=True)
def is_stored(
    service: Service,
    cast: Cast,
    storage: Storage,
    evidence: Recorder,
    everywhere: SeenEverywhere,
    sentence: Sentence,
    person: Actor,
    data: Data = PERSONAL,
    *,
    denied: bool,
) -> Seen:
    """A database shows the person's address or name; or no place shows the data in any spelling or encoding.

    The control of an absence is a database that shows the same person by other values where it is about a part of the
    data, and else one that shows somebody else. Where nobody else has an account, a database must have shown the person
    before. What the person has in common with somebody who is shown proves nothing.
    """
    parts = storage.parts()
    before = storage.shown(person)
    whole = storage.traces(person, parts)
    databases = {part.place for part in parts if part.kind in DATABASE}
    kept = storage.keep(person, parts, whole)
    if not denied:
        shown = bool(databases & _places_with(whole, _WHO))
        return Seen(channel=Channel.STORAGE, holds=shown, detail="No database shows it.", evidence=[kept])
    values = data.values(person)
    if not values.all:
        raise HarnessError(f"{sentence}: {person.label} never had any, so there is nothing to search for.")
    if data.own:
        control = bool(databases & _places_with(whole, data.control))
        lacking = f"no database of the target shows {person.label} {'by address' if data.control else 'at all'}"
    else:
        others = _others_shown(cast, person, [part for part in parts if part.place in databases])
        values = not_in(chosen_names(others), person, values)
        alone = not any(one.session.tokens and not one.account.receipt for one in cast.everyone if one is not person)
        control = bool(others) or (alone and bool(databases & before))
        lacking = f"no database of the target shows anybody, or has shown {person.label} before"
        if not control:
            demand_accounts(
                evidence,
                [one for one in cast.everyone if one.session.tokens and not one.account.receipt and one is not person],
            )
        if person.label in everywhere:
            _note_what_is_unproved(service, evidence, parts, before)
        if values.values(DAY_OF_BIRTH):
            _note_whether_days_show(evidence, parts, others)
    return Seen(
        channel=Channel.STORAGE,
        **_found(parts, values),
        evidence=[kept],
        control=control,
        lacking=lacking,
    )


def _found(parts: Iterable[StoredPart], values: Canaries) -> dict[str, Any]:
    shown = {f"{part.place} shows {trace.kind}" for part in parts for trace in find_traces(part.content, values)}
    return {"holds": bool(shown), "detail": f"{'; '.join(sorted(shown))}."}


def _others_shown(cast: Cast, person: Actor, databases: Iterable[StoredPart]) -> list[Actor]:
    """Everybody else whom a database shows by values that they do not share with the person."""
    others = {one.label: one for one in cast.everyone if one is not person}
    own = [not_in(chosen_names([person]), one) for one in others.values()]
    found = {trace.person for part in databases for trace in find_traces(part.content, own)}
    return [one for label, one in others.items() if label in found]


def _note_whether_days_show(evidence: Recorder, parts: Iterable[StoredPart], others: Iterable[Actor]) -> None:
    """Where nobody's date of birth can be read, it says nothing that one is not there."""
    days = Canaries("others")
    for one in others:
        days.made_up(DAY_OF_BIRTH, one.person.date_of_birth.isoformat())
    if not any(find_traces(part.content, days) for part in parts if part.kind in DATABASE):
        evidence.observe("no database shows a date of birth in a form that can be read, so none was looked for")


def _note_what_is_unproved(
    service: Service, evidence: Recorder, parts: Iterable[StoredPart], before: frozenset[str]
) -> None:
    """Places that did not show the person before, and need not have."""
    marker = service.world.trace_id.encode()
    unproved = {part.place for part in parts if part.content} - before
    for place in sorted(unproved - {part.place for part in parts if marker in part.content}):
        evidence.observe(f"storage place {place} never showed the person; it is not counted as clean")


@sight("it is noted whether {person}'s personal data is stored", at_rest=True)
def is_noted(storage: Storage, evidence: Recorder, person: Actor) -> None:
    """Six months are the longest time, not the shortest: an earlier purge is an observation, never a violation."""
    parts = storage.parts()
    found = storage.traces(person, parts)
    storage.keep(person, parts, found)
    if not found:
        evidence.observe(f"{person.label}'s data was purged before its time, though nobody had asked for it")


places = Phrases("storage_place", "a kind of storage place")


@sight(denied="none of {person}'s personal data is stored in {storage_place}", at_rest=True)
def is_stored_in(person: Actor, storage_place: Callable[[Actor], Seen]) -> Seen:
    """Each kind of place has a control of its own."""
    return storage_place(person)


@places("an outbox")
def _in_outbox(stage: Stage, person: Actor) -> Seen:
    """Nothing that mails and deliveries said, while a database does show the person; ids of the account may remain."""
    parts = stage.storage.parts()
    if not any(part.kind == "outbox" for part in parts):
        raise NotAssessed("The target names no outbox among its places of storage, so none can be looked into.")
    alive = stage.storage.traces(person, parts)
    return Seen(
        channel=Channel.STORAGE,
        **_found([part for part in parts if part.kind == "outbox"], only(person, _WRITTEN)),
        evidence=[stage.storage.keep(person, parts, alive)],
        control=any(part.kind in DATABASE and part.place in alive for part in parts),
        lacking=f"no database of the target shows {person.label}",
    )


@places("a log")
def _in_log(stage: Stage, person: Actor) -> Seen:
    """No line about the person, while the log does show the harness's own requests."""
    parts = [part for part in stage.storage.parts() if part.kind == "log"]
    marker = stage.service.world.trace_id.encode()
    found = stage.storage.traces(person, parts)
    return Seen(
        channel=Channel.STORAGE,
        holds=bool(found),
        detail=f"{', '.join(sorted(found))} shows it.",
        evidence=[stage.storage.keep(person, parts, found)],
        control=any(marker in part.content for part in parts),
        lacking="the log does not show our own requests: it lies elsewhere, or bears no trace ids",
    )


def _places_with(found: dict[str, list[Trace]], kinds: Iterable[str]) -> set[str]:
    """Places with traces of some kinds, or with any where no kind is named."""
    wanted = set(kinds)
    return {place for place, traces in found.items() if any(not wanted or one.kind in wanted for one in traces)}


# -- what ledgers show -----------------------------------------------------------------------------------------------


class LedgersThatShowed(set[tuple[str, str]]):
    """By ledger and person, the entries that were seen."""


@sight("the ledgers show {person}", denied="the ledgers no longer show {person}", at_rest=True)
def ledgers_show(
    service: Service, recipients: Recipients, showed: LedgersThatShowed, person: Actor, denied: bool
) -> Iterator[Seen]:
    """The consent and disclosure ledgers do, by any identifier; or no ledger does any longer."""
    ledgers = list(_SHOWING)
    if denied:
        ledgers = ["accesses", "consents", "disclosures", "enquiries", "notices", "privacy-requests"]
        if Capability.HOLDS in service.description.capabilities:
            ledgers.append("holds")
    else:
        learn_identifiers(service, recipients, person)
    for ledger in ledgers:
        answer, entries = service.world.records(ledger)
        found = find_traces_in(entries, person.canaries)
        if found:
            showed.add((ledger, person.label))
        where = ", ".join(sorted({f"{trace.kind} at {trace.path}" for trace in found}))
        yield Seen(
            channel=Channel.RECORD,
            claim=f"the ledger of {ledger} {'no longer shows' if denied else 'shows'} {person.label}",
            holds=bool(found),
            detail=f"There is {where or 'no entry'}.",
            evidence=[answer.exchange],
            control=ledger not in _SHOWING or (ledger, person.label) in showed,
            lacking=f"the ledger of {ledger} never showed {person.label}",
        )
