"""``shes-audit gate``: apply the gate to a finished run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from harness.evidence.raw import read_raw
from harness.policy.load import find_register, load_register
from harness.verdict import assess
from harness.verdict.gate_rules import FILE_NAME


@click.command(name="gate")
@click.argument("raw", type=click.Path(path_type=Path), default=Path("reports/out/raw.jsonl"))
@click.option("--gate", "gate_file", type=click.Path(path_type=Path), default=Path(FILE_NAME), show_default=True)
def command(raw: Path, gate_file: Path) -> int:
    """Apply the gate to the raw report of a run.

    Exits like `run`: 0 passed, 1 violated, 3 inconclusive, 4 not assessed or another reason.
    """
    compliance = assess(read_raw(raw), load_register(find_register()), gate_file, datetime.now(UTC).date())
    for finding in compliance.gate.findings:
        verdict = f"{finding.clause} {finding.verdict.value}: " if finding.verdict else ""
        click.echo(f"{verdict}{finding.message}")
    click.echo(f"gate {'passed' if compliance.gate.passed else 'failed'}: {', '.join(compliance.gate.required)}")
    return compliance.gate.exit_code
