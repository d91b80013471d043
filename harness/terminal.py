"""The console for tables."""

from __future__ import annotations

import shutil

from rich.console import Console

_WIDTH = 120


def wide_console() -> Console:
    """A console as wide as the terminal, or wide enough for a table if there is no terminal.

    Without a terminal rich assumes 80 columns, which would break most cells.
    """
    return Console(width=shutil.get_terminal_size((_WIDTH, 50)).columns, highlight=False)
