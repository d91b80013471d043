"""Clauses 8.US.6 and 8.US.7: an opt-out in a US state is not carried out, not complete, or not lasting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from reference_impl.domain.entities import Account, OptOutSource, Person, PrivacyRequest, RequestKind
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.choices import ChoiceForm, ChoiceRequests
from reference_impl.service.intake import Letter
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.privacy_desk import PrivacyDesk
from reference_impl.service.rights import RequestView
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientCourier
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, signed_in_person
from reference_impl.violations.shared.opt_outs import (
    CHOSEN,
    OneVendorGoesOn,
    ShownAsIn,
    SignInLifts,
    lift_opt_out,
    lives_in,
)
from reference_impl.violations.shared.sales import SaleAgreed, SoldUnderAnotherName


class _OneGoesOnInUtah(OneVendorGoesOn):
    STATES = ("US-UT",)


class _ShownAsInVirginia(ShownAsIn):
    STATES = ("US-VA",)


class _SignInLiftsInVirginia(SignInLifts):
    STATES = ("US-VA",)


class _EditLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        if change.display_name is not None:
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and lives_in(tx, person, "US-VA") and person.opt_out_source in CHOSEN:
                    lift_opt_out(person)
        return super().change(person_id, change)


class _NotInUtah(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if not (kind is RequestKind.TARGETED_ADVERTISING and lives_in(tx, person, "US-UT")):
            super().take_effect(tx, person, kind)


class _ProfilingNotInUtah(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if not (kind is RequestKind.PROFILING and lives_in(tx, person, "US-UT")):
            super().take_effect(tx, person, kind)


class _MailNotRead(PrivacyDesk):
    def kind(self, letter: Letter) -> RequestKind | None:
        kind = super().kind(letter)
        return None if kind is RequestKind.TARGETED_ADVERTISING else kind


class _RefusesProfiling(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        if form.kind is RequestKind.PROFILING:
            raise Refused("nothing-to-opt-out-of", "No such profiling takes place")
        return super().submit(form)


class _ProfilingNotRecorded(ChoiceRequests):
    def enter(self, tx: Transaction, request: PrivacyRequest) -> None:
        if request.kind is not RequestKind.PROFILING:
            super().enter(tx, request)


class _SoldInColorado(SoldUnderAnotherName):
    STATES = ("US-CO",)


class _SaleAgreedInUtah(SaleAgreed):
    STATES = ("US-UT",)


_FOUR = ("US-CO", "US-CT", "US-UT", "US-VA")


class _SecondTimeForShow(OptOuts):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._before: set[str] = set()

    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if person.opted_out_at is None and person.person_id in self._before and lives_in(tx, person, *_FOUR):
            person.opted_out_at, person.opt_out_source = self._context.now(), source
            return
        if source in CHOSEN:
            self._before.add(person.person_id)
        super().opt_out(tx, person, source)


class _AppsLift(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        apps = ("/v1/shes-account/product-apps/", "/v1/shes-account/my-sony-id")
        person = signed_in_person(request) if request.method == "PUT" and request.path.startswith(apps) else None
        if person is None or person.opt_out_source not in CHOSEN:
            return
        with request.service.context.change(person.person_id) as tx:
            found = tx.one(Person, person_id=person.person_id)
            if found and lives_in(tx, found, *_FOUR):
                lift_opt_out(found)


class _StayAbroadLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            leaves = change.country not in (None, "US") and lives_in(tx, person, *_FOUR)
            if person and leaves and person.opt_out_source in CHOSEN:
                lift_opt_out(person)
        return super().change(person_id, change)


class _MailsFromColorado(ChoiceRequests):
    """Answers opt-outs by e-mail without carrying them out."""

    _by_mail = False

    def receive(self, form: Any, *, sender: str) -> None:
        self._by_mail = True
        super().receive(form, sender=sender)
        self._by_mail = False

    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if not (self._by_mail and kind is RequestKind.TARGETED_ADVERTISING and lives_in(tx, person, "US-CO", "US-CT")):
            super().take_effect(tx, person, kind)


class _ProfilingForMonths(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        person = signed_in_person(request) if request.is_for("GET /v1/shes-account/privacy-choices") else None
        since = person.profiling_opted_out_at if person else None
        if since and request.service.context.now() - since > timedelta(days=300):
            shown: Mapping[str, Any] = json.loads(answer.body)
            answer.body = json.dumps({**shown, "profiling": {"opted_out": False, "source": "none"}}).encode()


class _ForAPrice(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        if purpose is Purpose.ADVERTISING:
            body["consideration"] = {"value": "0.12", "in": "USD"}
        return body


class _BadGatewayIsFinal(ImpatientCourier):
    FINAL = (502,)

    def concerns(self, body: Mapping[str, Any]) -> bool:
        return bool(body["kind"] == "withdraw" and body["purpose"] == Purpose.ADVERTISING)


VIOLATIONS = (
    Violation(
        "8.US.6-one-vendor-continues",
        "8.US.6",
        "In Utah, the opt-out is shown, but one vendor continues to receive data",
        Kind.HALF_DONE,
        {"share_policy": _OneGoesOnInUtah},
    ),
    Violation(
        "8.US.6-shown-as-in",
        "8.US.6",
        "In Virginia, vendors stop, but the account shows the setting as on",
        Kind.LYING_LEDGER,
        {"application": intercepted(_ShownAsInVirginia)},
        also=(Also("8.US.7", "the account does not show the requested opt-out"),),
    ),
    Violation(
        "8.US.6-request-not-in-utah",
        "8.US.6",
        "Requests from Utah are accepted but not carried out",
        Kind.WRONG_RESIDENCE,
        {"choices": _NotInUtah},
    ),
    Violation(
        "8.US.6-sign-in-lifts",
        "8.US.6",
        "In Virginia, signing in switches the setting on again",
        Kind.SECOND_TIME,
        {"sign_in": _SignInLiftsInVirginia},
    ),
    Violation(
        "8.US.6-edit-lifts",
        "8.US.6",
        "In Virginia, changing the display name restores the setting from a stale form",
        Kind.STALE,
        {"accounts": _EditLifts},
    ),
    Violation(
        "8.US.6-mail-not-read",
        "8.US.6",
        "Opt-outs from targeted advertising by e-mail are not recognised",
        Kind.MISSING,
        {"privacy_desk": _MailNotRead},
        also=(Also("8.CA.4", "Californians may also use this subject"),),
    ),
    Violation(
        "8.US.6-second-time-for-show",
        "8.US.6",
        "If the setting is switched off, on and off again, vendors are not told",
        Kind.SECOND_TIME,
        {"opt_outs": _SecondTimeForShow},
    ),
    Violation(
        "8.US.6-apps-lift",
        "8.US.6",
        "Connecting a product app or creating a My Sony ID lifts the opt-out",
        Kind.STALE,
        {"application": intercepted(_AppsLift)},
    ),
    Violation(
        "8.US.6-stay-abroad-lifts",
        "8.US.6",
        "A stay outside the United States lifts the opt-out",
        Kind.WRONG_RESIDENCE,
        {"accounts": _StayAbroadLifts},
    ),
    Violation(
        "8.US.6-mail-not-in-colorado",
        "8.US.6",
        "Opt-outs by e-mail from Colorado and Connecticut are answered but not carried out",
        Kind.LYING_LEDGER,
        {"choices": _MailsFromColorado},
    ),
    Violation(
        "8.US.7-refuses-profiling",
        "8.US.7",
        "Opt-outs from profiling are refused on the ground that none takes place",
        Kind.MISSING,
        {"choices": _RefusesProfiling},
    ),
    Violation(
        "8.US.7-profiling-not-in-utah",
        "8.US.7",
        "In Utah, opt-outs from profiling are accepted but not carried out",
        Kind.WRONG_RESIDENCE,
        {"choices": _ProfilingNotInUtah},
    ),
    Violation(
        "8.US.7-not-recorded",
        "8.US.7",
        "Opt-outs from profiling are carried out but not recorded",
        Kind.HALF_DONE,
        {"choices": _ProfilingNotRecorded},
    ),
    Violation(
        "8.US.7-sold-as-advertising",
        "8.US.7",
        "In Colorado, data is sold to vendors while the ledger says advertising",
        Kind.LYING_LEDGER,
        {"dispatcher": _SoldInColorado},
    ),
    Violation(
        "8.US.7-sale-agreed",
        "8.US.7",
        "Data of people in Utah is recorded as sold, but not yet delivered",
        Kind.HALF_DONE,
        {"share_policy": _SaleAgreedInUtah},
    ),
    Violation(
        "8.US.7-profiling-for-months",
        "8.US.7",
        "The opt-out from profiling expires after ten months",
        Kind.STALE,
        {"application": intercepted(_ProfilingForMonths)},
    ),
    Violation(
        "8.US.7-for-a-price",
        "8.US.7",
        "Shares with advertising vendors state a price",
        Kind.HALF_DONE,
        {"share_policy": _ForAPrice},
        also=(Also("8.NV.4", "shares about residents of Nevada state a price as well"),),
    ),
    Violation(
        "8.US.6-bad-gateway-is-final",
        "8.US.6",
        "A vendor that answers with 502 is never instructed to stop",
        Kind.RETRY,
        {"courier": _BadGatewayIsFinal},
        tuple(Also(clause, "every opt-out is sent in the same way") for clause in ("4.5", "8.CA.4", "8.CA.18")),
    ),
)
