"""Options of a run, the markers that tags become, and what pytest was asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from harness.contract import Capability
from harness.errors import AuditError
from harness.evidence.model import Channel
from harness.order import DEFAULT_GATE, DEFAULT_SEED, PYTEST_OUT, Order
from harness.policy.load import find_register
from harness.policy.model import Origin
from harness.policy.scenarios import CLAUSE_TAG, NEEDS_TAG
from harness.suite.features import features_folder

_CLAUSE = re.compile(r'^ *- *\{? *id: *"?([\w.]+)', re.MULTILINE)
_UNNEEDED = (
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
    lines = [
        "clause(id): the clause a scenario tests, from a tag such as @clause-4.1",
        "origin(name): policy, derived or law",
        "channel(name): an evidence channel the scenario looks into",
        "needs(name): a capability the scenario needs beyond those of its channels",
        *(f"{one}: what the scenario tests is required by {one}" for one in Origin),
        *(f"{one}: the scenario looks into the channel {one}" for one in Channel),
        *(line for one in Capability for line in _both(f"{NEEDS_TAG}{one}", f"the scenario needs {one}")),
    ]
    if wants_features(config):
        lines += [line for one in _clause_ids() for line in _both(f"{CLAUSE_TAG}{one}", f"the scenario tests {one}")]
    for line in lines:
        config.addinivalue_line("markers", line)


def _both(tag: str, meaning: str) -> tuple[str, str]:
    """The lines of a marker by its simple name and, as pytest-bdd hands on the tags of a table of examples, its tag."""
    return f"{simple_name(tag)}: {meaning}", f"{tag}: {meaning}"


def _clause_ids() -> list[str]:
    """The ids of all clauses, without reading the whole register."""
    files = sorted(find_register().glob("section-*.yaml"))
    return [one for file in files for one in _CLAUSE.findall(file.read_text(encoding="utf-8"))]


def simple_name(tag: str) -> str:
    """The name of the marker that a tag becomes: ``needs_clock``, ``clause_4_1``, ``law``."""
    return re.sub(r"\W", "_", tag)


def markers_of(tag: str) -> tuple[pytest.MarkDecorator, ...]:
    """Every marker that a tag becomes, on a scenario, a rule or a table of examples.

    Raises:
        pytest.UsageError: It is none of our tags.
    """
    kind, _, value = tag.partition("-")
    match kind:
        case "clause":
            named = pytest.mark.clause(id=value)
        case "needs":
            named = pytest.mark.needs(name=value)
        case _ if tag in set(Origin):
            named = pytest.mark.origin(name=tag)
        case _ if tag in set(Channel):
            named = pytest.mark.channel(name=tag)
        case _:
            raise pytest.UsageError(f"No tag @{tag} is known; see features/README.md")
    return named, *(getattr(pytest.mark, name) for name in dict.fromkeys((simple_name(tag), tag)))


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:
    """Translate the tags of features, rules and scenarios into markers; a tag that is none of ours is a mistake."""
    for marker in markers_of(tag):
        marker(function)
    return True


def complete_markers(item: pytest.Item) -> None:
    """Let the tags of a table of examples become the same markers as those of a scenario."""
    callspec = getattr(item, "callspec", None)
    for mark in getattr(callspec, "marks", ()):
        for marker in markers_of(mark.name):
            if not any(one == marker.mark for one in item.iter_markers(marker.name)):
                item.add_marker(marker)


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
