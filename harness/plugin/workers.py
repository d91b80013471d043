"""A run shared by workers of pytest-xdist: what they are told, and what they counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from harness.plugin.options import order_of
from harness.plugin.preparation import Places
from harness.plugin.run import RUN, Run
from harness.target.discovery import describe
from harness.target.profile import Profile

_PLACES = TypeAdapter(Places)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker everything that has been found out, which spares it from reading register and features again."""
    run = node.config.stash.get(RUN, None)
    if run is not None and run.prepared is not None:
        number = int(node.gateway.id.removeprefix("gw"))
        node.workerinput["shes_run"] = {
            "profile": run.prepared.profiles[number % run.prepared.workers].model_dump_json(),
            "declared": json.dumps(run.description.declared),
            "places": _PLACES.dump_json(run.places).decode(),
            "selected": sorted(run.selected),
            "promises": run.promises,
        }


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
        target=order.target,
        promises=told["promises"],
    )
