"""Every error as problem details (RFC 9457), which repeat nothing from the request."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from reference_impl.http.models.base import Problem
from reference_impl.service import ports

_SCHEMA = Problem.model_json_schema()


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the description of an operation: each of these statuses carries a problem."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {"application/problem+json": {"schema": _SCHEMA}}}
        for status in statuses
    }


def problem(
    status: int,
    title: str,
    *,
    kind: str = "about:blank",
    detail: str | None = None,
    missing: list[str] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """A problem details answer."""
    body = Problem(type=kind, title=title, status=status, detail=detail, missing=missing)
    return JSONResponse(
        body.model_dump(exclude_none=True), status, headers=headers, media_type="application/problem+json"
    )


def install(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Make the application, which consists of these routes, answer every error with problem details."""
    app.state.api_routes = routes
    app.add_exception_handler(ports.Problem, _business)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _business(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ports.Problem)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    # The labels of a form, as members of a request.
    missing = [label.lower().replace(" ", "_") for label in getattr(error, "missing", [])] or None
    return problem(error.status, error.title, kind=error.type, detail=error.detail, missing=missing, headers=headers)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # Locations name declared members only, because undeclared ones are dropped before.
    places = sorted({".".join(str(step) for step in entry["loc"][1:]) or entry["loc"][0] for entry in error.errors()})
    return problem(
        422,
        "The request does not conform to the contract",
        kind="urn:shes:problem:malformed",
        detail="Check: " + ", ".join(places),
    )


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request))
    return problem(error.status_code, HTTPStatus(error.status_code).phrase, headers=headers)


def _allowed(request: Request) -> list[str]:
    methods: set[str] = set()
    for route in request.app.state.api_routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= set(route.methods or ())
    return sorted(methods)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return problem(500, "The service failed", detail="The fault is in the service. Its log names the type of error.")
