"""``statement.html``: the compliance statement, one self-contained page for auditors, and the index beside it."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from harness.evidence.model import Channel, Check, Evidence, Outcome, ScenarioFinished, Step
from harness.verdict.model import ClauseVerdict, Verdict
from reports import words
from reports.material import Material, by_origin

_TEMPLATES = Path(__file__).parent / "templates"

# The page stays below three megabytes, however much was recorded. Scenarios that did not pass get most of the space.
_ROOM = 1_500_000
_LEAST, _MOST = 1_500, 40_000
_WEIGHT = {
    Outcome.PASSED: 1,
    Outcome.NOT_ASSESSED: 1,
    Outcome.NOT_APPLICABLE: 1,
    Outcome.INCONCLUSIVE: 6,
    Outcome.VIOLATED: 8,
}
_LONGEST_TEXT = 6_000
# Markup around a text, in bytes.
_FRAME = 300
_MOST_CHECKS = 80
_LONGEST_LINE = 1_500


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as shown: ``left_out`` characters of its text are in the raw report only."""

    evidence: Evidence
    text: str
    left_out: int


@dataclass(frozen=True)
class StepShown:
    """A step with the checks made in it."""

    step: Step
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class ScenarioShown:
    """A scenario with everything that is shown of it, and the number of omitted items."""

    number: int
    done: ScenarioFinished
    steps: tuple[StepShown, ...]
    other_checks: tuple[Check, ...]
    checks_left_out: int
    pieces: tuple[Piece, ...]
    in_raw_alone: tuple[Evidence, ...]


@dataclass(frozen=True)
class ClauseShown:
    """A clause with its scenarios: those shown here, and by number those shown under another clause."""

    verdict: ClauseVerdict
    told: tuple[ScenarioShown, ...]
    elsewhere: tuple[ScenarioShown, ...]
    never_ended: tuple[str, ...]

    @cached_property
    def channels(self) -> Mapping[Channel, Literal["seen", "failed", "missing"]]:
        """Each required channel: examined and satisfied, examined and not satisfied, or not examined."""
        looked = {check.channel for one in (*self.told, *self.elsewhere) for check in one.done.checks}
        seen = self.verdict.channels_seen
        return {
            channel: "seen" if channel in seen else "failed" if channel in looked else "missing"
            for channel in self.verdict.channels_asked
        }

    @property
    def missing(self) -> tuple[Channel, ...]:
        """Required channels that were not examined."""
        return tuple(channel for channel, state in self.channels.items() if state == "missing")


@dataclass(frozen=True)
class Statement:
    """What the page shows beyond the material itself."""

    material: Material

    @cached_property
    def clauses(self) -> Mapping[str, ClauseShown]:
        """Each clause as shown, by id. A scenario is shown in full under the first of its clauses."""
        room = _rooms(self.material.raw.scenarios)
        told: dict[str, list[ScenarioShown]] = defaultdict(list)
        elsewhere: dict[str, list[ScenarioShown]] = defaultdict(list)
        for number, done in enumerate(self.material.raw.scenarios, start=1):
            shown = _scenario(number, done, room[done.scenario.id])
            known = [clause for clause in done.scenario.clauses if clause in self.material.clauses]
            for place, clause in enumerate(known):
                (elsewhere if place else told)[clause].append(shown)
        never_ended: dict[str, list[str]] = defaultdict(list)
        for key in self.material.unfinished:
            for clause in key.clauses:
                never_ended[clause].append(key.name)
        return {
            clause.id: ClauseShown(
                clause,
                _worst_first(told[clause.id]),
                _worst_first(elsewhere[clause.id]),
                tuple(never_ended[clause.id]),
            )
            for clause in self.material.compliance.clauses
        }

    @cached_property
    def not_looked_at(self) -> tuple[tuple[str, tuple[ClauseVerdict, ...]], ...]:
        """The clauses that were not assessed, by reason, the most frequent reason first."""
        grouped: dict[str, list[ClauseVerdict]] = defaultdict(list)
        for clause in self.material.compliance.clauses:
            if clause.verdict is Verdict.NOT_ASSESSED:
                grouped[clause.reason or "No reason was given."].append(clause)
        ordered = sorted(grouped.items(), key=lambda item: -len(item[1]))
        return tuple((reason, tuple(clauses)) for reason, clauses in ordered)

    @cached_property
    def partly_seen(self) -> tuple[ClauseShown, ...]:
        """Clauses that were examined, but not in every required channel."""
        silent = (Verdict.NOT_ASSESSED, Verdict.NOT_APPLICABLE, Verdict.ATTESTED)
        return tuple(shown for shown in self.clauses.values() if shown.missing and shown.verdict.verdict not in silent)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """Capabilities that scenarios require and the target does not offer."""
        needed = {need for key in self.material.raw.run.parsed for need in key.needs}
        return tuple(sorted(needed - set(self.material.raw.target.capabilities)))


