"""Retention of data that is needed temporarily, and the disposal ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from harness.clock import parse_instant
from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.search import find_traces, find_traces_in
from harness.stage import Actor, Cast, Clock, Recorder, Service, Storage
from harness.target.world import StoredPart, require
from harness.vocabulary import Seen, deed, sight, words
from steps.traces import ADDRESS, BACKUPS, KINDS, LOGS, MESSAGES, SIGN_UPS, Kind, only

_SLACK = timedelta(hours=1)
"""After which a backup that has expired is gone from the bucket too."""

words("fraction", "a fraction of a period", {"half": 0.5})


@deed("[{fraction} ]the retention period of {kind} passes")
def passes(
    clock: Clock, service: Service, cast: Cast, storage: Storage, kind: Kind, fraction: float | None = None
) -> None:
    """As the service declares it; a kind without a declared period must not be kept at all."""
    if kind is LOGS:
        service.settle()
        logs = [part for part in storage.parts() if part.kind == "log"]
        for actor in cast.everyone:
            storage.traces(actor, logs)
    lifetime = service.description.lifetime(kind.name)
    if lifetime is None and kind is BACKUPS:
        raise HarnessError("The service makes backups, and does not declare how long it keeps them.")
    if lifetime is not None:
        clock.move_to(clock.now + lifetime * (fraction or 1) + (_SLACK if kind is BACKUPS else timedelta()))
    service.settle()


@deed("mail to {person} expires")
def mail_expires(clock: Clock, service: Service, storage: Storage, evidence: Recorder, person: Actor) -> None:
    """If an outbox keeps the mail, the retention period of message contents passes.

    Such a mail shows the address. No other data about the person is given time to expire.
    """
    service.settle()
    parts = storage.parts()
    found = storage.traces(person, parts)
    mailed = any(part.kind == "outbox" and part.place in found for part in parts)
    lifetime = service.description.lifetime(MESSAGES.name)
    if mailed and lifetime is not None and {one.kind for traces in found.values() for one in traces} <= ADDRESS:
        require(service.description, Capability.CLOCK)
        evidence.observe(f"the mail to {person.label} is kept temporarily")
        clock.move_to(clock.now + lifetime)


@sight("the service declares a retention period for everything it keeps temporarily", at_rest=True)
def declares_periods(service: Service, cast: Cast, storage: Storage, evidence: Recorder) -> Seen:
    """For each kind of data found in storage; a kind that is not kept needs no period."""
    lacking = {title: kind for title, kind in KINDS.items() if service.description.lifetime(kind.name) is None}
    parts = storage.parts() if lacking else ()
    kept = {title: places for title, kind in lacking.items() if (places := _places_with(cast, kind, parts))}
    if lacking and not any(storage.traces(one, parts) for one in cast.everyone):
        raise HarnessError(
            "No place of storage shows anybody, so it proves nothing that none shows what has no retention period.",
            cause="the target names other places than those where it keeps its data",
            remedy="look at `listStorage` in the evidence",
        )
    if not kept:
        for title in lacking:
            evidence.observe(f"no retention period is declared for {title}, and none are kept")
    shown = [f"{title} (shown by {', '.join(places)})" for title, places in kept.items()]
    return Seen(
        channel=Channel.RECORD,
        holds=not kept,
        detail=f"It declares none for: {'; '.join(shown)}.",
        evidence=[storage.keep(one, parts, storage.traces(one, parts)) for one in cast.everyone if lacking],
    )


def _places_with(cast: Cast, kind: Kind, parts: Iterable[StoredPart]) -> list[str]:
    """Places that show something of a kind, of anybody in the scenario."""
    found: set[str] = set()
    for actor in cast.everyone:
        if kind is SIGN_UPS and actor.session.tokens:
            continue
        values = only(actor, kind.values) if kind.values else actor.canaries
        where = [part for part in parts if kind.place in {"", part.kind}]
        found |= {part.place for part in where if find_traces(part.content, values)}
    return sorted(found)


# -- the disposal ledger ---------------------------------------------------------------------------------------------


@sight(
    "the disposal ledger records the disposal of[ at least {number}] {kind}",
    denied="the disposal ledger records no disposal of {kind}",
    at_rest=True,
)
def records_disposal(
    service: Service,
    clock: Clock,
    cast: Cast,
    storage: Storage,
    evidence: Recorder,
    kind: Kind,
    denied: bool,
    number: int | None = None,
) -> Iterator[Seen]:
    """With the time of each disposal, within the scenario; or no disposal was due and there is no entry."""
    answer, entries = service.world.records("disposals")
    entries_of_kind = [one for one in entries if one["kind"] == kind.name]
    if denied:
        yield Seen(
            channel=Channel.RECORD,
            holds=bool(entries_of_kind),
            detail=f"It has {len(entries_of_kind)} entries, though none was due.",
            evidence=[answer.exchange],
            control=bool(entries) or not service.description.declared["retention"].get("other"),
            lacking="the disposal ledger is empty",
        )
        return
    begun = _beginning(clock)
    times = [(parse_instant(str(one["disposed_at"])), int(one["items"])) for one in entries_of_kind]
    if number is not None or Capability.WORLDS not in service.description.capabilities:
        times = [(at, items) for at, items in times if at >= begun]  # others are of earlier scenarios
    if kind is LOGS and not times and not _logs_have_shown_anybody(cast, storage):
        evidence.observe("no log ever showed anybody, so none of its entries had to go")
        return
    counted = sum(items for _, items in times)
    others = ", ".join(sorted({str(one["kind"]) for one in entries})) or "nothing"
    yield Seen(
        channel=Channel.RECORD,
        holds=(bool(times) if number is None else counted >= number) or service.description.lifetime(kind.name) is None,
        detail=f"It counts {counted}; it has entries for: {others}.",
        evidence=[answer.exchange],
    )
    impossible = [at.isoformat() for at, _ in times if not begun <= at <= clock.now]
    yield Seen(
        channel=Channel.RECORD,
        claim=f"by the disposal ledger, every disposal of {kind.name} was after the scenario began, and before now",
        holds=not impossible,
        detail=f"It says {', '.join(impossible)}; the first of them came after {begun.isoformat()}.",
        evidence=[answer.exchange],
    )


def _beginning(clock: Clock) -> datetime:
    """When the scenario began, to the second."""
    return min({clock.now, *clock.stood}).replace(microsecond=0)


def _logs_have_shown_anybody(cast: Cast, storage: Storage) -> bool:
    """Lines with a trace id alone are about nobody."""
    logs = {part.place for part in storage.parts() if part.kind == "log"}
    return any(logs & storage.shown(actor) for actor in cast.everyone)


@sight(denied="the disposal ledger identifies nobody")
def identifies_nobody(service: Service, cast: Cast) -> Seen:
    """It states kinds and numbers, and no value of any person."""
    answer, entries = service.world.records("disposals")
    found = find_traces_in(entries, [actor.canaries for actor in cast.everyone])
    return Seen(
        channel=Channel.RECORD,
        holds=bool(found),
        detail=f"There is {', '.join(sorted({f'{trace.kind} of {trace.person}' for trace in found}))}.",
        evidence=[answer.exchange],
        control=bool(entries),
        lacking="the disposal ledger is empty",
    )
