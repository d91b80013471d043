"""Clauses 8.US.6, 8.US.7, 8.US.8, 8.CA.4, 8.CA.22: an opt-out is not heard, not everywhere, or not for good."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.entities import (
    Account,
    Message,
    OptOutSource,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestStatus,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.accounts import AccountChange, AccountForm, Accounts
from reference_impl.service.choices import ChoiceForm, ChoiceRequests
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.gpc import GpcRule
from reference_impl.service.intake import Letter
from reference_impl.service.optouts import OptOuts
from reference_impl.service.people import people_at
from reference_impl.service.ports import Refused, Transaction, Unauthenticated
from reference_impl.service.privacy_desk import PrivacyDesk
from reference_impl.service.rights import RequestView
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.signin import SignIn
from reference_impl.violations.carried import CarriedThrough
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.signals import opt_in
from reference_impl.violations.tap import Answer, Request, Tap, tapped

_CHOSEN = (OptOutSource.SETTING, OptOutSource.REQUEST)


def lives_in(tx: Transaction, person: Person | None, *states: str) -> bool:
    """Whether somebody has a SHES account and lives in one of these states."""
    account = tx.one(Account, person_id=person.person_id) if person else None
    return account is not None and account.subdivision in states


class OneVendorGoesOn(SharePolicy):
    """Of several vendors one goes on receiving."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[OptOutSource, ...] = _CHOSEN

    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        """As ever, but for the last of the vendors."""
        out = person.opted_out_at and person.opt_out_source in self.SOURCES and not account.closed_at
        if purpose is Purpose.ADVERTISING and out and account.subdivision in self.STATES:
            return self._routing.for_residence(purpose, Residence(account.country, account.subdivision))[-1:]
        return super().recipients(tx, person, account, purpose)


class _OneGoesOnInUtah(OneVendorGoesOn):
    STATES = ("US-UT",)


class _OneGoesOnInColorado(OneVendorGoesOn):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class ShownAsIn(Tap):
    """The account shows nothing of an opt-out that was made."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[str, ...] = _CHOSEN

    def after(self, request: Request, answer: Answer) -> None:
        """Lie about the choices."""
        if answer.status != 200 or not request.is_for("GET /v1/shes-account/privacy-choices"):
            return
        _, _, token = request.headers.get("authorization", "").partition(" ")
        with request.service.context.store.transaction() as tx:
            person = request.service.sessions.person(tx, token)
            here = lives_in(tx, person, *self.STATES)
        if here and person.opt_out_source in self.SOURCES:
            shown = {"opted_out": False, "source": "none", "since": None}
            body = {**json.loads(answer.body), "sale_and_sharing": shown, "personal_information": {"enabled": True}}
            answer.body = json.dumps(body).encode()


class _ShownAsInVirginia(ShownAsIn):
    STATES = ("US-VA",)


class _ShownAsInCalifornia(ShownAsIn):
    STATES = ("US-CA",)


class _SignalNotShown(ShownAsIn):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class SignInLifts(SignIn):
    """Signing in lifts an opt-out."""

    STATES: tuple[str, ...] = ()
    SOURCES: tuple[OptOutSource, ...] = _CHOSEN

    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        """As ever, and afterwards everything is allowed again."""
        token, seconds = super().sign_in(email, password, signal=signal)
        with self._context.store.transaction() as tx:
            person = self._sessions.person(tx, token)
            if lives_in(tx, person, *self.STATES) and person.opt_out_source in self.SOURCES and not signal:
                opt_in(person)
        return token, seconds


class _SignInLiftsInVirginia(SignInLifts):
    STATES = ("US-VA",)


class _SignInLiftsInCalifornia(SignInLifts):
    STATES = ("US-CA",)


class _SignInLiftsSignal(SignInLifts):
    STATES = ("US-CO", "US-CT")
    SOURCES = (OptOutSource.SIGNAL,)


class _EditLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        if change.display_name is not None:
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and lives_in(tx, person, "US-VA") and person.opt_out_source in _CHOSEN:
                    opt_in(person)
        return super().change(person_id, change)


class _MoveLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        if change.postal_code is not None:
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and lives_in(tx, person, "US-CA") and person.opt_out_source in _CHOSEN:
                    opt_in(person)
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
            raise Refused("nothing-to-opt-out-of", "We do nothing of the kind")
        return super().submit(form)


class _ProfilingNotRecorded(ChoiceRequests):
    def enter(self, tx: Transaction, request: PrivacyRequest) -> None:
        if request.kind is not RequestKind.PROFILING:
            super().enter(tx, request)


class SoldUnderAnotherName(Dispatcher):
    """What the ledger calls advertising says of itself that it is a sale."""

    STATES: tuple[str, ...] = ()

    def decide(self, tx: Transaction, message_id: str) -> Any:
        """As ever; the delivery says what it is."""
        order = super().decide(tx, message_id)
        message = tx.one(Message, message_id=message_id)
        person = tx.one(Person, person_id=message.person_id) if message else None
        body = getattr(order, "body", None)
        if message and body and message.purpose == Purpose.ADVERTISING and lives_in(tx, person, *self.STATES):
            body["purpose"] = "sale"
        return order


class _SoldInColorado(SoldUnderAnotherName):
    STATES = ("US-CO",)


class SaleAgreed(SharePolicy):
    """A sale is agreed on and entered, and waits for the buyer's address."""

    STATES: tuple[str, ...] = ()

    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        """As ever, and a buyer."""
        if purpose is Purpose.SALE and account.subdivision in self.STATES and not account.closed_at:
            return self._routing.for_residence(Purpose.ADVERTISING, Residence(account.country, account.subdivision))[:1]
        return super().recipients(tx, person, account, purpose)


