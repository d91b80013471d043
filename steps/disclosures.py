"""Disclosures: deliveries compared with consents, registers and the disclosure ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import members
from harness.stage import Actor, Recipients, Service, Stage
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.vocabulary import Seen, sight, words
from harness.world.recipients import Arrival
from steps.consent_record import Diary
from steps.deliveries import NOTHING_ARRIVED, listed, moment, purposes, sent_at
from steps.products import PERSONALISATION, PROFILING
from steps.transfer_register import shares_about, uncovered
from steps.transfers import Facts

SALE = "sale"
_BASES = {MARKETING: "consent", PERSONALISATION: "consent", PROFILING: "consent", ADVERTISING: "not-opted-out"}
_PRICE = re.compile("price|consideration|currency|amount|payment|paid", re.IGNORECASE)
"""Names of members that say what somebody pays."""

Entry = Mapping[str, Any]
Finding = tuple[list[Arrival], list[str], list[str]]
"""Deliveries, what is wrong with them, and evidence beyond the deliveries."""


# -- deliveries ------------------------------------------------------------------------------------------------------


def _is_covered(stage: Stage, person: Actor) -> Finding:
    """To a recipient at home, or on a transfer that is in the register for this recipient, country and purpose."""
    arrived = shares_about(stage.recipients, person)
    answer, entries = stage.service.world.records("transfers")
    return arrived, list(uncovered(stage, person, entries)), [answer.exchange]


def _is_for_marketing(stage: Stage, person: Actor) -> Finding:
    """Since the last events, at whatever endpoint."""
    return _misuses(
        stage, person, {MARKETING}, stage.recipients.arrivals(about=person, since=stage.moment.since, accepted=False)
    )


def _is_consented_to(stage: Stage, person: Actor) -> Finding:
    """In the whole scenario, at whatever endpoint."""
    agreed = {one.purpose for one in stage.part(Diary).of(person)}
    return _misuses(stage, person, agreed, stage.recipients.arrivals(about=person, accepted=False))


words(
    "requirement",
    "what must be true of each delivery about somebody",
    {
        "is covered by the transfer register": _is_covered,
        "is for e-mail marketing": _is_for_marketing,
        "is for a purpose with consent": _is_consented_to,
    },
)


@sight("every delivery about {person} {requirement}", at_rest=True)
def every_delivery(stage: Stage, person: Actor, requirement: Callable[[Stage, Actor], Finding]) -> Seen:
    """At every recipient. The delivery names the purpose of its endpoint, and the lawful basis for it.

    Vendors of residents of the United States may receive data for advertising as well (8.CA.18).
    """
    arrived, wrong, evidence = requirement(stage, person)
    if not arrived:
        raise HarnessError(
            f"Nothing arrived about {person.label}, so there is nothing to look at.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    return Seen(
        channel=Channel.OUTBOUND,
        holds=not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[*evidence, *stage.recipients.keep(arrived)],
    )


def _misuses(stage: Stage, person: Actor, agreed: set[str], arrived: list[Arrival]) -> Finding:
    return arrived, [problem for one in arrived for problem in _misused(stage.recipients, person, one, agreed)], []


def _misused(recipients: Recipients, person: Actor, arrival: Arrival, agreed: set[str]) -> list[str]:
    what = f"what {arrival.recipient} received for {arrival.purpose}"
    body = arrival.json if isinstance(arrival.json, dict) else {}
    allowed = _with_advertising(person, agreed)
    recipient = recipients.declared(arrival.recipient)
    problems = []
    if arrival.purpose not in allowed:
        problems.append(f"{what} was not given for that")
    if person.details.country not in recipient.residences or arrival.purpose not in recipient.purposes:
        problems.append(f"{what} is outside what it is declared for")
    if body.get("purpose") != arrival.purpose:
        problems.append(f"{what} says that it is for {body.get('purpose')}")
    if arrival.kind == "share" and (body.get("basis") or {}).get("kind") != _BASES.get(arrival.purpose):
        problems.append(f"{what} rests on {body.get('basis')}")
    if "product_usage" in body and arrival.purpose != PERSONALISATION:
        problems.append(f"{what} reveals how products are used")
    return problems


def _with_advertising(person: Actor, agreed: Iterable[str]) -> set[str]:
    """Purposes, and advertising for residents of the United States."""
    return {*agreed, ADVERTISING} if person.details.country == "US" else set(agreed)


@sight(denied="{person}'s data is not sold", at_rest=True)
def is_sold(recipients: Recipients, person: Actor) -> Seen:
    """No delivery about the person to any recipient is a sale or names a price; others did arrive."""
    arrived = recipients.arrivals(accepted=False)
    sold = [
        one for one in arrived if (SALE in purposes(one) or _names_price(one.json)) and recipients.is_about(one, person)
    ]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(sold),
        detail=f"{listed(sold)}.",
        evidence=recipients.keep(arrived),
        control=bool(arrived),
        lacking=NOTHING_ARRIVED,
    )


def _names_price(value: object) -> bool:
    if isinstance(value, dict):
        return any(_PRICE.search(str(key)) or _names_price(below) for key, below in value.items())
    return isinstance(value, list) and any(map(_names_price, value))


# -- the ledger ------------------------------------------------------------------------------------------------------


@sight(denied="the disclosure ledger shows no sale")
def ledger_shows_sale(service: Service) -> Seen:
    """Of anybody's data. The ledger must show other disclosures."""
    answer, entries = service.world.records("disclosures")
    sold = [entry for entry in entries if entry.get("purpose") == SALE]
    return Seen(
        channel=Channel.RECORD,
        holds=bool(sold),
        detail=f"It shows {len(sold)}, to {', '.join(sorted({str(entry.get('recipient')) for entry in sold}))}.",
        evidence=[answer.exchange],
        control=bool(entries),
        lacking="the ledger is empty",
    )


