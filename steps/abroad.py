"""The register of transfers: where data is, for what, and under which law it goes there (5.1, 5.4, 5.7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pytest_bdd import parsers, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import Residence, members, residence
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.moment import Marker
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.http import Answer
from harness.world.recipients import Arrival
from steps.consent import Diary
from steps.products import PERSONALISATION, PROFILING
from steps.sharing import demand_served, moment, sent_at
from steps.transfers import Facts
from steps.words import WORDS, Word, says

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

_BASES = {MARKETING: "consent", PERSONALISATION: "consent", PROFILING: "consent", ADVERTISING: "not-opted-out"}
Entry = dict[str, Any]


def _says(sentence: str) -> parsers.parse:
    return parsers.parse(
        sentence, extra_types={**WORDS, "Law": Word("|".join(LAWS), LAWS.__getitem__)}, case_sensitive=True
    )


# -- the register ----------------------------------------------------------------------------------------------------


@when("an auditor opens the register of transfers", target_fixture="register")
def opens_register(stage: Stage) -> Answer:
    """Places and transfers, as the service has drawn them up."""
    answer, _ = stage.service.world.records("transfers")
    return answer


@then(says("it names {place:Place} as a place in which the account is run"))
def names_place(stage: Stage, register: Answer, place: str) -> None:
    """With whoever does it, and what is done there."""
    country = residence(place).country
    found = [one for one in register.field("places") if one.get("country") == country]
    stage.evidence.check(
        Channel.RECORD,
        f"the register of transfers names {place} as a place in which the account is run",
        any(one.get("operator") and one.get("activities") for one in found),
        detail=f"It names: {', '.join(str(one.get('country')) for one in register.field('places')) or 'none'}.",
        evidence=[register.exchange],
    )


@then("it knows every recipient that the service declares, and where it is")
def knows_recipients(stage: Stage) -> None:
    """In the register of recipients and grounds; stated countries go before declared ones."""
    answer = done(stage.service.call("readTransferRegister"), "an auditor opens the transfer register")
    shown = {one.get("id"): one.get("country") for one in answer.json().get("recipients") or ()}
    wrong = [one.id for one in stage.service.description.recipients if shown.get(one.id) != one.country]
    stage.evidence.check(
        Channel.RECORD,
        "the transfer register knows every recipient that the service declares, and where it is",
        not wrong,
        detail=f"Not, or elsewhere: {', '.join(wrong)}.",
        evidence=[answer.exchange],
    )


@then(says("every transfer of {name:Name}'s data in it names its law, a basis, dates and a source"))
def transfers_are_complete(stage: Stage, register: Answer, name: str) -> None:
    """There are transfers, on a basis in force, to wherever the account is run, unless that is at home."""
    actor = stage.cast.person(name)
    demand_served(stage, actor)
    mine = _of(actor, register.field("entries"))
    gone = {
        one.get("country") for one in mine if "account" in (one.get("purposes") or ()) and _runs(one, stage.clock.now)
    }
    places = {one["country"] for one in register.field("places")} - _at_home(actor)
    wrong = [f"nothing to {country}" for country in sorted(places - gone)]
    wrong += [f"to {one.get('recipient')} without {part}" for one in mine for part in _lacks(one)]
    stage.evidence.check(
        Channel.RECORD,
        f"every transfer of {name}'s data in the register names its law, a basis, dates and a source",
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[register.exchange],
    )


@then(_says("that law is {law:Law}"))
def law_is(stage: Stage, register: Answer, law: str) -> None:
    """For every transfer of the data of everybody in the scenario."""
    mine = [one for actor in stage.cast.everyone for one in _of(actor, register.field("entries"))]
    named = {str((one.get("law") or {}).get("id")) for one in mine}
    stage.evidence.check(
        Channel.RECORD,
        f"the law that the register names is {law}",
        named == {law},
        detail=f"It names: {', '.join(sorted(named)) or 'none'}.",
        evidence=[register.exchange],
    )


@then(says("that law is the law of where {name:Name} lives, and of no other place"))
def law_is_of_no_other_place(stage: Stage, register: Answer, name: str) -> None:
    """By the ids that the contract sets: none of them is for a place like this."""
    mine = _of(stage.cast.person(name), register.field("entries"))
    others = {str((one.get("law") or {}).get("id")) for one in mine} & set(LAWS.values())
    stage.evidence.check(
        Channel.RECORD,
        f"the law that the register names is that of where {name} lives, and of no other place",
        not others,
        detail=f"It names: {', '.join(sorted(others))}.",
        evidence=[register.exchange],
    )


@then("no recipient is in it for a purpose that it is not declared for")
def no_other_purpose(stage: Stage, register: Answer) -> None:
    """Whoever runs the account does that and nothing else."""
    declared = {one.id: one.purposes for one in stage.service.description.recipients}
    wrong = [
        f"{one.get('recipient')}: {', '.join(sorted(more))}"
        for one in register.field("entries")
        if (more := set(one.get("purposes") or ["none"]) - declared.get(str(one.get("recipient")), {"account"}))
    ]
    stage.evidence.check(
        Channel.RECORD,
        "no recipient is in the register of transfers for a purpose that it is not declared for",
        not wrong,
        detail=f"{'; '.join(sorted(set(wrong)))}.",
        evidence=[register.exchange],
    )


def _of(actor: Actor, entries: Iterable[Entry]) -> list[Entry]:
    """Entries about people like this one: those that name their state or province, or else their country."""
    entries = list(entries)
    home = _home(actor)
    by_place = [[one for one in entries if code in (one.get("residences") or ())] for code in (home.code, home.country)]
    return by_place[0] or by_place[1]


def _home(actor: Actor) -> Residence:
    place = actor.person.residence
    return place if place.country == actor.details.country else residence(actor.details.country)


def _lacks(entry: Entry) -> list[str]:
    law, basis = entry.get("law") or {}, entry.get("basis") or {}
    parts = {
        "law": law.get("id") and law.get("name"),
        "basis": basis.get("kind") and basis.get("reference"),
        "dates": moment(entry.get("valid_from")) and "valid_until" in entry,
        "source": entry.get("source"),
    }
    return [part for part, there in parts.items() if not there]


# -- what left, held against it --------------------------------------------------------------------------------------


@then(says("whatever arrived about {name:Name} went where the register of transfers says"))
def went_where_register_says(stage: Stage, facts: Facts, name: str) -> None:
    """To a recipient at home, or on a transfer that is in the register for this recipient, country and purpose."""
    _check_covered(stage, facts, name, Channel.OUTBOUND, f"whatever arrived about {name} went where the register says")


@then(_says("what was sent about {name:Name} is in the register of transfers, under {law:Law}"))
def is_in_register(stage: Stage, facts: Facts, name: str, law: str) -> None:
    """Each delivery abroad in the whole scenario, with a basis in force when it was sent."""
    claim = f"what was sent about {name} is in the register of transfers, under {law}"
    _check_covered(stage, facts, name, Channel.RECORD, claim, law)


def _check_covered(stage: Stage, facts: Facts, name: str, channel: Channel, claim: str, law: str | None = None) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = [one for one in stage.recipients.arrivals(about=actor) if one.kind == "share"]
    if not arrived:
        raise HarnessError(
            f"Nothing arrived about {name}, so there is nothing to hold against the register.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    answer, entries = stage.service.world.records("transfers")
    mine = _of(actor, entries)
    wrong = []
    for one in arrived:
        country = facts.countries.get(one.recipient) or stage.recipients.declared(one.recipient).country
        if country not in _at_home(actor) and not any(_covers(entry, one, country, law, stage) for entry in mine):
            wrong.append(f"the {one.kind} for {one.purpose} to {one.recipient} in {country}")
    stage.evidence.check(
        channel,
        claim,
        not wrong,
        detail=f"Not covered by an entry in force: {'; '.join(wrong)}.",
        evidence=[answer.exchange, *stage.recipients.keep(arrived)],
    )


def _at_home(actor: Actor) -> set[str]:
    inside = {place.country for place in members("EEA")}
    return inside if actor.details.country in inside else {actor.details.country}


def _covers(entry: Entry, arrival: Arrival, country: str, law: str | None, stage: Stage) -> bool:
    return (
        entry.get("recipient") == arrival.recipient
        and entry.get("country") == country
        and arrival.purpose in (entry.get("purposes") or ())
        and (law is None or (entry.get("law") or {}).get("id") == law)
        and not _lacks(entry)
        and _runs(entry, sent_at(arrival) or stage.clock.now)
    )


def _runs(entry: Entry, at: datetime) -> bool:
    """Whether the basis that an entry names is in force at a moment."""
    begins, ends = moment(entry.get("valid_from")), moment(entry.get("valid_until"))
    return begins is not None and begins <= at and (ends is None or at < ends)


# -- purposes --------------------------------------------------------------------------------------------------------


@then(says("whatever arrived about {name:Name} is for e-mail marketing, and says so"))
def is_for_marketing(stage: Stage, name: str) -> None:
    """At whatever endpoint; to the vendors of residents of the United States goes advertising too (8.CA.18)."""
    claim = f"whatever arrived about {name} is for e-mail marketing, and says so"
    _check_purposes(stage, name, stage.moment.since, {MARKETING}, claim)


@then(says("whatever arrived about {name:Name} is for what {other:Name} agreed to, and says so"))
def is_for_what_was_agreed_to(stage: Stage, diary: Diary, name: str, other: str) -> None:
    """In the whole scenario; advertising aside, as above."""
    agreed = {one.purpose for one in diary.of(stage.cast.person(other))}
    claim = f"whatever arrived about {name} is for what {other} agreed to, and says so"
    _check_purposes(stage, name, None, agreed, claim)


def _check_purposes(stage: Stage, name: str, since: Marker | None, agreed: set[str], claim: str) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = stage.recipients.arrivals(about=actor, since=since, accepted=False)
    if not arrived:
        raise HarnessError(
            f"Nothing arrived about {name}, so no purpose can be seen.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    wrong = [problem for one in arrived for problem in _misused(stage, actor, one, agreed)]
    stage.evidence.check(
        Channel.OUTBOUND,
        claim,
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=stage.recipients.keep(arrived),
    )


def _misused(stage: Stage, actor: Actor, arrival: Arrival, agreed: set[str]) -> list[str]:
    what = f"what {arrival.recipient} received for {arrival.purpose}"
    body = arrival.json if isinstance(arrival.json, dict) else {}
    allowed = {*agreed, ADVERTISING} if actor.details.country == "US" else agreed
    recipient = stage.recipients.declared(arrival.recipient)
    problems = []
    if arrival.purpose not in allowed:
        problems.append(f"{what} was not given for that")
    if actor.details.country not in recipient.residences or arrival.purpose not in recipient.purposes:
        problems.append(f"{what} is not what it takes part in")
    if body.get("purpose") != arrival.purpose:
        problems.append(f"{what} says that it is for {body.get('purpose')}")
    if arrival.kind == "share" and (body.get("basis") or {}).get("kind") != _BASES.get(arrival.purpose):
        problems.append(f"{what} rests on {body.get('basis')}")
    if "product_usage" in body and arrival.purpose != PERSONALISATION:
        problems.append(f"{what} tells how products are used")
    return problems


@then(says("the disclosure ledger has {name:Name}'s data for e-mail marketing alone"))
def ledger_for_marketing(stage: Stage, name: str) -> None:
    """What arrived about the person is entered for the purpose that it arrived for, and nothing for any other."""
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = {one.delivery_id: one for one in stage.recipients.arrivals(about=actor)}
    subjects = {one.subject_id for one in arrived.values()}
    allowed = {MARKETING, ADVERTISING} if actor.details.country == "US" else {MARKETING}
    answer, entries = stage.service.world.records("disclosures")
    mine = [one for one in entries if one.get("delivery_id") in arrived or one.get("subject_id") in subjects]
    wrong = [
        f"a {one.get('kind')} to {one.get('recipient')} for {one.get('purpose')}"
        for one in mine
        if one.get("purpose") not in allowed
        or (one.get("delivery_id") in arrived and one.get("purpose") != arrived[one["delivery_id"]].purpose)
    ]
    stage.evidence.check(
        Channel.RECORD,
        f"the disclosure ledger has {name}'s data for e-mail marketing alone",
        bool(mine) and not wrong,
        detail=f"It has: {'; '.join(wrong) or 'nothing about the person'}.",
        evidence=[answer.exchange, *stage.recipients.keep(arrived.values())],
    )


@then(says("no provider was sent anything about {name:Name}"))
def no_provider(stage: Stage, name: str) -> None:
    """Whoever is no company of the group; beside deliveries about somebody else."""
    stage.service.settle()
    group = {one.id for one in stage.service.description.recipients if one.role == "group-company"}
    later = stage.recipients.arrivals(since=stage.moment.since, accepted=False)
    mine = [
        one
        for one in stage.recipients.arrivals(about=stage.cast.person(name), accepted=False)
        if one.recipient not in group
    ]
    stage.absence.check(f"no provider was sent anything about {name}", mine, later)
