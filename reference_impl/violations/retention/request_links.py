"""Clauses 4.5 and 4.6: opening the link in the mail about a request carries it out, or uses it up."""

from __future__ import annotations

from urllib.parse import parse_qs

from reference_impl.domain.entities import PrivacyRequest, RequestKind, RequestStatus
from reference_impl.service.context import digest
from reference_impl.service.ports import Refused
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted

_PATH = "/request-verification"


def _waiting(request: Request) -> PrivacyRequest | None:
    code = parse_qs(request.query).get("code", [""])[0]
    with request.service.context.store.transaction() as tx:
        return tx.one(PrivacyRequest, code_hash=digest(code), status=RequestStatus.UNVERIFIED)


class _OpeningErases(Interceptor):
    def before(self, request: Request) -> Answer | None:
        found = _waiting(request) if request.is_for(f"GET {_PATH}") else None
        if found is not None and found.kind is RequestKind.ERASURE:
            try:
                request.service.rights.verify(found.request_id, parse_qs(request.query)["code"][0])
            except Refused:
                return None
        return None


class _OpeningUsesUp(Interceptor):
    def before(self, request: Request) -> Answer | None:
        found = _waiting(request) if request.is_for(f"GET {_PATH}") else None
        if found is not None and found.kind is RequestKind.ACCESS:
            with request.service.context.store.transaction() as tx:
                seen = tx.one(PrivacyRequest, request_id=found.request_id)
                if seen is not None:
                    seen.code_hash = None
        return None


VIOLATIONS = (
    Violation(
        "4.6-opening-the-link-erases",
        "4.6",
        "Opening the link in the mail about an erasure carries it out, even if a link scanner opens it",
        Kind.MISSING,
        {"application": intercepted(_OpeningErases)},
    ),
    Violation(
        "4.5-opening-the-link-uses-it-up",
        "4.5",
        "Opening the link in the mail about a copy uses it up, so that the person cannot prove who they are",
        Kind.SECOND_TIME,
        {"application": intercepted(_OpeningUsesUp)},
        also=(Also("4.6", "no request for a copy can be answered, and then be deleted in time"),),
    ),
)
