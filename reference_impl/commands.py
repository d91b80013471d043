"""Commands for the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reference_impl.bootstrap import Parts


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where data is kept. Without it, data is thrown away at the end.",
)
@click.option("--log-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the log is kept.")
@click.option("--assurance/--no-assurance", default=True, show_default=True, help="Open the API for auditors.")
@click.option("--assurance-token", envvar="SHES_ASSURANCE_TOKEN", help="The token that auditors must present.")
@click.option("--announce", is_flag=True, help="Print only the machine-readable line.")
@click.option("--exit-with-parent", is_flag=True, help="End when standard input ends.")
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    data_dir: Path | None,
    log_dir: Path | None,
    assurance: bool,
    assurance_token: str | None,
    announce: bool,
    exit_with_parent: bool,
) -> None:
    """Start the reference service.

    As soon as it accepts connections it prints one line of JSON with its address, {"url": "..."}, to standard output.
    """
    from reference_impl.bootstrap import Options, Parts
    from reference_impl.bootstrap import serve as serve_site

    options = Options(host, port, data_dir, log_dir, assurance, assurance_token, exit_with_parent)
    parts = context.obj if isinstance(context.obj, Parts) else Parts()
    run(partial(serve_site, options, parts), for_people=not announce)


def run(server: Callable[[Callable[[str], None]], None], *, for_people: bool) -> None:
    """Serve until stopped; exit with code 2 and a message if the service cannot start.

    Args:
        server: Serves until stopped, and calls its argument with the address once it accepts connections.
        for_people: Also print the address for people, on standard error.
    """
    from reference_impl.bootstrap import ServerError

    def announce(url: str) -> None:
        click.echo(json.dumps({"url": url}))
        sys.stdout.flush()
        if for_people:
            click.echo(f"The reference service is at {url} and shows its API at {url}/docs. Ctrl-C stops it.", err=True)

    try:
        server(announce)
    except ServerError as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from None


def serve_argv() -> list[str]:
    """The command that starts the service as a process, on a free port, ending with its parent process."""
    return [sys.executable, "-m", "reference_impl", "serve", "--port", "0", "--announce", "--exit-with-parent"]


def main(parts: Parts | None = None) -> None:
    """``python -m reference_impl``.

    Args:
        parts: What the service is made of; None: its own parts.
    """
    group = click.Group("reference_impl", commands={"serve": serve}, help="The reference service.")
    group.main(prog_name="python -m reference_impl", obj=parts)
