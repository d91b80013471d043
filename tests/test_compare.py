"""Two runs that say the same of each clause, and two that do not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.compare import main
from harness.evidence.model import (
    Channel,
    Check,
    Origin,
    Outcome,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioKey,
    Tier,
)
from harness.policy.load import find_register, load_register

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ASKED = tuple(load_register(find_register()).clause("4.1").channels)


def write(
    path: Path,
    *,
    name: str = "Data goes",
    outcome: Outcome = Outcome.PASSED,
    tier: Tier = Tier.OBSERVED,
    seen: tuple[Channel, ...] = ASKED,
) -> str:
    """A run of one scenario of 4.1 that looked into some channels."""
    key = ScenarioKey(
        id=f"a.feature::{name}",
        feature="4",
        file="a.feature",
        line=1,
        rule="",
        name=name,
        clauses=("4.1",),
        origin=Origin.POLICY,
        channels=ASKED,
    )
    passed = outcome is Outcome.PASSED
    checks = tuple(Check(channel=one, tier=tier, claim="nothing is left", passed=passed) for one in seen)
    lines = (
        RunStarted(run_id="1", tool="t", started_at=AT, target="t", seed=1, parsed=(key,), selected=(key.id,)),
        ScenarioFinished(scenario=key, outcome=outcome, checks=checks, started_at=AT),
        RunFinished(finished_at=AT, parsed=1, collected=1, selected=1, ran=1),
    )
    path.write_text("".join(line.model_dump_json() + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_another_name_of_a_scenario_makes_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old.jsonl")
    new = write(tmp_path / "new.jsonl", name="Whatever it is called")

    assert main([old, new]) == 0
    assert "The same is said of all" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"outcome": Outcome.VIOLATED}, "4.1 verdict: satisfied -> violated"),
        ({"tier": Tier.SELF_REPORTED}, "4.1 tier: observed -> self-reported"),
        ({"seen": ASKED[:1]}, "4.1 channels seen: "),
    ],
)
def test_a_difference_is_told_and_ends_with_1(
    other: dict[str, object], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write(tmp_path / "old.jsonl")
    new = write(tmp_path / "new.jsonl", **other)  # type: ignore[arg-type]

    assert main([old, new]) == 1
    assert told in capsys.readouterr().out
