"""Fetches the pinned Allure, and a Node to run it where the machine has none. It fails softly: one page depends on it.

Run as ``python -m reports.allure.install``.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Sequence

import click

from reports.allure import tool

_SECONDS = 600.0
_SILENT = ("--no-audit", "--no-fund", "--no-update-notifier", "--no-progress", "--loglevel=error")
# An unreachable registry is told within seconds, not after minutes of retries.
_IMPATIENT = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")


class NotInstalledError(Exception):
    """Why Allure could not be installed, in one line."""


def main() -> None:
    """Install what is pinned unless it is there already. Where that fails, tell what to do; never stop the caller."""
    if tool.find_allure():
        return
    try:
        _install()
    except (NotInstalledError, OSError) as problem:
        click.echo(
            f"Allure's page cannot be made here: {problem}\n"
            "Every other report is made without it. To get it too, let this machine reach the npm registry, and either "
            "install Node 20 or newer with npm or let it reach the Python package index; then run: make allure",
            err=True,
        )


def _install() -> None:
    npm = tool.find_npm() or _fetch_node()
    click.echo("Installing Allure into .allure")
    tool.HOME.mkdir(exist_ok=True)
    (tool.HOME / "installed").unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(tool.PINS / name, tool.HOME)
    # Nothing we need builds anything, so no package's script has to run.
    _run("npm", [*npm, "ci", "--prefix", str(tool.HOME), "--ignore-scripts", *_SILENT, *_IMPATIENT])
    tool.mark_current()


def _fetch_node() -> list[str]:
    click.echo("No Node 20 or newer with npm here: fetching one as a Python wheel")
    lock = tool.PROJECT / "requirements-node.lock"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries", "1", "install", "--quiet"]
    _run("pip", [*pip, "--require-virtualenv", "--require-hashes", "--no-deps", "--requirement", str(lock)])
    importlib.invalidate_caches()
    npm = tool.find_npm()
    if not npm:
        raise NotInstalledError("the Python wheel that should carry Node has none for this machine.")
    return npm


def _run(name: str, command: Sequence[str]) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=tool.HOME if tool.HOME.is_dir() else tool.PROJECT,
            env=tool.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalledError(f"{name} did not end within {_SECONDS:.0f} seconds.") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.lower().startswith(("error", "npm error"))]
        raise NotInstalledError(f"{name} failed: {said[0] if said else f'exit code {done.returncode}'}")


if __name__ == "__main__":
    main()
