"""``python -m benchmarks.installed REVISION``: what an installation takes on the disk, beside an older revision.

Needs git, and a package index or a cache that pip is configured for. Writes its section of ``RESULTS.md``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import results

ROOT = Path(__file__).parents[1]
GOAL = 0.5
EXTRAS = ("object-storage", "fuzz", "reference")


def wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a source tree."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def old_source(revision: str, folder: Path) -> Path:
    """The source tree as it was."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x"], cwd=folder, input=packed, check=True)
    return folder


def installed(built: Path, extra: str, folder: Path) -> int:
    """Bytes on the disk of ``site-packages`` of a new virtual environment, pip included, once the wheel is in it."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"{built}[{extra}]" if extra else str(built)], check=True, stderr=subprocess.DEVNULL)
    (packages,) = folder.glob("lib/python*/site-packages")
    taken = sum(path.lstat().st_blocks * 512 for path in (packages, *packages.rglob("*")))
    shutil.rmtree(folder)
    return taken


def main() -> None:
    """Measure, and write the results down."""
    parser = argparse.ArgumentParser(description="Measure what an installation takes on the disk.")
    parser.add_argument("revision", metavar="REVISION", help="git revision to compare with")
    revision = parser.parse_args().revision
    folder = Path(tempfile.mkdtemp(prefix="shes-audit-bench-"))
    try:
        before = wheel(old_source(revision, folder / "source"), folder / "old")
        now = wheel(ROOT, folder / "new")
        old = installed(before, "", folder / "venv")
        new = {extra: installed(now, extra, folder / "venv") for extra in ("", *EXTRAS)}
    finally:
        shutil.rmtree(folder)
    rows = [
        (f"`pip install shes-audit` at {revision}", f"{old / 2**20:.0f} MiB", "1.00"),
        *(
            (
                f"`pip install 'shes-audit[{extra}]'`" if extra else "`pip install shes-audit`",
                f"{taken / 2**20:.0f} MiB",
                f"{taken / old:.2f}" if extra else f"**{taken / old:.2f}**",
            )
            for extra, taken in new.items()
        ),
    ]
    results.write(
        "The installation",
        [
            f"`python -m benchmarks.installed {revision}`, {results.machine()}, {datetime.now(UTC):%Y-%m-%d}.",
            "The wheel in a new virtual environment: `site-packages` on the disk, pip included. Goal without an extra:",
            f"at most {GOAL} of what it was.",
            "",
            *results.table(("what is installed", "size", "ratio"), rows),
        ],
    )


if __name__ == "__main__":
    main()
