"""What all bodies have in common, and problem details."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """The body of a request; types are not converted."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class Answer(BaseModel):
    """The body of an answer."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Answer):
    """Problem details (RFC 9457). Repeats nothing that the person typed."""

    type: str
    title: str
    status: int
    detail: str | None = None
    missing: list[str] | None = None
