"""Consents and the texts they are given to (clause 2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ConsentPurpose(StrEnum):
    """What a person can consent to, each apart from the others."""

    EMAIL_MARKETING = "email-marketing"
    PERSONALISATION = "personalisation"
    PROFILING = "profiling"


class WithdrawnBy(StrEnum):
    """What ended a consent."""

    ACCOUNT = "account"
    ONE_CLICK = "one-click"
    DELETION = "deletion"
    OBJECTION = "objection"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A published text; version and language name it within its purpose."""

    purpose: ConsentPurpose
    version: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What it means for products and services that a consent was withdrawn."""

    language: str
    text: str


class ConsequenceTexts:
    """What is stated at a withdrawal (clause 8.QC.6). ``texts``: by purpose and language."""

    FALLBACK = "en"

    def __init__(self, texts: Mapping[ConsentPurpose, Mapping[str, str]]) -> None:
        self._texts = texts

    def of(self, purpose: ConsentPurpose, language: str) -> Consequences | None:
        """In the language wanted, else in its main language, else in English."""
        texts = self._texts[purpose]
        found = next((tag for tag in (language, language.partition("-")[0]) if tag in texts), self.FALLBACK)
        return Consequences(found, texts[found])


class ConsentTexts:
    """Every text ever published, oldest first."""

    FALLBACK = "en"

    def __init__(self, texts: Iterable[ConsentText]) -> None:
        self._texts = tuple(texts)

    def current(self, purpose: ConsentPurpose, language: str) -> ConsentText:
        """The latest text in the language wanted, else in its main language, else in English."""
        for wanted in (language, language.partition("-")[0], self.FALLBACK):
            found = [text for text in self._texts if text.purpose == purpose and text.language == wanted]
            if found:
                return found[-1]
        raise LookupError(f"no text for {purpose} in {self.FALLBACK}")

    def published(self, purpose: ConsentPurpose, version: str, language: str) -> bool:
        """Whether there ever was such a text in that language."""
        return any((text.purpose, text.version, text.language) == (purpose, version, language) for text in self._texts)
