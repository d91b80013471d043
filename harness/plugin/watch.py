"""Watches one scenario run, and makes its line of the raw report."""

from __future__ import annotations

import shlex
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_bdd.exceptions import StepDefinitionNotFoundError

from harness.errors import AuditError, NotApplicable, NotAssessed, PromiseBroken, RightDenied
from harness.evidence.model import Outcome, ScenarioFinished, ScenarioKey, Step
from harness.evidence.outcome import ENDINGS, outcome_of
from harness.evidence.recorder import Recorder
from harness.stage import Stage
from harness.target.http import Http
from harness.vocabulary.lookup import unknown

REPEAT = "-repeat"
"""What the name of a folder ends with in which a scenario is repeated."""


@dataclass
class Watch:
    """What is known of a scenario while it runs.

    Attributes:
        key: Which scenario.
        promise: What its clause promises.
        repeat: The command that runs just this again.
        lines: Keyword and text of its steps.
        stage: Its stage, once there is one.
        waited: Seconds spent waiting for the target, by the clock of its client.
    """

    key: ScenarioKey
    promise: str
    repeat: str
    lines: list[tuple[str, str]]
    stage: Stage | None = None
    waited: Callable[[], float] = float
    _waited_before: float = 0.0
    _kind: str = ""
    _seconds: list[float] = field(default_factory=list)
    _since: float = 0.0
    _started: float = field(default_factory=time.perf_counter)
    _started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def enter(self, stage: Stage, http: Http) -> None:
        """The stage is set."""
        self.stage = stage
        self.waited = lambda: http.waited
        self._waited_before = http.waited

    def before_step(self, kind: str) -> None:
        """A step begins. ``kind`` is ``given``, ``when`` or ``then``."""
        self._since = time.perf_counter()
        if self.stage is not None:
            self.stage.evidence.step = len(self._seconds)
            if kind == "when" and self._kind != "when":
                self.stage.moment.mark()
        self._kind = kind

    def after_step(self) -> None:
        """A step has ended well."""
        self._seconds.append(time.perf_counter() - self._since)

    def finish(self, error: BaseException | None, worker: str) -> ScenarioFinished:
        """The scenario is over.

        Args:
            error: What ended it early; nothing when its last step ended well.
            worker: Which worker ran it.
        """
        outcome, reason = self._judge(error)
        recorder = self.stage.evidence if self.stage else Recorder()
        reason = recorder.clean(reason) or ("" if outcome is Outcome.PASSED else f"No reason: {type(error).__name__}")
        steps = self._steps(None if error is None else outcome, reason)
        return ScenarioFinished(
            scenario=self.key,
            outcome=outcome_of(steps, recorder.checks),
            promise=self.promise,
            reason=reason,
            steps=steps,
            checks=tuple(
                check.model_copy(update={"claim": recorder.clean(check.claim), "detail": recorder.clean(check.detail)})
                for check in recorder.checks
            ),
            evidence=recorder.evidence(),
            people=tuple(
                f"{actor.label}: {actor.person.residence.name}, born {actor.person.date_of_birth}, {actor.person.email}"
                for actor in (self.stage.cast.everyone if self.stage else ())
            ),
            observations=tuple(recorder.clean(text) for text in recorder.observations),
            repeat=self.repeat,
            started_at=self._started_at,
            seconds=time.perf_counter() - self._started,
            waiting=self.waited() - self._waited_before,
            worker=worker,
        )

    def _judge(self, error: BaseException | None) -> tuple[Outcome, str]:
        if error is None:
            checks = self.stage.evidence.checks if self.stage else []
            bad = next((check for check in checks if not check.passed), None)
            if bad is not None:
                return Outcome.VIOLATED, bad.failure
            if checks:
                return Outcome.PASSED, ""
            return Outcome.INCONCLUSIVE, "It made no check: a scenario that looks at nothing proves nothing."
        match error:
            case RightDenied() if error.clauses & set(self.key.clauses):
                return Outcome.VIOLATED, str(error)
            case PromiseBroken() if self._kind == "given":
                return Outcome.INCONCLUSIVE, f"The stage could not be set. {error}"
            case PromiseBroken():
                return Outcome.VIOLATED, f"{error}{self._unlike_the_contract()}"
            case NotApplicable():
                return Outcome.NOT_APPLICABLE, str(error)
            case NotAssessed():
                return Outcome.NOT_ASSESSED, str(error)
            case pytest.skip.Exception():
                return Outcome.NOT_ASSESSED, error.msg or "skipped"
            case StepDefinitionNotFoundError():
                return Outcome.INCONCLUSIVE, unknown(self.lines[len(self._seconds)][1])
            case AuditError():
                return Outcome.INCONCLUSIVE, str(error)
            case _ if self.stage and (breach := self.stage.evidence.breaches()):
                return Outcome.INCONCLUSIVE, (
                    f"The target does not match the contract: {breach}.\n"
                    "What to do: compare the exchange in the evidence with harness/contract/openapi.yaml"
                )
            case _:
                last = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
                place = f" ({last.filename.rsplit('/', 2)[-1]}:{last.lineno})" if last else ""
                return Outcome.INCONCLUSIVE, f"The harness failed: {type(error).__name__}: {error}{place}"

    def _unlike_the_contract(self) -> str:
        """What in the answers behind the failed check does not match the contract."""
        checks = self.stage.evidence.checks if self.stage else []
        breach = self.stage.evidence.breaches(checks[-1].evidence) if self.stage and checks else ""
        return f" The answer does not match the contract: {breach}." if breach else ""

    def _steps(self, ended: Outcome | None, reason: str) -> tuple[Step, ...]:
        """Its steps as they ran.

        Args:
            ended: The outcome, if something ended it early.
            reason: What it was.
        """
        done = len(self._seconds)
        last = done if ended is None else min(done, len(self.lines) - 1)
        steps = []
        for number, (keyword, text) in enumerate(self.lines):
            if number < last:
                steps.append(Step(keyword=keyword, text=text, status="passed", seconds=self._seconds[number]))
            elif number == last and ended is not None:
                steps.append(Step(keyword=keyword, text=text, status=ENDINGS[ended], message=reason))
            else:
                steps.append(Step(keyword=keyword, text=text, status="skipped"))
        return tuple(steps)


