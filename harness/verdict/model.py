"""Verdicts on clauses, and on the gate: the model every view shows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from harness.evidence.model import Channel, Model, Origin, Outcome, Tier


class Verdict(StrEnum):
    """The verdict on a clause.

    Only ``satisfied`` shows compliance and lets a gate pass. The others state why compliance is not shown.
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
        id: Clause id, such as ``4.1``.
        section: Section of the policy, such as ``4`` or ``8.CA``.
        title: Short title.
        promise: The obligation, in our words.
        origin: Where the clause comes from.
        verdict: The verdict over all jurisdictions.
        tier: The weakest tier of its evidence; nothing without evidence.
        reason: Why it is not ``satisfied``.
        channels_asked: Evidence channels that the register requires.
        channels_seen: Those of them with a passed check in a scenario that passed.
        by_origin: The verdicts on scenarios of origin policy, derived and law. A failed derived or law scenario is
            never reported as a violation of the policy itself.
        by_jurisdiction: The verdict in each jurisdiction that a scenario ran for.
        scenarios: Its scenarios.
        observations: Findings that are not violations.
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
    """A finding of the gate against the release."""

    clause: str
    verdict: Verdict | None
    message: str


class Waiver(Model):
    """A waiver of the gate: a channel that need not be examined for some required clauses until a date.

    Attributes:
        channel: The channel.
        clauses: Ids of the clauses, which must be satisfied in every other channel.
        reason: Why it cannot be examined yet.
        owner: Who answers for it.
        until: The last day on which it applies.
    """

    channel: Channel
    clauses: tuple[str, ...]
    reason: str
    owner: str
    until: date

    def __str__(self) -> str:
        """In one line, for people."""
        return f"{', '.join(self.clauses)}: {self.channel} until {self.until}, {self.owner}: {self.reason}"


class GateResult(Model):
    """The result of the gate.

    Attributes:
        passed: Whether the gate passed.
        required: The clauses required (of the selection).
        findings: The findings against the release.
        exit_code: The documented exit code, by precedence.
        checked_on: The date on which it was applied.
        excused: Required clauses that are satisfied except for a waived channel.
        waivers: The waivers of the gate file.
        warnings: What will be in the way soon.
        partial: Whether the run was for a part of the suite only.
    """

    passed: bool
    required: tuple[str, ...]
    findings: tuple[GateFinding, ...] = ()
    exit_code: int = 0
    checked_on: date | None = None
    excused: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    warnings: tuple[str, ...] = ()
    partial: bool = False

    @property
    def notices(self) -> tuple[str, ...]:
        """The waivers, and what will be in the way soon, a line each for the terminal."""
        return (*(f"Waiver {one}" for one in self.waivers), *(f"Warning: {one}" for one in self.warnings))

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """Ids of the clauses with a finding; ``the run`` for a finding about the run as a whole."""
        return tuple(dict.fromkeys(finding.clause or "the run" for finding in self.findings))


class Compliance(Model):
    """The content of ``compliance.json``: every clause of the register with its verdict, and the gate."""

    format: str = "shes-audit/compliance"
    version: int = 2
    run_id: str
    target: str
    service: str
    policy: str
    started_at: str
    seed: int
    complete: bool
    clauses: tuple[ClauseVerdict, ...]
    gate: GateResult
