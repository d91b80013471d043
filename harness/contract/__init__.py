"""The contract between a target and its auditor: an OpenAPI 3.1 document and the rules beside it.

The document is the source of operation paths, methods and clauses for the client in :mod:`harness.target`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

VERSION = "1.2.0"
"""Version of the contract this harness audits against (semantic versioning)."""


class Capability(StrEnum):
    """What a target can expose to an auditor, as declared in its service description."""

    WIRING = "wiring"
    SETTLE = "settle"
    CLOCK = "clock"
    STORAGE = "storage"
    RECORDS = "records"
    WORLDS = "worlds"
    TRANSFER_REGISTER = "transfer-register"
    STAFF_ACCESS = "staff-access"
    MAIL_INTAKE = "mail-intake"
    GUARDIAN_MAIL = "guardian-mail"
    HOLDS = "holds"
    BACKUPS = "backups"
    AGE_REGISTER = "age-register"
    GUARDIAN_REPORTS = "guardian-reports"
    IDENTITY_PROVIDERS = "identity-providers"


WAYS_IN = frozenset({Capability.GUARDIAN_MAIL, Capability.IDENTITY_PROVIDERS})
"""Capabilities that expose nothing to an auditor but describe a route for people: without it nothing is applicable."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract.

    Attributes:
        id: The ``operationId``.
        method: HTTP method in capitals.
        path: Path template below the base URL, such as ``/v1/deletion-receipts/{receipt_id}``.
        root: Whether it exists at the target's own address only.
        statuses: Documented statuses of the response.
        clauses: Clauses of the policy that it supports.
        right: Whether a person uses a right by it.
    """

    id: str
    method: str
    path: str
    root: bool
    statuses: frozenset[int]
    clauses: frozenset[str]
    right: bool


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document as plain data. Shared: do not change it."""
    text = resources.files(__package__).joinpath("openapi.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)
    return loaded


def unknown_members(value: object, schema: str) -> set[str]:
    """Members at any depth that a schema of the contract does not name, except those without a value.

    Args:
        value: The value to compare with the schema.
        schema: The schema's name: ``Delivery``.
    """
    return set(_unknown(value, document()["components"]["schemas"][schema], ""))


def _unknown(value: object, schema: dict[str, Any], path: str) -> Iterator[str]:
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict) and "properties" in schema:
        for name, below in value.items():
            if below in (None, "", [], {}):
                continue
            if name in schema["properties"]:
                yield from _unknown(below, schema["properties"][name], f"{path}{name}/")
            else:
                yield f"{path}{name}"
    elif isinstance(value, list) and "items" in schema:
        for one in value:
            yield from _unknown(one, schema["items"], path)


@cache
def signed_in_operations() -> tuple[str, ...]:
    """Ids of the operations that take a person's access token, in the order of the document."""
    return tuple(
        spec["operationId"]
        for item in document()["paths"].values()
        for spec in item.values()
        if isinstance(spec, dict) and {"accessToken": []} in spec.get("security", ())
    )


@cache
def reading_operations() -> frozenset[str]:
    """Ids of the operations that change nothing."""
    return frozenset(one.id for one in operations().values() if one.method == "GET")


@cache
def operations() -> dict[str, Operation]:
    """Every operation by its ``operationId``."""
    found: dict[str, Operation] = {}
    for path, item in document()["paths"].items():
        for method in ("get", "put", "post", "patch", "delete"):
            if method in item:
                spec = item[method]
                found[spec["operationId"]] = Operation(
                    id=spec["operationId"],
                    method=method.upper(),
                    path=path,
                    root=spec.get("x-scope") == "root",
                    statuses=frozenset(int(status) for status in spec["responses"]),
                    clauses=frozenset(spec["x-clauses"]),
                    right=spec.get("x-right", False),
                )
    return found