class _SaleAgreedInUtah(SaleAgreed):
    STATES = ("US-UT",)


class _SignalInCaliforniaOnly(GpcRule):
    def honours(self, residence: Residence | None) -> bool:
        return residence is None or residence.subdivision == "US-CA"


class _SignalForTheVisit(Tap):
    def before(self, request: Request) -> Answer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and request.headers.get("sec-gpc") != "1":
            with request.service.context.store.transaction() as tx:
                try:
                    person = request.service.sessions.person(tx, token)
                except Unauthenticated:
                    return None
                if lives_in(tx, person, "US-CO", "US-CT") and person.opt_out_source is OptOutSource.SIGNAL:
                    opt_in(person)
        return None


class _SignalForAYear(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING and person.opted_out_at and account.subdivision == "US-CO":
            return self._context.now() - person.opted_out_at > timedelta(days=365)
        return super().permitted(tx, person, account, purpose)


class _VendorsNotTold(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if source is OptOutSource.SETTING and lives_in(tx, person, "US-CA"):
            person.opted_out_at = person.opted_out_at or self._context.now()
            person.opt_out_source = source
        else:
            super().opt_out(tx, person, source)


class _SecondTimeIn(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if source in _CHOSEN and person.opted_out_at and lives_in(tx, person, "US-CA"):
            opt_in(person)
        else:
            super().opt_out(tx, person, source)


class _LateShares(CarriedThrough):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.ADVERTISING and person.opt_out_source in _CHOSEN and person.closed_at is None


class _SixteenDays(SharePolicy):
    DAYS = 16

    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING and person.opt_out_source in _CHOSEN and account.subdivision == "US-CA":
            assert person.opted_out_at is not None  # there is a source
            return self._context.now() < self.effective(person.opted_out_at)
        return super().permitted(tx, person, account, purpose)

    def effective(self, since: datetime) -> datetime:
        day, left = since, self.DAYS
        while left:
            day += timedelta(days=1)
            left -= day.isoweekday() <= 5
        return day


class _AsksForProof(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        view = super().submit(form)
        if form.kind is not RequestKind.SALE_AND_SHARING:
            return view
        with self._context.store.transaction() as tx:
            person = tx.one(Person, email=form.email)
            elsewhere = person is not None and not lives_in(tx, person, "US-CA")
        return view if elsewhere else RequestView(view.request_id, view.kind, RequestStatus.UNVERIFIED)


class _AsksForAccount(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        with self._context.store.transaction() as tx:
            people = [person.person_id for person in people_at(tx, form.email)]
            accounts = tx.all(Account, person_id=people)
        if not accounts:
            raise Refused("no-account", "Make an account first")
        return super().submit(form)


class _ForgottenAtCreation(Accounts):
    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        if form.country == "US" and form.postal_code.startswith("9"):
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and person.opt_out_source in _CHOSEN:
                    opt_in(person)
        return super().create(person_id, form)


_AT_ONCE = "what takes that long does not work at once"

VIOLATIONS = (
    Violation(
        "8.US.6-one-vendor-goes-on",
        "8.US.6",
        "Who opts out in Utah is shown as out, and one vendor goes on receiving",
        Kind.HALF_DONE,
        {"share_policy": _OneGoesOnInUtah},
    ),
    Violation(
        "8.US.6-shown-as-in",
        "8.US.6",
        "Vendors stop, and in Virginia the account shows the setting as on",
        Kind.LYING_LEDGER,
        {"application": tapped(_ShownAsInVirginia)},
        also=(Also("8.US.7", "the account does not show what was asked for"),),
    ),
    Violation(
        "8.US.6-request-not-in-utah",
        "8.US.6",
        "Requests from Utah are taken and not carried out",
        Kind.WRONG_RESIDENCE,
        {"choices": _NotInUtah},
    ),
    Violation(
        "8.US.6-sign-in-lifts",
        "8.US.6",
        "Signing in switches the setting on again in Virginia",
        Kind.SECOND_TIME,
        {"sign_in": _SignInLiftsInVirginia},
    ),
    Violation(
        "8.US.6-edit-lifts",
        "8.US.6",
        "Changing the display name in Virginia sends the whole form as it was loaded, the setting included",
        Kind.STALE,
        {"accounts": _EditLifts},
    ),
    Violation(
        "8.US.6-mail-not-read",
        "8.US.6",
        "Mails that ask for no targeted advertising are taken for something else",
        Kind.MISSING,
        {"privacy_desk": _MailNotRead},
        also=(Also("8.CA.4", "Californians may ask with this subject too"),),
    ),
    Violation(
        "8.US.7-refuses-profiling",
        "8.US.7",
        "A request about profiling is refused, since none is done",
        Kind.MISSING,
        {"choices": _RefusesProfiling},
    ),
    Violation(
        "8.US.7-profiling-not-in-utah",
        "8.US.7",
        "In Utah a request about profiling is taken and forgotten",
        Kind.WRONG_RESIDENCE,
        {"choices": _ProfilingNotInUtah},
    ),
    Violation(
        "8.US.7-not-recorded",
        "8.US.7",
        "A request about profiling is carried out and not recorded",
        Kind.HALF_DONE,
        {"choices": _ProfilingNotRecorded},
    ),
    Violation(
        "8.US.7-sold-as-advertising",
        "8.US.7",
        "In Colorado vendors buy what the ledger calls advertising",
        Kind.LYING_LEDGER,
        {"dispatcher": _SoldInColorado},
    ),
    Violation(
        "8.US.7-sale-agreed",
        "8.US.7",
        "Data of people in Utah is marked as sold, and not yet handed over",
        Kind.HALF_DONE,
        {"share_policy": _SaleAgreedInUtah},
    ),
    Violation(
        "8.US.8-california-only",
        "8.US.8",
        "The signal is heard in California and nowhere else",
        Kind.WRONG_RESIDENCE,
        {"gpc": _SignalInCaliforniaOnly},
    ),
    Violation(
        "8.US.8-for-the-visit",
        "8.US.8",
        "In Colorado and Connecticut the first request without the signal lifts the opt-out",
        Kind.STALE,
        {"application": tapped(_SignalForTheVisit)},
    ),
    Violation(
        "8.US.8-sign-in-lifts",
        "8.US.8",
        "In Colorado and Connecticut signing in without the signal lifts the opt-out",
        Kind.SECOND_TIME,
        {"sign_in": _SignInLiftsSignal},
    ),
    Violation(
        "8.US.8-one-vendor-goes-on",
        "8.US.8",
        "The signal is shown as heard, and one vendor goes on receiving",
        Kind.HALF_DONE,
        {"share_policy": _OneGoesOnInColorado},
    ),
    Violation(
        "8.US.8-not-shown",
        "8.US.8",
        "Vendors stop, and the account shows no opt-out",
        Kind.LYING_LEDGER,
        {"application": tapped(_SignalNotShown)},
    ),
    Violation(
        "8.US.8-for-a-year",
        "8.US.8",
        "Colorado's signals are forgotten after a year",
        Kind.STALE,
        {"share_policy": _SignalForAYear},
    ),
    Violation(
        "8.CA.4-vendors-not-told",
        "8.CA.4",
        "The setting is off, and vendors that have the data are not told",
        Kind.HALF_DONE,
        {"opt_outs": _VendorsNotTold},
        also=(Also("8.CA.22", "vendors are not told after fifteen business days either"),),
    ),
    Violation(
        "8.CA.4-late-share",
        "8.CA.4",
        "What a vendor could not be given before the opt-out it is given after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
    ),
    Violation(
        "8.CA.4-second-time-in",
        "8.CA.4",
        "Opting out a second time opts in again",
        Kind.SECOND_TIME,
        {"opt_outs": _SecondTimeIn},
    ),
    Violation(
        "8.CA.4-shown-as-in",
        "8.CA.4",
        "Vendors stop, and the account shows no opt-out",
        Kind.LYING_LEDGER,
        {"application": tapped(_ShownAsInCalifornia)},
        also=(Also("8.CA.22", "as far as anybody is told the opt-out has no effect"),),
    ),
    Violation(
        "8.CA.4-sign-in-lifts",
        "8.CA.4",
        "Signing in lifts what was asked for",
        Kind.STALE,
        {"sign_in": _SignInLiftsInCalifornia},
        also=(Also("8.CA.22", "after signing in the opt-out has no effect any more"),),
    ),
    Violation(
        "8.CA.4-move-lifts",
        "8.CA.4",
        "A move lifts what was asked for",
        Kind.WRONG_RESIDENCE,
        {"accounts": _MoveLifts},
        also=(Also("8.NV.4", "a move to Nevada and back lifts it as well"),),
    ),
    Violation(
        "8.CA.22-sixteen-days",
        "8.CA.22",
        "An opt-out works after sixteen business days",
        Kind.OFF_BY_ONE,
        {"share_policy": _SixteenDays},
        also=(Also("8.CA.4", _AT_ONCE),),
    ),
    Violation(
        "8.CA.22-asks-for-proof",
        "8.CA.22",
        "Whoever asks not to be sold or shared is asked to prove who they are",
        Kind.MISSING,
        {"choices": _AsksForProof},
    ),
    Violation(
        "8.CA.22-asks-for-account",
        "8.CA.22",
        "Only who has a SHES account can opt out",
        Kind.HALF_DONE,
        {"choices": _AsksForAccount},
        also=(Also("8.CA.4", "who asks before having the account is shared"),),
    ),
    Violation(
        "8.CA.22-forgotten-at-creation",
        "8.CA.22",
        "What was asked for before the SHES account is forgotten when it is made",
        Kind.STALE,
        {"accounts": _ForgottenAtCreation},
        also=(Also("8.NV.1", "ZIP codes of Nevada begin with a nine too"),),
    ),
)
