"""Commands: list the seeded violations, and start a service that has one of them."""

from __future__ import annotations

import json
import sys

import click

from reference_impl.commands import run


def argv() -> list[str]:
    """How to start this program as a process of its own."""
    return [sys.executable, "-m", "reference_impl.violations"]


@click.group(help="Services that break one promise each, to show that the audit notices. Never for real people.")
def main() -> None:
    """``python -m reference_impl.violations``."""


@main.command("list")
def list_violations() -> None:
    """Print every seeded violation and benign variant as JSON."""
    from reference_impl.violations.catalogue import VIOLATIONS

    click.echo(json.dumps([violation.listed() for violation in VIOLATIONS], ensure_ascii=False, indent=1))


@main.command()
@click.argument("name", metavar="ID")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Port; 0 takes a free one.")
def serve(name: str, port: int) -> None:
    """Start a service with the violation ID.

    It prints one line of JSON with its address, {"url": "..."}, and ends when standard input ends.
    """
    from reference_impl.bootstrap import Options
    from reference_impl.violations.catalogue import VIOLATIONS

    found = next((violation for violation in VIOLATIONS if violation.id == name), None)
    if found is None:
        raise click.BadParameter(f"there is no violation {name!r}; `list` shows them all", param_hint="ID")
    run(Options(port=port, exit_with_parent=True), found.parts(), for_people=False)
