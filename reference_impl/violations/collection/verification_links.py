"""Clause 1.4: opening the link in the verification mail is taken for the person's own act."""

from __future__ import annotations

from urllib.parse import parse_qs

from reference_impl.domain.entities import VerificationCode
from reference_impl.service.context import digest
from reference_impl.service.ports import Refused
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted

_PATH = "/email-verification"


def _code(request: Request) -> str:
    return parse_qs(request.query).get("code", [""])[0]


def _verify(request: Request) -> None:
    try:
        request.service.registration.verify(_code(request))
    except Refused:
        return


class _OpeningVerifies(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.is_for(f"GET {_PATH}"):
            _verify(request)
        return None


class _OpeningUsesUp(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.is_for(f"HEAD {_PATH}"):
            with request.service.context.store.transaction() as tx:
                found = tx.one(VerificationCode, code_hash=digest(_code(request)))
                if found is not None:
                    found.expires_at = request.service.context.now()
        return None


class _PageVerifies(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.is_for(f"POST {_PATH}"):
            _verify(request)
            return Answer(204)
        if request.is_for(f"GET {_PATH}"):
            form = '<form method="post"></form><script>window.onload = () => document.forms[0].submit()</script>'
            return Answer(200, [(b"content-type", b"text/html; charset=utf-8")], form.encode())
        return None


_STAYS = (Also("4.6", "a registration whose link was only opened is not deleted as an abandoned sign-up"),)

VIOLATIONS = (
    Violation(
        "1.4-opening-the-link-verifies",
        "1.4",
        "Opening the link in the verification mail verifies the address, even if a link scanner opens it",
        Kind.MISSING,
        {"application": intercepted(_OpeningVerifies)},
        also=_STAYS,
    ),
    Violation(
        "1.4-page-submits-itself",
        "1.4",
        "The page behind the verification link submits itself",
        Kind.HALF_DONE,
        {"application": intercepted(_PageVerifies)},
        also=_STAYS,
    ),
    Violation(
        "1.4-opening-the-link-uses-it-up",
        "1.4",
        "A HEAD request to the link in the verification mail invalidates its code",
        Kind.SECOND_TIME,
        {"application": intercepted(_OpeningUsesUp)},
    ),
)
