"""``shes-audit run``: the audit, from discovery to the gate."""

from __future__ import annotations

import signal
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from rich.console import Console
from rich.table import Table

from harness.evidence.raw import read_raw
from harness.plugin import LEAN, Given
from harness.plugin.preparation import DEFAULT_OUT, DEFAULT_SEED, Order, Prepared, features_folder, prepare
from harness.policy.load import load_register
from harness.policy.model import Register
from harness.verdict import assess
from harness.verdict.gate_rules import FILE_NAME as GATE_FILE
from harness.verdict.gate_rules import read_gate
from harness.verdict.model import Compliance, Verdict

_VIEWS = "shes_audit.after_run"
_STYLES = {Verdict.SATISFIED: "green", Verdict.VIOLATED: "bold red", Verdict.INCONCLUSIVE: "yellow"}


@click.command()
@click.option("--target", default="", metavar="URL|PROFILE", help="What to audit (default: the bundled reference).")
@click.option("--clause", "clauses", multiple=True, metavar="ID", help="Only this clause; may be repeated.")
@click.option("--section", "sections", multiple=True, metavar="N", help="Only this section; may be repeated.")
@click.option("--jurisdiction", default="", metavar="CODE", help="Only scenarios for residents there: EEA, US-CA, ...")
@click.option("--scenario", "scenarios", multiple=True, metavar="ID", help="Only this scenario; may be repeated.")
@click.option("-n", "workers", type=click.IntRange(1, 64), default=None, help="Number of parallel processes.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Determines the synthetic people.")
@click.option("--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Output folder.")
@click.option(
    "--allure/--no-allure",
    default=None,
    help="Make Allure's page, or not.  [default: in a run for everything]",
)
@click.option("--gate", type=click.Path(path_type=Path), default=Path(GATE_FILE), show_default=True, help="Gate file.")
def run(
    target: str,
    clauses: tuple[str, ...],
    sections: tuple[str, ...],
    jurisdiction: str,
    scenarios: tuple[str, ...],
    workers: int | None,
    seed: int,
    out: Path,
    allure: bool | None,
    gate: Path,
) -> int:
    """Audit a target and apply the gate.

    Writes the raw report and every view of it to the output folder. Allure's page takes longer than all other views: a
    run for some clauses or scenarios omits it, and `shes-audit report` makes it later.

    Exits with 0 if the gate passed, 1 if a clause is violated, 3 if one is inconclusive, 4 if a required clause is not
    assessed, 2 on wrong use, 130 if interrupted.
    """
    # SIGTERM is handled like an interrupt: evidence is kept, started processes are stopped.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    order = Order(
        target=target,
        seed=seed,
        out=out,
        clauses=clauses,
        sections=sections,
        jurisdiction=jurisdiction,
        scenarios=scenarios,
        workers=workers,
    )
    # Before anything is started or written: a run without a usable gate is not started.
    register = load_register(features_folder() / "register")
    read_gate(gate, register)
    with prepare(order, register) as prepared:
        click.echo(
            f"{prepared.profiles[0].title} ({prepared.description.service}): "
            f"{len(prepared.selected)} scenarios, seed {seed}, {prepared.workers} at a time"
        )
        _pytest(prepared)
    raw_path = out / "raw.jsonl"
    raw = read_raw(raw_path)
    compliance = assess(raw, register, gate, today())
    page = order.is_whole if allure is None else allure
    views = [
        path
        for entry in entry_points(group=_VIEWS)
        for path in entry.load()(raw_path, compliance, out, register, allure=page)
    ]
    show(compliance, register, [raw_path, *views])
    return compliance.gate.exit_code


def today() -> date:
    """The date on which a gate is applied."""
    return datetime.now(UTC).date()


def show(compliance: Compliance, register: Register, files: list[Path]) -> None:
    """Print a table by section, the findings of the gate, and where the reports are."""
    console = Console(highlight=False)
    table = Table(title="Clauses by section", title_justify="left")
    table.add_column("section", no_wrap=True, overflow="ellipsis")
    given = [verdict for verdict in Verdict if any(one.verdict is verdict for one in compliance.clauses)]
    for verdict in given:
        table.add_column(verdict.value, justify="right", no_wrap=True, style=_STYLES.get(verdict, ""))
    for section in register.sections:
        of_section = [one.verdict for one in compliance.clauses if one.section == section.id]
        counts = [of_section.count(verdict) for verdict in given]
        table.add_row(f"{section.id} {section.title}", *(str(count) if count else "" for count in counts))
    console.print(table)
    gate = compliance.gate
    for finding in gate.findings:
        head = f"{finding.clause} {finding.verdict.value}: " if finding.verdict else ""
        console.print(f"  {head}{finding.message}", markup=False, soft_wrap=True)
    answer = "passed" if gate.passed else f"FAILED (exit code {gate.exit_code})"
    satisfied = sum(one.id in gate.required and one.verdict is Verdict.SATISFIED for one in compliance.clauses)
    console.print(
        f"Gate {answer}: {satisfied} of {len(gate.required)} required clauses are satisfied"
        + (f"; {', '.join(gate.excused)}: except for a waived channel." if gate.excused else "."),
        style="bold green" if gate.passed else "bold red",
    )
    for path in files:
        if path.name in {"statement.html", "index.html", "raw.jsonl"}:
            console.print(f"  {path}", markup=False, soft_wrap=True)


def _pytest(prepared: Prepared) -> None:
    order = prepared.order
    arguments = [
        str(features_folder()),
        "--quiet",
        "--no-header",
        "--tb=short",
        *LEAN,
        # Where `pytest --lf` looks for it, wherever the features lie.
        "-o",
        f"cache_dir={Path.cwd() / '.pytest_cache'}",
        f"--shes-seed={order.seed}",
        f"--shes-out={order.out}",
        f"--shes-target={order.target}",
        f"--shes-jurisdiction={order.jurisdiction}",
        *(f"--shes-clause={one}" for one in order.clauses),
        *(f"--shes-section={one}" for one in order.sections),
        *(f"--shes-scenario={one}" for one in order.scenarios),
    ]
    if prepared.workers > 1:
        arguments += ["-n", str(prepared.workers), "--dist", "worksteal"]
    pytest.main(arguments, plugins=[Given(prepared)])
