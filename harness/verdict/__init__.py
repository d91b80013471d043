"""Verdicts: what the evidence shows for each clause, and for the release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from harness.evidence.raw import RawReport
from harness.policy.model import Register
from harness.verdict.decide import decide
from harness.verdict.gate_rules import judge, read_gate
from harness.verdict.model import Compliance


def assess(raw: RawReport, register: Register, gate: Path, today: date) -> Compliance:
    """The result of a run: the verdict on each clause, and the gate's result.

    Args:
        raw: The run.
        register: The policy.
        gate: The gate file.
        today: The date on which the gate is applied.

    Raises:
        UsageError: The gate file cannot be used.
    """
    verdicts = decide(register, raw)
    return Compliance(
        run_id=raw.run.run_id,
        target=raw.run.target,
        service=raw.run.service,
        policy=raw.run.policy,
        started_at=raw.run.started_at.isoformat(),
        seed=raw.run.seed,
        complete=raw.end is not None and not raw.end.interrupted,
        clauses=verdicts,
        gate=judge(verdicts, read_gate(gate, register), raw, today),
    )
