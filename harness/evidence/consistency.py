"""Whether a raw report agrees with itself.

A line that was edited no longer fits the others, even where somebody has written all hashes again: its outcome follows
from its steps and checks, its steps from the scenario, and the numbers of the last line from the lines before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.evidence.model import Outcome, RunFinished, RunStarted, ScenarioFinished, TargetFound, digest_of
from harness.evidence.outcome import outcome_of


def contradictions(
    run: RunStarted, target: TargetFound | None, scenarios: Sequence[ScenarioFinished], end: RunFinished | None
) -> Iterator[str]:
    """What in a raw report contradicts something else in it, in words."""
    known = {key.id: key for key in run.parsed}
    twice = {name for name, count in Counter(key.id for key in run.parsed).items() if count > 1}
    selected = set(run.selected)
    for name in sorted(selected - known.keys()):
        yield f"{name} was selected, but is not a scenario of the suite"
    if scenarios and target is None:
        yield "scenarios ran, but no target was found"
    offered = frozenset(target.capabilities if target else ())
    for one in scenarios:
        name = one.scenario.id
        if name in known and name not in twice and known[name] != one.scenario:
            yield f"{name} is not the scenario of that name in the first line"
        if name in known and name not in selected:
            yield f"{name} ran, but was not selected"
        yield from (f"{name}: {fault}" for fault in _faults(one, offered))
    if end is None:
        return
    # Of a run for some scenarios only the files that contain them are collected.
    files = {key.file for key in run.parsed if key.id in selected}
    collected = sum(key.file in files for key in run.parsed)
    if end.parsed not in {len(run.parsed), collected}:
        yield f"{end.parsed} scenarios were in the feature files, but the first line names {collected}"
    if end.ran != len(scenarios):
        yield f"{end.ran} scenarios ran, but {len(scenarios)} are in the raw report"
    if end.ran != end.selected and not end.interrupted and not end.integrity:
        yield f"{end.selected} scenarios were to run and {end.ran} did, but the last line does not say why"


def _faults(one: ScenarioFinished, offered: frozenset[str]) -> Iterator[str]:
    """What does not fit in one line."""
    key, steps = one.scenario, one.steps
    if digest_of(key.clauses, key.origin, key.channels, key.needs, [step.text for step in steps]) != key.digest:
        yield "its steps are not those of the scenario"
    last = next((number for number, step in enumerate(steps) if step.status != "passed"), len(steps))
    if last < len(steps) and (
        steps[last].status == "skipped" or any(step.status != "skipped" for step in steps[last + 1 :])
    ):
        yield "its steps are not in an order in which steps run"
    found = outcome_of(steps, one.checks)
    if found is not one.outcome:
        yield f"it is recorded as {one.outcome}, but its steps and checks show {found}"
    passed = one.outcome is Outcome.PASSED
    if passed and one.reason:
        yield "it passed, but a reason is given why it did not"
    if not passed and not one.reason:
        yield "it did not pass, but no reason is given"
    if passed and not set(key.needs) <= offered:
        yield f"it passed, but needs what the target does not offer: {', '.join(sorted(set(key.needs) - offered))}"
    ids = [piece.id for piece in one.evidence]
    if ids != [f"e{number}" for number in range(1, len(ids) + 1)]:
        yield "evidence is missing, out of order, or there twice"
    missing = {name for check in one.checks for name in check.evidence}.difference(ids)
    if missing:
        yield f"a check names evidence that is not there: {', '.join(sorted(missing))}"
    if any(check.step > last or check.step >= len(steps) for check in one.checks):
        yield "a check belongs to a step that did not run"
