"""Verdicts: what the evidence shows for each clause, and for the release."""

from __future__ import annotations

from pathlib import Path

from harness.evidence.raw import RawReport
from harness.suite.installed import Suite
from harness.verdict.decide import decide
from harness.verdict.gate_file import read_gate
from harness.verdict.gate_rules import judge
from harness.verdict.model import Compliance
from harness.verdict.report_rules import Conditions, refusals

__all__ = ["Conditions", "assess"]


def assess(raw: RawReport, suite: Suite, gate: Path, conditions: Conditions | None = None) -> Compliance:
    """The result of a run: the verdict on each clause, and the gate's result.

    Args:
        raw: The run.
        suite: The installed suite.
        gate: The gate file.
        conditions: What the report must be to count; by default it may be of any age and target, and partial.

    Raises:
        UsageError: The gate file cannot be used.
    """
    conditions = conditions or Conditions()
    today = conditions.now.date()
    verdicts = decide(suite.register, raw)
    ran = {one.scenario.id for one in raw.scenarios}
    return Compliance(
        run_id=raw.run.run_id,
        target=raw.run.target,
        service=raw.target.service,
        policy=raw.run.policy,
        started_at=raw.run.started_at.isoformat(),
        seed=raw.run.seed,
        complete=not raw.faults and ran.issuperset(raw.run.selected),
        clauses=verdicts,
        gate=judge(
            verdicts,
            read_gate(gate, suite.register, today),
            raw,
            suite.register,
            today,
            tuple(refusals(raw, suite, conditions)),
        ),
    )
