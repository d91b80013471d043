"""``allure-results/``: the run as Allure reads it, with Gherkin steps, the checks made in them, and the evidence."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Attachment, Label, Parameter, Status, StatusDetails, TestResult, TestStepResult

from harness.evidence.model import Check, Evidence, Outcome, ScenarioFinished, ScenarioKey
from reports.junit import NEVER_ENDED
from reports.material import Material
from reports.words import BROKEN, TIERS

# Its methods have no type annotations.
_Logger: Any = AllureFileLogger

# Names derived from a scenario's id alone, which lets Allure recognise it in the next run.
_NAMESPACE = UUID("6f9a4c1e-6a0b-5d0e-9d43-5a1d1f0c7b52")

_STATUS = {
    Outcome.PASSED: Status.PASSED,
    Outcome.VIOLATED: Status.FAILED,
    Outcome.INCONCLUSIVE: Status.BROKEN,
    Outcome.NOT_ASSESSED: Status.SKIPPED,
    Outcome.NOT_APPLICABLE: Status.SKIPPED,
}
# Allure knows one word for a step that could not be examined, and for those after it.
_STEP_STATUS = {"not-assessed": Status.SKIPPED, "not-applicable": Status.SKIPPED}
_RULE = 78
_SEVERITY = {"must": "critical", "should": "normal", "may": "minor"}

# Data from a target may contain markup, which a viewer must show as text and never execute. Only types without scripts
# keep their name.
_HARMLESS = frozenset({"application/json", "text/csv", "text/plain"})


def write_allure_results(material: Material, folder: Path) -> None:
    """Write the results of a run into a folder, replacing its content."""
    logger = _Logger(folder, clean=True)
    for done in material.raw.scenarios:
        _write(logger, material, done)
    for key in material.unfinished:
        result = _result(material, key, Status.BROKEN, NEVER_ENDED)
        result.start = result.stop = _milliseconds(material.raw.run.started_at.timestamp())
        logger.report_result(result)
    (folder / "environment.properties").write_text(_environment(material), encoding="utf-8")
    (folder / "categories.json").write_text(json.dumps(_CATEGORIES, indent=2) + "\n", encoding="utf-8")
    (folder / "executor.json").write_text(json.dumps(_executor(material), indent=2) + "\n", encoding="utf-8")


def _write(logger: Any, material: Material, done: ScenarioFinished) -> None:
    message = f"{BROKEN[done.scenario.origin]}: {done.reason}" if done.outcome is Outcome.VIOLATED else done.reason
    result = _result(material, done.scenario, _STATUS[done.outcome], message)
    result.start = _milliseconds(done.started_at.timestamp())
    result.stop = result.start + _milliseconds(done.seconds)
    result.labels.append(Label("thread", done.worker))
    result.description = _description(done)
    if result.statusDetails:
        result.statusDetails.trace = "\n".join(_trace(done))

    # For a scenario that passed, all evidence is one text: a page with a file for each step is slow to make and to
    # open. For others each step has its own.
    whole = done.outcome is Outcome.PASSED
    start = result.start
    for index, step in enumerate(done.steps):
        stop = start + _milliseconds(step.seconds)
        seen = [] if whole else [piece for piece in done.evidence if piece.step == index]
        shown = TestStepResult(
            name=f"{step.keyword.strip()} {step.text}",
            status=_STEP_STATUS.get(step.status, step.status),
            statusDetails=StatusDetails(message=step.message) if step.message else None,
            start=start,
            stop=stop,
            steps=[_check(check, done.evidence, start, stop) for check in done.checks if check.step == index],
            attachments=_attach(logger, material, done, seen),
        )
        result.steps.append(shown)
        start = stop
    # Evidence recorded before the first step or after the last one still belongs to the scenario.
    steps = range(len(done.steps))
    result.steps += [_check(check, done.evidence, start, start) for check in done.checks if check.step not in steps]
    beside = done.evidence if whole else [piece for piece in done.evidence if piece.step not in steps]
    result.attachments = _attach(logger, material, done, beside)
    logger.report_result(result)


def _result(material: Material, key: ScenarioKey, status: str, message: str) -> TestResult:
    name = str(uuid5(_NAMESPACE, key.id))
    return TestResult(
        uuid=str(uuid5(_NAMESPACE, f"{material.raw.run.run_id}/{key.id}")),
        historyId=name,
        testCaseId=name,
        name=key.name,
        fullName=key.id,
        titlePath=[material.section_name(key), key.rule or key.feature],
        status=status,
        statusDetails=StatusDetails(message=message) if message else None,
        stage="finished",
        labels=[Label(name, value) for name, value in _labels(material, key)],
        parameters=[Parameter(name="jurisdiction", value=code) for code in key.jurisdictions],
    )


def _labels(material: Material, key: ScenarioKey) -> Iterator[tuple[str, str]]:
    section = material.section_name(key)
    rule = key.rule or key.feature
    stories = [material.clause_title(clause) for clause in key.clauses] or [rule]
    yield from (("epic", section), ("feature", rule), *(("story", story) for story in stories))
    yield from (("parentSuite", section), ("suite", stories[0]))
    yield "severity", severity(material, key)
    yield "section", section
    yield "origin", key.origin.value
    yield from (("clause", clause) for clause in key.clauses)
    yield from (("jurisdiction", code) for code in key.jurisdictions)
    yield from (("channel", channel.value) for channel in key.channels)
    yield from (("tag", tag) for tag in (*key.clauses, key.origin.value, *key.jurisdictions))
    yield from (("framework", "shes-audit"), ("language", "gherkin"), ("package", key.file))


def severity(material: Material, key: ScenarioKey) -> str:
    """Allure's severity: that of the strictest clause of the scenario; normal if the register has none."""
    levels = {material.rows[clause].level for clause in key.clauses if clause in material.rows}
    return next((name for level, name in _SEVERITY.items() if level in levels), "normal")


