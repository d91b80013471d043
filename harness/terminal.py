"""The console: tables, and letters that it cannot show."""

from __future__ import annotations

import io
import shutil
import sys

from rich.console import Console

_WIDTH = 120


def wide_console() -> Console:
    """A console as wide as the terminal, or wide enough for a table if there is no terminal.

    Without a terminal rich assumes 80 columns, which would break most cells.
    """
    return Console(width=shutil.get_terminal_size((_WIDTH, 50)).columns, highlight=False)


def tolerate_console() -> None:
    """Let a console without Unicode (ASCII, code page 437) show a letter it lacks by its number, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
