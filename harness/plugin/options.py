"""Options of a run, the markers that tags become, and what pytest was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.contract import Capability
from harness.errors import AuditError
from harness.order import DEFAULT_GATE, DEFAULT_SEED, PYTEST_OUT, Order
from harness.policy.scenarios import NEEDS_TAG
from harness.suite.features import features_folder

_UNNEEDED = (
    "cacheprovider",
    "schemathesis",
    "hypothesispytest",
    "faker",
    "allure_pytest",
    "timeout",
    "anyio",
    "unraisableexception",
)
LEAN = ("--assert=plain", *(part for name in _UNNEEDED for part in ("-p", f"no:{name}")))
"""Arguments that spare a run what it does not need of pytest: half of the time to its first scenario."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a run, for users of plain pytest instead of ``shes-audit run``."""
    group = parser.getgroup("shes-audit")
    group.addoption("--shes-target", default="", help="address or profile of the target (default: bundled reference)")
    group.addoption("--shes-seed", type=int, default=DEFAULT_SEED, help="makes the synthetic people")
    group.addoption("--shes-out", type=Path, default=PYTEST_OUT, help="folder of the raw report")
    group.addoption("--shes-gate", type=Path, default=DEFAULT_GATE, help="gate file for repeating a scenario")
    group.addoption("--shes-clause", action="append", default=[], help="only this clause (may be repeated)")
    group.addoption("--shes-section", action="append", default=[], help="only this section (may be repeated)")
    group.addoption("--shes-jurisdiction", default="", help="only scenarios about people of this jurisdiction")
    group.addoption("--shes-scenario", action="append", default=[], help="only this scenario, by id (may be repeated)")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known that tags are translated to."""
    for line in (
        "clause(id): the clause a scenario tests, from a tag such as @clause-4.1",
        "origin(name): policy, derived or law",
        "channel(name): an evidence channel the scenario looks into",
        "needs(name): a capability the scenario needs beyond those of its channels",
        # pytest-bdd hands the tags of a table of examples on as they stand.
        *(f"{NEEDS_TAG}{one}: this row of an outline needs it" for one in Capability),
    ):
        config.addinivalue_line("markers", line)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:
    """Translate the tags of features into markers; a tag that is none of ours is a mistake."""
    kind, _, value = tag.partition("-")
    match kind:
        case "clause":
            pytest.mark.clause(id=value)(function)
        case "needs":
            pytest.mark.needs(name=value)(function)
        case "policy" | "derived" | "law":
            pytest.mark.origin(name=tag)(function)
        case "api" | "outbound" | "mail" | "storage" | "page" | "notice" | "record":
            pytest.mark.channel(name=tag)(function)
        case _:
            raise pytest.UsageError(f"No tag @{tag} is known; see features/README.md")
    return True


def is_worker(config: pytest.Config) -> bool:
    """Whether this process is a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def wants_features(config: pytest.Config) -> bool:
    """Whether what pytest was asked to run lies in the features room, or around it."""
    try:
        room = features_folder().resolve()
    except AuditError:
        return False
    asked = [(config.invocation_params.dir / arg.split("::")[0]).resolve() for arg in config.args]
    return any(path == room or room in path.parents or path in room.parents for path in asked)


def order_of(config: pytest.Config) -> Order:
    """What the options ask for."""
    option = config.option
    return Order(
        target=option.shes_target,
        seed=option.shes_seed,
        out=option.shes_out,
        gate=option.shes_gate,
        clauses=tuple(option.shes_clause),
        sections=tuple(option.shes_section),
        jurisdiction=option.shes_jurisdiction,
        scenarios=tuple(option.shes_scenario),
        workers=getattr(option, "numprocesses", None) or 1,
    )