def repeat_command(key: ScenarioKey, *, target: str, seed: int, gate: Path, out: Path) -> str:
    """The command that runs one scenario again with the same people, beside the audit and never over it."""
    beside = out if out.name.endswith(REPEAT) else out.with_name(out.name + REPEAT)
    parts = ["shes-audit", "run", "--seed", str(seed), "--scenario", key.id]
    if target:
        parts += ["--target", target]
    return shlex.join([*parts, "--gate", str(gate), "--out", str(beside)])


def failure_message(finished: ScenarioFinished, raw: str) -> str:
    """What a person reads of a scenario that did not pass."""
    step = next((one for one in finished.steps if one.status in {"failed", "broken"}), None)
    titles = {one.id: one.title for one in finished.evidence}
    bad = next((check for check in reversed(finished.checks) if not check.passed), None)
    rests_on = bad.evidence if bad else tuple(titles)[-3:]
    scenario = finished.scenario
    lines = [
        f"{finished.outcome.value.upper()}  clause {', '.join(scenario.clauses)}  [{scenario.origin.value}]",
        f"Promised:  {finished.promise}",
        f"Happened:  {finished.reason}",
    ]
    if step is not None:
        lines.append(f"At:        {step.keyword} {step.text}  ({scenario.file}:{scenario.line})")
    lines.append(f"Evidence:  {raw}, scenario {scenario.id}")
    lines += [f"           {number} {titles[number]}" for number in rests_on if number in titles]
    lines.append(f"Repeat:    {finished.repeat}")
    return "\n".join(lines)
