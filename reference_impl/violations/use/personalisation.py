"""Clause 2.6: product usage is shared without permission, or the record of it is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Disclosure, Message, MessageState, Person, ProductApp
from reference_impl.domain.recipients import Purpose
from reference_impl.service.consents import ConsentService
from reference_impl.service.ports import Transaction
from reference_impl.service.products import AppStatement, Products
from reference_impl.service.sharing import Reconciler, SharePolicy, running_consents
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.marketing_consent import consents_to_marketing
from reference_impl.violations.shared.processing_record import on_legitimate_interests


class _PreferenceIsConsent(SharePolicy):
    def personalises(self, tx: Transaction, person: Person) -> bool:
        return consents_to_marketing(tx, person) and any(app.personalisation for app in self.apps(tx, person))

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.PERSONALISATION:
            body = super().content(tx, person, account, Purpose.ADVERTISING)
            return {**body, "basis": {"kind": "consent"}, "product_usage": self.usage(tx, person)}
        return super().content(tx, person, account, purpose)


class _SwitchIgnored(SharePolicy):
    def personalises(self, tx: Transaction, person: Person) -> bool:
        consents = running_consents(tx, person.person_id, ConsentPurpose.PERSONALISATION)
        return consents_to_marketing(tx, person) and bool(consents) and bool(self.apps(tx, person))


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


class _TellsProvider(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        return {**body, "provider": "Sony account"} if purpose is Purpose.PERSONALISATION else body


class _SendsFirstStatement(Reconciler):
    def take_back(self, tx: Transaction, ledger: list[Disclosure]) -> None:
        waiting = [one for one in ledger if one.purpose is Purpose.PERSONALISATION]
        messages = [tx.one(Message, message_id=one.delivery_id) for one in waiting]
        tried = {one.message_id for one in messages if one and one.tries and one.state is MessageState.PENDING}
        super().take_back(tx, [one for one in ledger if one.delivery_id not in tried])


class _WithdrawalBackdated(ConsentService):
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


VIOLATIONS = (
    Violation(
        "2.6-preference-is-consent",
        "2.6",
        "A preference set in a product app is treated as consent",
        Kind.MISSING,
        {"share_policy": _PreferenceIsConsent},
    ),
    Violation(
        "2.6-switch-ignored",
        "2.6",
        "Consent suffices even if personalisation is switched off in the product app",
        Kind.MISSING,
        {"share_policy": _SwitchIgnored},
    ),
    Violation(
        "2.6-one-switch-for-all",
        "2.6",
        "The preferences of one product app are applied to all",
        Kind.SECOND_TIME,
        {"share_policy": _OneSwitchForAll},
    ),
    Violation(
        "2.6-never-narrower",
        "2.6",
        "Usage categories once allowed in a product app remain allowed",
        Kind.STALE,
        {"products": _NeverNarrower},
    ),
    Violation(
        "2.6-switch-off-not-shared",
        "2.6",
        "Switching personalisation off in an app is stored, but the company is not told",
        Kind.HALF_DONE,
        {"products": _SwitchedOffUntold},
    ),
    Violation(
        "2.6-usage-in-marketing",
        "2.6",
        "Every share for e-mail marketing includes product usage",
        Kind.HALF_DONE,
        {"share_policy": _UsageInMarketing},
        also=(
            Also("8.QC.1", "in Québec, profile data is shared without consent to profiling"),
            Also("2.4", "shares for marketing contain members that the contract does not declare"),
        ),
    ),
    Violation(
        "2.6-discloses-provider",
        "2.6",
        "Shares for personalisation name the identity provider",
        Kind.MISSING,
        {"share_policy": _TellsProvider},
        also=(Also("2.4", "shares for marketing name the identity provider"),),
    ),
    Violation(
        "2.6-first-word-sent",
        "2.6",
        "Failed deliveries are retried with usage that has been disallowed since",
        Kind.RETRY,
        {"reconciler": _SendsFirstStatement},
    ),
    Violation(
        "2.6-ledger-dates-withdrawal-back",
        "2.6",
        "The ledger dates the withdrawal of consent to personalisation a day early",
        Kind.LYING_LEDGER,
        {"consents": _WithdrawalBackdated},
        also=(Also("8.EU.7", "the withdrawal is recorded with a different time"),),
    ),
    Violation(
        "2.6-record-names-interests",
        "2.6",
        "The record of processing bases personalisation on legitimate interests",
        Kind.LYING_LEDGER,
        {"facts": on_legitimate_interests("personalisation")},
    ),
    Violation(
        "2.6-old-usage-stays",
        "2.6",
        "Usage that an app no longer reports continues to be shared",
        Kind.STALE,
        {"products": _OldUsageStays},
    ),
)
