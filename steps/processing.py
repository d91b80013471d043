"""The record of processing: what is done with personal data, and on what basis."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, then

from harness.evidence.model import Channel
from harness.people.residences import residence
from harness.stage import Stage
from harness.target.http import Answer
from steps.words import WORDS, Word

_ACTIVITIES = {
    "running the account": "account",
    "answering enquiries": "enquiries",
    "e-mail marketing": "email-marketing",
    "personalisation": "personalisation",
    "profiling": "profiling",
}
_BASES = {"the contract": "contract", "consent": "consent"}
_WORDS = {
    **WORDS,
    "Activity": Word("|".join(_ACTIVITIES), _ACTIVITIES.__getitem__),
    "Basis": Word("|".join(_BASES), _BASES.__getitem__),
}


def _says(sentence: str) -> parsers.parse:
    return parsers.parse(sentence, extra_types=_WORDS, case_sensitive=True)


def _entries(stage: Stage, activity: str, place: str) -> tuple[Answer, list[dict[str, Any]]]:
    """What the record has of an activity that is about residents of a place."""
    answer, entries = stage.service.world.records("processing")
    country = residence(place).country
    found = [
        one
        for one in entries
        if one.get("activity") == activity and (one.get("residences") is None or country in one["residences"])
    ]
    return answer, found


@then(_says("by the record of processing {activity:Activity} rests on {basis:Basis} in {place:Place}"))
def rests_on(stage: Stage, activity: str, basis: str, place: str) -> None:
    """The record has the activity for residents of the place, and every entry of it, for whomever, names this basis."""
    answer, found = _entries(stage, activity, place)
    every = [one for one in stage.service.world.records("processing")[1] if one.get("activity") == activity]
    named = [f"{one.get('basis')} ({one.get('residences') or 'everywhere'})" for one in every]
    right = bool(found) and all(one.get("basis") == basis for one in every)
    if basis == "consent":
        right = right and all(one.get("consent") == activity for one in every)
    stage.evidence.check(
        Channel.RECORD,
        f"by the record of processing `{activity}` rests on {basis} in {place}",
        right,
        detail=f"It names: {', '.join(named) or 'nothing'}.",
        evidence=[answer.exchange],
    )


@then(_says("by the record of processing there is no {activity:Activity} in {place:Place}"))
def is_not_done(stage: Stage, activity: str, place: str) -> None:
    """The record has the activity, and not for residents of the place."""
    answer, found = _entries(stage, activity, place)
    _, entries = stage.service.world.records("processing")
    known = any(one.get("activity") == activity for one in entries)
    stage.evidence.check(
        Channel.RECORD,
        f"by the record of processing there is `{activity}`, and not in {place}",
        known and not found,
        detail="It is there for residents of this place." if found else "The record does not have it at all.",
        evidence=[answer.exchange],
    )
