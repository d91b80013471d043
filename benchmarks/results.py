"""``RESULTS.md``: one section a benchmark, each written anew by its own."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
SECTIONS = ("The audit", "Against an older build", "The selfcheck", "The purge", "The installation")
_HEAD = """# Results

Wall times differ from machine to machine; the ratios, each within one run, are the result.
"""


def machine() -> str:
    """What it ran on."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Lines of a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]


def write(section: str, lines: list[str]) -> None:
    """Put the lines into the section, leave the others as they are, and show it."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = dict(re.findall(r"^## (.+)\n\n((?:(?!## ).*\n)*)", text, re.MULTILINE))
    sections[section] = "\n".join(lines) + "\n"
    bodies = [f"\n## {title}\n\n{sections[title].strip()}\n" for title in SECTIONS if title in sections]
    RESULTS.write_text(_HEAD + "".join(bodies), encoding="utf-8")
    sys.stdout.write(sections[section])
