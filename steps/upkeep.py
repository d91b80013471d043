"""What living accounts need no more, and the time in which it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pytest_bdd import given, then, when

from harness.clock import parse_instant
from harness.contract import Capability
from harness.errors import HarnessError, NotAssessed
from harness.evidence.model import Channel
from harness.people.canaries import Canaries
from harness.people.search import find_traces, find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.storage import DATABASE
from harness.target.world import StoredPart
from steps.rights import answered, status
from steps.storage import learn_identifiers
from steps.words import says

LOGS = "log entries"
SIGN_UPS = "abandoned sign-ups"

KINDS = {
    "verification codes": ("verification-code", ("code",)),
    "access tokens": ("access-token", ("access token",)),
    "links to unsubscribe": ("unsubscribe-link", ("unsubscribe link",)),
    "privacy requests": ("privacy-request", ("request id", "request token")),
    LOGS: ("log-entry", ()),
    "contents of messages": ("message-content", ()),
    SIGN_UPS: ("abandoned-sign-up", ()),
    "provider sign-ins": ("provider-sign-in", ("provider sign-in",)),
}
"""Kinds as sentences call them: what the contract calls them, and the kinds of canaries that show them."""

_PLACES = {LOGS: "log", "contents of messages": "outbox"}
"""In what kind of place to look for those that any value of a person shows."""


def only(actor: Actor, kinds: Iterable[str]) -> Canaries:
    """Those of a person's values that are of these kinds."""
    chosen = Canaries(actor.label)
    for canary in actor.person.canaries.all:
        if canary.kind in kinds:
            (chosen.assigned if canary.assigned else chosen.made_up)(canary.kind, canary.value)
    return chosen


@given(says("{name:Name} has registered, and never followed the link in the mail"))
def registered_only(stage: Stage, name: str) -> None:
    """A sign-up that nobody goes on with."""
    stage.cast.person(name).join(until="registered")
    stage.service.settle()
    stage.mailbox.newest_code(stage.cast.person(name))


@given(says("{name:Name} has asked for a copy of the data, and did not prove who asks"))
def asked_only(stage: Stage, name: str) -> None:
    """The code that was mailed is never used."""
    done(stage.cast.person(name).requests.submit("access"), f"{name} asks for a copy")
    stage.service.settle()
    stage.mailbox.newest_code(stage.cast.person(name))


@given(says("{name:Name} has asked for the data to be erased, and did not prove who asks"))
def asked_for_erasure_only(stage: Stage, name: str) -> None:
    """Likewise."""
    done(stage.cast.person(name).requests.submit("erasure"), f"{name} asks for an erasure")
    stage.service.settle()
    stage.mailbox.newest_code(stage.cast.person(name))


@given(says("{name:Name} was given a copy of the data"))
def was_given_a_copy(stage: Stage, name: str) -> None:
    """Asked for, proved, answered, within the month that there is for it."""
    actor = stage.cast.person(name)
    submitted = done(actor.requests.submit("access"), f"{name} asks for a copy")
    answer = answered(stage, actor, done(actor.requests.prove(submitted), f"{name} proves who asks"))
    if status(answer) != "complete":
        raise HarnessError(f"{name} was given no copy: the request is {status(answer)}.")


@given(says("what {name:Name} was given is known"))
def given_is_known(stage: Stage, name: str) -> None:
    """Links and subject ids that recipients were given in the person's place."""
    stage.service.settle()
    learn_identifiers(stage, stage.cast.person(name))


@when(says("the time declared for {kind} has passed"))
def declared_time_passes(stage: Stage, kind: str) -> None:
    """By the service's own declaration; a kind that it declares nothing for must not be kept at all."""
    if kind == LOGS:
        stage.service.settle()
        logs = [part for part in stage.storage.parts() if part.kind == "log"]
        for actor in stage.cast.everyone:
            stage.storage.traces(actor, logs)
    lifetime = stage.service.description.lifetime(KINDS[kind][0])
    if lifetime is not None:
        stage.clock.move_to(stage.clock.now + lifetime)
    stage.service.settle()


@when(says("half the time declared for {kind} has passed"))
def half_of_declared_time_passes(stage: Stage, kind: str) -> None:
    """What came at the beginning of it has as long to go."""
    lifetime = stage.service.description.lifetime(KINDS[kind][0])
    if lifetime is not None:
        stage.clock.move_to(stage.clock.now + lifetime / 2)
    stage.service.settle()


