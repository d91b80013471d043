"""Clause 2.8: the link to unsubscribe can be worked out, reaches another, or acts when it is opened."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Person, UnsubscribeLink
from reference_impl.service.people import person_at
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, problem

_PATH = "/v1/unsubscribe/"


class _Numbered(SharePolicy):
    def token(self, tx: Transaction, person: Person) -> str:
        return f"{1000 + len(tx.all(UnsubscribeLink)):0>24}"


class _NumbersHashed(SharePolicy):
    def token(self, tx: Transaction, person: Person) -> str:
        return hashlib.md5(str(len(tx.all(UnsubscribeLink))).encode(), usedforsecurity=False).hexdigest()


class _MadeOfTheAddress(SharePolicy):
    def token(self, tx: Transaction, person: Person) -> str:
        links = len(tx.all(UnsubscribeLink, person_id=person.person_id))
        return f"{hashlib.sha256(person.email.lower().encode()).hexdigest()[:24]}-{links}"


class _ForAnybody(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.method != "POST" or not request.path.startswith(_PATH):
            return None
        named = parse_qs(request.query).get("email")
        with request.service.context.store.transaction() as tx:
            person = person_at(tx, named[0]) if named else None
        if person is not None:
            request.service.consents.withdraw(person.person_id, ConsentPurpose.EMAIL_MARKETING, WithdrawnBy.ONE_CLICK)
        return None


class _PageSubmitsItself(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.method == "GET" and request.path.startswith(_PATH) and answer.status == 200:
            script = b"<script>document.addEventListener('DOMContentLoaded',()=>{document.forms[0].submit()})</script>"
            hidden = b'<input type="hidden" name="List-Unsubscribe" value="One-Click"></form>'
            answer.body = answer.body.replace(b"</form>", hidden + script)


class _HeadUnsubscribes(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.method == "HEAD" and request.path.startswith(_PATH):
            try:
                request.service.unsubscribe.unsubscribe(request.path.removeprefix(_PATH))
            except NotThere:
                return None
        return None


class _NoCharset(Interceptor):
    def before(self, request: Request) -> Answer | None:
        kind = request.headers.get("content-type", "")
        named = request.path.startswith(_PATH) and "charset" in kind
        return problem(422, "Malformed") if named else None


VIOLATIONS = (
    Violation(
        "2.8-links-are-numbered",
        "2.8",
        "Links to unsubscribe are numbered",
        Kind.OFF_BY_ONE,
        {"share_policy": _Numbered},
    ),
    Violation(
        "2.8-links-are-hashed-numbers",
        "2.8",
        "Links to unsubscribe are hashes of consecutive numbers",
        Kind.OFF_BY_ONE,
        {"share_policy": _NumbersHashed},
    ),
    Violation(
        "2.8-links-are-made-of-the-address",
        "2.8",
        "The link to unsubscribe is a hash of the address",
        Kind.ODD_NAME,
        {"share_policy": _MadeOfTheAddress},
    ),
    Violation(
        "2.8-link-for-anybody",
        "2.8",
        "With another address added, the link unsubscribes the person with that address",
        Kind.MISSING,
        {"application": intercepted(_ForAnybody)},
    ),
    Violation(
        "2.8-page-submits-itself",
        "2.8",
        "The page behind the link submits itself when it is opened",
        Kind.HALF_DONE,
        {"application": intercepted(_PageSubmitsItself)},
    ),
    Violation(
        "2.8-head-unsubscribes",
        "2.8",
        "A HEAD request to the link unsubscribes",
        Kind.MISSING,
        {"application": intercepted(_HeadUnsubscribes)},
    ),
    Violation(
        "2.8-no-charset-in-forms",
        "2.8",
        "The link rejects a form that names its character set",
        Kind.ODD_NAME,
        {"application": intercepted(_NoCharset)},
    ),
)
