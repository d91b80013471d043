"""Commands: list the seeded violations, and start a service that has one of them."""

from __future__ import annotations

import json
import sys
from functools import partial

import click

from reference_impl.commands import run

_ROOM = "reference_impl.violations."


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

    modules = _modules()
    listing = [violation.listed() | {"module": modules[violation.id]} for violation in VIOLATIONS]
    click.echo(json.dumps(listing, ensure_ascii=False, indent=1))


def _modules() -> dict[str, str]:
    """The module that each violation is written in: of those that list it, the one furthest down."""
    listing = {name: module for name, module in sys.modules.items() if name.startswith(_ROOM)}
    by_depth = sorted(listing, key=lambda name: (name.count("."), name != f"{_ROOM}catalogue"))
    return {violation.id: name for name in by_depth for violation in getattr(listing[name], "VIOLATIONS", ())}


@main.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Port; 0 takes a free one.")
def serve(name: str, port: int) -> None:
    """Start a service with the violation ID; without an ID, all of them in one process, each below /variants/ID.

    It prints one line of JSON with its address, {"url": "..."}, and ends when standard input ends.
    """
    from reference_impl.bootstrap import Application, Options, open_site, serve_application
    from reference_impl.violations.catalogue import VIOLATIONS
    from reference_impl.violations.variants import open_variants

    options = Options(port=port, exit_with_parent=True)
    application: Application = partial(open_variants, VIOLATIONS, options)
    if name:
        found = next((violation for violation in VIOLATIONS if violation.id == name), None)
        if found is None:
            raise click.BadParameter(f"there is no violation {name!r}; `list` shows them all", param_hint="ID")
        application = partial(open_site, options, found.parts())
    run(partial(serve_application, options, application), for_people=False)
