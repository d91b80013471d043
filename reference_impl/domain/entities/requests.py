"""Requests of data subjects, and enquiries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """What a data subject asks for."""

    ACCESS = "access"
    ERASURE = "erasure"
    SALE_AND_SHARING = "opt-out-of-sale-and-sharing"
    TARGETED_ADVERTISING = "opt-out-of-targeted-advertising"
    PROFILING = "opt-out-of-profiling"
    OBJECTION = "objection-to-direct-marketing"
    NEVADA = "nevada-opt-out-of-sale"

    @property
    def needs_proof(self) -> bool:
        """Whether the requester must prove their identity."""
        return self in (RequestKind.ACCESS, RequestKind.ERASURE)


class RequestRoute(StrEnum):
    """How a request came."""

    API = "api"
    MAIL = "mail"


class RequestStatus(StrEnum):
    """The state of a data subject's request."""

    UNVERIFIED = "identity-unverified"
    PENDING = "pending"
    COMPLETE = "complete"
    DENIED = "denied"
    INCOMPLETE = "incomplete"


@dataclass(eq=False, kw_only=True)
class Enquiry:
    """A question about an account (clause 2.2). What was asked is not kept. ``person_id``: who asked, if an account."""

    enquiry_id: str
    person_id: str | None
    channel: str
    language: str
    received_at: datetime
    answered_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class PrivacyRequest:
    """A data subject's request. ``answered_at`` may lie ahead; until then it is pending.

    The hash of its code is kept until the code can no longer be used.
    """

    request_id: str
    person_id: str
    kind: RequestKind
    status: RequestStatus
    created_at: datetime
    code_hash: str | None
    token_hash: str | None = field(default=None)
    route: RequestRoute = RequestRoute.API
    answered_at: datetime | None = None
