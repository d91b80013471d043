"""The raw report: one line of JSON for the run, one for each scenario as it ends, one when the run is over.

It is the truth of a run: every view is made from it, and from it alone. A run that was cut off has no last line; what
stands before is still valid.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.policy.model import Channel, Origin

__all__ = [
    "FORMAT",
    "Channel",
    "Check",
    "Evidence",
    "EvidenceKind",
    "Line",
    "Model",
    "Origin",
    "Outcome",
    "RunFinished",
    "RunStarted",
    "ScenarioFinished",
    "ScenarioKey",
    "Step",
    "Tier",
]

FORMAT: Literal["shes-audit/raw"] = "shes-audit/raw"


class Model(BaseModel):
    """Frozen, and strict about members it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tier(StrEnum):
    """How good a piece of evidence is, the weakest last."""

    OBSERVED = "observed"
    SELF_REPORTED = "self-reported"
    ATTESTED = "attested"


class Outcome(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    VIOLATED = "violated"
    INCONCLUSIVE = "inconclusive"
    NOT_ASSESSED = "not-assessed"
    NOT_APPLICABLE = "not-applicable"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    EXCHANGE = "exchange"
    MAIL = "mail"
    DELIVERY = "delivery"
    STORAGE = "storage"
    RECORD = "record"
    NOTE = "note"


class Evidence(Model):
    """One piece of evidence, with secrets redacted.

    Attributes:
        id: Unique within its scenario, as ``e7``.
        kind: What it is.
        title: One line for people, as ``POST /v1/sessions -> 401``.
        media_type: Of ``text``.
        text: The content.
        step: Index of the step during which it was recorded.
    """

    id: str
    kind: EvidenceKind
    title: str
    media_type: str = "text/plain"
    text: str = ""
    step: int = 0


class Check(Model):
    """One thing that was looked at, and that could have been otherwise.

    Attributes:
        channel: Where it was seen.
        tier: How good the evidence is.
        claim: What should be, in words: ``Sony Europe B.V. received the share``.
        passed: Whether it was so.
        detail: What was seen instead, when it was not.
        evidence: Ids of the evidence it rests on.
        step: Index of the step that made it.
    """

    channel: Channel
    tier: Tier
    claim: str
    passed: bool
    detail: str = ""
    evidence: tuple[str, ...] = ()
    step: int = 0


class Step(Model):
    """One line of a scenario as it ran. ``status`` is ``skipped`` for the steps after one that did not pass."""

    keyword: str
    text: str
    status: Literal["passed", "failed", "broken", "skipped"]
    seconds: float = 0.0
    message: str = ""


class ScenarioKey(Model):
    """What is known of a scenario before it runs.

    Attributes:
        id: Stable key: feature file, name, and number of the example, as ``04-retention.feature::Name::2``.
        feature: Title of the feature.
        file: Feature file, relative to the features room.
        line: Line of the scenario in it.
        rule: Title of the rule it stands under.
        name: Name, with the values of its example filled in.
        clauses: Ids of the clauses it tests.
        origin: Where its demand comes from.
        channels: Evidence channels it looks into.
        needs: Capabilities of the target it needs.
        jurisdictions: Codes of the jurisdictions its people live in; empty when it is about no place in particular.
    """

    id: str
    feature: str
    file: str
    line: int
    rule: str
    name: str
    clauses: tuple[str, ...]
    origin: Origin
    channels: tuple[Channel, ...]
    needs: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()


class RunStarted(Model):
    """First line of a raw report."""

    kind: Literal["run"] = "run"
    format: Literal["shes-audit/raw"] = FORMAT
    version: Literal[1] = 1
    run_id: str
    tool: str
    started_at: datetime
    target: str
    service: str = ""
    contract: str = ""
    capabilities: tuple[str, ...] = ()
    declared: dict[str, object] = Field(default_factory=dict)
    seed: int
    policy: str = ""
    clauses: tuple[str, ...] = ()
    jurisdiction: str = ""
    parsed: tuple[ScenarioKey, ...] = ()
    selected: tuple[str, ...] = ()


class ScenarioFinished(Model):
    """One scenario as it ended.

    Attributes:
        scenario: Which one.
        outcome: How it ended.
        promise: What was promised: the obligation of its first clause, in our words.
        reason: Why it did not pass, in one message; empty when it passed.
        steps: Its lines as they ran.
        checks: What was looked at.
        evidence: What was seen.
        people: The synthetic people in it, one line each.
        observations: What is worth knowing and breaks no promise.
        repeat: The command that runs just this again with the same people.
        seconds: Wall time of the scenario.
        waiting: Of that, the time spent waiting for the target.
        worker: Which worker ran it.
    """

    kind: Literal["scenario"] = "scenario"
    scenario: ScenarioKey
    outcome: Outcome
    promise: str = ""
    reason: str = ""
    steps: tuple[Step, ...] = ()
    checks: tuple[Check, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    people: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    repeat: str = ""
    started_at: datetime
    seconds: float = 0.0
    waiting: float = 0.0
    worker: str = "main"


class RunFinished(Model):
    """Last line of a raw report.

    Attributes:
        finished_at: When.
        parsed: Scenarios in the selected feature files, by an independent parse.
        collected: Scenarios that pytest collected out of them.
        selected: Of these, the ones asked for.
        ran: Scenarios that ran or said why they could not.
        interrupted: Whether somebody stopped the run.
        integrity: What does not add up, in words; empty when all is well.
        seconds: Wall time of the run.
        waiting: Time spent waiting for the target, summed over the scenarios.
    """

    kind: Literal["end"] = "end"
    finished_at: datetime
    parsed: int
    collected: int
    selected: int
    ran: int
    interrupted: bool = False
    integrity: tuple[str, ...] = ()
    seconds: float = 0.0
    waiting: float = 0.0


Line = Annotated[RunStarted | ScenarioFinished | RunFinished, Field(discriminator="kind")]
