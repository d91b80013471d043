"""Verdicts on clauses, and on the gate: the model every view shows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from harness.evidence.model import Channel, Model, Origin, Outcome, Tier


class Verdict(StrEnum):
    """What can be said of a clause.

    ``satisfied`` is the only one that lets a gate pass. The others say why there is nothing to be satisfied with.
    """

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    INCONCLUSIVE = "inconclusive"
    NOT_ASSESSED = "not-assessed"
    NOT_APPLICABLE = "not-applicable"
    ATTESTED = "attested"


class ScenarioSummary(Model):
    """A scenario of a clause, in brief."""

    id: str
    name: str
    origin: Origin
    outcome: Outcome
    channels: tuple[Channel, ...]
    reason: str = ""


class ClauseVerdict(Model):
    """The verdict on one clause.

    Attributes:
        id: Clause id, as ``4.1``.
        section: Section of the policy, as ``4`` or ``8.CA``.
        title: Short title.
        promise: The obligation, in our words.
        origin: Where the clause comes from.
        verdict: The verdict over all jurisdictions.
        tier: The weakest tier of evidence it rests on; nothing without evidence.
        reason: Why it is not ``satisfied``.
        channels_asked: Evidence channels the register asks for.
        channels_seen: Of these, the ones in which a scenario passed with a check.
        by_origin: The verdict on the policy's, the derived and the law's scenarios apart. A derived or law scenario
            that fails is never reported as a broken promise of the policy.
        by_jurisdiction: The verdict in each jurisdiction that a scenario ran for.
        scenarios: Its scenarios.
        observations: What is worth knowing and breaks no promise.
    """

    id: str
    section: str
    title: str
    promise: str
    origin: Origin
    verdict: Verdict
    tier: Tier | None = None
    reason: str = ""
    channels_asked: tuple[Channel, ...] = ()
    channels_seen: tuple[Channel, ...] = ()
    by_origin: dict[Origin, Verdict] = Field(default_factory=dict)
    by_jurisdiction: dict[str, Verdict] = Field(default_factory=dict)
    scenarios: tuple[ScenarioSummary, ...] = ()
    observations: tuple[str, ...] = ()


class GateFinding(Model):
    """Why the gate did not let a clause pass."""

    clause: str
    verdict: Verdict | None
    message: str


class GateResult(Model):
    """The gate's answer.

    Attributes:
        passed: Whether the release may go.
        required: Clauses it asked for (of the selection).
        findings: What is in the way.
        exit_code: Documented exit code, by precedence.
        checked_on: The day it was asked.
        excused: Of the required clauses, those that are satisfied but for a channel that the gate excuses.
    """

    passed: bool
    required: tuple[str, ...]
    findings: tuple[GateFinding, ...] = ()
    exit_code: int = 0
    checked_on: date | None = None
    excused: tuple[str, ...] = ()


class Compliance(Model):
    """What ``compliance.json`` holds: every clause of the register with its verdict, and the gate."""

    format: str = "shes-audit/compliance"
    version: int = 1
    run_id: str
    target: str
    service: str
    policy: str
    started_at: str
    seed: int
    complete: bool
    clauses: tuple[ClauseVerdict, ...]
    gate: GateResult
