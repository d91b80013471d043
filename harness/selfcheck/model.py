"""Seeded violations, the work that they give, and what the suite made of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from harness.evidence.model import Channel, Model, Outcome
from harness.verdict.model import Verdict


class Extent(StrEnum):
    """How much of the suite a violation is shown.

    Attributes:
        KILL: Scenarios of its own clause until one finds it.
        OWN: All scenarios of its own clause.
        ALL: All scenarios.
    """

    KILL = "kill"
    OWN = "own"
    ALL = "all"


class SideEffect(Model):
    """A clause that a violation really breaks too, and why."""

    clause: str
    reason: str


class Fault(Model):
    """A seeded violation, as the program that carries it lists it.

    Attributes:
        id: Its name.
        clause: The clause it breaks; nothing for a benign variant, which breaks none.
        title: What is wrong, in words.
        kind: Its class: missing, off by one, wrong residence, ...
        also: Clauses that it really breaks too.
        parts: Names of the service's parts that it replaces.
        module: The Python module it is written in.
    """

    id: str
    clause: str | None
    title: str
    kind: str
    also: tuple[SideEffect, ...] = ()
    parts: tuple[str, ...] = ()
    module: str = ""


class Ran(Model):
    """How one scenario ended under one violation.

    Attributes:
        fault: Id of the violation.
        scenario: Id of the scenario.
        outcome: How it ended.
        seen_in: Channels of the checks that failed.
        reason: Why it did not pass, in words.
        seconds: How long it took.
    """

    fault: str
    scenario: str
    outcome: Outcome
    seen_in: tuple[Channel, ...] = ()
    reason: str = ""
    seconds: float = 0.0


class Job(Model):
    """Scenarios that a violation is shown to.

    Attributes:
        fault: Id of the violation.
        scenarios: Ids of the scenarios, in the order in which they run.
        stops: Whether it ends once a scenario found the violation in each channel of ``wanted``, or in any.
        wanted: Channels in which the register says that the violation shows.
    """

    fault: str
    scenarios: tuple[str, ...]
    stops: bool = False
    wanted: tuple[Channel, ...] = ()

    def left(self, ran: Iterable[Ran]) -> tuple[str, ...]:
        """The scenarios that are still to run after those that ran."""
        ran = list(ran)
        found = [one for one in ran if one.outcome is Outcome.VIOLATED]
        if self.stops and found and set(self.wanted) <= {channel for one in found for channel in one.seen_in}:
            return ()
        known = {one.scenario for one in ran}
        return tuple(scenario for scenario in self.scenarios if scenario not in known)


class Message(Model):
    """A line that a worker writes: a scenario that ran, why it cannot go on, or neither when a job is done."""

    ran: Ran | None = None
    failure: str = ""


class FaultResult(Fault):
    """What the suite made of a violation.

    Attributes:
        killed: Whether its clause was found violated (for a benign variant: whether nothing was).
        killed_by: Ids of the scenarios of its clause that found it.
        seen_in: Channels of the checks by which they found it.
        unexpected: Clauses that turned though the violation does not declare them, with their verdict.
        verdicts: The verdict on each clause by the scenarios that ran.
    """

    killed: bool
    killed_by: tuple[str, ...]
    seen_in: tuple[Channel, ...]
    unexpected: dict[str, Verdict]
    verdicts: dict[str, Verdict]

    @property
    def as_it_should_be(self) -> bool:
        """Whether the suite saw it, and saw nothing else."""
        return self.killed and not self.unexpected


class SelfCheck(Model):
    """What ``selfcheck.json`` holds.

    Attributes:
        seed: Makes the synthetic people, and draws violations where not all are run.
        extent: How much of the suite each violation was shown.
        chosen: Which violations were run, in words.
        faults: The violations that were run, in the order of the policy.
    """

    format: str = "shes-audit/selfcheck"
    version: int = 1
    seed: int
    extent: Extent = Extent.KILL
    chosen: str = ""
    faults: tuple[FaultResult, ...]
