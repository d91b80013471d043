"""Transfer registers: where personal data is processed, for what purposes, and under which law (section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import members
from harness.people.residences import residence as find_residence
from harness.stage import Actor, Clock, Recipients, Service, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, deed, sight, words
from harness.world.recipients import Arrival
from steps.deliveries import moment, sent_at
from steps.recipients import demand_served
from steps.transfers import Facts

Entry = dict[str, Any]

LAWS = {
    "the GDPR": "gdpr",
    "the UK GDPR": "uk-gdpr",
    "the Swiss FADP": "ch-fadp",
    "the PIPL": "cn-pipl",
    "the APPI": "jp-appi",
    "Korea's PIPA": "kr-pipa",
    "Québec's Law 25": "ca-qc-private-sector",
    "PIPEDA": "ca-pipeda",
    "the LGPD": "br-lgpd",
    "Australia's Privacy Act": "au-privacy-act",
    "Singapore's PDPA": "sg-pdpa",
    "POPIA": "za-popia",
}
"""Laws on transfers, with the ids that the contract sets."""

words("law", "a law on transfers", LAWS)

_COMPARED = {
    "recipients": ("id", "country"),
    "adequacy": ("country", "reference", "valid_from", "valid_until", "certified_recipients"),
    "safeguards": ("recipient", "kind", "reference", "valid_from", "valid_until"),
}


Register = Callable[[Service], Answer]
"""Reads a register."""


class Opened(dict[Register, Answer]):
    """The registers that an auditor has read."""


Problems = Iterable[str]
"""What is wrong, in words; nothing where a register shows what it should."""

facts = Phrases("fact", "what a register shows")


def _transfers(service: Service) -> Answer:
    return service.world.records("transfers")[0]


def _grounds(service: Service) -> Answer:
    return done(service.call("readTransferRegister"), "an auditor reads the register of transfer grounds")


words(
    "register",
    "a register that the service publishes",
    {"transfer register": _transfers, "register of transfer grounds": _grounds},
)


@deed("an auditor reads the {register}")
def reads(service: Service, opened: Opened, register: Register) -> None:
    """The register as the service publishes it at that moment."""
    opened[register] = register(service)


# -- what a register shows -------------------------------------------------------------------------------------------


@facts("{residence} as a place of operation")
def _operated_in(_: Stage, register: Answer, residence: str) -> Problems:
    """With an operator, and with the activities carried out there."""
    country = find_residence(residence).country
    found = [one for one in register.field("places") if one.get("country") == country]
    if not any(one.get("operator") and one.get("activities") for one in found):
        yield f"It names: {', '.join(str(one.get('country')) for one in register.field('places')) or 'none'}"


@facts("every declared recipient with its country")
def _every_recipient(stage: Stage, register: Answer) -> Problems:
    """Countries that were stated take precedence over declared ones."""
    shown = {one.get("id"): one.get("country") for one in register.json().get("recipients") or ()}
    for one in stage.service.description.recipients:
        if shown.get(one.id) != one.country:
            yield f"{one.id} is missing, or in another country"


@facts("law, basis, dates and source of every transfer of {person}'s data")
def _complete(stage: Stage, register: Answer, person: Actor) -> Problems:
    """With transfers on a basis in force to every place of operation outside the person's own country or area."""
    demand_served(stage.service, person)
    mine = entries_about(person, register.field("entries"))
    now = stage.clock.now
    gone = {one.get("country") for one in mine if "account" in (one.get("purposes") or ()) and in_force(one, now)}
    places = {one["country"] for one in register.field("places")} - at_home(person)
    yield from (f"there is no transfer to {country}" for country in sorted(places - gone))
    yield from (f"the transfer to {one.get('recipient')} has no {part}" for one in mine for part in lacking(one))


@facts("{law} as the law of every transfer")
def _law_of_every_transfer(stage: Stage, register: Answer, law: str) -> Problems:
    """For the transfers of everybody in the scenario."""
    mine = [one for person in stage.cast.everyone for one in entries_about(person, register.field("entries"))]
    named = {str((one.get("law") or {}).get("id")) for one in mine}
    if named != {law}:
        yield f"It names: {', '.join(sorted(named)) or 'none'}"


@facts("no law of another jurisdiction for {person}'s data")
def _no_law_of_another_place(_: Stage, register: Answer, person: Actor) -> Problems:
    """By the ids that the contract sets: none of them is for the person's residence."""
    mine = entries_about(person, register.field("entries"))
    for other in sorted({str((one.get("law") or {}).get("id")) for one in mine} & set(LAWS.values())):
        yield f"It names {other}"


@facts("no recipient with an undeclared purpose")
def _no_undeclared_purpose(stage: Stage, register: Answer) -> Problems:
    """An operator of the account has the purpose of the account and no other."""
    declared = {one.id: one.purposes for one in stage.service.description.recipients}
    for one in register.field("entries"):
        more = set(one.get("purposes") or ["none"]) - declared.get(str(one.get("recipient")), {"account"})
        if more:
            yield f"{one.get('recipient')}: {', '.join(sorted(more))}"


