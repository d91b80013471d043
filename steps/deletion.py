"""Deletion of an account: the purge of its data, the receipt, and a new account at the same address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from harness.clock import parse_instant
from harness.contract import Capability
from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Clock, Recorder, Service, Stage, Storage
from harness.target.http import Answer
from harness.vocabulary import Answers, Phrases, Seen, Sentence, deed, sight
from steps.consent_record import RenewedConsents
from steps.deliveries import moment as instant_of
from steps.nouns import NOON
from steps.registration import KEPT_OUT
from steps.storage import SeenEverywhere, is_stored
from steps.traces import FORMER, not_in, only

_ROUNDING = timedelta(minutes=1)
_NOT_THERE = frozenset({404, 410})

# -- when the data goes ----------------------------------------------------------------------------------------------


@deed("the purge of {person}'s data completes")
def purge_completes(clock: Clock, service: Service, storage: Storage, person: Actor) -> None:
    """The clock moves on by days until no place shows the person, to the end of the purge window at the latest.

    Not simply the end of the window: backups may be kept for a shorter time than that.
    """
    service.settle()
    due = clock.now + service.description.purge_window
    while clock.now < due and storage.traces(person):
        clock.move_to(min(clock.now + timedelta(days=1), due))


receipts = Phrases("receipt_entry", "a statement of the receipt of a deletion")


@receipts("a purge by {moment}")
def _purge_by(stage: Stage, person: Actor, moment: datetime) -> Iterable[Seen]:
    """By the receipt as issued and as it can be read now. An earlier purge is an observation."""
    looked_up = person.account.read_receipt()
    for receipt in (person.account.receipt, looked_up.json() if looked_up.ok else person.account.receipt):
        stated = parse_instant(str(receipt["purge_due_at"]))
        yield Seen(
            channel=Channel.API,
            holds=stated <= moment + _ROUNDING,
            detail=f"It states {stated.isoformat()}; the time is over on {moment.isoformat()}.",
            evidence=[looked_up.exchange],
        )
        if stated < moment - _ROUNDING:
            stage.evidence.observe(f"the purge is due at {stated.isoformat()}, before the time is over")


@receipts("that the purge is complete")
def _purge_is_complete(_: Stage, person: Actor) -> Iterable[Seen]:
    """Or the receipt is no longer available."""
    answer = person.account.read_receipt()
    yield Seen(
        channel=Channel.API,
        holds=answer.status in KEPT_OUT or (answer.ok and answer.field("status") == "purged"),
        detail=f"It was answered with {answer.status}: {answer.text}",
        evidence=[answer.exchange],
    )


@receipts("a hold until {day}")
def _hold_until(_: Stage, person: Actor, day: date) -> Iterable[Seen]:
    """The receipt must not state that the purge is complete while data is held."""
    answer = person.account.read_receipt()
    until = datetime.combine(day, NOON, UTC)
    yield Seen(
        channel=Channel.API,
        holds=answer.ok and answer.field("status") == "held" and instant_of(answer.json().get("held_until")) == until,
        detail=f"It was answered with {answer.status}: {answer.text}",
        evidence=[answer.exchange],
    )


@sight("{person}'s receipt states {receipt_entry}")
def receipt_states(person: Actor, receipt_entry: Callable[[Actor], Iterable[Seen]]) -> Iterable[Seen]:
    """The receipt of the deletion, which is available without signing in."""
    yield from receipt_entry(person)


def is_complete(receipt: Answer) -> bool:
    """Whether a purge is complete by a receipt, or the receipt itself gone."""
    return receipt.status in _NOT_THERE or (receipt.ok and receipt.field("status") == "purged")


def nothing_is_left(stage: Stage, actor: Actor, *, but_held: bool = False) -> bool:
    """Whether the purge is complete by the receipt of a person, who may then be answered as somebody unknown.

    A service may purge at any time after the deletion. A receipt that says so too soon is found out where stored bytes
    can be looked at.

    Args:
        stage: The stage.
        actor: Whose data.
        but_held: Whether data under a legal hold may be left.
    """
    if not actor.account.receipt:
        return False
    receipt = actor.account.read_receipt()
    held = receipt.ok and receipt.field("status") == "held"
    if not (is_complete(receipt) or (but_held and held)):
        return False
    stage.evidence.observe(f"{actor.label}'s data was purged before its time, though nobody had asked for it")
    if not held and Capability.STORAGE in stage.service.description.capabilities:
        _check_storage(stage, actor, receipt)
    return True


def _check_storage(stage: Stage, actor: Actor, receipt: Answer) -> None:
    """That stored bytes bear a receipt out; where the look has no control, it is noted that it proves nothing."""
    claim = f"none of {actor.label}'s personal data is stored, as the receipt states"
    seen = is_stored(
        stage.service,
        stage.cast,
        stage.storage,
        stage.evidence,
        stage.part(SeenEverywhere),
        Sentence(claim),
        actor,
        denied=True,
    )
    if not seen.holds and not seen.control:
        stage.evidence.observe(f"it is not shown that {claim}: {seen.lacking}")
        return
    evidence = [receipt.exchange, *seen.evidence]
    stage.evidence.check(seen.channel, claim, not seen.holds, detail=seen.detail, evidence=evidence)


# -- coming back -----------------------------------------------------------------------------------------------------


@sight("{person}'s new account shows nothing of the old one")
def new_account_shows_nothing_old(
    answers: Answers, renewed: RenewedConsents, evidence: Recorder, person: Actor
) -> Iterator[Seen]:
    """No former name, identifier or consent, but what is new. The service may refuse a new account until the purge."""
    created = answers[person.label]
    exists = created.operation == "createShesAccount" and created.ok
    signed_in = person.session.sign_in()
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label} {'can' if exists else 'cannot'} sign in",
        holds=signed_in.ok if exists else signed_in.status in KEPT_OUT,
        detail=f"Signing in was answered with {signed_in.status}.",
        evidence=[signed_in.exchange],
    )
    if not exists:
        evidence.observe(f"{person.label} cannot come back to the same address yet")
        return
    shown = [person.sony.read(), person.account.read(), person.consents.read()]
    new_id = str(shown[1].field("account_id"))
    old = not_in(f"{new_id} {person.client.token}", person, only(person, FORMER | {"access token"}))
    found = [f"{trace.kind} at {trace.path}" for answer in shown for trace in find_traces_in(answer.json(), old)]
    given = {str(one["purpose"]) for one in shown[2].field("consents") if one["given"]}
    again = {renewed[person.label]} if person.label in renewed else set()
    found += [f"a consent to {purpose}" for purpose in sorted(given - again)]
    evidence_ids = [answer.exchange for answer in shown]
    yield Seen(channel=Channel.API, holds=not found, detail=f"It shows: {', '.join(found)}.", evidence=evidence_ids)
    lost = [f"the consent to {purpose}" for purpose in sorted(again - given)]
    if shown[1].field("display_name") != person.details.display_name:
        lost.append("the display name")
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label}'s new account shows what {person.label} entered in it",
        holds=not lost,
        detail=f"It lacks: {', '.join(lost)}.",
        evidence=evidence_ids,
    )
