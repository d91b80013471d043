"""Commands that read the policy register: ``clauses``, ``explain``, ``policy check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.errors import ExitCode
from harness.policy.load import find_register, load_register
from harness.policy.scenarios import ScenarioRef, by_clause, check_tags, read_scenarios

if TYPE_CHECKING:
    from rich.console import RenderableType

    from harness.policy.model import Register


def _load() -> tuple[Register, dict[str, list[ScenarioRef]]]:
    """The register, and the scenarios of each clause; the feature files are beside the register's folder."""
    register = load_register(find_register())
    scenarios = read_scenarios(register.path.resolve().parent)
    check_tags(scenarios, register)
    return register, by_clause(scenarios)


def _show(view: RenderableType) -> None:
    from harness.terminal import wide_console

    wide_console().print(view)


def _show_json(data: object) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="Output format.",
)
@click.option("--section", metavar="N", help="Only this section of the policy, such as 4 or 8.CA.")
@click.option("--jurisdiction", metavar="CODE", help="Only clauses that apply there, such as NL, US-CA or EEA.")
def clauses(form: str, section: str | None, jurisdiction: str | None) -> None:
    """List the clauses of the policy with their scenarios and evidence channels."""
    from harness.policy import views
    from harness.policy.jurisdictions import clauses_in

    register, scenarios = _load()
    shown = register.in_section(section) if section else register.clauses
    if jurisdiction:
        there = set(register.in_order(clause.id for clause in clauses_in(register, jurisdiction)))
        shown = tuple(clause for clause in shown if clause.id in there)
    if form == "json":
        _show_json(views.clauses_as_data(shown, scenarios))
    elif form == "markdown":
        click.echo(views.clauses_as_markdown(shown, scenarios))
    else:
        _show(views.clauses_as_table(shown, scenarios))


@click.command()
@click.argument("clause_id", metavar="ID")
def explain(clause_id: str) -> None:
    """Show one clause: obligation, reading, law, scenarios, evidence channels, and what would violate it."""
    from harness.policy import views

    register, scenarios = _load()
    clause = register.clause(clause_id)
    _show(views.explanation(clause, register, scenarios.get(clause.id, [])))


@click.group()
def policy() -> None:
    """Compare the policy's text with the register."""


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Output format."
)
@click.pass_context
def check(context: click.Context, file: Path, form: str) -> None:
    """Show which sentences of the policy text FILE still match the register, and which clauses need review.

    Exits with 0 if all sentences match and none is new, otherwise with 1.
    """
    from harness.policy import views
    from harness.policy.check import check_file

    register = load_register(find_register())
    found = check_file(file, register)
    if form == "json":
        _show_json(views.check_as_data(found, register))
    else:
        _show(views.check_as_table(found, register))
    context.exit(ExitCode.PASSED if found.ok else ExitCode.VIOLATED)
