"""Transfers out of the European Economic Area: on what grounds, and what the ledger says of them (5.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, then, when

from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import members, residence
from harness.people.search import find_traces
from harness.stage import Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.world.recipients import Arrival
from steps.sharing import company_id, moment, sent_at
from steps.words import WORDS, Word, says

_ANTIQUITY = datetime(2020, 1, 1, tzinfo=UTC)
_SAFEGUARDS = {
    "standard contractual clauses": "standard-contractual-clauses",
    "binding corporate rules": "binding-corporate-rules",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that allows transfers.

    Attributes:
        kind: As the disclosure ledger of the contract writes it.
        of: Whom or what it is about, as the sentence says it: a company, or a place.
        certified: For a finding of adequacy that covers certified recipients alone: the company, or nothing.
        begins: Its first moment.
        ends: The first moment after it; open when there is none.
    """

    kind: str
    of: str
    certified: tuple[str, ...] | None = None
    begins: datetime = _ANTIQUITY
    ends: datetime | None = None

    @property
    def reference(self) -> str:
        """By which the register and the ledger name it."""
        return f"{self.kind}/{self.begins:%Y%m%d}"


@dataclass(frozen=True, slots=True)
class Period:
    """When a ground is in force."""

    begins: datetime = _ANTIQUITY
    ends: datetime | None = None


@dataclass
class Facts:
    """What the harness has stated for this scenario."""

    countries: dict[str, str] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)

    def in_force(self, at: datetime) -> list[Ground]:
        """Grounds that count at a moment."""
        return [one for one in self.grounds if one.begins <= at and (one.ends is None or at < one.ends)]

    def register(self, stage: Stage) -> dict[str, Any]:
        """``TransferRegister`` of the contract."""
        return {
            "recipients": [{"id": name, "country": country} for name, country in self.countries.items()],
            "adequacy": [
                {
                    "country": residence(one.of).country,
                    "reference": one.reference,
                    "certified_recipients": (
                        None if one.certified is None else [company_id(stage, who) for who in one.certified]
                    ),
                    **_validity(one),
                }
                for one in self.grounds
                if one.kind == "adequacy-decision"
            ],
            "safeguards": [
                {"recipient": company_id(stage, one.of), "kind": one.kind, "reference": one.reference, **_validity(one)}
                for one in self.grounds
                if one.kind != "adequacy-decision"
            ],
        }


def _validity(ground: Ground) -> dict[str, str | None]:
    # With the offset of the place where it was decided: the same instant, written otherwise than in UTC.
    return {
        "valid_from": ground.begins.isoformat(),
        "valid_until": ground.ends.isoformat() if ground.ends else None,
    }


def _ground(text: str) -> Ground | None:
    if text == "none":
        return None
    for words, kind in _SAFEGUARDS.items():
        if text.startswith(words):
            return Ground(kind, text.removeprefix(f"{words} with "))
    place, _, certified = text.removeprefix("adequacy of ").partition(" for ")
    who = certified.removesuffix(" as certified")
    covered = None if not certified else () if who == "nobody" else (who,)
    return Ground("adequacy-decision", place, covered)


def _period(text: str) -> Period:
    day, zone = re.split(r" in ", re.sub(r"^(?:from the beginning|to the end) of ", "", text))
    first = WORDS["Day"](day)
    if not isinstance(first, date):
        raise TypeError(f"{day} is no day")
    if text.startswith("from"):
        return Period(begins=datetime.combine(first, time(), ZoneInfo(zone)))
    return Period(ends=datetime.combine(first + timedelta(days=1), time(), ZoneInfo(zone)))


_COMPANY, _PLACE = WORDS["Company"].pattern, WORDS["Place"].pattern
_GROUND = Word(
    rf"none|(?:{'|'.join(_SAFEGUARDS)}) with (?:{_COMPANY})"
    rf"|adequacy of (?:{_PLACE})(?: for (?:nobody|{_COMPANY}) as certified)?",
    _ground,
)
_PERIOD = Word(
    rf"(?:from the beginning|to the end) of {WORDS['Day'].pattern} in (?:{WORDS['Zone'].pattern})",
    _period,
)


