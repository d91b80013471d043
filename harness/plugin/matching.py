"""Which scenario of the feature files an item of pytest is, and which files have to be collected."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import CONFIG_STACK, registry_get_safe

from harness.evidence.model import ScenarioKey
from harness.plugin.run import RUN
from harness.suite.features import Places

_EXAMPLE = "_pytest_bdd_example"  # what pytest-bdd calls the row of an outline


def feature_files() -> tuple[str, ...]:
    """Paths that the binder of a features room gives to pytest-bdd, relative to the room.

    In a run for some scenarios, these are the files that contain them, and the others need not be read again.
    Otherwise it is the room: pytest-bdd then finds the files independently of us.
    """
    run = CONFIG_STACK[-1].stash.get(RUN, None) if CONFIG_STACK else None
    if run is None or len(run.selected) == run.parsed:
        return (".",)
    in_files = {file: [key.id for keys in lines.values() for key in keys] for file, lines in run.places.items()}
    wanted = tuple(file for file, ids in in_files.items() if not run.selected.isdisjoint(ids))
    run.parsed = sum(len(in_files[file]) for file in wanted)
    return wanted


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario or outline that an item was made from, if it was made from one."""
    return registry_get_safe(scenario_wrapper_template_registry, getattr(item, "function", None))


def lines_of(item: pytest.Item) -> list[tuple[str, str]]:
    """Keyword and text of the steps of an item, as pytest-bdd runs them."""
    template = template_of(item)
    callspec = getattr(item, "callspec", None)
    row = callspec.params.get(_EXAMPLE, {}) if callspec is not None else {}
    steps = template.render(row).steps if template is not None else ()
    return [(step.keyword.strip(), step.name) for step in steps]


def match(
    found: Mapping[pytest.Item, ScenarioTemplate], places: Places, folder: Path
) -> dict[pytest.Item, ScenarioKey]:
    """Which scenario each item is: by the place of its scenario or outline, and the number of its example."""
    by_file = {folder / file: lines for file, lines in places.items()}
    matched: dict[pytest.Item, ScenarioKey] = {}
    for item, template in found.items():
        keys = by_file.get(_resolved(template.feature.filename), {}).get(template.line_number, ())
        callspec = getattr(item, "callspec", None)
        number = callspec.indices.get(_EXAMPLE, 0) if callspec is not None else 0
        if number < len(keys):
            matched[item] = keys[number]
    return matched


@cache
def _resolved(file: str) -> Path:
    return Path(file).resolve()
