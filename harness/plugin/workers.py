"""A run shared by workers of pytest-xdist: what they are told, and what they counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from harness.plugin.options import order_of
from harness.plugin.run import RUN, Run
from harness.suite.features import Places
from harness.target.discovery import Description, describe
from harness.target.profile import Profile

_PLACES = TypeAdapter(Places)


def tell(
    profile: Profile, description: Description, places: Places, selected: Iterable[str], promises: Mapping[str, str]
) -> dict[str, object]:
    """What a worker needs to know of a run, as its ``workerinput["shes_run"]``; :func:`enlist` reads it."""
    return {
        "profile": profile.model_dump_json(),
        "declared": json.dumps(description.declared),
        "places": _PLACES.dump_json(places).decode(),
        "selected": sorted(selected),
        "promises": dict(promises),
    }


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker everything that has been found out, which spares it from reading register and features again."""
    run = node.config.stash.get(RUN, None)
    if run is not None and run.prepared is not None:
        number = int(node.gateway.id.removeprefix("gw"))
        profile = run.prepared.profiles[number % run.prepared.workers]
        node.workerinput["shes_run"] = tell(profile, run.description, run.places, run.selected, run.promises)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker counted."""
    run = node.config.stash.get(RUN, None)
    if run is None:
        return
    if error:
        run.broken.append(f"worker {node.gateway.id} ended before its time: {error}")
    if "shes_counts" in (told := getattr(node, "workeroutput", {})):
        run.parsed, collected, chosen = told["shes_counts"]
        run.collected, run.chosen = max(run.collected, collected), max(run.chosen, chosen)


def enlist(config: pytest.Config) -> None:
    """Keep the run as a worker sees it: what the controller told of it, if there is one."""
    told = config.workerinput.get("shes_run")  # type: ignore[attr-defined]
    if told is None:
        return
    order = order_of(config)
    config.stash[RUN] = Run(
        profile=Profile.model_validate_json(told["profile"]),
        description=describe(json.loads(told["declared"])),
        places=_PLACES.validate_json(told["places"]),
        selected=frozenset(told["selected"]),
        seed=order.seed,
        out=order.out,
        gate=order.gate,
        target=order.target,
        promises=told["promises"],
    )