@sight("the disclosure ledger shows {person}'s data for {purpose} only", at_rest=True)
def ledger_shows_only(recipients: Recipients, service: Service, person: Actor, purpose: str) -> Seen:
    """Deliveries about the person are entered for the purpose for which they arrived, and for no other."""
    arrived = {one.delivery_id: one for one in recipients.arrivals(about=person)}
    subjects = {one.subject_id for one in arrived.values()}
    allowed = _with_advertising(person, {purpose})
    answer, entries = service.world.records("disclosures")
    mine = [one for one in entries if one.get("delivery_id") in arrived or one.get("subject_id") in subjects]
    wrong = [
        f"a {one.get('kind')} to {one.get('recipient')} for {one.get('purpose')}"
        for one in mine
        if one.get("purpose") not in allowed
        or (one.get("delivery_id") in arrived and one.get("purpose") != arrived[one["delivery_id"]].purpose)
    ]
    return Seen(
        channel=Channel.RECORD,
        holds=bool(mine) and not wrong,
        detail=f"It has: {'; '.join(wrong) or 'nothing about the person'}.",
        evidence=[answer.exchange, *recipients.keep(arrived.values())],
    )


@sight("the disclosure ledger matches the deliveries received", at_rest=True)
def ledger_agrees(stage: Stage, facts: Facts, recipients: Recipients, service: Service) -> Seen:
    """Each delivery received is entered as it was; each entry marked as delivered was received."""
    arrived = [one for one in recipients.arrivals() if one.repeats is None]
    if not arrived:
        raise HarnessError(
            "Nothing arrived at all, so there is nothing to hold against the ledger.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    answer, entries = service.world.records("disclosures")
    wrong = [problem for one in arrived for problem in _problems(stage, facts, one, entries)]
    seen = {one.delivery_id for one in arrived}
    wrong += [
        f"a {one.get('kind')} to {one.get('recipient')} is called delivered and never arrived"
        for one in entries
        if one.get("state") == "delivered" and one.get("delivery_id") not in seen
    ]
    return Seen(
        channel=Channel.RECORD,
        holds=not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange, *recipients.keep(arrived)],
    )


def _problems(stage: Stage, facts: Facts, arrival: Arrival, entries: Iterable[Entry]) -> list[str]:
    what = f"the {arrival.kind} that {arrival.recipient} received"
    mine = [one for one in entries if one.get("delivery_id") == arrival.delivery_id]
    if len(mine) != 1:
        return [f"{what} has {len(mine)} entries"]
    entry = mine[0]
    country = facts.countries.get(arrival.recipient) or stage.recipients.declared(arrival.recipient).country
    expected = {
        "recipient": arrival.recipient,
        "purpose": arrival.purpose,
        "kind": arrival.kind,
        "state": "delivered",
        "recipient_country": country,
    }
    if entry.get("subject_id") is not None:
        expected["subject_id"] = arrival.subject_id
    problems = [
        f"{what} is entered with {name} {entry.get(name)!r}, not {value!r}"
        for name, value in expected.items()
        if entry.get(name) != value
    ]
    problems += _mistimed(stage, arrival, entry, what)
    if arrival.kind == "share" and _leaves_the_eea(stage, arrival, country):
        safeguard = entry.get("safeguard") or {}
        named = (safeguard.get("kind"), safeguard.get("reference"))
        if named not in _in_force(facts, sent_at(arrival) or stage.clock.now):
            problems.append(f"{what} rests on {safeguard or 'nothing'}, which was not in force for it")
    return problems


def _mistimed(stage: Stage, arrival: Arrival, entry: Entry, what: str) -> list[str]:
    """What is wrong with the times of an entry, to the second: they are those at which the world's clock stood."""
    sent, decided, taken = sent_at(arrival), moment(entry.get("decided_at")), moment(entry.get("delivered_at"))
    if sent is None or Capability.CLOCK not in stage.service.description.capabilities:
        return []
    stood = {one.replace(microsecond=0) for one in (*stage.clock.stood, stage.clock.now)}
    tried = any(
        one.delivery_id == arrival.delivery_id and not one.accepted for one in stage.recipients.arrivals(accepted=False)
    )
    problems = []
    if decided is None or decided > sent:
        problems.append(f"{what} was sent at {sent}, and by its entry decided on at {entry.get('decided_at')}")
    if taken is None or not sent <= taken <= stage.clock.now or (not tried and taken not in stood):
        problems.append(f"{what} was sent at {sent}, and by its entry delivered at {entry.get('delivered_at')}")
    return problems


def _leaves_the_eea(stage: Stage, arrival: Arrival, country: str) -> bool:
    inside = {place.country for place in members("EEA")}
    residents = [actor for actor in stage.cast.everyone if actor.details.country in inside]
    return country not in inside and any(stage.recipients.is_about(arrival, actor) for actor in residents)


def _in_force(facts: Facts, at: datetime) -> set[tuple[str, str]]:
    return {(one.kind, one.reference) for one in facts.in_force(at)}
