"""``make bench``: what the audit costs beside waiting for its target. Writes ``benchmarks/RESULTS.md``."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from harness.evidence.model import EvidenceKind
from harness.evidence.raw import FILE_NAME, RawReport, read_raw

RESULTS = Path(__file__).with_name("RESULTS.md")
GOAL = 1.25
_SHOWN = 8
_MILLISECONDS = re.compile(r"^-> \S+ \((\d+) ms\)$", re.MULTILINE)


def measure(arguments: list[str], out: Path) -> tuple[float, float, RawReport]:
    """Run an audit and time it.

    Returns:
        Seconds of the whole command, seconds from its start to the first scenario's verdict, and its raw report.
    """
    command = [sys.executable, "-m", "harness.cli", "run", "-n", "1", "--out", str(out), *arguments]
    raw = out / FILE_NAME
    started = time.perf_counter()
    first = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if not first and raw.exists() and raw.read_bytes().count(b"\n") > 1:
                first = time.perf_counter() - started
            time.sleep(0.005)
    wall = time.perf_counter() - started
    return wall, first or wall, read_raw(raw)


def waiting_by_operation(raw: RawReport) -> Counter[str]:
    """Milliseconds spent waiting, by method and path."""
    spent: Counter[str] = Counter()
    for scenario in raw.scenarios:
        for one in scenario.evidence:
            found = _MILLISECONDS.search(one.text) if one.kind is EvidenceKind.EXCHANGE else None
            if found:
                method, path = one.title.split(" ")[:2]
                path = re.sub(r"^/(?:w|worlds)/[^/]+", "", path).partition("?")[0]
                spent[f"{method} {re.sub(r'/[A-Za-z0-9_-]{16,}', '/...', path)}"] += int(found[1])
    return spent


def main() -> None:
    """Measure, and write the results down."""
    folder = Path(tempfile.mkdtemp(prefix="shes-audit-bench-"))
    try:
        wall, _, raw = measure([], folder / "all")
        clause_wall, clause_first, clause = measure(["--clause", "4.1"], folder / "clause")
    finally:
        shutil.rmtree(folder)
    if raw.end is None or clause.end is None:
        sys.exit("a run was cut off; nothing is written")
    waiting = raw.end.waiting
    inside = sum(one.seconds for one in raw.scenarios)
    count = len(raw.scenarios)
    beside = inside - waiting
    lines = [
        "# Results",
        "",
        f"`make bench` (`python -m benchmarks`), Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {raw.run.started_at:%Y-%m-%d}. Wall times differ from machine to machine; the ratios are "
        "the result. All runs use one worker.",
        "",
        "| what | command | result |",
        "|---|---|---|",
        f"| wall time of the whole audit / time waiting for the target (goal: at most {GOAL}) | `shes-audit run -n 1` "
        f"| **{wall / waiting:.2f}** ({wall:.1f} s / {waiting:.1f} s, {count} scenarios) |",
        f"| the same without starting up and making views | `shes-audit run -n 1` | {raw.end.seconds / waiting:.2f} |",
        f"| what a scenario costs beside its HTTP | `shes-audit run -n 1` | {beside / count * 1000:.1f} ms, "
        f"{beside / waiting:.2f} of its waiting |",
        "| from the start to the first verdict of a scenario | `shes-audit run -n 1 --clause 4.1` "
        f"| {clause_first:.1f} s, {clause_first / clause_wall:.2f} of the run |",
        "| from the start to the verdict of one clause, all views made | `shes-audit run -n 1 --clause 4.1` "
        f"| {clause_wall:.1f} s |",
        "",
        "## What dominates",
        "",
        "| part of the whole audit | share of wall time |",
        "|---|---|",
        f"| waiting for the target | {waiting / wall:.0%} |",
        f"| the harness within scenarios | {beside / wall:.0%} |",
        f"| pytest between scenarios | {(raw.end.seconds - inside) / wall:.0%} |",
        f"| starting up, starting the target, making views | {(wall - raw.end.seconds) / wall:.0%} |",
        "",
        "| waiting, by operation | share of waiting |",
        "|---|---|",
    ]
    spent = waiting_by_operation(raw)
    lines += [f"| `{name}` | {part / spent.total():.0%} |" for name, part in spent.most_common(_SHOWN)]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
