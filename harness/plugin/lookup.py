"""Finding the function of a step without going through all of pytest's fixtures every time.

pytest-bdd asks for each fixture at each step of each scenario, which took a third of the harness's own time. Step
definitions are a small part of the fixtures and all there when collection ends, and sentences recur.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from inspect import signature
from string import Formatter
from typing import Any

from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parsers import StepParser, parse, string
from pytest_bdd.steps import step_function_context_registry


class Remembered:
    """What is found, kept for each file that scenarios come from: so far a definition can reach."""

    def __init__(self) -> None:
        self._definitions: dict[tuple[object, ...], Sequence[Any]] = {}
        self._found: dict[tuple[object, ...], Sequence[Any]] = {}

    def __call__(self, step: Any, fixturemanager: Any, node: Any) -> Sequence[Any]:
        """As ``pytest_bdd.scenario.find_fixturedefs_for_step``."""
        key = (fixturemanager, node.parent, step.type, step.name)
        if key not in self._found:
            sentence = " ".join(step.name.split()).casefold()
            self._found[key] = [
                definition
                for definition in self._visible(fixturemanager, node)
                if (context := step_function_context_registry[definition.func]).type in {None, step.type}
                and all(part in sentence for part in _fixed_parts(context.parser))
                and context.parser.is_matching(step.name)
            ]
        return self._found[key]

    def _visible(self, fixturemanager: Any, node: Any) -> Sequence[Any]:
        """The step definitions among the fixtures that a node can see, in pytest's order."""
        key = (fixturemanager, node.parent)
        if key not in self._definitions:
            self._definitions[key] = [
                definition
                for name in get_fixture_names(fixturemanager=fixturemanager)
                for definition in getfixturedefs(fixturemanager, name, node) or []
                if definition.func in step_function_context_registry
            ]
            for definition in self._definitions[key]:
                step: Any = step_function_context_registry[definition.func].step_func
                # pytest-bdd asks for it twice at each step; where it stands here already, it is not made again.
                step.__signature__ = signature(step)
        return self._definitions[key]


@cache
def _fixed_parts(parser: StepParser) -> tuple[str, ...]:
    """What any sentence that fits holds, apart from its case: most need not be parsed to see that they do not fit."""
    match parser:
        case string():
            return (_folded(parser.name),)
        case parse():
            return tuple(_folded(text) for text, *_ in Formatter().parse(parser.name))
        case _:
            return ()


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def remember() -> None:
    """Look up each sentence once from now on, and among step definitions alone."""
    scenario: Any = import_module("pytest_bdd.scenario")
    if not isinstance(scenario.find_fixturedefs_for_step, Remembered):
        scenario.find_fixturedefs_for_step = Remembered()
