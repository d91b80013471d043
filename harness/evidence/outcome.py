"""How a scenario ended, derived from its steps and checks alone: when it ends, and again when its line is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from harness.evidence.model import Check, Outcome, Step

Ending = Literal["failed", "broken", "not-assessed", "not-applicable"]

ENDINGS: Mapping[Outcome, Ending] = {
    Outcome.VIOLATED: "failed",
    Outcome.INCONCLUSIVE: "broken",
    Outcome.NOT_ASSESSED: "not-assessed",
    Outcome.NOT_APPLICABLE: "not-applicable",
}
"""The status of the step that ended a scenario, by how it ended."""
_OUTCOMES: Mapping[str, Outcome] = {status: outcome for outcome, status in ENDINGS.items()}


def outcome_of(steps: Sequence[Step], checks: Sequence[Check]) -> Outcome:
    """The outcome of a scenario.

    The step that ended it early decides. A scenario whose steps all passed is violated if a check failed, and
    inconclusive without a check: it proves nothing.
    """
    ending = next((_OUTCOMES[step.status] for step in steps if step.status in _OUTCOMES), None)
    if ending is not None:
        return ending
    if any(not check.passed for check in checks):
        return Outcome.VIOLATED
    complete = bool(steps) and all(step.status == "passed" for step in steps)
    return Outcome.PASSED if complete and checks else Outcome.INCONCLUSIVE
