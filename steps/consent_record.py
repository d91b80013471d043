"""Consent records: the service's evidence of the consents that people gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Actor, Cast, Recipients, Service, Stage
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, sight
from steps.deliveries import moment, sent_at
from steps.nouns import TITLES


@dataclass(frozen=True, slots=True)
class Declared:
    """A consent that somebody really gave, as the record has to show it."""

    name: str
    purpose: str
    text_version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    def __str__(self) -> str:
        """For people."""
        end = f"withdrawn {self.withdrawn_at.isoformat()}" if self.withdrawn_at else "not withdrawn"
        text = f"text {self.text_version} in {self.language}"
        return f"{TITLES.get(self.purpose, self.purpose)}: {text}, given {self.given_at.isoformat()}, {end}"


class Diary:
    """What people on the stage have declared, as the harness, who played them, knows it."""

    def __init__(self) -> None:
        """Begin with nobody having declared anything."""
        self.entries: list[Declared] = []

    def gave(self, actor: Actor, purpose: str, text: Mapping[str, Any], at: datetime) -> None:
        """Somebody consented."""
        self.entries.append(Declared(actor.label, purpose, str(text["version"]), str(text["language"]).lower(), at))

    def withdrew(self, actor: Actor, purpose: str, at: datetime) -> None:
        """Somebody withdrew, regardless of the means."""
        self.entries = [
            replace(one, withdrawn_at=at)
            if (one.name, one.purpose, one.withdrawn_at) == (actor.label, purpose, None)
            else one
            for one in self.entries
        ]

    def of(self, actor: Actor) -> Counter[Declared]:
        """What one person declared, and how often within one second."""
        return Counter(one for one in self.entries if one.name == actor.label)


class RenewedConsents(dict[str, str]):
    """What each person consented to in a new account at the address of a deleted one: the purpose, by name."""


def ledger(service: Service, actor: Actor) -> tuple[Answer, list[dict[str, Any]]]:
    """What the record of consents has of somebody."""
    answer, entries = service.world.records("consents")
    ids = actor.person.canaries.values("account id")
    return answer, [one for one in entries if one.get("account_id") in ids]


def _recorded(actor: Actor, entries: Iterable[Mapping[str, Any]]) -> Counter[Declared]:
    found: Counter[Declared] = Counter()
    for one in entries:
        given_at = moment(one.get("given_at"))
        if given_at is not None:
            declared = Declared(
                actor.label,
                str(one.get("purpose")),
                str(one.get("text_version")),
                str(one.get("language")).lower(),
                given_at,
                moment(one.get("withdrawn_at")),
            )
            found[declared] += 1
    return found


# -- what it shows of a person ---------------------------------------------------------------------------------------

consent_entry = Phrases("consent_entry", "an entry of a consent record")


@consent_entry("every consent with its time, text and language")
def _every_consent(stage: Stage, actor: Actor) -> Seen:
    """Exactly the consents that the person gave, with times to the second."""
    answer, entries = ledger(stage.service, actor)
    declared, recorded = stage.part(Diary).of(actor), _recorded(actor, entries)
    lost = [f"not recorded: {one}" for one in declared.keys() - recorded.keys()]
    # Who says the same twice within a second has said it; whether once or twice is left to the record.
    untrue = [f"recorded, and not true: {one}" for one in recorded - declared]
    return Seen(
        channel=Channel.RECORD,
        holds=bool(declared) and not lost and not untrue and len(entries) == recorded.total(),
        detail="; ".join([*lost, *untrue, f"it has {len(entries)} entries where {len(declared)} consents were given"]),
        evidence=[answer.exchange],
    )


@consent_entry("{number} consents to {purpose}, the first withdrawn")
def _first_withdrawn(stage: Stage, actor: Actor, number: int, purpose: str) -> Seen:
    """A consent given again is an entry of its own, and the only one in force."""
    answer, entries = ledger(stage.service, actor)
    ends = [one.get("withdrawn_at") for one in entries if one.get("purpose") == purpose]
    return Seen(
        channel=Channel.RECORD,
        holds=len(ends) == number and ends.count(None) == 1,
        detail=f"It shows {len(ends)}, of which {ends.count(None)} are in force.",
        evidence=[answer.exchange],
    )


@sight("{person}'s consent record shows {consent_entry}")
def record_shows(person: Actor, consent_entry: Callable[[Actor], Seen]) -> Seen:
    """The consent ledger's entries for the person."""
    return consent_entry(person)


@sight(denied="{person}'s consent record is empty")
def record_has_entries(service: Service, cast: Cast, diary: Diary, person: Actor) -> Iterator[Seen]:
    """The consent ledger has no entry for the person, and has those of everybody else who consented."""
    others = [actor for actor in cast.everyone if diary.of(actor)]
    for actor in others:
        shown, theirs = ledger(service, actor)
        yield Seen(
            channel=Channel.RECORD,
            claim=f"the consent record shows what {actor.label} consented to",
            holds=not theirs,
            detail="It shows nothing of it.",
            evidence=[shown.exchange],
        )
    answer, entries = ledger(service, person)
    yield Seen(
        channel=Channel.RECORD,
        holds=bool(entries),
        detail=f"It shows {len(entries)} consents.",
        evidence=[answer.exchange],
        control=bool(others),
        lacking="nobody else has consented to anything",
    )


@sight("every share for {purpose} rests on a recorded consent", at_rest=True)
def every_share_rests_on_a_consent(service: Service, cast: Cast, recipients: Recipients, purpose: str) -> Seen:
    """For each share that arrived, the consent ledger shows a consent in force when it was sent."""
    without: list[str] = []
    evidence: list[str] = []
    seen = 0
    for actor in cast.everyone:
        answer, entries = ledger(service, actor)
        evidence.append(answer.exchange)
        records = [one for one in _recorded(actor, entries) if one.purpose == purpose]
        shares = recipients.arrivals(about=actor, purpose=purpose, kind="share")
        evidence += recipients.keep(shares)
        seen += len(shares)
        for share in shares:
            sent = sent_at(share)
            if not any(sent and _in_force(one, sent) for one in records):
                without.append(f"{share.recipient} received {actor.label}'s data at {sent}")
    if not seen:
        raise HarnessError(
            f"No share for {TITLES[purpose]} arrived, so there is nothing to reconcile with the consent record.",
            cause="the target does not deliver at all, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )
    return Seen(channel=Channel.RECORD, holds=not without, detail=f"{'; '.join(without)}.", evidence=evidence)


def _in_force(consent: Declared, at: datetime) -> bool:
    return consent.given_at <= at and (consent.withdrawn_at is None or at <= consent.withdrawn_at)
