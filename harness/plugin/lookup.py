"""Finding the function of a step without going through all of pytest's fixtures every time.

pytest-bdd asks for each fixture at each step of each scenario, and makes a fixture for each step, which took a third of
the harness's own time. Step definitions are a small part of the fixtures and all there when collection ends, and
sentences recur.
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
from pytest_bdd.scenario import iterparentnodeids
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry


class Remembered:
    """What is found, kept for each file that scenarios come from: so far a definition can reach."""

    def __init__(self) -> None:
        self._definitions: dict[tuple[object, ...], Sequence[StepFunctionContext]] = {}
        self._found: dict[tuple[object, ...], StepFunctionContext | None] = {}

    def __call__(self, request: Any, step: Any) -> StepFunctionContext | None:
        """As ``pytest_bdd.scenario.get_step_function``."""
        manager, parent = request._fixturemanager, request.node.parent
        key = (manager, parent, step.type, step.name)
        if key not in self._found:
            sentence = " ".join(step.name.split()).casefold()
            fitting = (
                context
                for context in self._visible(manager, request.node)
                if context.type in {None, step.type}
                and all(part in sentence for part in _fixed_parts(context.parser))
                and context.parser.is_matching(step.name)
            )
            self._found[key] = next(fitting, None)
        return self._found[key]

    def _visible(self, fixturemanager: Any, node: Any) -> Sequence[StepFunctionContext]:
        """The step definitions among the fixtures that a node can see, in order of precedence."""
        key = (fixturemanager, node.parent)
        if key not in self._definitions:
            definitions = [
                definition
                for name in get_fixture_names(fixturemanager=fixturemanager)
                for definition in getfixturedefs(fixturemanager, name, node) or []
                if definition.func in step_function_context_registry
            ]
            # As pytest-bdd has it: the one defined nearest, and of those the last.
            definitions.sort(key=lambda one: list(iterparentnodeids(one.baseid)))
            self._definitions[key] = [step_function_context_registry[one.func] for one in reversed(definitions)]
            for context in self._definitions[key]:
                step: Any = context.step_func
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
    if not isinstance(scenario.get_step_function, Remembered):
        scenario.get_step_function = Remembered()
