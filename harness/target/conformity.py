"""Whether an answer of the target matches the schema that the contract has for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from harness import contract
from harness.clock import parse_instant

_JSON = ("application/json", "application/problem+json")
_LONGEST_MESSAGE = 160
_FORMATS = FormatChecker(formats=())


def _format(name: str, read: Callable[[str], object]) -> None:
    def is_valid(value: object) -> bool:
        if isinstance(value, str):
            read(value)
        return True

    _FORMATS.checks(name, raises=ValueError)(is_valid)


_format("date-time", parse_instant)
_format("date", date.fromisoformat)


def breaches(operation_id: str, status: int, content: bytes) -> Iterator[str]:
    """What in an answer does not match the contract, member by member, in words.

    A status that the contract does not document, and a body for which it has no schema, are not looked at.

    Args:
        operation_id: The operation, by its ``operationId``; nothing is known of any other request.
        status: HTTP status.
        content: The body.
    """
    validator = _validator(operation_id, status)
    if validator is None:
        return
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        yield "the body is not JSON"
        return
    named: set[str] = set()
    for error in validator.iter_errors(body):
        for one in _innermost(error):
            member = ".".join(str(part) for part in one.absolute_path) or "the body"
            # A member can fail its pattern and its format alike.
            if member not in named or one.validator == "required":
                yield f"`{member}`: {one.message[:_LONGEST_MESSAGE]}"
            named.add(member)


def _innermost(error: ValidationError) -> Iterator[ValidationError]:
    """The errors behind an alternative of which none fits: those of the one that is no null."""
    deeper = [one for one in error.context or () if one.validator != "type" or one.validator_value != "null"]
    if not deeper or len({one.schema_path[0] for one in deeper}) > 1:
        yield error
        return
    for one in deeper:
        yield from _innermost(one)


@cache
def _validator(operation_id: str, status: int) -> Draft202012Validator | None:
    document = contract.document()
    operation = contract.operations().get(operation_id)
    if operation is None or status not in operation.statuses:
        return None
    response = document["paths"][operation.path][operation.method.lower()]["responses"][str(status)]
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schemas: list[dict[str, Any]] = [
        media["schema"] for name, media in response.get("content", {}).items() if name in _JSON
    ]
    if not schemas:
        return None
    return Draft202012Validator({**schemas[0], "components": document["components"]}, format_checker=_FORMATS)
