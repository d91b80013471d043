"""A features room of our own: register, feature files, sentences; and the commands run on it as anybody runs them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from harness.errors import UsageError
from harness.evidence.raw import RawReport, read_raw
from harness.policy.load import load_register
from harness.suite.features import read_features
from harness.suite.installed import digests_of
from harness.suite.lock import FILE_NAME, lock_text, make_lock

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
# No more than a way out of a command that hangs.
LIMIT = 240
# The real sentences are another room's; the rest would only slow these runs down, as would Node.
PLUGINS = "-p no:shes_audit_steps -p no:schemathesis -p no:hypothesispytest -p no:allure_pytest -p no:timeout"
NO_PROGRAMS = "/nowhere"

BINDER = """
from pytest_bdd import scenarios
from harness.plugin import feature_files

scenarios(*feature_files())
"""
HEAD = """
@clause-1.1 @policy @api
Feature: Small things
"""


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All of it, with its blanks folded."""
        return re.sub(r"\s+", " ", self.out + self.err)


class Room:
    """The room, in a folder that a test may do anything to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.features = folder / "features"
        self.out = folder / "out"
        shutil.copytree(HERE / "register", self.features / "register")
        shutil.copy(ROOT / "features" / "register" / "register.schema.json", self.features / "register")
        shutil.copy(HERE / "sentences.py", self.features / "conftest.py")
        (self.features / "test_room.py").write_text(BINDER)
        self.gate("1.1")

    def gate(self, *clauses: str) -> None:
        (self.folder / "gate.toml").write_text(f"require = {list(clauses)}\n")

    def feature(self, scenarios: str, *, name: str = "small.feature", head: str = HEAD) -> None:
        """Write a feature file; its scenarios are about 1.1 as the policy has it, over the API, unless told."""
        (self.features / name).write_text(head + indent(dedent(scenarios), "  "), encoding="utf-8")

    def sentences(self, code: str) -> None:
        """Add steps."""
        with (self.features / "conftest.py").open("a", encoding="utf-8") as file:
            file.write("\n\n" + dedent(code))

    def lock(self) -> None:
        """Accept the suite as it is, as ``shes-audit lock`` does."""
        register = load_register(self.features / "register")
        try:
            keys = read_features(self.features).keys
        except UsageError:
            return
        text = lock_text(make_lock(register.ids, keys, digests_of(register.path)))
        (self.features / FILE_NAME).write_text(text, encoding="utf-8")

    def run(self, *arguments: object, environment: dict[str, str] | None = None, lock: bool = True) -> Result:
        """``shes-audit run``, with its raw report in :attr:`out`; the suite is accepted before, unless told."""
        if lock:
            self.lock()
        return self.shes_audit("run", "--out", self.out, *arguments, environment=environment)

    def shes_audit(self, *arguments: object, environment: dict[str, str] | None = None) -> Result:
        return wait(self.start("-m", "harness.cli", *arguments, environment=environment))

    def pytest(self, *arguments: object, environment: dict[str, str] | None = None) -> Result:
        """Plain pytest in the room's folder."""
        return wait(self.start("-m", "pytest", f"--shes-out={self.out}", *arguments, environment=environment))

    def start_run(self, *arguments: object) -> subprocess.Popen[str]:
        """``shes-audit run``, not waited for."""
        self.lock()
        return self.start("-m", "harness.cli", "run", "--out", self.out, *arguments)

    def start(self, *arguments: object, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
        """Start Python with arguments, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=self.folder,
            env=os.environ
            | {
                "SHES_AUDIT_REGISTER": str(self.features / "register"),
                "PYTEST_ADDOPTS": PLUGINS,
                "PATH": NO_PROGRAMS,
                "PYTHONDONTWRITEBYTECODE": "1",
            }
            | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # A console of another encoding is none of the tests' business here.
            errors="backslashreplace",
            start_new_session=True,
        )

    def raw(self) -> RawReport:
        return read_raw(self.out / "raw.jsonl")

    def outcomes(self) -> dict[str, str]:
        """Outcome of each scenario by its name."""
        return {one.scenario.name: one.outcome.value for one in self.raw().scenarios}

    def reason(self, name: str) -> str:
        return next(one.reason for one in self.raw().scenarios if one.scenario.name == name)


def wait(process: subprocess.Popen[str]) -> Result:
    """Wait for a command to end; everything it started is gone when this fails."""
    try:
        out, err = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return Result(process.returncode, out, err)
