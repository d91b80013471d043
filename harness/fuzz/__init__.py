"""Property-based testing of a target against the contract, by Schemathesis.

It finds what no scenario covers: responses outside the contract, server errors, refused valid input, accepted
malformed input, operations that work without sign-in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from harness import contract, extras
from harness.contract import Capability
from harness.errors import HarnessError, UsageError
from harness.target.discovery import Description
from harness.target.profile import Profile
from harness.target.world import World

PHASES = "examples,coverage,fuzzing,stateful"
BASE_URL = "SHES_AUDIT_FUZZ_BASE_URL"
PROFILE = "SHES_AUDIT_FUZZ_PROFILE"
"""Environment variables that name the target to the hooks in Schemathesis' own process."""

_SETTLING = 60
"""Maximum seconds that settling may take on request."""

_SOUND = 0
_FAILURES = 1


@dataclass(frozen=True, slots=True)
class FuzzResult:
    """What Schemathesis found.

    Attributes:
        passed: Whether there were no findings.
        cases: Number of requests evaluated.
        output: What it printed, for people.
    """

    passed: bool
    cases: int
    output: str


def fuzz(world: World, *, examples: int = 100, seed: int = 1) -> FuzzResult:
    """Test every operation of a world, and the root operations of a target with worlds.

    Args:
        world: A dedicated world; people sign up in it, and its clock and wiring are changed.
        examples: Cases per operation.
        seed: The same seed gives the same cases.

    Raises:
        HarnessError: Schemathesis failed.
        UsageError: The extra ``fuzz`` is not installed.
    """
    if extras.missing("fuzz"):
        raise UsageError("Schemathesis is not installed.", remedy=extras.installation("fuzz"))
    operations = contract.operations()
    root = [name for name, operation in operations.items() if operation.root]
    # Operations that change a world come last, because sign-up may fail after them.
    changing = [
        name
        for name, operation in operations.items()
        if not operation.root and operation.path.startswith("/assurance/") and operation.method != "GET"
    ]
    profile = world.http.profile
    everything_else = [f"--exclude-operation-id={one}" for one in (*root, *changing)]
    only_changing = [f"--include-operation-id={one}" for one in changing]
    results = [
        _run(profile, world.base_url, everything_else, examples, seed),
        _run(profile, world.base_url, only_changing, examples, seed),
    ]
    if _has_root(world.description):
        only_root = [f"--include-operation-id={one}" for one in root]
        results.append(_run(profile, profile.url, only_root, examples, seed))
    return FuzzResult(
        passed=all(one.passed for one in results),
        cases=sum(one.cases for one in results),
        output="\n".join(one.output for one in results),
    )


def _has_root(description: Description) -> bool:
    return Capability.WORLDS in description.capabilities


def _run(profile: Profile, url: str, operations: list[str], examples: int, seed: int) -> FuzzResult:
    document = resources.files("harness.contract").joinpath("openapi.yaml")
    with resources.as_file(document) as path, tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(path), "--url", url),
            *("--phases", PHASES, "--mode", "all", "--checks", "all", "--continue-on-failure"),
            *("--max-examples", str(examples), "--seed", str(seed), "--suppress-health-check", "all"),
            *("--request-timeout", str(profile.timeout + _SETTLING), "--warnings", "off", "--no-color"),
            *("--report", "json", "--report-json-path", str(report)),
            *operations,
        ]
        environment = os.environ | {"SCHEMATHESIS_HOOKS": "harness.fuzz.hooks", BASE_URL: url}
        environment[PROFILE] = profile.model_dump_json()
        done = subprocess.run(command, capture_output=True, env=environment, cwd=folder, check=False)
        output, complaints = (one.decode(errors="replace") for one in (done.stdout, done.stderr))
        if done.returncode not in {_SOUND, _FAILURES}:
            raise HarnessError(
                f"Schemathesis ended with code {done.returncode}.",
                cause=complaints[-2000:] or output[-2000:],
            )
        return FuzzResult(done.returncode == _SOUND, _cases(report), output + complaints)


def _cases(report: Path) -> int:
    return int(json.loads(report.read_text(encoding="utf-8"))["test_cases"]["generated"])
