"""Raw reports made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

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
from harness.evidence.raw import RawReport

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def key(
    name: str,
    *clauses: str,
    origin: Origin = Origin.POLICY,
    channels: tuple[Channel, ...] = (Channel.API,),
    jurisdictions: tuple[str, ...] = (),
) -> ScenarioKey:
    """A scenario about 1.1, unless told."""
    return ScenarioKey(
        id=f"made.feature::{name}",
        feature="Made",
        file="made.feature",
        line=1,
        rule="",
        name=name,
        clauses=clauses or ("1.1",),
        origin=origin,
        channels=channels,
        jurisdictions=jurisdictions,
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
        Check(channel=channel, tier=tier, claim="so", passed=outcome is Outcome.PASSED)
        for channel in (which.channels if seen is None else seen)
    )
    reason = "" if outcome is Outcome.PASSED else f"{which.name} did not pass"
    return ScenarioFinished(
        scenario=which, outcome=outcome, checks=checks, started_at=NOW, **{"reason": reason, **more}
    )


RUN = RunStarted(
    run_id="r",
    tool="shes-audit",
    started_at=NOW,
    target="made",
    seed=1,
    parsed=(key("one"), key("two")),
    selected=("made.feature::one", "made.feature::two"),
)
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
    return RawReport(RUN.model_copy(update={"parsed": keys, **changes}), scenarios, end)
