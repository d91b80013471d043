"""The audit as the command runs it: preparation, scenarios, verdicts, views, gate."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from rich.console import Console
from rich.table import Table

from harness.evidence.raw import FILE_NAME, read_raw
from harness.order import Order
from harness.plugin import LEAN, Given
from harness.plugin.preparation import Prepared, prepare
from harness.policy.load import load_register
from harness.policy.model import Register
from harness.suite.features import features_folder
from harness.target.process import Started
from harness.verdict import assess
from harness.verdict.gate_file import read_gate
from harness.verdict.model import Compliance, Verdict

_VIEWS = "shes_audit.after_run"
_STYLES = {Verdict.SATISFIED: "green", Verdict.VIOLATED: "bold red", Verdict.INCONCLUSIVE: "yellow"}


def audit(order: Order, reference: Started | None, *, allure: bool) -> int:
    """Audit a target, make every view, and apply the gate.

    Args:
        order: What was asked for.
        reference: The bundled reference, started; None where the order names another target.
        allure: Whether Allure's page is made.

    Returns:
        The exit code of the gate.
    """
    # Before any scenario runs and a report is replaced: a run without a usable gate is of no use.
    register = load_register(features_folder() / "register")
    read_gate(order.gate, register, today())
    with prepare(order, register, reference) as prepared:
        click.echo(
            f"{prepared.profiles[0].title} ({prepared.description.service}): "
            f"{len(prepared.selected)} scenarios, seed {order.seed}, {prepared.workers} at a time"
        )
        _pytest(prepared)
        # The processes end while the views are made.
        prepared.dismiss()
        raw_path = order.out / FILE_NAME
        raw = read_raw(raw_path)
        compliance = assess(raw, prepared.suite, order.gate)
        views = [
            path
            for entry in entry_points(group=_VIEWS)
            for path in entry.load()(raw_path, compliance, order.out, register, raw=raw, allure=allure)
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
    for line in gate.notices:
        console.print(f"  {line}", markup=False, soft_wrap=True)
    answer = "passed" if gate.passed else f"FAILED (exit code {gate.exit_code})"
    satisfied = sum(one.id in gate.required and one.verdict is Verdict.SATISFIED for one in compliance.clauses)
    console.print(
        f"Gate {answer}: {satisfied} of {len(gate.required)} required clauses are satisfied"
        + (f"; {', '.join(gate.excused)}: except for a waived channel." if gate.excused else ".")
        + (" This run was for a part of the suite only." if gate.partial else "")
        + (f" In the way: {', '.join(gate.in_the_way)}." if gate.in_the_way else ""),
        style="bold green" if gate.passed else "bold red",
        markup=False,
        soft_wrap=True,
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
        # A conftest.py above the features is the business of the project that they are installed in.
        f"--confcutdir={features_folder()}",
        *LEAN,
        # The place where `pytest --lf` looks for it, also for features outside the project.
        *("-o", f"cache_dir={Path.cwd() / '.pytest_cache'}"),
        f"--shes-seed={order.seed}",
        f"--shes-out={order.out}",
        f"--shes-gate={order.gate}",
        f"--shes-target={order.target}",
        f"--shes-jurisdiction={order.jurisdiction}",
        *(f"--shes-clause={one}" for one in order.clauses),
        *(f"--shes-section={one}" for one in order.sections),
        *(f"--shes-scenario={one}" for one in order.scenarios),
    ]
    if prepared.workers > 1:
        arguments += ["-n", str(prepared.workers), "--dist", "worksteal"]
    pytest.main(arguments, plugins=[Given(prepared)])
