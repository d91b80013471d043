"""Nouns that many sentences share: people, places, days and times, purposes, languages, companies, providers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from harness.people.residences import residences
from harness.stage import Actor, Stage
from harness.target.mail_forms import FORMS
from harness.vocabulary import noun, words

PURPOSES = {
    "e-mail marketing": "email-marketing",
    "personalisation": "personalisation",
    "profiling": "profiling",
    "advertising": "advertising",
}
"""Purposes of consents and deliveries, as the contract writes them."""

TITLES = {purpose: title for title, purpose in PURPOSES.items()}
"""The other way about."""

LANGUAGES = {"Dutch": "nl", "English": "en", "French": "fr", "German": "de", "Japanese": "ja"}

COMPANIES = {
    "Sony Europe B.V.": "sony-europe-bv",
    "Sony Electronics Inc.": "sony-electronics-inc",
    "Sony of Canada Ltd.": "sony-of-canada-ltd",
    "Sony (China) Limited": "sony-china-limited",
}
"""The companies that the policy names (2.5), with the ids that the contract sets."""

PROVIDERS = {name: name.lower() for name in ("Google", "Facebook", "Amazon", "Apple")}
"""Identity providers, as the contract writes them."""

NAME = r"[A-Z]\w*(?:-\w+)*"
_PLACES = "|".join(
    re.escape(name)
    for name in sorted((name for place in residences().values() for name in place.names), key=len, reverse=True)
)
RESIDENCE = rf"(?:the )?(?:{_PLACES})(?!\w)"
DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
TIME = r"\d{2}:\d{2}(?::\d{2})?"
ZONE = r"UTC|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_]+)+"
CALENDAR = "by the service's calendar"
MOMENT = rf"{DAY}(?:, {TIME} (?:in (?:{ZONE})|{CALENDAR}))?"
COMPANY = "|".join((*map(re.escape, COMPANIES), rf"{NAME}'s company"))

NOON = time(12)


def place(text: str) -> str:
    """The name of a residence without its article."""
    return text.removeprefix("the ")


def day(text: str) -> date:
    """A day of the calendar, wherever that is."""
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day, and no instant


def local(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which a day and a time are read off a clock in a zone (the first, where it comes twice)."""
    return datetime.combine(on, at, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """A day and a time as a clock shows them; None for a zone is the calendar that the service declares."""

    on: date
    at: time
    zone: ZoneInfo | None

    def by(self, calendar: str) -> datetime:
        """The instant, where the service's own calendar has this time zone."""
        return local(self.on, self.at, self.zone or ZoneInfo(calendar))


def reading(text: str) -> Reading:
    """The reading of a clock in words; a day alone is noon in UTC, the same day nearly everywhere."""
    on, _, rest = text.partition(", ")
    if not rest:
        return Reading(day(on), NOON, ZoneInfo("UTC"))
    at, _, where = rest.partition(" ")
    return Reading(day(on), time.fromisoformat(at), None if where == CALENDAR else ZoneInfo(where.removeprefix("in ")))


@noun("person", NAME, "a person whom the scenario has introduced, by name")
def _person(stage: Stage, name: str) -> Actor:
    return stage.cast.person(name)


noun("someone", NAME, "the name of a person who is introduced", str)
noun("residence", RESIDENCE, "a country, or a state or province, where people live", place)
noun("day", DAY, "a day, such as 31 August 2026", day)
noun("number", r"\d+", "a number", int)


@noun("moment", MOMENT, f"a day (noon in UTC), or a day and a time in a time zone or {CALENDAR}")
def _moment(stage: Stage, text: str) -> datetime:
    return reading(text).by(stage.service.description.retention_zone)


words("purpose", "a purpose of processing", PURPOSES)
words("language", "a language", LANGUAGES)
words("provider", "an identity provider", PROVIDERS)
words("mail_form", "how a mail program sends a mail", FORMS)