@facts("every delivery about {person} under {law}")
def _deliveries_under(stage: Stage, register: Answer, person: Actor, law: str) -> Problems:
    """Each share to another country in the whole scenario, with a basis in force when it was sent."""
    if not shares_about(stage.recipients, person):
        raise HarnessError(
            f"No share about {person.label} arrived, so the register cannot be compared with any.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    return uncovered(stage, person, register.field("entries"), law)


@facts("exactly the stated recipients and grounds")
def _as_stated(stage: Stage, register: Answer) -> Problems:
    """Times may be written in another time zone; they mean the same instants."""
    stated, shown = stage.part(Facts).register(stage), register.json()
    if set(_rows(stated, "recipients")) - set(_rows(shown, "recipients")):
        yield "The recipients are not as stated"
    for part in ("adequacy", "safeguards"):
        if _rows(stated, part) != _rows(shown, part):
            yield f"The part {part!r} is not as stated"


@sight("the {register} shows {fact}", at_rest=True)
def shows(
    service: Service,
    opened: Opened,
    register: Register,
    fact: Callable[[Answer], Problems],
) -> Seen:
    """In the register as the auditor read it, or otherwise as the service publishes it now."""
    answer = opened.get(register) or register(service)
    wrong = list(dict.fromkeys(fact(answer)))
    return Seen(channel=Channel.RECORD, holds=not wrong, detail=f"{'; '.join(wrong)}.", evidence=[answer.exchange])


def _rows(register: Mapping[str, Any], part: str) -> list[tuple[str, ...]]:
    """A part of a register in a form that can be compared."""
    return sorted(
        tuple(f"{name}={_plain(name, row.get(name))}" for name in _COMPARED[part]) for row in register.get(part) or ()
    )


def _plain(name: str, value: object) -> str:
    if name.startswith("valid_"):
        read = moment(value)
        return read.astimezone(UTC).isoformat() if read else "open"
    if isinstance(value, list):
        return ",".join(sorted(map(str, value)))
    return "all" if value is None else str(value)


# -- deliveries held against it --------------------------------------------------------------------------------------


def entries_about(person: Actor, entries: Iterable[Entry]) -> list[Entry]:
    """Entries about people like this one: those that name their state or province, or else their country."""
    entries = list(entries)
    home = person.person.residence
    if home.country != person.details.country:
        home = find_residence(person.details.country)
    by_place = [[one for one in entries if code in (one.get("residences") or ())] for code in (home.code, home.country)]
    return by_place[0] or by_place[1]


def lacking(entry: Entry) -> list[str]:
    """What an entry must say and does not."""
    law, basis = entry.get("law") or {}, entry.get("basis") or {}
    parts = {
        "law": law.get("id") and law.get("name"),
        "basis": basis.get("kind") and basis.get("reference"),
        "dates": moment(entry.get("valid_from")) and "valid_until" in entry,
        "source": entry.get("source"),
    }
    return [part for part, there in parts.items() if not there]


def at_home(person: Actor) -> set[str]:
    """Countries a transfer to which is none: the person's own, or those of the EEA for a resident of it."""
    inside = {one.country for one in members("EEA")}
    return inside if person.details.country in inside else {person.details.country}


def in_force(entry: Entry, at: datetime) -> bool:
    """Whether the basis that an entry names is in force at a moment."""
    begins, ends = moment(entry.get("valid_from")), moment(entry.get("valid_until"))
    return begins is not None and begins <= at and (ends is None or at < ends)


def shares_about(recipients: Recipients, person: Actor) -> list[Arrival]:
    """Every share about a person that arrived in the scenario."""
    return [one for one in recipients.arrivals(about=person) if one.kind == "share"]


def uncovered(stage: Stage, person: Actor, entries: Iterable[Entry], law: str | None = None) -> Iterator[str]:
    """Shares about a person to another country that no entry in force allows, in words; under a law if one is named."""
    mine = entries_about(person, entries)
    stated = stage.part(Facts).countries
    for one in shares_about(stage.recipients, person):
        country = stated.get(one.recipient) or stage.recipients.declared(one.recipient).country
        allowed = country in at_home(person) or any(_covers(entry, one, country, law, stage.clock) for entry in mine)
        if not allowed:
            yield f"no entry in force covers the {one.kind} for {one.purpose} to {one.recipient} in {country}"


def _covers(entry: Entry, arrival: Arrival, country: str, law: str | None, clock: Clock) -> bool:
    return (
        entry.get("recipient") == arrival.recipient
        and entry.get("country") == country
        and arrival.purpose in (entry.get("purposes") or ())
        and (law is None or (entry.get("law") or {}).get("id") == law)
        and not lacking(entry)
        and in_force(entry, sent_at(arrival) or clock.now)
    )
