"""The real features against the bundled reference, as a developer and CI run them."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.evidence.model import Outcome
from harness.evidence.raw import read_raw
from harness.suite.features import read_features
from tests.harness.processes import children, gone
from tests.harness.room import ROOT, Result, wait

# One small clause; the whole audit is `make audit`.
CLAUSE = "7.2"
ENVIRONMENT = os.environ | {"PATH": "/nowhere", "PYTHONDONTWRITEBYTECODE": "1"}


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(*arguments: object) -> Result:
    return wait(start("-m", "harness.cli", "run", *arguments))


def test_one_clause_passes_the_gate_whoever_shares_the_work(tmp_path: Path) -> None:
    verdicts = []
    for workers in (1, 4):
        out = tmp_path / str(workers)
        result = run("--clause", CLAUSE, "--out", out, "-n", workers)

        assert result.code == 0, result.said
        assert "Gate passed: 1 of 1" in result.said
        compliance = json.loads((out / "compliance.json").read_text())
        assert len(compliance["clauses"]) == 140
        verdicts.append([(one["id"], one["verdict"], one["scenarios"]) for one in compliance["clauses"]])
        raw = read_raw(out / "raw.jsonl")
        assert raw.end is not None
        assert raw.end.integrity == ()
        assert raw.end.waiting > 0
        assert len({one.worker for one in raw.scenarios}) == workers
    assert verdicts[0] == verdicts[1]


def test_one_scenario_is_repeated_with_the_same_people(tmp_path: Path) -> None:
    scenario = next(one.id for one in read_features(ROOT / "features").keys if CLAUSE in one.clauses)
    first = run("--scenario", scenario, "--seed", 5, "--out", tmp_path / "first")
    (before,) = read_raw(tmp_path / "first" / "raw.jsonl").scenarios
    assert before.outcome is Outcome.PASSED, first.said
    words = shlex.split(before.repeat)
    assert words[0] == "shes-audit"

    wait(start("-m", "harness.cli", *words[1:], "--out", tmp_path / "again"))

    (after,) = read_raw(tmp_path / "again" / "raw.jsonl").scenarios
    assert (after.scenario, after.people) == (before.scenario, before.people)
    assert after.people


def test_one_jurisdiction(tmp_path: Path) -> None:
    result = run("--jurisdiction", "CN", "--clause", CLAUSE, "--out", tmp_path)

    assert result.code == 0, result.said
    verdicts = {one["id"]: one["verdict"] for one in json.loads((tmp_path / "compliance.json").read_text())["clauses"]}
    assert verdicts[CLAUSE] == "satisfied"
    assert verdicts["8.CA.18"] == "not-applicable"


@pytest.mark.parametrize(
    "selection",
    [["-k", "China and under_sixteen"], ["-m", f"clause(id='{CLAUSE}') and channel(name='api')", "-n", "2"]],
)
def test_plain_pytest(tmp_path: Path, selection: list[str]) -> None:
    result = wait(start("-m", "pytest", "features", f"--shes-out={tmp_path}", "-p", "no:cacheprovider", *selection))

    assert result.code == 0, result.said
    raw = read_raw(tmp_path / "raw.jsonl")
    assert raw.end is not None
    assert raw.end.integrity == ()
    assert 0 < len(raw.scenarios) < len(raw.run.parsed)
    assert {one.outcome for one in raw.scenarios} == {Outcome.PASSED}


def test_an_interrupted_audit_leaves_no_reference_behind(tmp_path: Path) -> None:
    process = start("-m", "harness.cli", "run", "--out", tmp_path, "-n", 2)
    until = time.monotonic() + 200
    while not (tmp_path / "raw.jsonl").exists() or (tmp_path / "raw.jsonl").read_bytes().count(b"\n") < 3:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.1)
    started = children(process.pid)
    assert len(started) >= 3, "the reference and two workers"

    os.killpg(process.pid, signal.SIGINT)
    result = wait(process)

    assert result.code == 130, result.said
    assert "Traceback" not in result.said
    assert gone(started), "a child process was left"
    raw = read_raw(tmp_path / "raw.jsonl")
    assert raw.scenarios
    assert raw.end is not None
    assert raw.end.interrupted
