"""The raw report: one line of JSON for the run, one for the target, one for each scenario as it ends, one for the end.

It is the only record of a run: every view is made from it alone. The first line is written before the target is
contacted. A run that was cut off has no last line; the lines before remain valid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.policy.model import Channel, Origin

__all__ = [
    "FORMAT",
    "VERSION",
    "Channel",
    "Check",
    "Digests",
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
    "TargetFound",
    "Tier",
    "digest_of",
]

FORMAT: Literal["shes-audit/raw"] = "shes-audit/raw"
VERSION: Literal[2] = 2


class Model(BaseModel):
    """Frozen; rejects unknown members."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


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
    step: Count = 0


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
    step: Count = 0

    @property
    def failure(self) -> str:
        """What a person reads where it failed."""
        return f"Check failed: {self.claim}. {self.detail}".strip()


class Step(Model):
    """One line of a scenario as it ran.

    At most one step has another status than ``passed`` and ``skipped``: the one that ended the scenario. Those after
    it are ``skipped``.
    """

    keyword: str
    text: str
    status: Literal["passed", "failed", "broken", "not-assessed", "not-applicable", "skipped"]
    seconds: Seconds = 0.0
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
        digest: What it tests, in short: see :func:`digest_of`.
    """

    id: str
    feature: str
    file: str
    line: Count
    rule: str
    name: str
    clauses: tuple[str, ...]
    origin: Origin
    channels: tuple[Channel, ...]
    needs: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    digest: str


_DIGITS = 16


def digest_of(
    clauses: Iterable[str], origin: str, channels: Iterable[str], needs: Iterable[str], steps: Iterable[str]
) -> str:
    """What a scenario tests, as the first half of a SHA-256: its clauses, origin, channels, needs and steps."""
    content = json.dumps([list(clauses), origin, list(channels), list(needs), list(steps)], ensure_ascii=False)
    return sha256(content.encode()).hexdigest()[:_DIGITS]


class Digests(Model):
    """SHA-256 of the parts of a suite, in hexadecimal.

    Attributes:
        features: The feature files and the Python modules beside them.
        policy: The policy register.
        steps: The modules that declare the sentences.
    """

    features: str
    policy: str
    steps: str


class RunStarted(Model):
    """First line of a raw report: what was asked for.

    Attributes:
        run_id: Names the run.
        tool: Name and version of the program.
        started_at: When the run began.
        target: The target, by the name or address that was given.
        seed: Makes the synthetic people.
        policy: The policy that the register belongs to.
        suite: The suite that was run.
        clauses: Only these clauses were asked for; empty for all.
        jurisdiction: Only scenarios about people of this jurisdiction; empty for all.
        parsed: Every scenario of the suite.
        selected: Ids of those that were asked for.
    """

    kind: Literal["run"] = "run"
    format: Literal["shes-audit/raw"] = FORMAT
    version: Literal[2] = VERSION
    run_id: str
    tool: str
    started_at: datetime
    target: str
    seed: int
    policy: str = ""
    suite: Digests
    clauses: tuple[str, ...] = ()
    jurisdiction: str = ""
    parsed: tuple[ScenarioKey, ...] = ()
    selected: tuple[str, ...] = ()


class TargetFound(Model):
    """Second line of a raw report: what the target says of itself. It is missing if the target did not answer.

    Attributes:
        address: Where it was reached.
        service: Its name and version.
        build: Its version.
        contract: Version of the contract that it implements.
        capabilities: What it exposes to an auditor.
        declared: Its description as received.
    """

    kind: Literal["target"] = "target"
    address: str = ""
    service: str = ""
    build: str = ""
    contract: str = ""
    capabilities: tuple[str, ...] = ()
    declared: dict[str, object] = Field(default_factory=dict)


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
    seconds: Seconds = 0.0
    waiting: Seconds = 0.0
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
    parsed: Count
    collected: Count
    selected: Count
    ran: Count
    interrupted: bool = False
    integrity: tuple[str, ...] = ()
    seconds: Seconds = 0.0
    waiting: Seconds = 0.0


Line = Annotated[RunStarted | TargetFound | ScenarioFinished | RunFinished, Field(discriminator="kind")]
