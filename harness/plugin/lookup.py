"""Finding the function of a step without asking pytest for all of its fixtures every time.

pytest-bdd looks through every definition at each step of each scenario, which took a third of the harness's own time.
Sentences recur, in outlines above all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

Find = Callable[..., Iterable[Any]]


class Remembered:
    """What is found for a sentence, kept for each file that scenarios come from: so far a definition can reach."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._found: dict[tuple[object, ...], Sequence[Any]] = {}

    def __call__(self, step: Any, fixturemanager: Any, node: Any) -> Sequence[Any]:
        """As ``pytest_bdd.scenario.find_fixturedefs_for_step``."""
        key = (fixturemanager, node.parent, step.type, step.name)
        if key not in self._found:
            self._found[key] = tuple(self._find(step=step, fixturemanager=fixturemanager, node=node))
        return self._found[key]


def remember() -> None:
    """Look up each sentence once from now on."""
    scenario: Any = import_module("pytest_bdd.scenario")
    if not isinstance(scenario.find_fixturedefs_for_step, Remembered):
        scenario.find_fixturedefs_for_step = Remembered(scenario.find_fixturedefs_for_step)
