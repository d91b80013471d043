"""Two runs that say the same of each clause, and two that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.compare import main
from harness.evidence.model import Channel, Outcome, Tier
from harness.evidence.raw import RawWriter
from harness.policy.load import find_register, load_register
from tests.harness import made

ASKED = tuple(load_register(find_register()).clause("4.1").channels)


def write(
    folder: Path,
    *,
    name: str = "Data goes",
    outcome: Outcome = Outcome.PASSED,
    tier: Tier = Tier.OBSERVED,
    seen: tuple[Channel, ...] = ASKED,
) -> str:
    """A run of one scenario of 4.1 that looked into some channels."""
    scenario = made.scenario(made.key(name, "4.1", channels=ASKED), outcome, seen=seen, tier=tier)
    raw = made.report(scenario, selected=(scenario.scenario.id,))
    assert raw.target is not None
    assert raw.end is not None
    with RawWriter(folder) as writer:
        for line in (raw.run, raw.target, scenario, raw.end):
            writer.write(line)
    return str(writer.path)


def test_another_name_of_a_scenario_makes_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", name="Whatever it is called")

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
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", **other)  # type: ignore[arg-type]

    assert main([old, new]) == 1
    assert told in capsys.readouterr().out
