"""What every view is made from: the raw report, the verdicts, and the register where it is at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property

from harness.evidence.model import Origin, Outcome, ScenarioFinished, ScenarioKey
from harness.evidence.raw import RawReport
from harness.policy.model import Clause, Register
from harness.verdict.model import ClauseVerdict, Compliance, GateFinding, Verdict
from reports.words import VERDICTS, count

_BLOCKING = (Outcome.VIOLATED, Outcome.INCONCLUSIVE, Outcome.NOT_ASSESSED)


@dataclass(frozen=True)
class Section:
    """A section of the policy with its clauses.

    Attributes:
        id: As ``4`` or ``8.CA``.
        title: Its title; empty when the register at hand does not have it.
        clauses: Its clauses, in the register's order.
    """

    id: str
    title: str
    clauses: tuple[ClauseVerdict, ...]

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many clauses got each verdict, all verdicts present, worst news first."""
        return count_verdicts(self.clauses)

    @property
    def name(self) -> str:
        """``4 Retention``, or just the id."""
        return f"{self.id} {self.title}".strip()


@dataclass(frozen=True)
class Material:
    """Everything a view may show.

    Attributes:
        raw: The raw report.
        compliance: The verdicts and the gate's answer.
        register: The policy register, for titles, readings and law.
        raw_name: Name of the raw report's file, which lies beside the views.
        raw_sha256: Fingerprint of that file, in hexadecimal.
    """

    raw: RawReport
    compliance: Compliance
    register: Register
    raw_name: str
    raw_sha256: str

    @property
    def started(self) -> str:
        """When the run began, for people, in UTC."""
        return f"{self.raw.run.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    @cached_property
    def required(self) -> tuple[ClauseVerdict, ...]:
        """The clauses that the gate asks for."""
        return tuple(self.clauses[one] for one in self.compliance.gate.required if one in self.clauses)

    @property
    def gate_line(self) -> str:
        """In one or two sentences, how much of what the gate asks for is satisfied."""
        gate = self.compliance.gate
        satisfied = sum(clause.verdict is Verdict.SATISFIED for clause in self.required)
        asked = count(len(gate.required), "clause")
        line = f"{satisfied} of the {asked} that the gate asks for {_are(satisfied)} satisfied."
        if gate.excused:
            line += f" {', '.join(gate.excused)} {_are(len(gate.excused))} but for a channel that the gate excuses."
        if not gate.findings:
            return line
        return f"{line} {count(len(gate.findings), 'finding')} {_are(len(gate.findings))} in the way."

    @property
    def incomplete_because(self) -> str:
        """Why the run is not complete, in one or two sentences."""
        missing = f"{count(len(self.unfinished), 'selected scenario')} never ended."
        end = self.raw.end
        if end is None:
            return f"It was cut off before its end. {missing}"
        if end.interrupted:
            return f"Somebody stopped it. {missing}"
        return " ".join(end.integrity) or missing

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in the register's order."""
        grouped: dict[str, list[ClauseVerdict]] = {}
        for clause in self.compliance.clauses:
            grouped.setdefault(clause.section, []).append(clause)
        titles = {section.id: section.title for section in self.register.sections}
        return tuple(Section(name, titles.get(name, ""), tuple(clauses)) for name, clauses in grouped.items())

    @cached_property
    def section_names(self) -> Mapping[str, str]:
        """Name of the section of each clause, by clause id."""
        return {clause.id: section.name for section in self.sections for clause in section.clauses}

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many clauses got each verdict, worst news first."""
        return count_verdicts(self.compliance.clauses)

    @cached_property
    def clauses(self) -> Mapping[str, ClauseVerdict]:
        """The verdicts by clause id."""
        return {clause.id: clause for clause in self.compliance.clauses}

    @cached_property
    def rows(self) -> Mapping[str, Clause]:
        """The register's rows by clause id."""
        return {clause.id: clause for clause in self.register.clauses}

    @cached_property
    def unfinished(self) -> tuple[ScenarioKey, ...]:
        """Scenarios that were selected and never ended: the run was stopped, or lost them."""
        finished = {done.scenario.id for done in self.raw.scenarios}
        selected = set(self.raw.run.selected)
        return tuple(key for key in self.raw.run.parsed if key.id in selected and key.id not in finished)

    def section_name(self, scenario: ScenarioKey) -> str:
        """Name of the section a scenario belongs to, that of its first clause."""
        for clause in scenario.clauses:
            if clause in self.section_names:
                return self.section_names[clause]
        return scenario.feature

    def clause_title(self, clause: str) -> str:
        """``4.1 Six months after deletion``, or just the id. A finding without a clause is about the run."""
        found = self.clauses.get(clause)
        if not clause:
            return "The run as a whole"
        return f"{clause} {found.title}" if found else clause

    def blocking(self, clause: str) -> tuple[ScenarioFinished, ...]:
        """The scenarios of a clause that did not pass, worst news first."""
        found = [done for done in self.raw.scenarios if clause in done.scenario.clauses and done.outcome in _BLOCKING]
        return tuple(sorted(found, key=lambda done: _BLOCKING.index(done.outcome)))

    @cached_property
    def findings(self) -> tuple[GateFinding, ...]:
        """What is in the way of the gate, worst news first."""
        order = list(VERDICTS)
        return tuple(
            sorted(
                self.compliance.gate.findings,
                key=lambda finding: order.index(finding.verdict) if finding.verdict else -1,
            )
        )


def count_verdicts(clauses: tuple[ClauseVerdict, ...]) -> dict[Verdict, int]:
    """How many clauses got each verdict, all verdicts present, worst news first."""
    counted = Counter(clause.verdict for clause in clauses)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def by_origin(clause: ClauseVerdict) -> tuple[tuple[Origin, Verdict], ...]:
    """The verdicts of a clause on the policy's, the derived and the law's scenarios, always in this order."""
    return tuple((origin, clause.by_origin[origin]) for origin in Origin if origin in clause.by_origin)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
