"""``shes-audit gate``: apply the gate to a finished run."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import click

from harness.errors import UsageError
from harness.evidence.raw import read_raw
from harness.suite.installed import load_suite
from harness.target.profile import load_profile
from harness.verdict import Conditions, assess
from harness.verdict.gate_file import FILE_NAME

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_MOST = 1_000_000


class _Age(click.ParamType[timedelta]):
    """A time span such as ``90m``, ``24h``, ``7d`` or ``2w``."""

    name = "age"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The span; anything else is refused."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([0-9]+)([mhdw])", str(value))
        if found is None or int(found[1]) > _MOST:
            self.fail(f"{value!r} is not an age such as 90m, 24h, 7d or 2w.", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


@click.command(name="gate")
@click.argument("raw", type=click.Path(path_type=Path), default=Path("reports/out/raw.jsonl"))
@click.option("--gate", "gate_file", type=click.Path(path_type=Path), default=Path(FILE_NAME), show_default=True)
@click.option("--max-age", type=_Age(), metavar="AGE", help="Refuse an older report: 90m, 24h, 7d, 2w.")
@click.option("--target", default="", metavar="URL|PROFILE|NAME", help="Refuse a report about another target.")
@click.option("--build", default="", metavar="VERSION", help="Refuse a report about another build of the target.")
@click.option("--partial", is_flag=True, help="Accept a run for selected clauses or scenarios only.")
def command(raw: Path, gate_file: Path, max_age: timedelta | None, target: str, build: str, partial: bool) -> int:
    """Apply the gate to the raw report of a run.

    A report of another policy, contract, suite or major version of shes-audit is refused.

    Exits like `run`: 0 passed, 1 violated, 3 inconclusive, 4 not assessed, refused or another reason.
    """
    conditions = Conditions(oldest=max_age, targets=_names(target), build=build, partial=partial)
    gate = assess(read_raw(raw), load_suite(), gate_file, conditions).gate
    for finding in gate.findings:
        verdict = f"{finding.clause} {finding.verdict.value}: " if finding.verdict else ""
        click.echo(f"{verdict}{finding.message}")
    for line in gate.notices:
        click.echo(line)
    click.echo(f"gate {'passed' if gate.passed else 'failed'}: {', '.join(gate.in_the_way or gate.required)}")
    return gate.exit_code


def _names(target: str) -> frozenset[str]:
    """What the report may call the target: the name itself, and what a profile of it says."""
    if not target:
        return frozenset()
    try:
        profile = load_profile(target)
    except UsageError:
        if "://" in target or Path(target).exists():
            raise
        return frozenset({target})
    return frozenset({profile.url, profile.title})
