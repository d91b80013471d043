"""The content of the policy register: clauses, their readings, and the passages of the policy they come from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from harness.errors import UsageError


class Origin(StrEnum):
    """Who requires something: the policy, our reading of it, or law that the policy does not repeat."""

    POLICY = "policy"
    DERIVED = "derived"
    LAW = "law"


class Level(StrEnum):
    """How binding a promise is, in the lower-case key words of RFC 2119 and RFC 8174.

    ``must`` is unconditional; ``should`` promises best effort or what is reasonable; ``may`` is a permission
    whose limits are tested.
    """

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Channel(StrEnum):
    """Where evidence on a clause is found."""

    API = "api"
    OUTBOUND = "outbound"
    MAIL = "mail"
    STORAGE = "storage"
    PAGE = "page"
    NOTICE = "notice"
    RECORD = "record"
    ORG = "org"


@dataclass(frozen=True, slots=True)
class DerivedPart:
    """A requirement that the policy does not state in words: derived by our reading, or required by law."""

    origin: Origin
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An ambiguous passage (``passage`` describes it in our words), and the meaning that is tested."""

    passage: str
    readings: tuple[str, ...]
    tested: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the policy, identified by its place and fingerprint alone.

    Attributes:
        section: Number of the section; 0 is the text before the first.
        paragraph: Number within the section, from 1.
        sentence: Number within the paragraph, from 1.
        occurrence: How often the text has contained this sentence so far, from 1.
        words: Number of words of the normalised sentence.
        sha256: Fingerprint of the normalised sentence.
        clauses: Ids of the clauses it is bound to.
        not_normative: Why it is bound to no clause.
    """

    section: int
    paragraph: int
    sentence: int
    occurrence: int
    words: int
    sha256: str
    clauses: tuple[str, ...] = ()
    not_normative: str | None = None

    @property
    def place(self) -> str:
        """The place in words."""
        return f"section {self.section}, paragraph {self.paragraph}, sentence {self.sentence}"


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise of the policy: a row of the register.

    Attributes:
        id: ``4.1``, ``8.CA.18``.
        section: The part of the policy it belongs to: ``4``, ``8``, ``8.CA``.
        title: A few words.
        obligation: The promise, in our words.
        protects: ``all``, or codes of jurisdictions: ISO 3166-1 ("CN"), ISO 3166-2 ("US-CA"), or a region of the
            register ("EEA"). A jurisdiction listed beside ``all`` is examined separately.
        level: How binding it is.
        origin: Where it comes from.
        channels: Where evidence is required.
        law: Legal references and standards.
        violated_by: What would violate it.
        excludes: Jurisdictions that are excluded.
        varies_by: ``residence`` or ``law``, where the content of the promise depends on it.
        derived: Requirements that the policy does not state in words.
        readings: Ambiguous passages.
        seen: Channels in which a check has been seen to fail, each with a seeded violation that shows there only.
    """

    id: str
    section: str
    title: str
    obligation: str
    protects: tuple[str, ...]
    level: Level
    origin: Origin
    channels: tuple[Channel, ...]
    law: tuple[str, ...]
    violated_by: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    varies_by: str | None = None
    derived: tuple[DerivedPart, ...] = ()
    readings: tuple[Reading, ...] = ()
    seen: Mapping[Channel, str] = field(default_factory=dict)

    def applies_in(self, jurisdictions: Iterable[str]) -> bool:
        """Whether it protects a person who is in all these jurisdictions, such as ``{"US", "US-CA"}``."""
        codes = set(jurisdictions)
        return ("all" in self.protects or not codes.isdisjoint(self.protects)) and codes.isdisjoint(self.excludes)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the policy: its id ("8.CA") and our title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region named in clauses that is not a country; ``members`` are ISO 3166-1 codes as of a date."""

    code: str
    name: str
    as_of: date
    source: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which policy the register belongs to; ``language`` is a BCP 47 tag."""

    publisher: str
    account_name: str
    account_short_name: str
    language: str
    last_updated: date

    @property
    def title(self) -> str:
        """Publisher, account and date, as reports name it."""
        return f"{self.publisher}, {self.account_name}, last updated {self.last_updated}"


class UnknownClause(UsageError):
    """There is no clause with that id."""

    def __init__(self, clause_id: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(clause_id.strip().upper(), list(known), n=3, cutoff=0.5)
        super().__init__(
            f"There is no clause {clause_id!r} in the policy register.",
            cause=f"A mistyped id; similar ids: {', '.join(near)}." if near else "It is not the id of a clause.",
            remedy="List all ids with `shes-audit clauses`.",
        )
        self.clause_id = clause_id


@dataclass(frozen=True)
class Register:
    """The whole register. Clauses and sections are in the order of the policy.

    Attributes:
        path: The folder it was read from.
        policy: Which policy it belongs to.
        sections: The parts of the policy.
        clauses: Every clause.
        passages: Every sentence of the policy's text, in order.
        regions: Regions that clauses name.
    """

    path: Path
    policy: Policy
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    regions: tuple[Region, ...]
    _by_id: Mapping[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {clause.id: clause for clause in self.clauses})

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all clauses, in the order of the policy."""
        return tuple(self._by_id)

    def clause(self, clause_id: str) -> Clause:
        """The clause with that id.

        Raises:
            UnknownClause: There is none; the message names similar ids.
        """
        try:
            return self._by_id[clause_id]
        except KeyError:
            raise UnknownClause(clause_id, self.ids) from None

    def in_section(self, section: str) -> tuple[Clause, ...]:
        """The clauses of a section with its parts (``8``), or of one part (``8.CA``).

        Raises:
            UsageError: There is no such section.
        """
        known = [found.id for found in self.sections]
        if section not in known:
            raise UsageError(
                f"There is no section {section!r} in the policy register.",
                cause="A mistyped number.",
                remedy=f"Use one of {', '.join(known)}.",
            )
        return tuple(clause for clause in self.clauses if f"{clause.section}.".startswith(f"{section}."))

    def passages_of(self, clause_id: str) -> tuple[Passage, ...]:
        """The sentences of the policy that a clause is bound to."""
        return tuple(passage for passage in self.passages if clause_id in passage.clauses)

    def in_order(self, clause_ids: Iterable[str]) -> tuple[str, ...]:
        """These ids without duplicates, in the order of the policy."""
        wanted = set(clause_ids)
        return tuple(clause_id for clause_id in self.ids if clause_id in wanted)