@then(says("the service declares a time for whatever it keeps for a while only"))
def declares_times(stage: Stage) -> None:
    """An entry for each kind of which storage shows something. Kinds of which nothing is kept may be left out."""
    stage.service.settle()
    lacking = [words for words, (kind, _) in KINDS.items() if stage.service.description.lifetime(kind) is None]
    parts = stage.storage.parts() if lacking else ()
    kept = {words: places for words in lacking if (places := _places_with(stage, words, parts))}
    shown = [f"{words} (shown by {', '.join(places)})" for words, places in kept.items()]
    stage.evidence.check(
        Channel.RECORD,
        "the service declares a time for whatever it keeps for a while only",
        not kept,
        detail=f"It declares none for: {'; '.join(shown)}.",
        evidence=[
            stage.storage.keep(one, parts, stage.storage.traces(one, parts)) for one in stage.cast.everyone if lacking
        ],
    )
    for words in lacking:
        stage.evidence.observe(f"no time is declared for {words}, and none are kept")


def _places_with(stage: Stage, words: str, parts: Iterable[StoredPart]) -> list[str]:
    """Places that show something of a kind, of anybody in the scenario."""
    _, canaries = KINDS[words]
    found: set[str] = set()
    for actor in stage.cast.everyone:
        if words == SIGN_UPS and actor.session.tokens:
            continue
        chosen = only(actor, canaries) if canaries else actor.person.canaries
        where = [part for part in parts if _PLACES.get(words) in {None, part.kind}]
        found |= {part.place for part in where if find_traces(part.content, chosen)}
    return sorted(found)


@then(says("none of {name:Name}'s {kind} is stored any more"))
def none_stored(stage: Stage, name: str, kind: str) -> None:
    """In no place and no form, while a database shows the person, who is still a customer."""
    actor = stage.cast.person(name)
    canaries = only(actor, KINDS[kind][1])
    if not canaries.all:
        raise HarnessError(f"{name} was never given any {kind}, so there is nothing to look for.")
    _gone(stage, actor, canaries, f"none of {name}'s {kind} is stored any more")


@then(says("of {name:Name}'s access tokens none but the newest is stored any more"))
def older_tokens_gone(stage: Stage, name: str) -> None:
    """Whoever signs in again does not keep the tokens from before."""
    actor = stage.cast.person(name)
    older = Canaries(name)
    for token in actor.session.tokens:
        if token != actor.client.token:
            older.assigned("access token", token)
    if not older.all:
        raise HarnessError(f"{name} has had one access token alone, so there are no older ones to look for.")
    _gone(stage, actor, older, f"none of {name}'s access tokens but the newest is stored any more")


@then(says("no outbox shows {name:Name} any more"))
def no_outbox_shows(stage: Stage, name: str) -> None:
    """Of all that mails and deliveries said, nothing that was typed; whose account they were about may stay."""
    actor = stage.cast.person(name)
    typed = only(actor, ("email", "email_local_part", "name", "family_name", "display_name", "code"))
    if not any(part.kind == "outbox" for part in stage.storage.parts()):
        raise NotAssessed("The target names no outbox among its places of storage, so none can be looked into.")
    _gone(stage, actor, typed, f"no outbox shows {name} any more", place="outbox")


@then(says("{name:Name}'s former name is stored no more"))
def former_name_gone(stage: Stage, name: str) -> None:
    """The name with which the account was made: it stood in what was sent, and nobody needs it now."""
    actor = stage.cast.person(name)
    _gone(stage, actor, only(actor, ("name", "family_name")), f"{name}'s former name is stored no more")


def _gone(stage: Stage, actor: Actor, canaries: Canaries, claim: str, *, place: str = "") -> None:
    """No place of storage, or none of one kind, shows some of a person's values; a database does show the person."""
    stage.service.settle()
    parts = stage.storage.parts()
    alive = stage.storage.traces(actor, parts)
    databases = {part.place for part in parts if part.kind in DATABASE}
    if not databases & alive.keys():
        raise HarnessError(
            f"No database of the target shows {actor.label}, so what else is missing there proves nothing.",
            cause="the storage places are incomplete, or what they show is not where the data is",
            remedy="see GET /assurance/v1/storage in harness/contract/README.md",
        )
    found = sorted(
        {
            f"{part.place} shows {trace.kind}"
            for part in parts
            if place in {"", part.kind}
            for trace in find_traces(part.content, canaries)
        }
    )
    stage.evidence.check(
        Channel.STORAGE,
        claim,
        not found,
        detail=f"{'; '.join(found)}.",
        evidence=[stage.storage.keep(actor, parts, alive)],
    )


