"""The raw report: one line of JSON for the run, one for each scenario as it ends, one when the run is over.

It is the only record of a run: every view is made from it alone. A run that was cut off has no last line; the lines
before remain valid.
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
    """Frozen; rejects unknown members."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tier(StrEnum):
    """The strength of evidence, weakest last."""

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
    """The kind of a piece of evidence."""

    EXCHANGE = "exchange"
    MAIL = "mail"
    DELIVERY = "delivery"
    STORAGE = "storage"
    RECORD = "record"
    NOTE = "note"


class Evidence(Model):
    """One piece of evidence, with secrets redacted.

    Attributes:
        id: Unique within its scenario, such as ``e7``.
        kind: Its kind.
        title: One line for people, such as ``POST /v1/sessions -> 401``.
        media_type: The media type of ``text``.
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
    """One comparison, which could have failed.

    Attributes:
        channel: Where the check looked.
        tier: The strength of the evidence.
        claim: The expected fact, in words: ``Sony Europe B.V. received the share``.
        passed: Whether the check passed.
        detail: What was observed instead, if it failed.
        evidence: Ids of its evidence.
        step: Index of the step that made it.
    """

    channel: Channel
    tier: Tier
    claim: str
    passed: bool
    detail: str = ""
    evidence: tuple[str, ...] = ()
    step: int = 0

    @property
    def failure(self) -> str:
        """What a person reads where it failed."""
        return f"Check failed: {self.claim}. {self.detail}".strip()


class Step(Model):
    """One line of a scenario as it ran. ``status`` is ``skipped`` for the steps after one that did not pass."""

    keyword: str
    text: str
    status: Literal["passed", "failed", "broken", "skipped"]
    seconds: float = 0.0
    message: str = ""


class ScenarioKey(Model):
    """The properties of a scenario before it runs.

    Attributes:
        id: Stable key: feature file, name, and number of the example, such as ``04-retention.feature::Name::2``.
        feature: Title of the feature.
        file: Feature file, relative to the features room.
        line: Line of the scenario in it.
        rule: Title of its rule.
        name: Name, with the values of its example.
        clauses: Ids of the clauses it tests.
        origin: Who requires what it tests.
        channels: Evidence channels it examines.
        needs: Capabilities of the target it requires.
        jurisdictions: Codes of the jurisdictions its people live in; empty if it concerns no particular place.
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
        promise: The obligation of its first clause, in our words.
        reason: Why it did not pass, in one message; empty if it passed.
        steps: Its lines as they ran.
        checks: Its checks.
        evidence: Its evidence.
        people: The synthetic people in it, one line each.
        observations: Findings that are not violations.
        repeat: The command that repeats this scenario with the same people.
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
        finished_at: When the run ended.
        parsed: Scenarios in the selected feature files, by an independent parse.
        collected: Scenarios that pytest collected out of them.
        selected: Of these, the selected ones.
        ran: Scenarios that ran or stated why they could not.
        interrupted: Whether the run was interrupted.
        integrity: Inconsistencies of the run, in words; empty if there are none.
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
