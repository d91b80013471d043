"""Requests of data subjects."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reference_impl.domain.entities import RequestKind, RequestRoute, RequestStatus
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Email, Instant, Text


class PrivacyRequestSubmission(Body):
    """A right that a data subject uses. What is not of the kind asked for is not kept."""

    kind: Annotated[RequestKind, Field(strict=False)]
    email: Email
    name: Annotated[Text, Field(max_length=200)] = ""
    postal_address: Annotated[Text, Field(max_length=500)] = ""
    postal_code: Annotated[Text, Field(max_length=16)] = ""


class RequestAnswer(Answer):
    """For access: a copy of everything held about the person, secrets aside."""

    data: dict[str, Any]


class PrivacyRequest(Answer):
    """``request_token`` is issued once."""

    request_id: str
    kind: RequestKind
    status: RequestStatus
    request_token: str | None = None
    answer: RequestAnswer | None = None


class OwnRequest(Answer):
    """The state of a request."""

    request_id: str
    kind: RequestKind
    route: RequestRoute
    status: RequestStatus
    received_at: Instant
    answered_at: Instant | None


class OwnRequests(Answer):
    """All requests of the person."""

    requests: list[OwnRequest]