def _check(check: Check, evidence: Iterable[Evidence], start: int, stop: int) -> TestStepResult:
    titles = {piece.id: piece.title for piece in evidence}
    seen = "; ".join(f"{one} {titles.get(one, '')}".strip() for one in check.evidence)
    parameters = [("channel", check.channel.value), ("tier", TIERS[check.tier].label), ("evidence", seen)]
    return TestStepResult(
        name=f"Check: {check.claim}",
        status=Status.PASSED if check.passed else Status.FAILED,
        statusDetails=StatusDetails(message=check.detail) if check.detail else None,
        start=start,
        stop=stop,
        parameters=[Parameter(name=name, value=value) for name, value in parameters if value],
    )


def _attach(logger: Any, material: Material, done: ScenarioFinished, evidence: Sequence[Evidence]) -> list[Attachment]:
    """Attach evidence as one text; if the scenario did not pass, attach evidence cited by a check separately."""
    cited = set() if done.outcome is Outcome.PASSED else {one for check in done.checks for one in check.evidence}
    others = [piece for piece in evidence if piece.id not in cited]
    pieces = [piece for piece in evidence if piece.id in cited]
    attached = []
    for piece in [*_together(others, done), *pieces]:
        media_type = piece.media_type if piece.media_type in _HARMLESS else "text/plain"
        name = uuid5(_NAMESPACE, f"{material.raw.run.run_id}/{done.scenario.id}/{piece.id}")
        source = f"{name}-attachment{mimetypes.guess_extension(media_type) or '.txt'}"
        logger.report_attached_data(piece.text, source)
        attached.append(Attachment(name=f"{piece.id} {piece.title}", source=source, type=media_type))
    return attached


def _together(pieces: Sequence[Evidence], done: ScenarioFinished) -> Sequence[Evidence]:
    """Several pieces as one, under the lines of their steps if there are several steps."""
    if len(pieces) < 2:
        return pieces
    headed = pieces[0].step != pieces[-1].step
    text = []
    for index, of_step in groupby(pieces, lambda piece: piece.step):
        if headed and index < len(done.steps):
            text.append(f"{done.steps[index].keyword.strip()} {done.steps[index].text}\n{'=' * _RULE}")
        text += (f"{piece.id} {piece.title}\n\n{piece.text}" for piece in of_step)
    title = f"to {pieces[-1].id}: evidence"
    return [pieces[0].model_copy(update={"title": title, "media_type": "text/plain", "text": "\n\n\n".join(text)})]


def _description(done: ScenarioFinished) -> str:
    blocks = [
        ("Promised", [done.promise] if done.promise else []),
        ("People", done.people),
        ("Observations", done.observations),
        ("Repeat this scenario", [done.repeat] if done.repeat else []),
    ]
    return "\n\n".join("\n\n".join([f"{title}:", *lines]) for title, lines in blocks if lines)


def _trace(done: ScenarioFinished) -> Iterator[str]:
    yield f"Obligation: {done.promise}"
    yield f"Result: {done.reason}"
    yield f"To repeat this scenario: {done.repeat}"


def _environment(material: Material) -> str:
    run = material.raw.run
    values = {
        "Target": run.target,
        "Service": material.raw.target.service,
        "Contract": material.raw.target.contract,
        "Capabilities": ", ".join(material.raw.target.capabilities),
        "Policy": run.policy,
        "Seed": str(run.seed),
        "Run": run.run_id,
        "Tool": run.tool,
        "Gate": "passed" if material.compliance.gate.passed else "failed",
        **{f"Waiver {number}": str(one) for number, one in enumerate(material.compliance.gate.waivers, start=1)},
    }
    return "".join(f"{name} = {' '.join(value.split())}\n" for name, value in values.items() if value)


def _executor(material: Material) -> dict[str, str]:
    run = material.raw.run
    return {"name": run.tool, "type": "shes-audit", "buildName": f"{run.run_id} (seed {run.seed})"}


_CATEGORIES = [
    *(
        {"name": words, "matchedStatuses": [Status.FAILED], "messageRegex": f"(?s)^{words}: .*"}
        for words in BROKEN.values()
    ),
    {"name": "Inconclusive: the target or the harness failed", "matchedStatuses": [Status.BROKEN]},
    {"name": "Not assessed, or not applicable", "matchedStatuses": [Status.SKIPPED]},
]


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