def _says(sentence: str) -> parsers.parse:
    words = {**WORDS, "Ground": _GROUND, "Period": _PERIOD}
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


@pytest.fixture
def facts() -> Facts:
    """What has been stated of law and contract in this scenario."""
    return Facts()


# -- the facts of law and contract -----------------------------------------------------------------------------------


@given(says("{company:Company} receives data in {place:Place}"))
def receives_data_in(stage: Stage, facts: Facts, company: str, place: str) -> None:
    """Where the recipient is; nothing else changes."""
    facts.countries[company_id(stage, company)] = residence(place).country
    stage.service.world.state_transfer_register(facts.register(stage))


@given(_says("the only ground for transfers is {ground:Ground}"))
@when(_says("the only ground for transfers becomes {ground:Ground}"))
def only_ground(stage: Stage, facts: Facts, ground: Ground | None) -> None:
    """In force since long ago and with no end in sight."""
    facts.grounds = [ground] if ground else []
    stage.service.world.state_transfer_register(facts.register(stage))


@given(_says("the only ground for transfers is {ground:Ground}, {period:Period}"))
def only_ground_for_a_time(stage: Stage, facts: Facts, ground: Ground, period: Period) -> None:
    """In force from its first moment (included) to its end (excluded)."""
    facts.grounds = [replace(ground, begins=period.begins, ends=period.ends)]
    stage.service.world.state_transfer_register(facts.register(stage))


@given(_says("another ground for transfers is {ground:Ground}, {period:Period}"))
def another_ground(stage: Stage, facts: Facts, ground: Ground, period: Period) -> None:
    """Besides those that were stated before."""
    facts.grounds.append(replace(ground, begins=period.begins, ends=period.ends))
    stage.service.world.state_transfer_register(facts.register(stage))


# -- what left -------------------------------------------------------------------------------------------------------


@then(says("no share about {name:Name} was sent for e-mail marketing"))
def no_share_sent(stage: Stage, name: str) -> None:
    """Not even one that was turned away; a withdraw may leave."""
    stage.absence.check_about(
        f"no share about {name} was sent for e-mail marketing", stage.cast.person(name), purpose=MARKETING, kind="share"
    )


@then(says("what arrived about {name:Name} names no more than the subject"))
def no_more_than_the_subject(stage: Stage, name: str) -> None:
    """Neither address nor name: they need a ground, a withdrawal does not."""
    _check_subject_alone(stage, name, f"what arrived about {name} names no more than the subject")


@then(says("what {company:Company} received about {name:Name} names no more than the subject"))
def company_got_no_more_than_the_subject(stage: Stage, company: str, name: str) -> None:
    """Nor where the person has moved to."""
    claim = f"what {company} received about {name} names no more than the subject"
    _check_subject_alone(stage, name, claim, company_id(stage, company))


def _check_subject_alone(stage: Stage, name: str, claim: str, recipient: str | None = None) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = stage.recipients.arrivals(about=actor, recipient=recipient, since=stage.moment.since, accepted=False)
    if not stage.recipients.arrivals(about=actor):
        raise HarnessError(
            f"Nothing ever arrived about {name}, so there is nothing to withdraw.",
            cause="the target does not share although there is a ground",
            remedy="look at the deliveries in the evidence",
        )
    found = {trace.kind for one in arrived for trace in find_traces(one.body, actor.person.canaries)} - {"subject id"}
    found |= {member for one in arrived for member in _beyond(one)}
    stage.evidence.check(
        Channel.OUTBOUND,
        claim,
        not found and not any(one.kind == "share" for one in arrived),
        detail=f"It holds: {', '.join(sorted(found)) or 'a share'}.",
        evidence=stage.recipients.keep(arrived),
    )


_OF_A_WITHDRAW = frozenset({"delivery_id", "sent_at", "recipient", "purpose", "kind", "subject"})


