"""A run shared by workers of pytest-xdist: what they are told, and what they counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.plugin.options import order_of
from harness.plugin.preparation import features_folder, read_features, select
from harness.plugin.run import RUN, Run
from harness.policy.load import load_register
from harness.target.discovery import describe
from harness.target.profile import Profile


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which target it is."""
    run = node.config.stash.get(RUN, None)
    if run is not None and run.prepared is not None:
        number = int(node.gateway.id.removeprefix("gw"))
        node.workerinput["shes_profile"] = run.prepared.profiles[number % run.prepared.workers].model_dump()
        node.workerinput["shes_declared"] = json.dumps(run.description.declared)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker counted."""
    run = node.config.stash.get(RUN, None)
    if run is None:
        return
    if error:
        run.broken.append(f"worker {node.gateway.id} ended before its time: {error}")
    collected, chosen = getattr(node, "workeroutput", {}).get("shes_counts", (0, 0))
    run.collected, run.chosen = max(run.collected, collected), max(run.chosen, chosen)


def run_of_worker(config: pytest.Config) -> Run:
    """The run as a worker sees it: the same target, features and selection."""
    order = order_of(config)
    folder = features_folder()
    register = load_register(folder / "register")
    features = read_features(folder)
    run = Run(
        profile=Profile.model_validate(config.workerinput["shes_profile"]),  # type: ignore[attr-defined]
        description=describe(json.loads(config.workerinput["shes_declared"])),  # type: ignore[attr-defined]
        features=features,
        selected=select(order, register, features.keys),
        seed=order.seed,
        out=order.out,
        target=order.target,
        promises={clause.id: clause.obligation for clause in register.clauses},
    )
    config.stash[RUN] = run
    return run
