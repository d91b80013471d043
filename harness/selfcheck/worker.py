"""The process that shows scenarios to violations: one pytest session that stays, beside one server of all violations.

It reads jobs from standard input and writes messages to standard output, each a line of JSON. Scenarios are collected
once and run again against the address of each violation; the outside world stays up.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

import click
import pytest
from _pytest.runner import runtestprotocol

from harness.errors import AuditError
from harness.evidence.model import Outcome, ScenarioFinished
from harness.plugin import LEAN, audit_another, scenario_of
from harness.plugin.workers import tell
from harness.policy.load import load_register
from harness.selfcheck.choosing import PROGRAM
from harness.selfcheck.model import Job, Message, Ran
from harness.suite.features import features_folder, read_features
from harness.target.discovery import Description, discover
from harness.target.http import Http
from harness.target.process import Started, bundled
from harness.target.profile import Profile


class Worker:
    """A pytest plugin that runs what the jobs ask for in the place of each item once.

    Args:
        server: Address of the server; that of a violation is below ``/variants/ID``.
        first: The first job.
        others: The jobs after it, as they come.
        answers: Where messages are written.

    Attributes:
        failure: Why it could not go on, in words; nothing where it could.
    """

    def __init__(self, server: str, first: Job, others: Iterator[Job], answers: TextIO) -> None:
        self.failure = ""
        self._server = server
        self._first = first
        self._others = others
        self._answers = answers
        self._begins_with = self._target(first.fault)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Appear as a worker of pytest-xdist does: the plugin then leaves preparation and raw report to others."""
        profile, description = self._begins_with
        folder = features_folder()
        features = read_features(folder)
        promises = {clause.id: clause.obligation for clause in load_register(folder / "register").clauses}
        every = [key.id for key in features.keys]
        config.workerinput = {  # type: ignore[attr-defined]
            "workerid": "main",
            "shes_run": tell(profile, description, features.places, every, promises),
        }
        config.workeroutput = {}  # type: ignore[attr-defined]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do one job after the other."""
        if session.testsfailed:
            raise session.Interrupted("scenarios could not be collected")
        items = {key.id: item for item in session.items if (key := scenario_of(item)) is not None}
        for job in chain([self._first], self._others):
            try:
                audit_another(session.config, *self._target(job.fault))
            except AuditError as error:
                self.failure = str(error)
                break
            ran: list[Ran] = []
            while left := job.left(ran):
                ran.append(_run(items[left[0]], job.fault, left[0]))
                self.say(Message(ran=ran[-1]))
            self.say(Message())
        return True

    def say(self, message: Message) -> None:
        """Write a message."""
        self._answers.write(message.model_dump_json(exclude_defaults=True) + "\n")
        self._answers.flush()

    def _target(self, fault: str) -> tuple[Profile, Description]:
        profile = Profile(url=f"{self._server}/variants/{fault}", name=fault)
        http = Http(profile)
        with contextlib.closing(http):
            return profile, discover(http)


def _run(item: pytest.Item, fault: str, scenario: str) -> Ran:
    # What pytest asks of the next item is which fixtures it shares with this one: all that are not its own.
    reports = runtestprotocol(item, log=False, nextitem=item.parent)  # type: ignore[arg-type]
    if any(report.when == "teardown" and report.failed for report in reports):
        return Ran(fault=fault, scenario=scenario, outcome=Outcome.INCONCLUSIVE, reason="The stage stayed up.")
    (text,) = (report.shes_scenario for report in reports if hasattr(report, "shes_scenario"))
    finished = ScenarioFinished.model_validate_json(text)
    violated = finished.outcome is Outcome.VIOLATED
    return Ran(
        fault=fault,
        scenario=scenario,
        outcome=finished.outcome,
        seen_in=tuple(sorted({check.channel for check in finished.checks if violated and not check.passed})),
        reason=finished.reason,
        seconds=round(finished.seconds, 3),
    )


@click.command()
@click.argument("logs", type=click.Path(path_type=Path))
@click.argument("number", type=int)
@click.argument("seed", type=int)
def main(logs: Path, number: int, seed: int) -> None:
    """Work until standard input ends."""
    # pytest puts both elsewhere, and what scenarios print belongs into the log.
    orders = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    jobs = (Job.model_validate_json(line) for line in orders)
    if (first := next(jobs, None)) is None:
        return
    try:
        with Started([*bundled(PROGRAM), "serve"], logs / f"target-{number}.log") as server:
            worker = Worker(server.url, first, jobs, answers)
            without = ("-p", "no:cacheprovider", "-p", "no:xdist")
            arguments = [str(features_folder()), *LEAN, *without, "-s", "-q", f"--shes-seed={seed}"]
            code = pytest.main(arguments, plugins=[worker])
        failure = worker.failure or (f"pytest ended with exit code {int(code)}." if code else "")
    except AuditError as error:
        failure = str(error)
    if failure:
        answers.write(Message(failure=failure).model_dump_json() + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
