"""A notice as the target gives it to somebody who has not signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harness.errors import TargetError
from harness.target.http import Answer

_NOT_THERE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Link:
    """Where a notice leads on to."""

    rel: str
    title: str
    href: str
    language: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody: ``kind`` is postal, email, web or phone."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of a notice in one language.

    Attributes:
        evidence: The exchange in which it was read; checks about it rest on this.
    """

    topic: str
    version: str
    language: str
    published_at: datetime
    title: str
    text: str
    links: tuple[Link, ...]
    contacts: tuple[Contact, ...]
    countries: frozenset[str]
    evidence: str

    @property
    def words(self) -> str:
        """Title and text, with single spaces, for looking for words in them."""
        return " ".join(f"{self.title} {self.text}".split())

    @classmethod
    def of(cls, answer: Answer) -> Notice | None:
        """The notice in an answer; None where there is none.

        Raises:
            TargetError: The answer is neither.
        """
        if answer.status in _NOT_THERE:
            return None
        if not answer.ok:
            raise _no_notice(answer, f"it answered {answer.status}")
        try:
            return cls._read(answer, answer.json())
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _no_notice(answer, f"what it gave is not a notice: {type(error).__name__}") from error

    @classmethod
    def _read(cls, answer: Answer, body: dict[str, Any]) -> Notice:
        return cls(
            topic=str(body["topic"]),
            version=str(body["version"]),
            language=str(body["language"]),
            published_at=datetime.fromisoformat(body["published_at"]),
            title=str(body["title"]),
            text=str(body["text"]),
            links=tuple(
                Link(str(one["rel"]), str(one["title"]), str(one["href"]), str(one["language"]))
                for one in body["links"]
            ),
            contacts=tuple(Contact(str(one["kind"]), str(one["value"])) for one in body["contacts"]),
            countries=frozenset(str(one) for one in body["countries"]),
            evidence=answer.exchange,
        )


def _no_notice(answer: Answer, what: str) -> TargetError:
    return TargetError(
        f"{answer.operation}: the target gave no notice: {what}.",
        cause="readNotice does not keep to the contract",
        remedy="see `Notice` in harness/contract/openapi.yaml, and the exchange in the evidence",
    )
