"""Requests of data subjects (clause 4.5; Articles 15 and 17 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Deletion,
    Disclosure,
    Enquiry,
    MessageState,
    NoticeTold,
    Person,
    PrivacyRequest,
    ProductApp,
    RequestKind,
    RequestStatus,
    StaffAccess,
)
from reference_impl.domain.instants import render
from reference_impl.service.context import Context, digest
from reference_impl.service.deletion import Deletions
from reference_impl.service.outbox import Outbox
from reference_impl.service.people import people_at, person_at
from reference_impl.service.ports import Refused, Transaction, Unauthenticated
from reference_impl.service.registration import CODE_LIFE


@dataclass(frozen=True, slots=True, repr=False)
class RequestView:
    """A request as the person sees it. ``token`` is issued once."""

    request_id: str
    kind: RequestKind
    status: RequestStatus
    token: str | None = None
    data: dict[str, Any] | None = None


class PrivacyRequests:
    """Needs no sign-in and therefore works for closed accounts; the address is proved by a mailed code."""

    def __init__(self, context: Context, outbox: Outbox, deletions: Deletions) -> None:
        self._context = context
        self._outbox = outbox
        self._deletions = deletions

    def submit(self, kind: RequestKind, email: str) -> RequestView:
        """Take a request. For an unknown address nothing is kept, and the answer is the same."""
        request_id = self._context.randomness.identifier("req")
        code = self._context.randomness.token()
        with self._context.store.transaction() as tx:
            person = person_at(tx, email)
            if person is not None:
                tx.add(
                    PrivacyRequest(
                        request_id=request_id,
                        person_id=person.person_id,
                        kind=kind,
                        status=RequestStatus.UNVERIFIED,
                        created_at=self._context.now(),
                        code_hash=digest(code),
                    )
                )
                self._outbox.mail(tx, person, "request-verification", code)
        return RequestView(request_id, kind, RequestStatus.UNVERIFIED)

    def verify(self, request_id: str, code: str) -> RequestView:
        """Take the mailed code as proof of who asks, and act on the request.

        Raises:
            Refused: Not the code of this request, or no such request; which of the two is not revealed.
        """
        with self._context.store.transaction() as tx:
            found = self.unverified(tx, request_id, code)
        if found is None or found.created_at + CODE_LIFE <= self._context.now():
            raise Refused("code-not-valid", "This code is not valid or has expired")
        with self._context.change(found.person_id) as tx:
            request = self.unverified(tx, request_id, code)
            person = tx.one(Person, person_id=found.person_id)
            if request is None or person is None:
                raise Refused("code-not-valid", "This code is not valid or has expired")
            token = self._context.randomness.token()
            request.token_hash = digest(token)
            if request.kind is RequestKind.ERASURE:
                request.status = RequestStatus.PENDING
                for one in self.concerned(tx, person):
                    self._deletions.erase(tx, one)
            else:
                request.status = RequestStatus.COMPLETE
                request.answered_at = self._context.now()
            return RequestView(request_id, request.kind, request.status, token, self._answer(tx, request))

    def concerned(self, tx: Transaction, person: Person) -> list[Person]:
        """Whom an erasure concerns: the account that is open at the address, and those that wait for their purge."""
        return people_at(tx, person.email)

    def unverified(self, tx: Transaction, request_id: str, code: str) -> PrivacyRequest | None:
        """The request that waits for this code."""
        return tx.one(PrivacyRequest, request_id=request_id, code_hash=digest(code), status=RequestStatus.UNVERIFIED)

    def read(self, request_id: str, token: str | None) -> RequestView:
        """The request, and its answer.

        Raises:
            Unauthenticated: Not the token of this request, or the request is gone, as after an erasure. Which of
                the two is not revealed: without a token nothing can be learned about requests.
        """
        with self._context.store.transaction() as tx:
            request = tx.one(PrivacyRequest, request_id=request_id, token_hash=digest(token or ""))
            if request is None:
                raise Unauthenticated("This is not the token of the request, or the request no longer exists")
            return RequestView(request_id, request.kind, request.status, data=self._answer(tx, request))

    def _answer(self, tx: Transaction, request: PrivacyRequest) -> dict[str, Any] | None:
        person = tx.one(Person, person_id=request.person_id)
        if request.kind is not RequestKind.ACCESS or person is None:
            return None
        former = [one for one in people_at(tx, person.email) if one is not person]
        return {**self.copy(tx, person), "former_accounts": [self.copy(tx, one) for one in former]}

    def copy(self, tx: Transaction, person: Person) -> dict[str, Any]:
        """Everything held about the person, secrets aside."""
        account = tx.one(Account, person_id=person.person_id)
        deletion = tx.one(Deletion, person_id=person.person_id)
        return {
            "sony_account": {
                "email": person.email,
                "date_of_birth": person.date_of_birth.isoformat(),
                "country": person.country,
                "language": person.language,
                "created_at": render(person.created_at),
                "opted_out_at": person.opted_out_at and render(person.opted_out_at),
                "profiling_opted_out_at": person.profiling_opted_out_at and render(person.profiling_opted_out_at),
            },
            "shes_account": account
            and {
                "account_id": account.account_id,
                "display_name": account.display_name,
                "country": account.country,
                "subdivision": account.subdivision,
                "postal_code": account.postal_code,
                "created_at": render(account.created_at),
                "my_sony_id_at": account.my_sony_id_at and render(account.my_sony_id_at),
            },
            "enquiries": [
                {
                    "enquiry_id": entry.enquiry_id,
                    "channel": entry.channel,
                    "language": entry.language,
                    "received_at": render(entry.received_at),
                    "answered_at": entry.answered_at and render(entry.answered_at),
                }
                for entry in tx.all(Enquiry, person_id=person.person_id)
            ],
            "product_apps": [
                {
                    "app": app.app_id,
                    "personalisation": app.personalisation,
                    "categories": app.categories,
                    "usage": app.usage,
                    "stated_at": render(app.stated_at),
                }
                for app in tx.all(ProductApp, person_id=person.person_id)
            ],
            "consents": [
                {
                    "purpose": entry.purpose,
                    "text_version": entry.text_version,
                    "language": entry.language,
                    "product_app": entry.product_app,
                    "given_at": render(entry.given_at),
                    "withdrawn_at": entry.withdrawn_at and render(entry.withdrawn_at),
                }
                for entry in tx.all(ConsentEntry, person_id=person.person_id)
            ],
            "disclosures": [
                {
                    "recipient": entry.recipient,
                    "purpose": entry.purpose,
                    "kind": entry.kind,
                    "delivered_at": entry.delivered_at and render(entry.delivered_at),
                }
                for entry in tx.all(Disclosure, person_id=person.person_id, state=MessageState.DELIVERED)
            ],
            "privacy_requests": [
                {"kind": entry.kind, "route": entry.route, "received_at": render(entry.created_at)}
                for entry in tx.all(PrivacyRequest, person_id=person.person_id)
            ],
            "notices": [
                {
                    "occasion": entry.occasion,
                    "topic": entry.topic,
                    "version": entry.version,
                    "language": entry.language,
                    "told_at": render(entry.told_at),
                }
                for entry in tx.all(NoticeTold, person_id=person.person_id)
            ],
            "accesses_by_staff": [
                {"place": entry.place, "role": entry.role, "purpose": entry.purpose, "at": render(entry.at)}
                for entry in tx.all(StaffAccess, person_id=person.person_id)
            ],
            "deletion": deletion
            and {
                "reason": deletion.reason,
                "deleted_at": render(deletion.deleted_at),
                "purge_due_at": render(deletion.purge_due_at),
            },
        }
