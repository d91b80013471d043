"""Raw reports made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from harness.evidence.model import (
    Channel,
    Check,
    Digests,
    Origin,
    Outcome,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioKey,
    Step,
    TargetFound,
    Tier,
    digest_of,
)
from harness.evidence.outcome import ENDINGS
from harness.evidence.raw import RawReport

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = ("somebody is there", "all is so")
"""What every scenario made here does."""
SUITE = Digests(features="f" * 64, policy="e" * 64, steps="d" * 64)


def key(
    name: str,
    *clauses: str,
    origin: Origin = Origin.POLICY,
    channels: tuple[Channel, ...] = (Channel.API,),
    jurisdictions: tuple[str, ...] = (),
) -> ScenarioKey:
    """A scenario about 1.1, unless told."""
    clauses = clauses or ("1.1",)
    return ScenarioKey(
        id=f"made.feature::{name}",
        feature="Made",
        file="made.feature",
        line=1,
        rule="",
        name=name,
        clauses=clauses,
        origin=origin,
        channels=channels,
        jurisdictions=jurisdictions,
        digest=digest_of(clauses, origin, channels, (), STEPS),
    )


def scenario(
    which: ScenarioKey,
    outcome: Outcome = Outcome.PASSED,
    *,
    seen: tuple[Channel, ...] | None = None,
    tier: Tier = Tier.OBSERVED,
    **more: Any,
) -> ScenarioFinished:
    """A scenario as it ended, with a check in each of its channels, or in those seen."""
    checks = tuple(
        Check(channel=channel, tier=tier, claim="so", passed=outcome is Outcome.PASSED, step=1)
        for channel in (which.channels if seen is None else seen)
    )
    reason = "" if outcome is Outcome.PASSED else f"{which.name} did not pass"
    steps = (
        Step(keyword="Given", text=STEPS[0], status="passed"),
        Step(keyword="Then", text=STEPS[1], status=ENDINGS.get(outcome, "passed"), message=reason),
    )
    return ScenarioFinished(
        scenario=which, outcome=outcome, steps=steps, checks=checks, started_at=NOW, **{"reason": reason, **more}
    )


RUN = RunStarted(
    run_id="r",
    tool="shes-audit",
    started_at=NOW,
    target="made",
    seed=1,
    suite=SUITE,
    parsed=(key("one"), key("two")),
    selected=("made.feature::one", "made.feature::two"),
)
FOUND = TargetFound(address="http://127.0.0.1:1", service="made 1", build="1", contract="1.2.0")
END = RunFinished(finished_at=NOW, parsed=2, collected=2, selected=2, ran=2)


def report(*scenarios: ScenarioFinished, parsed: tuple[ScenarioKey, ...] = (), **changes: Any) -> RawReport:
    """A raw report of a run in which all this ended.

    Args:
        scenarios: What ran.
        parsed: Further scenarios that did not.
        changes: To the first line, or, with ``end``, of the last line; ``end=None`` leaves it out.
    """
    ran = len(scenarios)
    end: RunFinished | None = RunFinished(finished_at=NOW, parsed=ran, collected=ran, selected=ran, ran=ran)
    if "end" in changes:
        told = changes.pop("end")
        end = None if told is None else RunFinished.model_validate(dict(end or {}) | told)
    keys = tuple(dict.fromkeys([*(one.scenario for one in scenarios), *parsed]))
    return RawReport(RUN.model_copy(update={"parsed": keys, **changes}), scenarios, end, target=FOUND)