def make_statement(material: Material) -> str:
    """The compliance statement as HTML."""
    return _render("statement.html.j2", material=material, statement=Statement(material))


def make_index(material: Material, allure: str | None) -> str:
    """The page that links to the views.

    Args:
        material: What the views are made from.
        allure: Where Allure's page lies, relative to the index; nothing where it was not made.
    """
    return _render("index.html.j2", material=material, allure=allure)


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    script = (_TEMPLATES / "statement.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shorten"] = shorten
    environment.globals |= {
        "words": words,
        "by_origin": by_origin,
        # The page's content security policy allows this script only: target data cannot execute or use the network.
        "script": Markup(script),
        "script_hash": f"sha256-{digest}",
    }
    return environment


def shorten(text: str, most: int = _LONGEST_LINE) -> str:
    """A text, or its beginning with a note of how much was omitted."""
    if len(text) <= most:
        return text
    return f"{text[:most].rstrip()} … ({len(text) - most:,} more characters in the raw report)"


def _rooms(scenarios: Iterable[ScenarioFinished]) -> dict[str, int]:
    """How many bytes of evidence each scenario may show, by scenario id."""
    weights = {done.scenario.id: _WEIGHT[done.outcome] for done in scenarios}
    share = _ROOM / max(1, sum(weights.values()))
    return {name: min(_MOST, max(_LEAST, int(share * weight))) for name, weight in weights.items()}


def _scenario(number: int, done: ScenarioFinished, room: int) -> ScenarioShown:
    # Failed checks are never omitted.
    checks = sorted(done.checks, key=lambda check: check.passed)[:_MOST_CHECKS]
    kept = [check for check in done.checks if check in checks]
    pieces = _pieces(done, room)
    return ScenarioShown(
        number=number,
        done=done,
        steps=tuple(
            StepShown(step, tuple(check for check in kept if check.step == index))
            for index, step in enumerate(done.steps)
        ),
        other_checks=tuple(check for check in kept if check.step not in range(len(done.steps))),
        checks_left_out=len(done.checks) - len(kept),
        pieces=pieces,
        in_raw_alone=tuple(piece for piece in done.evidence if piece.id not in {shown.evidence.id for shown in pieces}),
    )


def _pieces(done: ScenarioFinished, room: int) -> tuple[Piece, ...]:
    """The evidence that fits, first that of failed checks, in the order it was recorded."""
    failed = {one for check in done.checks if not check.passed for one in check.evidence}
    used = {one for check in done.checks for one in check.evidence}
    ranked = sorted(done.evidence, key=lambda piece: (piece.id not in failed, piece.id not in used))
    shown: dict[str, Piece] = {}
    for piece in ranked:
        text = _fitting(piece.text, min(_LONGEST_TEXT, room))
        if text or not piece.text:
            shown[piece.id] = Piece(piece, text, len(piece.text) - len(text))
            room -= _taken(text) + _FRAME
        if room <= 0:
            break
    return tuple(shown[piece.id] for piece in done.evidence if piece.id in shown)


def _fitting(text: str, most: int) -> str:
    """As much of a text as fits."""
    text = text[: max(0, most)]
    while _taken(text) > most:
        text = text[: len(text) * 3 // 4]
    return text


def _taken(text: str) -> int:
    """The size of a text in the page, in bytes: a quotation mark becomes an entity."""
    return len(escape(text).encode())


def _worst_first(scenarios: Iterable[ScenarioShown]) -> tuple[ScenarioShown, ...]:
    order = list(words.OUTCOMES)
    return tuple(sorted(scenarios, key=lambda shown: order.index(shown.done.outcome)))
