"""Requests that only take away what is done with data: opt-outs and objections (sections 8.EU, 8.US, 8.CA, 8.NV).

Nobody has to prove who they are for them, and nobody needs an account: what they do can harm nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import (
    Account,
    OptOutSource,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestRoute,
    RequestStatus,
)
from reference_impl.service.accounts import open_account
from reference_impl.service.consents import ConsentService
from reference_impl.service.context import Context
from reference_impl.service.optouts import OptOuts
from reference_impl.service.outbox import Outbox
from reference_impl.service.people import person_at
from reference_impl.service.ports import Incomplete, Transaction
from reference_impl.service.rights import RequestView
from reference_impl.service.sharing import Reconciler

NEVADA_NEEDS = ("Name", "Postal address", "Postal code", "E-mail")
"""What a request under the law of Nevada names (clause 8.NV.1), as the labels in a mail."""


@dataclass(frozen=True, slots=True, repr=False)
class ChoiceForm:
    """A request as submitted. ``items``: by label, what a mail or a form names beside the address."""

    kind: RequestKind
    email: str
    items: dict[str, str]


@dataclass(frozen=True, slots=True)
class RequestStanding:
    """The state of a data subject's request."""

    request_id: str
    account_id: str | None
    kind: RequestKind
    route: RequestRoute
    status: RequestStatus
    received_at: datetime
    answered_at: datetime | None


def standing(request: PrivacyRequest, account_id: str | None, now: datetime) -> RequestStanding:
    """The present state of a request."""
    waits = request.answered_at is not None and request.answered_at > now
    return RequestStanding(
        request.request_id,
        account_id,
        request.kind,
        request.route,
        RequestStatus.PENDING if waits else request.status,
        request.created_at,
        None if waits else request.answered_at,
    )


class ChoiceRequests:
    """Accepts such requests and carries them out at once."""

    ANSWERED_AFTER = timedelta(0)

    def __init__(
        self,
        context: Context,
        outbox: Outbox,
        opt_outs: OptOuts,
        consents: ConsentService,
        reconciler: Reconciler,
    ) -> None:
        self._context = context
        self._outbox = outbox
        self._opt_outs = opt_outs
        self._consents = consents
        self._reconciler = reconciler

    def missing(self, form: ChoiceForm) -> Sequence[str]:
        """Labels of the items that the request lacks."""
        needed = NEVADA_NEEDS if form.kind is RequestKind.NEVADA else ()
        return [label for label in needed if not form.items.get(label, "").strip()]

    def submit(self, form: ChoiceForm) -> RequestView:
        """Accept a request from the API. Its answer is the same whether or not the address is known.

        Raises:
            Incomplete: It does not name what it must.
        """
        missing = self.missing(form)
        if missing:
            raise Incomplete(missing)
        with self._context.store.transaction() as tx:
            person = person_at(tx, form.email)
        return self.carry_out(form, person, RequestRoute.API)

    def receive(self, form: ChoiceForm, *, sender: str) -> None:
        """Accept a request by mail, and answer it by mail."""
        missing = self.missing(form)
        with self._context.store.transaction() as tx:
            person = person_at(tx, form.email)
        if missing:
            self.ask_for(form, person, missing, sender)
            return
        request = self.carry_out(form, person, RequestRoute.MAIL)
        with self._context.store.transaction() as tx:
            self.answer(tx, person, sender, request)

    def carry_out(self, form: ChoiceForm, person: Person | None, route: RequestRoute) -> RequestView:
        """Do what is asked for, where there is somebody to do it for. Of an unknown address nothing is kept."""
        request = self.new(form.kind, person, route)
        if person is not None:
            with self._context.change(person.person_id) as tx:
                found = tx.one(Person, person_id=person.person_id)
                if found is not None and found.closed_at is None:
                    self.enter(tx, request)
                    self.take_effect(tx, found, form.kind)
        return RequestView(request.request_id, request.kind, RequestStatus.COMPLETE)

    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        """Do it."""
        if kind is RequestKind.PROFILING:
            self._opt_outs.opt_out_of_profiling(person)
        else:
            self._opt_outs.opt_out(tx, person, OptOutSource.REQUEST)
        if kind is RequestKind.OBJECTION:
            self.end_marketing(tx, person)

    def end_marketing(self, tx: Transaction, person: Person) -> None:
        """An objection to direct marketing ends it, and the profiling for it (Article 21(3) GDPR)."""
        for purpose in (ConsentPurpose.EMAIL_MARKETING, ConsentPurpose.PROFILING):
            self._consents.end(tx, person.person_id, purpose, WithdrawnBy.OBJECTION)
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account)

    def enter(self, tx: Transaction, request: PrivacyRequest) -> None:
        """Record a request if it concerns a known person."""
        tx.add(request)

    def new(self, kind: RequestKind, person: Person | None, route: RequestRoute) -> PrivacyRequest:
        """A request that is carried out at once."""
        now = self._context.now()
        return PrivacyRequest(
            request_id=self._context.randomness.identifier("req"),
            person_id=person.person_id if person else "",
            kind=kind,
            status=RequestStatus.COMPLETE,
            created_at=now,
            code_hash=None,
            route=route,
            answered_at=now + self.ANSWERED_AFTER,
        )

    def answer(self, tx: Transaction, person: Person | None, sender: str, request: RequestView) -> None:
        """Tell the sender that the request has been carried out."""
        self._outbox.letter(
            tx,
            "request-answered",
            person,
            to=sender,
            after=self.ANSWERED_AFTER,
            request_id=request.request_id,
        )

    def ask_for(self, form: ChoiceForm, person: Person | None, missing: Sequence[str], sender: str) -> None:
        """Tell the sender what the request must name."""
        request = self.new(form.kind, person, RequestRoute.MAIL)
        request.status, request.answered_at = RequestStatus.INCOMPLETE, self._context.now()
        with self._context.store.transaction() as tx:
            if person is not None and person.closed_at is None:
                self.enter(tx, request)
            self._outbox.letter(tx, "request-incomplete", person, to=sender, missing="\n".join(missing))

    def of(self, person_id: str) -> list[RequestStanding]:
        """All requests of a person.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.store.transaction() as tx:
            _, account = open_account(tx, person_id)
            found = sorted(tx.all(PrivacyRequest, person_id=person_id), key=lambda request: request.created_at)
            return [standing(request, account.account_id, self._context.now()) for request in found]
