"""The console: tables, and letters that it cannot show."""

from __future__ import annotations

import io
import os
import shutil
import sys

from rich.console import Console

_WIDTH = 120


def wide_console() -> Console:
    """A console as wide as the terminal, or wide enough for a table if there is no terminal.

    Without a terminal rich assumes 80 columns, which would break most cells.
    """
    return Console(width=shutil.get_terminal_size((_WIDTH, 50)).columns, highlight=False)


def speak_utf8() -> None:
    """Start the program again in UTF-8 mode (PEP 540) if the locale knows no Unicode, so names and paths can be any.

    Python then takes file names, environment and files for UTF-8; the console keeps its own set of characters.
    """
    # Python may have been told to ignore its environment.
    if sys.getfilesystemencoding().lower() == "utf-8" or os.environ.get("PYTHONUTF8") == "1":
        return
    ours = {"PYTHONUTF8": "1", "PYTHONIOENCODING": f"{sys.stdout.encoding}:backslashreplace"}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | ours)


def tolerate_console() -> None:
    """Let a console without Unicode (ASCII, code page 437) show a letter it lacks by its number, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
