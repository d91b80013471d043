"""The command that regenerates the views."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from harness.evidence.raw import read_raw
from harness.policy.load import find_register, load_register
from harness.verdict import assess
from harness.verdict.gate_rules import FILE_NAME as GATE_FILE
from reports.views import write_all


@click.command()
@click.argument("raw", metavar="RAW", type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Folder for the reports.  [default: RAW's]")
@click.option(
    "--gate",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path(GATE_FILE),
    show_default=True,
    help="Gate file: the clauses that the release must satisfy.",
)
def report(raw: Path, out: Path | None, gate: Path) -> None:
    """Regenerate every report from the raw report RAW, without the target.

    The verdicts follow from RAW and the register; the gate's result follows from these, FILE and the date.
    """
    register = load_register(find_register())
    compliance = assess(read_raw(raw), register, gate, datetime.now(UTC).date())
    for path in write_all(raw, compliance, out or raw.parent, register):
        click.echo(path)
