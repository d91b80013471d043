"""Fetches the pinned Allure, and Node if the machine has none. A failure is not fatal: only one page depends on it.

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
# An unreachable registry is reported within seconds, not after minutes of retries.
_IMPATIENT = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")


class NotInstalledError(Exception):
    """Why Allure could not be installed, in one line."""


def main() -> None:
    """Install the pinned version unless present. On failure, explain what to do and let the caller continue."""
    if tool.find_allure():
        return
    try:
        _install()
    except (NotInstalledError, OSError) as problem:
        click.echo(
            f"The Allure page cannot be produced: {problem}\n"
            "All other reports are produced without it. To produce it, give this machine access to the npm registry, "
            "and either "
            "install Node 20 or newer with npm or give it access to the Python package index; then run: make allure",
            err=True,
        )


def _install() -> None:
    npm = tool.find_npm() or _fetch_node()
    click.echo("Installing Allure into .allure")
    tool.HOME.mkdir(exist_ok=True)
    (tool.HOME / "installed").unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(tool.PINS / name, tool.HOME)
    # No dependency needs a build step, so no package script is run.
    _run("npm", [*npm, "ci", "--prefix", str(tool.HOME), "--ignore-scripts", *_SILENT, *_IMPATIENT])
    tool.mark_current()


def _fetch_node() -> list[str]:
    click.echo("Node 20 or newer with npm was not found: fetching it as a Python wheel")
    lock = tool.PROJECT / "requirements-node.lock"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries", "1", "install", "--quiet"]
    _run("pip", [*pip, "--require-virtualenv", "--require-hashes", "--no-deps", "--requirement", str(lock)])
    importlib.invalidate_caches()
    npm = tool.find_npm()
    if not npm:
        raise NotInstalledError("the Python wheel contains no Node for this machine.")
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
        raise NotInstalledError(f"{name} did not finish within {_SECONDS:.0f} seconds.") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.lower().startswith(("error", "npm error"))]
        raise NotInstalledError(f"{name} failed: {said[0] if said else f'exit code {done.returncode}'}")


if __name__ == "__main__":
    main()