@then(says("no log shows {name:Name} any more"))
def no_log_shows(stage: Stage, name: str) -> None:
    """No line of the old days, while the log does show our requests of today."""
    stage.service.settle()
    actor = stage.cast.person(name)
    parts = [part for part in stage.storage.parts() if part.kind == "log"]
    marker = stage.service.world.trace_id.encode()
    if not any(marker in part.content for part in parts):
        raise HarnessError(
            "The log does not show our own requests, so its being clean proves nothing.",
            cause="it lies elsewhere, or bears no trace ids",
            remedy="see the last section on storage in harness/contract/README.md",
        )
    found = stage.storage.traces(actor, parts)
    stage.evidence.check(
        Channel.STORAGE,
        f"no log shows {name} any more",
        not found,
        detail=f"{', '.join(sorted(found))} does.",
        evidence=[stage.storage.keep(actor, parts, found)],
    )


@then(says("the ledger of disposals tells that {kind} were destroyed in time"))
def ledger_tells(stage: Stage, kind: str) -> None:
    """An entry of the kind, and each of a moment between the beginning of the scenario and now."""
    stage.service.settle()
    name = KINDS[kind][0]
    answer, entries = stage.service.world.records("disposals")
    begun = _beginning(stage)
    times = [parse_instant(str(one["disposed_at"])) for one in entries if one["kind"] == name]
    if Capability.WORLDS not in stage.service.description.capabilities:
        times = [time for time in times if time >= begun]  # others are of earlier scenarios
    if kind == LOGS and not times and not _logs_have_shown_anybody(stage):
        stage.evidence.observe("no log ever showed anybody, so none of its entries had to go")
        return
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of disposals tells that {kind} were destroyed",
        bool(times) or stage.service.description.lifetime(name) is None,
        detail=f"It has entries for: {', '.join(sorted({str(one['kind']) for one in entries})) or 'nothing'}.",
        evidence=[answer.exchange],
    )
    impossible = [time.isoformat() for time in times if not begun <= time <= stage.clock.now]
    stage.evidence.check(
        Channel.RECORD,
        f"by the ledger of disposals {kind} were destroyed after they were there, and before now",
        not impossible,
        detail=f"It says {', '.join(impossible)}; the first of them came after {begun.isoformat()}.",
        evidence=[answer.exchange],
    )


def _beginning(stage: Stage) -> datetime:
    """When the scenario began, to the second."""
    return min({stage.clock.now, *stage.clock.stood}).replace(microsecond=0)


def _logs_have_shown_anybody(stage: Stage) -> bool:
    """Lines with a trace id alone are about nobody."""
    logs = {part.place for part in stage.storage.parts() if part.kind == "log"}
    return any(logs & stage.storage.shown(actor) for actor in stage.cast.everyone)


@then(says("the ledger of disposals does not tell of {kind}"))
def ledger_does_not_tell(stage: Stage, kind: str) -> None:
    """Nothing of the kind was due."""
    stage.service.settle()
    answer, entries = stage.service.world.records("disposals")
    found = [one for one in entries if one["kind"] == KINDS[kind][0]]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of disposals does not tell of {kind}",
        not found,
        detail=f"It tells of {len(found)}, though none was due.",
        evidence=[answer.exchange],
    )


@then(says("the ledger of disposals counts {number:d} {kind} at least"))
def ledger_counts(stage: Stage, number: int, kind: str) -> None:
    """In one entry or in several."""
    stage.service.settle()
    answer, entries = stage.service.world.records("disposals")
    begun = _beginning(stage)
    counted = sum(
        int(one["items"])
        for one in entries
        if one["kind"] == KINDS[kind][0] and parse_instant(str(one["disposed_at"])) >= begun
    )
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of disposals counts {number} {kind} at least",
        counted >= number or stage.service.description.lifetime(KINDS[kind][0]) is None,
        detail=f"It counts {counted}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger of disposals leads to nobody"))
def ledger_leads_to_nobody(stage: Stage) -> None:
    """It says how many of what, and not whose."""
    answer, entries = stage.service.world.records("disposals")
    found = find_traces_in(entries, [actor.person.canaries for actor in stage.cast.everyone])
    stage.evidence.check(
        Channel.RECORD,
        "the ledger of disposals leads to nobody",
        not found,
        detail=f"There is {', '.join(sorted({f'{trace.kind} of {trace.person}' for trace in found}))}.",
        evidence=[answer.exchange],
    )
