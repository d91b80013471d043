"""Consents and the texts they are given to (clause 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A published text; version and language name it within its purpose."""

    purpose: ConsentPurpose
    version: str
    language: str
    text: str


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
