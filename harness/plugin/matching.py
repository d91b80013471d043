"""Which scenario of the feature files an item of pytest is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from harness.evidence.model import ScenarioKey
from harness.plugin.preparation import Features

_EXAMPLE = "_pytest_bdd_example"  # what pytest-bdd calls the row of an outline


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario or outline that an item was made from, if it was made from one."""
    return registry_get_safe(scenario_wrapper_template_registry, getattr(item, "function", None))


def match(
    found: Mapping[pytest.Item, ScenarioTemplate], features: Features, folder: Path
) -> dict[pytest.Item, ScenarioKey]:
    """Which scenario each item is: by the place of its scenario or outline, and the number of its example."""
    by_place: dict[tuple[Path, int], list[ScenarioKey]] = {}
    for ref, key in zip(features.refs, features.keys, strict=True):
        by_place.setdefault((folder / ref.file, ref.scenario_line), []).append(key)
    matched: dict[pytest.Item, ScenarioKey] = {}
    for item, template in found.items():
        place = (Path(template.feature.filename).resolve(), template.line_number)
        callspec = getattr(item, "callspec", None)
        number = callspec.indices.get(_EXAMPLE, 0) if callspec is not None else 0
        if number < len(by_place.get(place, ())):
            matched[item] = by_place[place][number]
    return matched
