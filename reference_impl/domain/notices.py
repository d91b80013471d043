"""Notices by residence and language (clauses 5.1, 5.2, 5.3, 5.6 and others)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reference_impl.domain.residence import Residence


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeLink:
    """Where a notice leads on to.

    Attributes:
        href: Begins with a slash where it is an address of this service.
        always: Whether it is shown whatever language the notice is read in.
    """

    rel: str
    title: str
    href: str
    language: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact: ``kind`` is postal, email, web or phone."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of a notice; it is never changed once published.

    Attributes:
        residences: Whom it is for: countries, states and provinces (ISO 3166), ``EEA``, or ``*`` for everybody else.
        texts: By language (BCP 47).
        countries: Countries that it names.
    """

    topic: str
    version: str
    published_at: datetime
    residences: frozenset[str]
    texts: dict[str, NoticeText]
    countries: tuple[str, ...] = ()
    links: tuple[NoticeLink, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice as one person reads it."""

    topic: str
    version: str
    language: str
    published_at: datetime
    title: str
    text: str
    links: tuple[NoticeLink, ...]
    contacts: tuple[Contact, ...]
    countries: tuple[str, ...]


class Notices:
    """Every notice ever published.

    Args:
        notices: In any order.
        eea: Countries (and territories) that ``EEA`` stands for.
    """

    FALLBACK = "en"

    def __init__(self, notices: Iterable[Notice], eea: frozenset[str]) -> None:
        self._notices = tuple(sorted(notices, key=lambda notice: notice.published_at))
        self._eea = eea

    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        """The notice on a topic in force for a resident, as it reads in that language; None where there is none."""
        notice = self.in_force(topic, residence, now)
        if notice is None:
            return None
        spoken = self.language(notice, language)
        text = notice.texts[spoken]
        return ReadNotice(
            topic=notice.topic,
            version=notice.version,
            language=spoken,
            published_at=notice.published_at,
            title=text.title,
            text=text.text,
            links=self.links(notice, spoken),
            contacts=notice.contacts,
            countries=notice.countries,
        )

    def in_force(self, topic: str, residence: Residence, now: datetime) -> Notice | None:
        """The latest notice published by then for whatever is nearest to the person: province, country, EEA, all."""
        for place in self.places(residence):
            found = [
                notice
                for notice in self._notices
                if notice.topic == topic and place in notice.residences and notice.published_at <= now
            ]
            if found:
                return found[-1]
        return None

    def places(self, residence: Residence) -> tuple[str, ...]:
        """What a residence can be called in a notice, the nearest first."""
        group = ("EEA",) if residence.country in self._eea else ()
        return (*filter(None, (residence.subdivision,)), residence.country, *group, "*")

    def language(self, notice: Notice, wanted: str) -> str:
        """The language wanted, else its main language, else English."""
        return next(tag for tag in (wanted, wanted.partition("-")[0], self.FALLBACK) if tag in notice.texts)

    def links(self, notice: Notice, language: str) -> tuple[NoticeLink, ...]:
        """Where the notice leads on to in that language, or whatever there is."""
        return tuple(link for link in notice.links if link.always or link.language == language) or notice.links
