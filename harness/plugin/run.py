"""A run as one process sees it, and the raw report that the controller writes of it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pytest

from harness.evidence.model import ScenarioKey
from harness.plugin.preparation import Prepared
from harness.suite.features import Places
from harness.target.discovery import Description
from harness.target.profile import Profile

RUN = pytest.StashKey["Run"]()
"""Where a configuration keeps its run."""
KEY = pytest.StashKey[ScenarioKey]()
"""Where an item keeps which scenario it is."""


@dataclass(frozen=True, eq=False)
class Given:
    """Hand this to ``pytest.main`` as a plugin when the run is prepared already."""

    prepared: Prepared


@dataclass
class Run:
    """A run as one process sees it; only the controller writes.

    Attributes:
        places: Every scenario of the feature files, by its place.
        parsed: Scenarios in the files that have to be collected.
        collected: Scenarios that pytest collected out of them.
        chosen: Scenarios that are left to run.
        ran: Scenarios that ran.
    """

    profile: Profile
    description: Description
    places: Places
    selected: frozenset[str]
    seed: int
    out: Path
    gate: Path
    target: str
    prepared: Prepared | None = None
    cleanup: ExitStack = field(default_factory=ExitStack)
    promises: dict[str, str] = field(default_factory=dict)
    parsed: int = field(init=False)
    collected: int = 0
    chosen: int = 0
    ran: int = 0
    waiting: float = 0.0
    interrupted: bool = False
    broken: list[str] = field(default_factory=list)
    since: float = field(default_factory=perf_counter)

    def __post_init__(self) -> None:
        self.parsed = sum(len(keys) for lines in self.places.values() for keys in lines.values())


def scenario_of(item: pytest.Item) -> ScenarioKey | None:
    """The scenario that a collected item runs; None where it runs none."""
    return item.stash.get(KEY, None)


def audit_another(config: pytest.Config, profile: Profile, description: Description) -> None:
    """Audit another target from the next scenario on, by the same features and with the same people."""
    run = config.stash[RUN]
    run.profile, run.description, run.target = profile, description, profile.url


class RawReport:
    """Writes the raw report as scenarios end, wherever they ran."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down a scenario that has ended."""
        text = getattr(report, "shes_scenario", None)
        if text is not None and self._run.prepared is not None:
            self._run.ran += 1
            self._run.waiting += report.__dict__["shes_waiting"]
            self._run.prepared.writer.append(text)
        elif report.failed and "shes_scenario_id" in report.__dict__:
            self._run.broken.append(f"{report.shes_scenario_id}: taking the stage down failed")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that could not be collected."""
        if report.failed:
            lines = str(report.longrepr).strip().splitlines()
            why = next((line[1:].strip() for line in lines if line.startswith("E ")), lines[-1] if lines else "")
            self._run.broken.append(f"{report.nodeid} could not be collected: {why}")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note that somebody stopped the run."""
        # pytest's own reasons to stop, such as a fault while collecting or --maxfail, are derived from it.
        self._run.interrupted = excinfo.type in {KeyboardInterrupt, pytest.exit.Exception}

    def pytest_internalerror(self, excrepr: object) -> None:
        """Note that pytest failed."""
        self._run.broken.append("pytest itself failed")
