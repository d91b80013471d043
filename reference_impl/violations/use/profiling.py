"""Clause 2.7: people are profiled without the required consent, or the record of it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Disclosure, MessageKind, Person
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.domain.recipients import Purpose, Recipient, RecipientRouting
from reference_impl.service.consents import ConsentService
from reference_impl.service.ports import Transaction
from reference_impl.service.products import Products
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.marketing_consent import consents_to_marketing
from reference_impl.violations.shared.processing_record import processing_record
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher


class _MarketingIsEnough(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        return consents_to_marketing(tx, person) and account.my_sony_id_at is not None

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.PROFILING:
            body = super().content(tx, person, account, Purpose.ADVERTISING)
            return {**body, "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _WithoutMySonyId(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        given = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)
        return consents_to_marketing(tx, person) and any(consent.product_app for consent in given)


class _FromAnywhere(SharePolicy):
    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        given = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)
        return consents_to_marketing(tx, person) and bool(given) and account.my_sony_id_at is not None


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


class _TellsPassword(SharePolicy):
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


class _LateProfiling(StubbornDispatcher):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.PROFILING and person.closed_at is None


class _GreenlandProfiled(_SwitzerlandProfiled):
    def for_residence(self, purpose: Purpose, residence: Any) -> tuple[str, ...]:
        if purpose is Purpose.PROFILING and residence.country == "GL":
            return tuple(one.id for one in self._europe)
        return super(_SwitzerlandProfiled, self).for_residence(purpose, residence)


VIOLATIONS = (
    Violation(
        "2.7-marketing-is-enough",
        "2.7",
        "People who consent to marketing and have a My Sony ID are profiled",
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
        "Consent to profiling is accepted even if it was not given in a product app",
        Kind.HALF_DONE,
        {"share_policy": _FromAnywhere},
    ),
    Violation(
        "2.7-switzerland-profiled",
        "2.7",
        "People in Switzerland are also profiled",
        Kind.WRONG_RESIDENCE,
        {"routing": _SwitzerlandProfiled},
    ),
    Violation(
        "2.7-profiled-on",
        "2.7",
        "Withdrawal of consent to profiling is recorded, but Sony Europe B.V. is not told",
        Kind.STALE,
        {"consents": _ProfiledOn},
        also=(Also("8.QC.6", "the consequences of the withdrawal are not stated"),),
    ),
    Violation(
        "2.7-discloses-password",
        "2.7",
        "Shares for profiling contain the stored password hash",
        Kind.HALF_DONE,
        {"share_policy": _TellsPassword},
        also=(Also("2.4", "shares for marketing contain a password hash"),),
    ),
    Violation(
        "2.7-ledger-forgets-app",
        "2.7",
        "The ledger says that consent to profiling was given in the account",
        Kind.LYING_LEDGER,
        {"consents": _AppForgotten},
    ),
    Violation(
        "2.7-record-says-everywhere",
        "2.7",
        "The record of processing states profiling for residents of all countries",
        Kind.LYING_LEDGER,
        {"facts": processing_record(_everywhere)},
    ),
    Violation(
        "2.7-second-id-stays",
        "2.7",
        "Giving up a My Sony ID for the second time does not end profiling",
        Kind.SECOND_TIME,
        {"products": _SecondIdStays},
    ),
    Violation(
        "2.7-late-share",
        "2.7",
        "A failed share is delivered after consent to profiling has ended",
        Kind.RETRY,
        {"dispatcher": _LateProfiling},
    ),
    Violation(
        "2.7-greenland-profiled",
        "2.7",
        "Residents of Greenland are profiled like those of Denmark",
        Kind.WRONG_RESIDENCE,
        {"routing": _GreenlandProfiled},
    ),
)
