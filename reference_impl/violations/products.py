"""Clauses 2.6 and 2.7: more is known of how products are used, or of who may be profiled, than was allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Disclosure, Message, MessageKind, MessageState, Person, ProductApp
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.domain.recipients import Purpose, Recipient, RecipientRouting
from reference_impl.service.consents import ConsentService
from reference_impl.service.ports import Transaction
from reference_impl.service.products import AppStatement, Products
from reference_impl.service.sharing import Reconciler, SharePolicy, running_consents
from reference_impl.violations.carried import CarriedThrough
from reference_impl.violations.contract import interests, recorded
from reference_impl.violations.model import Also, Kind, Violation

_MARKETING = ConsentPurpose.EMAIL_MARKETING


def _markets(tx: Transaction, person: Person) -> bool:
    return bool(running_consents(tx, person.person_id, _MARKETING))


# -- 2.6 -------------------------------------------------------------------------------------------------------------


class _PreferenceIsConsent(SharePolicy):
    def personalises(self, tx: Transaction, person: Person) -> bool:
        return _markets(tx, person) and any(app.personalisation for app in self.apps(tx, person))

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.PERSONALISATION:
            body = super().content(tx, person, account, Purpose.ADVERTISING)
            return {**body, "basis": {"kind": "consent"}, "product_usage": self.usage(tx, person)}
        return super().content(tx, person, account, purpose)


class _SwitchIgnored(SharePolicy):
    def personalises(self, tx: Transaction, person: Person) -> bool:
        consents = running_consents(tx, person.person_id, ConsentPurpose.PERSONALISATION)
        return _markets(tx, person) and bool(consents) and bool(self.apps(tx, person))


class _OneSwitchForAll(SharePolicy):
    def usage(self, tx: Transaction, person: Person) -> list[dict[str, str]]:
        apps = self.apps(tx, person)
        allowed = {category for app in apps if app.personalisation for category in app.categories}
        return [usage for app in apps for usage in app.usage if usage["category"] in allowed]


class _NeverNarrower(Products):
    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        with self._context.store.transaction() as tx:
            known = tx.one(ProductApp, person_id=person_id, app_id=app_id)
            before = known.categories if known and known.personalisation else []
        return super().state(person_id, app_id, replace(said, categories=[*said.categories, *before]))


class _SwitchedOffUntold(Products):
    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        if said.personalisation:
            return super().state(person_id, app_id, said)
        with self._context.change(person_id) as tx:
            app = tx.one(ProductApp, person_id=person_id, app_id=app_id)
            if app is not None:
                app.personalisation = False
                return app
        return super().state(person_id, app_id, said)


class _UsageInMarketing(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        usage = self.usage(tx, person)
        return {**body, "interests": usage} if purpose is Purpose.EMAIL_MARKETING and usage else body


class _TellsDevice(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        return {**body, "provider": "Sony account"} if purpose is Purpose.PERSONALISATION else body


class _FirstWordSent(Reconciler):
    def take_back(self, tx: Transaction, ledger: list[Disclosure]) -> None:
        waiting = [one for one in ledger if one.purpose is Purpose.PERSONALISATION]
        messages = [tx.one(Message, message_id=one.delivery_id) for one in waiting]
        tried = {one.message_id for one in messages if one and one.tries and one.state is MessageState.PENDING}
        super().take_back(tx, [one for one in ledger if one.delivery_id not in tried])


class _WithdrawalUnrecorded(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        first = running_consents(tx, person_id, purpose)[:1]
        super().end(tx, person_id, purpose, by)
        if purpose is ConsentPurpose.PERSONALISATION:
            for entry in first:
                entry.withdrawn_at = self._context.now() - timedelta(days=1)


class _OldUsageStays(Products):
    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        with self._context.store.transaction() as tx:
            known = tx.one(ProductApp, person_id=person_id, app_id=app_id)
            old = list(known.usage) if known else []
        more = [one for one in old if one not in said.usage]
        return super().state(person_id, app_id, replace(said, usage=[*said.usage, *more]))


# -- 2.7 -------------------------------------------------------------------------------------------------------------


class _MarketingIsEnough(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        return _markets(tx, person) and account.my_sony_id_at is not None

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.PROFILING:
            body = super().content(tx, person, account, Purpose.ADVERTISING)
            return {**body, "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _WithoutMySonyId(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        given = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)
        return _markets(tx, person) and any(consent.product_app for consent in given)


class _FromAnywhere(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        given = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)
        return _markets(tx, person) and bool(given) and account.my_sony_id_at is not None


class _SwitzerlandProfiled(RecipientRouting):
    def __init__(self, recipients: Iterable[Recipient]) -> None:
        europe = {"sony-europe-bv"}
        super().__init__(recipients)
        self._europe = tuple(one for one in self._recipients if one.id in europe)

    def for_residence(self, purpose: Purpose, residence: Any) -> tuple[str, ...]:
        if purpose is Purpose.PROFILING and residence.country == "CH":
            return tuple(one.id for one in self._europe)
        return super().for_residence(purpose, residence)


class _ProfiledOn(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> Any:
        if purpose is not ConsentPurpose.PROFILING:
            return super().withdraw(person_id, purpose, by)
        with self._context.change(person_id) as tx:
            self.end(tx, person_id, purpose, by)
            return self.state(tx, person_id, purpose)


class _TellsSignIn(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        return {**body, "login": person.password_hash} if purpose is Purpose.PROFILING else body


class _AppForgotten(ConsentService):
    def took_effect(self, tx: Transaction, person: Person, account: Account, purpose: ConsentPurpose) -> None:
        super().took_effect(tx, person, account, purpose)
        for entry in running_consents(tx, person.person_id, ConsentPurpose.PROFILING):
            entry.product_app = entry.product_app and "account"


def _everywhere(entry: ProcessingActivity) -> tuple[ProcessingActivity, ...]:
    return (replace(entry, residences=None) if entry.activity == "profiling" else entry,)


class _SecondIdStays(Products):
    def gave_up_my_sony_id(self, person_id: str) -> None:
        with self._context.store.transaction() as tx:
            sent = tx.all(Disclosure, person_id=person_id, purpose=Purpose.PROFILING)
        if not any(one.kind is MessageKind.WITHDRAW for one in sent):
            super().gave_up_my_sony_id(person_id)
            return
        with self._context.change(person_id) as tx:
            account = tx.one(Account, person_id=person_id)
            if account:
                account.my_sony_id_at = None


class _LateProfiling(CarriedThrough):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.PROFILING and person.closed_at is None


VIOLATIONS = (
    Violation(
        "2.6-preference-is-consent",
        "2.6",
        "What is allowed in a product app is taken for a consent",
        Kind.MISSING,
        {"share_policy": _PreferenceIsConsent},
    ),
    Violation(
        "2.6-switch-ignored",
        "2.6",
        "A consent is enough, whatever is switched off in the product app",
        Kind.MISSING,
        {"share_policy": _SwitchIgnored},
    ),
    Violation(
        "2.6-one-switch-for-all",
        "2.6",
        "What one product app allows counts for all of them",
        Kind.SECOND_TIME,
        {"share_policy": _OneSwitchForAll},
    ),
    Violation(
        "2.6-never-narrower",
        "2.6",
        "What was once allowed in a product app stays allowed",
        Kind.STALE,
        {"products": _NeverNarrower},
    ),
    Violation(
        "2.6-switched-off-and-untold",
        "2.6",
        "Personalisation is switched off here, and the company is not told",
        Kind.HALF_DONE,
        {"products": _SwitchedOffUntold},
    ),
    Violation(
        "2.6-usage-in-marketing",
        "2.6",
        "How products are used goes along with every share for e-mail marketing",
        Kind.HALF_DONE,
        {"share_policy": _UsageInMarketing},
        also=(
            Also("8.QC.1", "in Québec too, what a profile is made of is told without consent to one"),
            Also("2.4", "what is shared for marketing tells more than the contract names"),
        ),
    ),
    Violation(
        "2.6-tells-provider",
        "2.6",
        "What is shared for personalisation names the provider",
        Kind.MISSING,
        {"share_policy": _TellsDevice},
        also=(Also("2.4", "the provider is told in what is shared for marketing"),),
    ),
    Violation(
        "2.6-first-word-sent",
        "2.6",
        "What could not be delivered is delivered later, whatever was narrowed in between",
        Kind.RETRY,
        {"reconciler": _FirstWordSent},
    ),
    Violation(
        "2.6-ledger-dates-withdrawal-back",
        "2.6",
        "By the ledger a consent to personalisation ended a day before it did",
        Kind.LYING_LEDGER,
        {"consents": _WithdrawalUnrecorded},
        also=(Also("8.EU.7", "the withdrawal is entered with another time"),),
    ),
    Violation(
        "2.6-record-names-interests",
        "2.6",
        "The record of processing rests personalisation on legitimate interests",
        Kind.LYING_LEDGER,
        {"facts": interests("personalisation")},
    ),
    Violation(
        "2.7-marketing-is-enough",
        "2.7",
        "Whoever consents to marketing and has a My Sony ID is profiled",
        Kind.MISSING,
        {"share_policy": _MarketingIsEnough},
    ),
    Violation(
        "2.7-without-my-sony-id",
        "2.7",
        "People without a My Sony ID are profiled",
        Kind.MISSING,
        {"share_policy": _WithoutMySonyId},
    ),
    Violation(
        "2.7-consent-from-anywhere",
        "2.7",
        "A consent to profiling counts wherever it was given",
        Kind.HALF_DONE,
        {"share_policy": _FromAnywhere},
    ),
    Violation(
        "2.7-switzerland-profiled",
        "2.7",
        "People in Switzerland are profiled too",
        Kind.WRONG_RESIDENCE,
        {"routing": _SwitzerlandProfiled},
    ),
    Violation(
        "2.7-profiled-on",
        "2.7",
        "The consent to profiling ends here, and Sony Europe B.V. is not told",
        Kind.STALE,
        {"consents": _ProfiledOn},
        also=(Also("8.QC.6", "whoever withdraws is told nothing of what it means"),),
    ),
    Violation(
        "2.7-tells-password",
        "2.7",
        "The password as it is kept is given for profiling",
        Kind.HALF_DONE,
        {"share_policy": _TellsSignIn},
        also=(Also("2.4", "a kept password is told in what is shared for marketing"),),
    ),
    Violation(
        "2.7-ledger-forgets-app",
        "2.7",
        "By the ledger the consent to profiling was given in the account",
        Kind.LYING_LEDGER,
        {"consents": _AppForgotten},
    ),
    Violation(
        "2.7-record-says-everywhere",
        "2.7",
        "The record of processing has profiling for everybody, wherever they live",
        Kind.LYING_LEDGER,
        {"facts": recorded(_everywhere)},
    ),
    Violation(
        "2.6-old-usage-stays",
        "2.6",
        "Usage that an app tells no more goes on being shared",
        Kind.STALE,
        {"products": _OldUsageStays},
    ),
    Violation(
        "2.7-second-id-stays",
        "2.7",
        "A My Sony ID that is given up a second time ends nothing",
        Kind.SECOND_TIME,
        {"products": _SecondIdStays},
    ),
    Violation(
        "2.7-late-share",
        "2.7",
        "A share that a company missed is delivered although the consent to profiling has ended",
        Kind.RETRY,
        {"dispatcher": _LateProfiling},
    ),
)
