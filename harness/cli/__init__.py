"""The command line: one program, whose commands are provided by entry points (group ``shes_audit.commands``)."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import entry_points, version
from typing import NoReturn

import click

from harness import extras
from harness.errors import AuditError, ExitCode
from harness.terminal import speak_utf8, tolerate_console

_GROUP = "shes_audit.commands"


class _Commands(click.Group):
    """Loads a command only when it is used, to avoid the imports of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(entry.name for entry in entry_points(group=_GROUP))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name."""
        for entry in entry_points(group=_GROUP, name=cmd_name):
            command: click.Command = entry.load()
            return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; the list of all commands needs no extra, running one may."""
        for entry in entry_points(group=_GROUP, name=args[0]):
            extras.require(entry)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("shes-audit"), prog_name="shes-audit")
def cli() -> None:
    """Audit an account service against its published privacy policy, clause by clause, with evidence.

    Exit codes, in decreasing precedence: 130 interrupted; 2 wrong use; 1 violated; 3 inconclusive; 4 a required clause
    is not assessed, or the gate fails otherwise; 0 the gate passed.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with a documented code."""
    if arguments is None:
        speak_utf8()
    tolerate_console()
    try:
        code = cli.main(args=arguments, standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        _leave(ExitCode.INTERRUPTED, "Interrupted.")
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.WRONG_USE)
    except click.exceptions.Exit as request:
        sys.exit(request.exit_code)
    except AuditError as error:
        _leave(error.exit_code, str(error))
    except BrokenPipeError:
        _hang_up()
    except SystemExit as request:
        # rich exits with 1 when its output is closed; here 1 has another meaning.
        if isinstance(request.__context__, BrokenPipeError):
            _hang_up()
        raise
    except Exception:
        traceback.print_exc()
        _leave(ExitCode.INCONCLUSIVE, "This is a fault in shes-audit; it shows nothing about the target.")
    sys.exit(code if isinstance(code, int) else ExitCode.PASSED)


def _leave(code: ExitCode, message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(int(code))


def _hang_up() -> NoReturn:
    """Exit because the reader closed the output (`shes-audit clauses | head`), never as if a gate had passed."""
    # Python flushes the buffer at exit, which would raise an error.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(int(ExitCode.INTERRUPTED))
