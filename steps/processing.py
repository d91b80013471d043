"""Record of processing: the activities with personal data, and the lawful basis of each."""

from __future__ import annotations

from harness.evidence.model import Channel
from harness.people.residences import residence as find_residence
from harness.stage import Service
from harness.vocabulary import Seen, sight, words

words(
    "activity",
    "an activity with personal data",
    {
        "operating the account": "account",
        "answering enquiries": "enquiries",
        "e-mail marketing": "email-marketing",
        "personalisation": "personalisation",
        "profiling": "profiling",
    },
)
words("basis", "a lawful basis of processing", {"the contract": "contract", "consent": "consent"})


@sight("the record of processing bases {activity} on {basis} in {residence}")
def bases(service: Service, activity: str, basis: str, residence: str) -> Seen:
    """The record has the activity for residents of the place, and every entry on it states this basis."""
    answer, entries = service.world.records("processing")
    every = [one for one in entries if one.get("activity") == activity]
    named = [f"{one.get('basis')} ({one.get('residences') or 'everywhere'})" for one in every]
    right = all(one.get("basis") == basis for one in every) and any(_covers(one, residence) for one in every)
    if basis == "consent":
        right = right and all(one.get("consent") == activity for one in every)
    return Seen(
        channel=Channel.RECORD,
        holds=right,
        detail=f"It names: {', '.join(named) or 'nothing'}.",
        evidence=[answer.exchange],
    )


@sight(denied="the record of processing shows no {activity} in {residence}")
def has(service: Service, activity: str, residence: str) -> Seen:
    """The record has the activity for other residences only."""
    answer, entries = service.world.records("processing")
    every = [one for one in entries if one.get("activity") == activity]
    here = any(_covers(one, residence) for one in every)
    return Seen(
        channel=Channel.RECORD,
        # An activity that the record does not have at all is missing, and not merely absent here.
        holds=here or not every,
        detail="It has it for residents of this place." if here else "It does not have the activity at all.",
        evidence=[answer.exchange],
    )


def _covers(entry: dict[str, object], place: str) -> bool:
    residences = entry.get("residences")
    return residences is None or (isinstance(residences, list) and find_residence(place).country in residences)
