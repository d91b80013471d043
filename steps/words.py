"""How the sentences write a person, a place, a day and a time.

A step is named with :func:`says`, and its parameters are of the types below: ``says("{name:Name} lives in
{place:Place}")``. A word that is none of its type does not match, so no two sentences can be mistaken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pytest_bdd import parsers

from harness.people.residences import residences


@dataclass(frozen=True, slots=True)
class Word:
    """A kind of parameter: the regular expression it is recognised by, and what it means."""

    pattern: str
    meaning: Callable[[str], object]

    def __call__(self, text: str) -> object:
        """What a text that matches means."""
        return self.meaning(text)


def _place(text: str) -> str:
    return text.removeprefix("the ")


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day of the calendar, wherever that is


_PLACES = "|".join(
    re.escape(name)
    for name in sorted((name for place in residences().values() for name in place.names), key=len, reverse=True)
)

PURPOSES = {
    "e-mail marketing": "email-marketing",
    "personalisation": "personalisation",
    "profiling": "profiling",
    "advertising": "advertising",
}
"""Purposes of consents and deliveries, as the contract writes them."""

TITLES = {purpose: words for words, purpose in PURPOSES.items()}
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

ADDRESSES: dict[str, dict[str, object]] = {
    "a plus-address": {"plus_address": True},
    "an address in a domain with an umlaut": {"mail_domain": "b\u00fccher.example"},
}
"""Addresses that are easily got wrong, by what they ask of whoever makes the person."""

WORDS = {
    "Name": Word(r"[A-Z]\w*(?:-\w+)*", str),
    "Place": Word(rf"(?:the )?(?:{_PLACES})(?!\w)", _place),
    "Day": Word(r"\d{1,2} [A-Z][a-z]+ \d{4}", _day),
    "Time": Word(r"\d{2}:\d{2}(?::\d{2})?", time.fromisoformat),
    "Zone": Word(r"UTC|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_]+)+", ZoneInfo),
    "Purpose": Word("|".join(PURPOSES), PURPOSES.__getitem__),
    "Language": Word("|".join(LANGUAGES), LANGUAGES.__getitem__),
    "Address": Word("|".join(ADDRESSES), ADDRESSES.__getitem__),
    "Provider": Word("|".join(PROVIDERS), PROVIDERS.__getitem__),
    "Company": Word("|".join((*map(re.escape, COMPANIES), r"[A-Z]\w*(?:-\w+)*'s company")), str),
}
"""What a parameter can be: ``Femke``, ``the Netherlands``, ``31 August 2026``, ``23:59``, ``Asia/Tokyo``,
``profiling``, ``Dutch``, ``Google``, and a company by name or as ``Femke's company``."""


def says(sentence: str) -> parsers.parse:
    """The words of a step, with typed parameters in braces."""
    return parsers.parse(sentence, extra_types=WORDS, case_sensitive=True)
