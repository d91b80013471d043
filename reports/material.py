"""What every view is made from: the raw report, the verdicts, and the register."""

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
        id: Such as ``4`` or ``8.CA``.
        title: Its title; empty if the register does not contain it.
        clauses: Its clauses, in the register's order.
    """

    id: str
    title: str
    clauses: tuple[ClauseVerdict, ...]

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """The number of clauses with each verdict, including zeros, most severe first."""
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
        compliance: The verdicts and the gate's result.
        register: The policy register, for titles, readings and law.
        raw_name: Name of the raw report's file, in the folder of the views.
        raw_sha256: Fingerprint of that file, in hexadecimal.
    """

    raw: RawReport
    compliance: Compliance
    register: Register
    raw_name: str
    raw_sha256: str

    @property
    def started(self) -> str:
        """When the run started, in words, in UTC."""
        return f"{self.raw.run.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    @cached_property
    def required(self) -> tuple[ClauseVerdict, ...]:
        """The clauses that the gate requires."""
        return tuple(self.clauses[one] for one in self.compliance.gate.required if one in self.clauses)

    @property
    def gate_line(self) -> str:
        """In one or two sentences, how many required clauses are satisfied."""
        gate = self.compliance.gate
        satisfied = sum(clause.verdict is Verdict.SATISFIED for clause in self.required)
        asked = count(len(gate.required), "required clause")
        line = f"{satisfied} of {asked} {_are(satisfied)} satisfied."
        if gate.excused:
            line += f" {', '.join(gate.excused)} {_are(len(gate.excused))} satisfied except for a waived channel."
        if gate.partial:
            line += " The run was for a part of the suite only."
        if not gate.findings:
            return line
        return f"{line} There {_are(len(gate.findings))} {count(len(gate.findings), 'finding')} against the release."

    @property
    def incomplete_because(self) -> str:
        """Why the run is not complete, in one or two sentences."""
        missing = f"{count(len(self.unfinished), 'selected scenario')} did not finish."
        faults = "; ".join(self.raw.faults)
        return f"{faults[:1].upper()}{faults[1:].rstrip('.')}. {missing}" if faults else missing

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
        """The number of clauses with each verdict, most severe first."""
        return count_verdicts(self.compliance.clauses)

    @cached_property
    def clauses(self) -> Mapping[str, ClauseVerdict]:
        """The verdicts by clause id."""
        return {clause.id: clause for clause in self.compliance.clauses}

    @cached_property
    def rows(self) -> Mapping[str, Clause]:
        """The register's clauses by id."""
        return {clause.id: clause for clause in self.register.clauses}

    @cached_property
    def unfinished(self) -> tuple[ScenarioKey, ...]:
        """Scenarios that were selected and did not finish: the run was interrupted, or lost them."""
        finished = {done.scenario.id for done in self.raw.scenarios}
        selected = set(self.raw.run.selected)
        return tuple(key for key in self.raw.run.parsed if key.id in selected and key.id not in finished)

    def section_name(self, scenario: ScenarioKey) -> str:
        """Name of the section of a scenario's first clause."""
        for clause in scenario.clauses:
            if clause in self.section_names:
                return self.section_names[clause]
        return scenario.feature

    def clause_title(self, clause: str) -> str:
        """``4.1 Retention period``, or just the id. A finding without a clause concerns the run."""
        found = self.clauses.get(clause)
        if not clause:
            return "The run as a whole"
        return f"{clause} {found.title}" if found else clause

    def blocking(self, clause: str) -> tuple[ScenarioFinished, ...]:
        """The scenarios of a clause that did not pass, most severe first."""
        found = [done for done in self.raw.scenarios if clause in done.scenario.clauses and done.outcome in _BLOCKING]
        return tuple(sorted(found, key=lambda done: _BLOCKING.index(done.outcome)))

    @cached_property
    def findings(self) -> tuple[GateFinding, ...]:
        """The findings of the gate, most severe first."""
        order = list(VERDICTS)
        return tuple(
            sorted(
                self.compliance.gate.findings,
                key=lambda finding: order.index(finding.verdict) if finding.verdict else -1,
            )
        )


def count_verdicts(clauses: tuple[ClauseVerdict, ...]) -> dict[Verdict, int]:
    """The number of clauses with each verdict, including zeros, most severe first."""
    counted = Counter(clause.verdict for clause in clauses)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def by_origin(clause: ClauseVerdict) -> tuple[tuple[Origin, Verdict], ...]:
    """The verdicts of a clause by origin of its scenarios: policy, derived, law, in this order."""
    return tuple((origin, clause.by_origin[origin]) for origin in Origin if origin in clause.by_origin)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
