"""Ages: those that the target declares, those stated to it, and those that apply (7.1-7.3, 7.6, 8.CA.5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from harness.clock import reaches_age_at
from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel, EvidenceKind
from harness.people.residences import Residence, countries, members
from harness.people.residences import residence as place_called
from harness.stage import Cast, Clock, Recorder, Service
from harness.stage.answers import not_served
from harness.target.discovery import age_by
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, noun, setting, sight, words
from steps.legal_age import FOURTEEN, SIXTEEN, minimum_age
from steps.nouns import RESIDENCE, place
from steps.registration import REFUSED

_MINIMUM, _MAJORITY = "age_thresholds", "majority_ages"
_EACH = "each country of "
_GROUPS: dict[str, Callable[[], list[Residence]]] = {
    "the world": lambda: list(countries()),
    "the EEA": lambda: members("EEA"),
}

words("age_kind", "an age that the law or the service sets", {"minimum age": _MINIMUM, "age of majority": _MAJORITY})


@noun("region", rf"{_EACH}(?:{'|'.join(_GROUPS)})|{RESIDENCE}", "a residence, or each country of the EEA or the world")
def _region(_: object, text: str) -> list[Residence]:
    return _GROUPS[text.removeprefix(_EACH)]() if text.startswith(_EACH) else [place_called(place(text))]


# -- what is stated --------------------------------------------------------------------------------------------------


@setting(
    "the {age_kind} is {number} in {region}[, and {later:number} from {day}][ from {first:day} until {end:day}]",
)
def age_is(
    service: Service,
    age_kind: str,
    number: int,
    region: list[Residence],
    later: int | None,
    day: date | None,
    first: date | None,
    end: date | None,
) -> None:
    """From now on the rules of a country are these: valid since 2020, or for the stated period.

    The last day is the one before the end. Of an age that is followed by another, neither rule says that it ends.
    """
    rule: dict[str, Any] = {"age": number, "valid_from": first.isoformat() if first else "2020-01-01"}
    rules = [{**rule, "valid_until": end.isoformat()} if end else rule]
    if day:
        rules.append({"age": later, "valid_from": day.isoformat()})
    stated = {one.country for one in region}
    service.ages[age_kind] = [one for one in service.ages[age_kind] if one.get("country") not in stated]
    service.ages[age_kind] += [
        {"country": country, "source": "stated by the auditor", **one} for country in sorted(stated) for one in rules
    ]
    service.world.state_age_register(service.ages)


# -- what is declared ------------------------------------------------------------------------------------------------


def _sixteen_and_fourteen(service: Service) -> tuple[bool, str]:
    """As it stands in the service description, on this day."""
    rules, today = service.description.declared[_MINIMUM], service.now.date()
    # A code that ISO 3166 leaves to users: no country has an entry by it.
    found = {country: age_by(rules, country, today, SIXTEEN) for country in ("ZZ", "CN")}
    return found == {"ZZ": SIXTEEN, "CN": FOURTEEN}, f"It is {found['ZZ']}, and {found['CN']} for China."


def _source_and_start(service: Service) -> tuple[bool, str]:
    """A source in words; the general rule needs no start date."""
    bare = [
        f"{rule.get('country') or 'the rule'}: {rule['age']}"
        for rule in service.description.declared[_MINIMUM]
        if not str(rule.get("source", "")).strip() or (rule.get("country") and not rule.get("valid_from"))
    ]
    return not bare, f"These do not: {'; '.join(bare)}."


words(
    "age_fact",
    "something that the age register can state",
    {
        "a minimum age of sixteen for countries without an entry, and of fourteen for China": _sixteen_and_fourteen,
        "a source for each entry, and a start date for each country": _source_and_start,
    },
)


@sight("the age register states {age_fact}")
def register_states(service: Service, evidence: Recorder, age_fact: Callable[[Service], tuple[bool, str]]) -> Seen:
    """The ages stand in the service description."""
    holds, detail = age_fact(service)
    shown = {ages: service.description.declared.get(ages, []) for ages in (_MINIMUM, _MAJORITY)}
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    kept = evidence.keep(EvidenceKind.RECORD, "ages in the service description", text, "application/json")
    return Seen(channel=Channel.API, holds=holds, detail=detail, evidence=[kept])


# -- what counts, country by country ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Try:
    """That somebody registered in a country on time, or a minute before."""

    country: str
    on_time: bool
    answer: Answer


class Tries(list[Try]):
    """Who registered where, of those who are named by their country alone."""


@deed("people register in {region} one minute too early and, if it has several time zones, on time")
def register_in_each(service: Service, clock: Clock, cast: Cast, tries: Tries, region: list[Residence]) -> None:
    """All reach the minimum age on the day after tomorrow; the clock moves from one birthday to the next.

    On time they register where there are several time zones: elsewhere it is soon said when a day begins.
    """
    day = clock.now.date() + timedelta(days=2)
    due: dict[datetime, list[tuple[Residence, date]]] = {}
    for home in region:
        age = minimum_age(service, home, day)
        born = day.replace(year=day.year - age)
        due.setdefault(reaches_age_at(born, age, home.zones), []).append((home, born))
    for moment in sorted(due):
        for on_time in (False, True):
            clock.move_to(moment if on_time else moment - timedelta(minutes=1))
            for home, born in due[moment]:
                if on_time and len(home.zones) == 1:
                    continue
                label = f"{home.name}, {'on time' if on_time else 'too early'}"
                tries.append(Try(home.country, on_time, cast.add(label, home, born=born).sony.register()))


@sight("every registration too early is refused, and every registration on time is accepted")
def refused_and_accepted(evidence: Recorder, tries: Tries) -> Iterator[Seen]:
    """Countries that the target does not serve are disregarded and noted."""
    unserved = sorted({one.country for one in tries if not_served(one.answer)})
    looked_at = [one for one in tries if one.country not in unserved]
    if unserved:
        evidence.observe(f"the target does not serve: {', '.join(unserved)}")
    if not looked_at:
        raise NotApplicable("The target serves none of these countries.")
    for one in looked_at:
        if not one.answer.ok and one.answer.status not in REFUSED:
            raise TargetError(f"{one.answer.operation} answered {one.answer.status} in {one.country}.")
    for on_time, claim in ((False, "everybody a minute too early is refused"), (True, "everybody on time is accepted")):
        wrong = [one for one in looked_at if one.on_time == on_time and one.answer.ok != on_time]
        shown = wrong or [one for one in looked_at if one.on_time == on_time]
        yield Seen(
            channel=Channel.API,
            claim=f"{claim}, in {len({one.country for one in looked_at})} countries",
            holds=not wrong,
            detail=f"It is otherwise in: {', '.join(one.country for one in wrong)}.",
            evidence=[one.answer.exchange for one in shown],
        )
