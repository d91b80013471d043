"""The contract is a valid document, the reference keeps to it under Schemathesis, and a breach of it is found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from harness import contract
from harness.contract import Capability
from harness.fuzz import fuzz
from harness.stage.opening import OPENING
from harness.target.discovery import discover
from harness.target.http import Http
from harness.target.process import Started, bundled
from harness.target.profile import Profile
from harness.target.world import World, open_world

BREACH = [sys.executable, str(Path(__file__).with_name("breach.py"))]


@contextmanager
def world_of(command: Sequence[str]) -> Iterator[World]:
    with Started(list(command)) as target:
        http = Http(Profile(url=target.url))
        world = open_world(http, discover(http), now=OPENING, wiring={}, trace_id="0" * 32)
        yield world
        world.close()
        http.close()


def test_the_contract_is_valid_under_a_public_validator() -> None:
    validate(contract.document())


def test_every_operation_says_which_clauses_level_and_stability_it_has() -> None:
    operations = [
        item[method]
        for item in contract.document()["paths"].values()
        for method in ("get", "put", "post", "patch", "delete")
        if method in item
    ]
    assert all({"x-clauses", "x-level", "x-stability"} <= set(operation) for operation in operations)


# Thousands of requests: longer than any other test may take.
@pytest.mark.timeout(1800)
def test_schemathesis_finds_nothing_in_the_reference() -> None:
    with world_of(bundled("reference")) as world:
        result = fuzz(world, examples=100, seed=1)
    assert result.passed, result.output
    assert result.cases >= 100 * len(contract.operations())


def test_schemathesis_finds_a_planted_breach() -> None:
    with world_of(BREACH) as world:
        rootless = replace(world.description, capabilities=world.description.capabilities - {Capability.WORLDS})
        result = fuzz(replace(world, description=rootless), examples=5)
    assert not result.passed
    assert '"no" is not of type "boolean"' in result.output, result.output
