"""Clauses 8.US.6 to 8.US.8, 8.CA.4, 8.CA.18: an opt-out ends with something the person does later, or with time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.types import Scope

from reference_impl.domain.entities import Account, OptOutSource, Person, RequestKind
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.backups import Backups
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.gpc import GpcRule
from reference_impl.service.intake import Letter
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Transaction, Unauthenticated
from reference_impl.service.privacy_desk import PrivacyDesk
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.optouts import lives_in
from reference_impl.violations.signals import opt_in
from reference_impl.violations.tap import Answer, Request, Tap, tapped

_CHOSEN = (OptOutSource.SETTING, OptOutSource.REQUEST)
_FOUR = ("US-CO", "US-CT", "US-UT", "US-VA")
_YEAR = timedelta(days=365)


def _whose(request: Request) -> Person | None:
    """Who is signed in."""
    _, _, token = request.headers.get("authorization", "").partition(" ")
    with request.service.context.store.transaction() as tx:
        try:
            return request.service.sessions.person(tx, token)
        except Unauthenticated:
            return None


class _ForAYear(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        chosen = person.opted_out_at and person.opt_out_source in _CHOSEN and account.subdivision == "US-CA"
        if purpose is Purpose.ADVERTISING and chosen and person.opted_out_at:
            return self._context.now() - person.opted_out_at > _YEAR
        return super().permitted(tx, person, account, purpose)


class _RestoredAsBefore(Backups):
    def stop_list(self, tx: Transaction, since: Any) -> dict[str, Any]:
        return {**super().stop_list(tx, since), "opted_out": []}


class _ToTheLetter(PrivacyDesk):
    def kind(self, letter: Letter) -> RequestKind | None:
        kind = super().kind(letter)
        odd = letter.subject.endswith(".") or "\u2013" not in letter.subject
        return None if kind is RequestKind.SALE_AND_SHARING and odd else kind


class _SecondTimeForShow(OptOuts):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._before: set[str] = set()

    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if person.opted_out_at is None and person.person_id in self._before and lives_in(tx, person, *_FOUR):
            person.opted_out_at, person.opt_out_source = self._context.now(), source
            return
        if source in _CHOSEN:
            self._before.add(person.person_id)
        super().opt_out(tx, person, source)


class _AppsLift(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        apps = ("/v1/shes-account/product-apps/", "/v1/shes-account/my-sony-id")
        person = _whose(request) if request.method == "PUT" and request.path.startswith(apps) else None
        if person is None or person.opt_out_source not in _CHOSEN:
            return
        with request.service.context.change(person.person_id) as tx:
            found = tx.one(Person, person_id=person.person_id)
            if found and lives_in(tx, found, *_FOUR):
                opt_in(found)


class _StayAbroadLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        with self._context.change(person_id) as tx:
            person = tx.one(Person, person_id=person_id)
            leaves = change.country not in (None, "US") and lives_in(tx, person, *_FOUR)
            if person and leaves and person.opt_out_source in _CHOSEN:
                opt_in(person)
        return super().change(person_id, change)


class _MailsFromColorado(ChoiceRequests):
    """Answered, and not carried out."""

    _by_mail = False

    def receive(self, form: Any, *, sender: str) -> None:
        self._by_mail = True
        super().receive(form, sender=sender)
        self._by_mail = False

    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if not (self._by_mail and kind is RequestKind.TARGETED_ADVERTISING and lives_in(tx, person, "US-CO", "US-CT")):
            super().take_effect(tx, person, kind)


class _ProfilingForMonths(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        person = _whose(request) if request.is_for("GET /v1/shes-account/privacy-choices") else None
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


class _DeafAtApps(Tap):
    """The signal is taken off what product apps, My Sony and the page of the profile ask."""

    APPS = ("/v1/shes-account/product-apps", "/v1/shes-account/my-sony-id", "/v1/shes-account/profile")

    async def _answer(self, request: Request, scope: Scope) -> Answer:
        person = _whose(request) if request.path.startswith(self.APPS) else None
        if person is not None:
            with request.service.context.store.transaction() as tx:
                if lives_in(tx, person, "US-CT"):
                    scope = {**scope, "headers": [one for one in scope["headers"] if one[0] != b"sec-gpc"]}
        return await super()._answer(request, scope)


class _HeardOnce(GpcRule):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._heard: set[str] = set()

    def opt_out(self, tx: Transaction, person: Person) -> None:
        if person.person_id in self._heard and person.opted_out_at is None and lives_in(tx, person, "US-CA"):
            return
        self._heard.add(person.person_id)
        super().opt_out(tx, person)


VIOLATIONS = (
    Violation(
        "8.US.6-second-time-for-show",
        "8.US.6",
        "Who switches the setting off, on and off again is shown as out, and vendors are not told",
        Kind.SECOND_TIME,
        {"opt_outs": _SecondTimeForShow},
    ),
    Violation(
        "8.US.6-apps-lift",
        "8.US.6",
        "Connecting a product app or making a My Sony ID lifts the opt-out",
        Kind.STALE,
        {"application": tapped(_AppsLift)},
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
        "Mails from Colorado and Connecticut are answered, and not carried out",
        Kind.LYING_LEDGER,
        {"choices": _MailsFromColorado},
    ),
    Violation(
        "8.US.7-profiling-for-months",
        "8.US.7",
        "The opt-out of profiling is forgotten after ten months",
        Kind.STALE,
        {"application": tapped(_ProfilingForMonths)},
    ),
    Violation(
        "8.US.7-for-a-price",
        "8.US.7",
        "What vendors are sent for advertising names a price",
        Kind.HALF_DONE,
        {"share_policy": _ForAPrice},
        also=(Also("8.NV.4", "what is sent to vendors about residents of Nevada names a price too"),),
    ),
    Violation(
        "8.US.8-deaf-at-apps",
        "8.US.8",
        "In Connecticut the signal is not heard where a product app, My Sony or the page of the profile asks",
        Kind.WRONG_RESIDENCE,
        {"application": tapped(_DeafAtApps)},
    ),
    Violation(
        "8.CA.4-for-a-year",
        "8.CA.4",
        "An opt-out by setting or request is forgotten after a year",
        Kind.STALE,
        {"share_policy": _ForAYear},
    ),
    Violation(
        "8.CA.4-restored-as-before",
        "8.CA.4",
        "A restore lifts what was opted out of since the backup",
        Kind.RETRY,
        {"backups": _RestoredAsBefore},
    ),
    Violation(
        "8.CA.4-to-the-letter",
        "8.CA.4",
        "A mail is heard only under the set subject to the letter",
        Kind.ODD_NAME,
        {"privacy_desk": _ToTheLetter},
    ),
    Violation(
        "8.CA.18-heard-once",
        "8.CA.18",
        "After the person has switched the setting on again, a signal counts no more",
        Kind.SECOND_TIME,
        {"gpc": _HeardOnce},
    ),
)
