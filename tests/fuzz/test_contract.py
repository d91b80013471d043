"""The contract is a valid document, the reference keeps to it under Schemathesis, and a breach of it is found."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, SchemaError, ValidationError
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


def schemas(node: object, where: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of a document where a schema stands: parameters, headers, request and response bodies, components.

    The public validator reads none below `requestBody` and `headers` of OpenAPI 3.1.
    """
    if isinstance(node, dict):
        for name, below in node.items():
            here = f"{where}/{name}"
            if name == "schema":
                yield here, below
            elif name == "schemas":
                yield from ((f"{here}/{one}", schema) for one, schema in below.items())
            else:
                yield from schemas(below, here)
    elif isinstance(node, list):
        for number, below in enumerate(node):
            yield from schemas(below, f"{where}/{number}")


def faults(document: dict[str, Any]) -> list[str]:
    """Where a schema is none, refers to nothing, or gives a default or example that it does not take itself."""
    found = []
    for where, schema in schemas(document):
        try:
            Draft202012Validator.check_schema(schema)
            for one in _parts(schema):
                if "$ref" in one:
                    reduce(getitem, one["$ref"].removeprefix("#/").split("/"), document)
                for value in [*one.get("examples", ()), *([one["default"]] if "default" in one else ())]:
                    Draft202012Validator({**one, "components": document["components"]}).validate(value)
        except (SchemaError, ValidationError, KeyError) as error:
            found.append(f"{where}: {error}")
    return found


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for below in schema.values():
            yield from _parts(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from _parts(below)


def test_every_schema_of_the_contract_is_one() -> None:
    document = contract.document()

    assert not faults(document)
    places = [where for where, _ in schemas(document)]
    assert any("/requestBody/" in where for where in places)
    assert any("/parameters/" in where for where in places)
    assert any("/headers/" in where for where in places) or "headers:" not in json.dumps(document)


@pytest.mark.parametrize("place", ["requestBody", "headers", "parameters", "responses", "components"])
@pytest.mark.parametrize(
    "schema", [{"type": "strnig"}, {"$ref": "#/components/schemas/Nothing"}, {"type": "integer", "default": "one"}]
)
def test_a_schema_that_is_none_is_found_wherever_it_stands(place: str, schema: dict[str, Any]) -> None:
    document = copy.deepcopy(contract.document())
    operation = document["paths"]["/v1/sessions"]["post"]
    media = {"content": {"application/json": {"schema": schema}}}
    match place:
        case "requestBody":
            operation["requestBody"] = media
        case "headers":
            operation["responses"]["201"]["headers"] = {"Retry-After": {"schema": schema}}
        case "parameters":
            operation["parameters"].append({"name": "page", "in": "query", "schema": schema})
        case "responses":
            operation["responses"]["200"] = {"description": "Otherwise", **media}
        case _:
            document["components"]["schemas"]["Session"] = schema

    assert faults(document)


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
