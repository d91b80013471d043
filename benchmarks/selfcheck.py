"""``make bench-selfcheck``: the selfcheck against an older build of it. Writes its section of ``RESULTS.md``.

Both builds run the same violations, drawn by a seed, one after the other on one machine; then the new one runs all.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks import results

ROOT = Path(__file__).parents[1]
OLD = "9dec050"
GOAL = 6


@dataclass(frozen=True, slots=True)
class Check:
    """A selfcheck: its wall time, how many violations it ran, and those that it saw as they should be seen."""

    seconds: float
    count: int
    seen: frozenset[str]


def clone(revision: str, folder: Path) -> Path:
    """An installed clone of this repository."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "checkout", "--quiet", revision], check=True)
    subprocess.run(["make", "install", f"PYTHON={sys.executable}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder


def listed(build: Path) -> list[str]:
    """Ids of the violations of a build."""
    program = [build / ".venv/bin/python", "-m", "reference_impl.violations", "list"]
    listing = subprocess.run(program, cwd=build, check=True, capture_output=True).stdout
    return [one["id"] for one in json.loads(listing)]


def measure(build: Path, faults: list[str], out: Path) -> Check:
    """Run a build's selfcheck of some violations, or of all where none is named."""
    named = [f"--fault={fault}" for fault in faults]
    command = [build / ".venv/bin/shes-audit", "selfcheck", "--out", out, *named]
    started = time.perf_counter()
    # 4: a violation was not seen; both builds are to agree on that.
    code = subprocess.run(command, cwd=build, check=False, stdout=sys.stderr).returncode
    seconds = time.perf_counter() - started
    if code not in {0, 4}:
        sys.exit(f"the selfcheck of {build} ended with {code}; nothing is written")
    found = json.loads((out / "selfcheck.json").read_text(encoding="utf-8"))["faults"]
    return Check(seconds, len(found), frozenset(one["id"] for one in found if one["killed"]))


@click.command()
@click.option(
    "--old", "old_build", type=click.Path(exists=True, path_type=Path), help="An installed clone to compare with."
)
@click.option("--revision", default=OLD, show_default=True, help="The old build, cloned where --old is not given.")
@click.option("--count", type=int, default=60, show_default=True, help="Violations that both builds run.")
@click.option("--seed", type=int, default=1, show_default=True, help="Draws them.")
@click.option("--whole/--no-whole", default=True, help="Run all violations with the new build, too.")
def main(old_build: Path | None, revision: str, count: int, seed: int, whole: bool) -> None:
    """Measure, and write the results down."""
    with ExitStack() as cleanup:
        folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="shes-audit-bench-")))
        build = old_build.resolve() if old_build else clone(revision, folder / "build")
        describe = ["git", "-C", build, "rev-parse", "--short", "HEAD"]
        revision = subprocess.run(describe, check=True, capture_output=True, text=True).stdout.strip()
        before = set(listed(build))
        common = [fault for fault in listed(ROOT) if fault in before]
        faults = random.Random(seed).sample(common, min(count, len(common)))
        new = measure(ROOT, faults, folder / "new")
        old = measure(build, faults, folder / "old")
        everything = measure(ROOT, [], folder / "whole") if whole else None
    if new.seen != old.seen:
        sys.exit(f"the builds disagree on {', '.join(sorted(new.seen ^ old.seen))}; nothing is written")
    compared = f"`selfcheck`, {len(faults)} violations drawn by seed {seed}"
    rows = [
        (
            f"wall time of the old build / of the new one (goal: at least {GOAL})",
            compared,
            f"**{old.seconds / new.seconds:.1f}** ({old.seconds:.0f} s / {new.seconds:.0f} s)",
        ),
        ("violations seen by both, and by neither", compared, f"{len(new.seen)}, {len(faults) - len(new.seen)}"),
    ]
    if everything:
        seen = f"{everything.seconds / 60:.1f} min, {len(everything.seen)} of {everything.count} seen"
        rows.append(("the whole of the new build", "`selfcheck`", seen))
    results.write(
        "The selfcheck",
        [
            f"`make bench-selfcheck`, {results.machine()}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}.",
            f"The old build is {revision}.",
            "",
            *results.table(("what", "command", "result"), rows),
        ],
    )


if __name__ == "__main__":
    main()
