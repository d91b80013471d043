"""The command that regenerates the views."""

from __future__ import annotations

from pathlib import Path

import click

from harness.evidence.folder import writing_to
from harness.evidence.raw import read_raw
from harness.suite.installed import load_suite
from harness.verdict import assess
from harness.verdict.gate_file import FILE_NAME as GATE_FILE
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
    suite = load_suite()
    read = read_raw(raw)
    compliance = assess(read, suite, gate)
    with writing_to(out or raw.parent):
        for path in write_all(raw, compliance, out or raw.parent, suite.register, raw=read):
            click.echo(path)
