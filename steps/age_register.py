"""The ages that the target goes by: what it declares, and what is stated to it for a scenario (7.3, 7.6, 8.CA.5)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pytest_bdd import given, then

from harness.evidence.model import Channel, EvidenceKind
from harness.people.residences import members, residence
from harness.stage import Stage
from harness.target.discovery import age_by
from steps.age import FOURTEEN, SIXTEEN
from steps.words import says

_THRESHOLDS, _MAJORITIES = "age_thresholds", "majority_ages"
_STATED = "stated by the auditor"


def _state(stage: Stage, ages: str, *rules: dict[str, Any]) -> None:
    """Let rules of one country take the place of those it had, and tell the target."""
    country = rules[0]["country"]
    kept = [one for one in stage.service.ages[ages] if one.get("country") != country]
    stage.service.ages[ages] = [*kept, *({"source": _STATED, **one} for one in rules)]
    stage.service.world.state_age_register(stage.service.ages)


# -- what is stated --------------------------------------------------------------------------------------------------


@given(says("the age for an account is {age:d} in {place:Place}"))
def threshold_is(stage: Stage, age: int, place: str) -> None:
    """A rule of that country's, for a long time already."""
    _state(stage, _THRESHOLDS, {"country": residence(place).country, "age": age, "valid_from": "2020-01-01"})


@given("the age for an account is 10 in each country of the EEA")
def threshold_is_ten(stage: Stage) -> None:
    """A rule of each country's, for a long time already."""
    for place in members("EEA"):
        rule = {"country": place.country, "age": 10, "valid_from": "2020-01-01", "source": _STATED}
        stage.service.ages[_THRESHOLDS] = [
            one for one in stage.service.ages[_THRESHOLDS] if one.get("country") != place.country
        ]
        stage.service.ages[_THRESHOLDS].append(rule)
    stage.service.world.state_age_register(stage.service.ages)


@given(says("the age for an account is {age:d} in {place:Place} from {first:Day} until {end:Day}"))
def threshold_is_for_a_time(stage: Stage, age: int, place: str, first: date, end: date) -> None:
    """A rule of that country's with a beginning and an end; the last day of it is the one before the end."""
    dates = {"valid_from": first.isoformat(), "valid_until": end.isoformat()}
    _state(stage, _THRESHOLDS, {"country": residence(place).country, "age": age, **dates})


@given(says("the age for an account is {age:d} in {place:Place}, and {other:d} from {first:Day} on"))
def threshold_changes(stage: Stage, age: int, place: str, other: int, first: date) -> None:
    """Two rules of that country's; neither says that it ends."""
    country = residence(place).country
    _state(
        stage,
        _THRESHOLDS,
        {"country": country, "age": age, "valid_from": "2020-01-01"},
        {"country": country, "age": other, "valid_from": first.isoformat()},
    )


@given(says("the age of majority is {age:d} in {place:Place}"))
def majority_is(stage: Stage, age: int, place: str) -> None:
    """A rule of that country's, for a long time already."""
    _state(stage, _MAJORITIES, {"country": residence(place).country, "age": age, "valid_from": "2020-01-01"})


# -- what is declared ------------------------------------------------------------------------------------------------


@then("the age declared for countries without an entry is sixteen, and for China fourteen")
def declared_rule(stage: Stage) -> None:
    """As it stands in the service description, on this day."""
    rules = stage.service.description.declared[_THRESHOLDS]
    today = stage.clock.now.date()
    # A code that ISO 3166 leaves to users: no country has an entry by it.
    found = {place: age_by(rules, place, today, SIXTEEN) for place in ("ZZ", "CN")}
    stage.evidence.check(
        Channel.API,
        "the age declared is sixteen for a country without an entry, and fourteen for China",
        found == {"ZZ": SIXTEEN, "CN": FOURTEEN},
        detail=f"It is {found['ZZ']}, and {found['CN']} for China.",
        evidence=[_kept(stage)],
    )


@then("each entry of a country says since when it holds and on what it rests")
def declared_with_dates_and_source(stage: Stage) -> None:
    """In the service description: a beginning, and a source in words."""
    bare = [
        f"{rule.get('country') or 'the rule'}: {rule['age']}"
        for rule in stage.service.description.declared[_THRESHOLDS]
        if not str(rule.get("source", "")).strip() or (rule.get("country") and not rule.get("valid_from"))
    ]
    stage.evidence.check(
        Channel.API,
        "each entry says on what it rests, and each entry of a country since when it holds",
        not bare,
        detail=f"These do not: {'; '.join(bare)}.",
        evidence=[_kept(stage)],
    )


def _kept(stage: Stage) -> str:
    shown = {ages: stage.service.description.declared.get(ages, []) for ages in (_THRESHOLDS, _MAJORITIES)}
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    return stage.evidence.keep(EvidenceKind.RECORD, "ages in the service description", text, "application/json")
