"""What the policy register says: clauses, their readings, and the passages of the policy they come from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from harness.errors import UsageError


class Origin(StrEnum):
    """Where a demand comes from: the policy's words, our reading of them, or law that the policy does not repeat."""

    POLICY = "policy"
    DERIVED = "derived"
    LAW = "law"


class Level(StrEnum):
    """How binding a promise is, in the lower-case key words of RFC 2119 and RFC 8174.

    ``must`` is unconditional; ``should`` is a promise of effort or of what is reasonable; ``may`` leaves something
    open, and what is tested are the bounds of that freedom.
    """

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Channel(StrEnum):
    """Where the truth of a promise is seen."""

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
    """A part of a promise that the policy's words do not say: read into them, or demanded by law."""

    origin: Origin
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that allow more than one meaning (``passage`` says which, in our words), and the meaning that is tested."""

    passage: str
    readings: tuple[str, ...]
    tested: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the policy, known by its place and fingerprint alone.

    Attributes:
        section: Number of the section; 0 is what stands before the first.
        paragraph: Number within the section, from 1.
        sentence: Number within the paragraph, from 1.
        occurrence: How many times the text has had this sentence so far, from 1.
        words: How many words the normalised sentence has.
        sha256: Fingerprint of the normalised sentence.
        clauses: Ids of the clauses it is bound to.
        not_normative: Why it is bound to none.
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
    """One promise: a row of the register.

    Attributes:
        id: ``4.1``, ``8.CA.18``.
        section: The part of the policy it belongs to: ``4``, ``8``, ``8.CA``.
        title: A few words.
        obligation: What is promised, in our words.
        protects: ``all``, or codes of jurisdictions: ISO 3166-1 ("CN"), ISO 3166-2 ("US-CA"), or a region of the
            register ("EEA"). A place named beside ``all`` has to be looked at in particular.
        level: How binding it is.
        origin: Where it comes from.
        channels: Where its truth must be seen.
        law: Legal references and standards.
        violated_by: What would break it.
        excludes: Jurisdictions that are left out.
        varies_by: ``residence`` or ``law``, where the content of the promise depends on it.
        derived: Parts that the policy's words do not say.
        readings: Words that allow more than one meaning.
        seen: Channels in which a check of it was seen to fail, each with the seeded violation that shows there alone.
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
        """Whether it protects somebody under all these jurisdictions at once, as ``{"US", "US-CA"}``."""
        codes = set(jurisdictions)
        return ("all" in self.protects or not codes.isdisjoint(self.protects)) and codes.isdisjoint(self.excludes)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the policy: its id ("8.CA") and our title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region that clauses name and that is no country; ``members`` are ISO 3166-1 codes as of a day."""

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


class UnknownClause(UsageError):
    """There is no clause with that id."""

    def __init__(self, clause_id: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(clause_id.strip().upper(), list(known), n=3, cutoff=0.5)
        super().__init__(
            f"There is no clause {clause_id!r} in the policy register.",
            cause=f"A slip in the id; near it: {', '.join(near)}." if near else "It is not the id of a clause.",
            remedy="List all ids with `shes-audit clauses`.",
        )
        self.clause_id = clause_id


@dataclass(frozen=True)
class Register:
    """The whole register. Clauses and sections stand in the order of the policy.

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
            UnknownClause: There is none; the message names near ids.
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
                cause="A slip in the number.",
                remedy=f"Use one of {', '.join(known)}.",
            )
        return tuple(clause for clause in self.clauses if f"{clause.section}.".startswith(f"{section}."))

    def passages_of(self, clause_id: str) -> tuple[Passage, ...]:
        """The sentences of the policy that a clause is bound to."""
        return tuple(passage for passage in self.passages if clause_id in passage.clauses)

    def in_order(self, clause_ids: Iterable[str]) -> tuple[str, ...]:
        """These ids without doubles, in the order of the policy."""
        wanted = set(clause_ids)
        return tuple(clause_id for clause_id in self.ids if clause_id in wanted)
