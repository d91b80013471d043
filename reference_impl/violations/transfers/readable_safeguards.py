"""Clause 5.6: the safeguards cannot be read, or expired ones are shown."""

from __future__ import annotations

from datetime import timedelta

from reference_impl.domain.facts import SafeguardText
from reference_impl.domain.notices import Notice, NoticeLink, Notices
from reference_impl.domain.residence import Residence
from reference_impl.domain.transfer import GroundKind, Safeguard
from reference_impl.service.clauses import ReadableSafeguards
from reference_impl.service.ports import NotThere
from reference_impl.violations.model import Kind, Violation


class _LinkInEnglishAlone(Notices):
    def links(self, notice: Notice, language: str) -> tuple[NoticeLink, ...]:
        return super().links(notice, self.FALLBACK)


class _UnionOnly(Notices):
    def places(self, residence: Residence) -> tuple[str, ...]:
        places = super().places(residence)
        return tuple(place for place in places if place != "EEA" or residence.country not in ("IS", "LI", "NO"))


class _DutchIsGone(ReadableSafeguards):
    def text(self, kind: GroundKind, language: str) -> SafeguardText:
        if language.startswith("nl"):
            raise NotThere
        return super().text(kind, language)


class _ClausesForEver(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        return [one for one in self._context.register.safeguards if one.kind is kind]


class _ClausesAMomentLonger(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        before = self._context.now() - timedelta(seconds=1)
        return [one for one in self._context.register.safeguards if one.kind is kind and one.validity.holds(before)]


class _FirstClausesAlone(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        return super().in_force(kind)[:1]


class _MainlandOnly(Notices):
    def places(self, residence: Residence) -> tuple[str, ...]:
        places = super().places(residence)
        return tuple(place for place in places if place != "EEA" or residence.country != "YT")


VIOLATIONS = (
    Violation(
        "5.6-link-in-english-alone",
        "5.6",
        "The Dutch notice links to the clauses in English",
        Kind.MISSING,
        {"notices": _LinkInEnglishAlone},
    ),
    Violation(
        "5.6-union-only",
        "5.6",
        "In Iceland, Liechtenstein and Norway, the notice lacks the clauses",
        Kind.WRONG_RESIDENCE,
        {"notices": _UnionOnly},
    ),
    Violation(
        "5.6-dutch-is-gone",
        "5.6",
        "The link to the clauses in Dutch does not work",
        Kind.HALF_DONE,
        {"readable_safeguards": _DutchIsGone},
    ),
    Violation(
        "5.6-clauses-for-ever",
        "5.6",
        "Expired clauses are shown as in force",
        Kind.STALE,
        {"readable_safeguards": _ClausesForEver},
    ),
    Violation(
        "5.6-clauses-a-second-more",
        "5.6",
        "Clauses are shown as in force for a second after they expire",
        Kind.OFF_BY_ONE,
        {"readable_safeguards": _ClausesAMomentLonger},
    ),
    Violation(
        "5.6-first-clauses-alone",
        "5.6",
        "Of the clauses agreed with several recipients, only the first are shown",
        Kind.SECOND_TIME,
        {"readable_safeguards": _FirstClausesAlone},
    ),
    Violation(
        "5.6-mainland-only",
        "5.6",
        "In Mayotte, the notice lacks the clauses",
        Kind.WRONG_RESIDENCE,
        {"notices": _MainlandOnly},
    ),
)