def _beyond(arrival: Arrival) -> set[str]:
    """What a delivery bears beside the members that a withdraw has by the contract."""
    body = arrival.json if isinstance(arrival.json, dict) else {}
    return {*(set(body) - _OF_A_WITHDRAW), *(f"subject.{name}" for name in set(arrival.subject) - {"subject_id"})}


# -- the ledger ------------------------------------------------------------------------------------------------------


@then("the disclosure ledger agrees with what arrived")
def ledger_agrees(stage: Stage, facts: Facts) -> None:
    """Both ways: what arrived is in it as delivered, as it was and when it was; what it calls delivered arrived."""
    stage.service.settle()
    arrived = [one for one in stage.recipients.arrivals() if one.repeats is None]
    if not arrived:
        raise HarnessError(
            "Nothing arrived at all, so there is nothing to hold against the ledger.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    answer, entries = stage.service.world.records("disclosures")
    wrong = [problem for one in arrived for problem in _problems(stage, facts, one, entries)]
    seen = {one.delivery_id for one in arrived}
    wrong += [
        f"a {one.get('kind')} to {one.get('recipient')} is called delivered and never arrived"
        for one in entries
        if one.get("state") == "delivered" and one.get("delivery_id") not in seen
    ]
    stage.evidence.check(
        Channel.RECORD,
        "the disclosure ledger agrees with what arrived",
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange, *stage.recipients.keep(arrived)],
    )


def _problems(stage: Stage, facts: Facts, arrival: Arrival, entries: list[dict[str, Any]]) -> list[str]:
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
        if named not in _in_force(stage, facts, arrival):
            problems.append(f"{what} rests on {safeguard or 'nothing'}, which was not in force for it")
    return problems


def _mistimed(stage: Stage, arrival: Arrival, entry: Mapping[str, Any], what: str) -> list[str]:
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


def _in_force(stage: Stage, facts: Facts, arrival: Arrival) -> set[tuple[str, str]]:
    return {(one.kind, one.reference) for one in facts.in_force(sent_at(arrival) or stage.clock.now)}


# -- the register ----------------------------------------------------------------------------------------------------


@when("an auditor opens the transfer register", target_fixture="published")
def opens_register(stage: Stage) -> Answer:
    """As the target publishes it."""
    return done(stage.service.call("readTransferRegister"), "an auditor opens the transfer register")


@then("it shows these recipients and grounds, and no other ground")
def register_shows(stage: Stage, facts: Facts, published: Answer) -> None:
    """Times may be written otherwise; they mean the same instants."""
    stated, shown = facts.register(stage), published.json()
    lost = set(_rows(stated, "recipients")) - set(_rows(shown, "recipients"))
    differs = [part for part in ("adequacy", "safeguards") if _rows(stated, part) != _rows(shown, part)]
    stage.evidence.check(
        Channel.RECORD,
        "the transfer register shows the recipients and grounds that hold, and no other ground",
        not lost and not differs,
        detail=f"Not as stated: {', '.join(differs + ['recipients'] * bool(lost))}.",
        evidence=[published.exchange],
    )


def _rows(register: Mapping[str, Any], part: str) -> list[tuple[str, ...]]:
    """A part of a register in a form that can be compared."""
    return sorted(
        tuple(f"{name}={_plain(name, row.get(name))}" for name in _COMPARED[part]) for row in register.get(part) or ()
    )


_COMPARED = {
    "recipients": ("id", "country"),
    "adequacy": ("country", "reference", "valid_from", "valid_until", "certified_recipients"),
    "safeguards": ("recipient", "kind", "reference", "valid_from", "valid_until"),
}


def _plain(name: str, value: object) -> str:
    if name.startswith("valid_"):
        read = moment(value)
        return read.astimezone(UTC).isoformat() if read else "open"
    if isinstance(value, list):
        return ",".join(sorted(map(str, value)))
    return "all" if value is None else str(value)
