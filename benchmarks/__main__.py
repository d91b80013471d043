"""``make bench``: what the audit costs beside waiting for its target. Writes its section of ``RESULTS.md``.

With ``--old FOLDER``, an installed clone of an older build, the two are measured in turn and compared instead.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks import results
from benchmarks.reports import read
from harness.evidence.model import EvidenceKind
from harness.evidence.raw import FILE_NAME, RawReport

GOAL = 1.25
HERE = Path(__file__).parents[1]
ROUNDS = 3
_SHOWN = 8
_MILLISECONDS = re.compile(r"^-> \S+ \((\d+) ms\)$", re.MULTILINE)


def measure(arguments: list[str], out: Path, build: Path = HERE) -> tuple[float, float, RawReport]:
    """Run an audit and time it.

    Args:
        arguments: What is audited.
        out: Folder for the reports.
        build: The clone whose harness and target run.

    Returns:
        Seconds of the whole command, seconds from its start to the first scenario's verdict, and its raw report.
    """
    python = str(build / ".venv" / "bin" / "python") if build != HERE else sys.executable
    command = [python, "-m", "harness.cli", "run", "-n", "1", "--out", str(out), *arguments]
    raw = out / FILE_NAME
    started = time.perf_counter()
    first = 0.0
    with subprocess.Popen(command, cwd=build, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if not first and raw.exists() and b'{"kind":"scenario"' in raw.read_bytes():
                first = time.perf_counter() - started
            time.sleep(0.005)
    wall = time.perf_counter() - started
    return wall, first or wall, read(raw)


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


def cost(raw: RawReport) -> float:
    """Seconds that a scenario takes beside waiting for the target, on average."""
    return sum(one.seconds - one.waiting for one in raw.scenarios) / len(raw.scenarios)


def compare(old: Path, whole: list[str]) -> None:
    """Measure this build and an older one in turn, and write down how they compare.

    Args:
        old: An installed clone of the older build.
        whole: What is audited in place of everything, for a quick look: it is shown and not written down.
    """
    builds = {"old": old.resolve(), "new": HERE}
    clause: dict[str, list[float]] = {name: [] for name in builds}
    walls: dict[str, float] = {}
    costs: dict[str, float] = {}
    folder = Path(tempfile.mkdtemp(prefix="shes-audit-bench-"))
    try:
        for turn in range(ROUNDS):
            for name, build in builds.items():
                clause[name].append(measure(["--clause", "4.1"], folder / f"{name}-{turn}", build)[0])
        for name, build in builds.items():
            wall, _, raw = measure(whole, folder / name, build)
            walls[name], costs[name] = wall, cost(raw)
    finally:
        shutil.rmtree(folder)
    views = {name: median(seconds) for name, seconds in clause.items()}
    rows = [
        (
            f"{what} (goal: at most {goal})" if goal else what,
            f"**{new / was:.2f}**",
            f"{was:.{digits}f} {unit}",
            f"{new:.{digits}f} {unit}",
        )
        for what, goal, was, new, digits, unit in (
            ("what a scenario costs beside its HTTP", 0.5, costs["old"] * 1000, costs["new"] * 1000, 1, "ms"),
            (f"from the start to the views of 4.1, median of {ROUNDS}", 0.4, views["old"], views["new"], 1, "s"),
            ("the whole audit", 0, walls["old"], walls["new"], 0, "s"),
        )
    ]
    lines = [
        f"`python -m benchmarks --old FOLDER`, {results.machine()}, one worker, the two in turn.",
        "",
        *results.table(("what", "new / old", "old", "new"), rows),
    ]
    if whole:
        sys.stdout.write("\n".join([*lines, ""]))
    else:
        results.write("Against an older build", lines)


def main() -> None:
    """Measure, and write the results down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--old", type=Path, help="an installed clone of an older build, to be compared with this one")
    parser.add_argument("--clause", action="append", default=[], help="with --old: these in place of the whole audit")
    asked = parser.parse_args()
    if asked.old:
        compare(asked.old, [part for one in asked.clause for part in ("--clause", one)])
    else:
        audit()


def audit() -> None:
    """Measure this build alone."""
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
    beside = cost(raw) * count
    all_of_it = "`shes-audit run -n 1`"
    one_clause = "`shes-audit run -n 1 --clause 4.1`"
    rows = [
        (
            f"wall time of the whole audit / time waiting for the target (goal: at most {GOAL})",
            all_of_it,
            f"**{wall / waiting:.2f}** ({wall:.1f} s / {waiting:.1f} s, {count} scenarios)",
        ),
        ("the same without starting up and making views", all_of_it, f"{raw.end.seconds / waiting:.2f}"),
        ("what a scenario costs beside its HTTP", all_of_it, f"{beside / count * 1000:.1f} ms"),
        ("the same / its waiting", all_of_it, f"{beside / waiting:.2f}"),
        ("from the start to the first scenario's verdict", one_clause, f"{clause_first:.1f} s"),
        ("from the start to the clause's verdict, all views made", one_clause, f"{clause_wall:.1f} s"),
    ]
    shares = [
        ("waiting for the target", waiting),
        ("the harness within scenarios", beside),
        ("pytest between scenarios", raw.end.seconds - inside),
        ("starting up, starting the target, making views", wall - raw.end.seconds),
    ]
    spent = waiting_by_operation(raw)
    operations = [(f"`{name}`", f"{part / spent.total():.0%}") for name, part in spent.most_common(_SHOWN)]
    results.write(
        "The audit",
        [
            f"`make bench` (`python -m benchmarks`), {results.machine()}, {raw.run.started_at:%Y-%m-%d}, one worker.",
            "",
            *results.table(("what", "command", "result"), rows),
            "",
            "### What dominates",
            "",
            *results.table(
                ("part of the whole audit", "share of wall time"),
                [(part, f"{seconds / wall:.0%}") for part, seconds in shares],
            ),
            "",
            *results.table(("waiting, by operation", "share of waiting"), operations),
        ],
    )


if __name__ == "__main__":
    main()
