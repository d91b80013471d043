"""Clauses 8.QC.1 and 8.QC.6: profiling without consent, and withdrawals without stated consequences."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, Consequences, ConsequenceTexts, WithdrawnBy
from reference_impl.domain.entities import Account, ConsentEntry, Person, ProductApp
from reference_impl.domain.recipients import Purpose
from reference_impl.service.consents import ConsentService, ConsentState
from reference_impl.service.ports import Transaction
from reference_impl.service.products import Products
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.violations.model import Also, Kind, Violation


class _ConsequencesOfAnother(ConsequenceTexts):
    def of(self, purpose: ConsentPurpose, language: str) -> Consequences | None:
        personalised = purpose is ConsentPurpose.PERSONALISATION
        return super().of(ConsentPurpose.PROFILING if personalised else purpose, language)


class _NothingTold(ConsequenceTexts):
    def of(self, purpose: ConsentPurpose, language: str) -> Consequences | None:
        return None


class _FrenchOnly(ConsequenceTexts):
    def of(self, purpose: ConsentPurpose, language: str) -> Consequences | None:
        return super().of(purpose, "fr")


class _OneForAll(ConsequenceTexts):
    def of(self, purpose: ConsentPurpose, language: str) -> Consequences | None:
        return super().of(ConsentPurpose.EMAIL_MARKETING, language)


class _ToldOnce(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        state = super().withdraw(person_id, purpose, by)
        with self._context.store.transaction() as tx:
            again = len(tx.all(ConsentEntry, person_id=person_id, purpose=purpose)) > 1
        return replace(state, consequences=None) if again else state


class _WithoutConsentInQuebec(Products):
    def may_profile(self, tx: Transaction, person: Person, account: Account) -> bool:
        return account.subdivision == "CA-QC" or super().may_profile(tx, person, account)


class _PersonalisationIsEnough(Products):
    def may_profile(self, tx: Transaction, person: Person, account: Account) -> bool:
        personalised = running_consents(tx, person.person_id, ConsentPurpose.PERSONALISATION)
        return bool(personalised) or super().may_profile(tx, person, account)


class _GoesOn(Products):
    def may_profile(self, tx: Transaction, person: Person, account: Account) -> bool:
        return bool(tx.all(ConsentEntry, person_id=person.person_id, purpose=ConsentPurpose.PROFILING))


class _KeptForADay(Products):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._kept: dict[str, tuple[datetime, list[str]]] = {}

    def interests(self, person_id: str) -> list[str]:
        made, kept = self._kept.get(person_id, (None, []))
        if made is None or not kept or self._context.now() - made >= timedelta(days=1):
            kept = super().interests(person_id)
            self._kept[person_id] = (self._context.now(), kept)
        return kept


class _ToldToTheCompany(SharePolicy):
    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        apps = tx.all(ProductApp, person_id=person.person_id)
        interests = sorted({category for app in apps for category in app.categories})
        if account.country == "CA" and purpose is Purpose.EMAIL_MARKETING and interests:
            body["interests"] = interests
        return body


class _NoWithdrawalInQuebec(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            account = tx.one(Account, person_id=person_id)
        if account is not None and account.country == "CA" and account.postal_code[:1] in "GHJ":
            raise RuntimeError("the consent is in use")
        return super().withdraw(person_id, purpose, by)


VIOLATIONS = (
    Violation(
        "8.QC.1-without-consent",
        "8.QC.1",
        "In Québec, everybody with reported product usage is profiled",
        Kind.WRONG_RESIDENCE,
        {"products": _WithoutConsentInQuebec},
    ),
    Violation(
        "8.QC.1-personalisation-is-enough",
        "8.QC.1",
        "Consent to personalisation leads to a profile",
        Kind.MISSING,
        {"products": _PersonalisationIsEnough},
    ),
    Violation(
        "8.QC.1-use-continues",
        "8.QC.1",
        "The profile is kept after consent to it has ended",
        Kind.STALE,
        {"products": _GoesOn},
        also=(Also("7.6", "the profile of a person found to be a minor is kept as well"),),
    ),
    Violation(
        "8.QC.1-kept-for-a-day",
        "8.QC.1",
        "A profile is cached for a day, even if consent is withdrawn",
        Kind.STALE,
        {"products": _KeptForADay},
    ),
    Violation(
        "8.QC.1-shared-with-company",
        "8.QC.1",
        "No profile is shown, but the company receives one",
        Kind.LYING_LEDGER,
        {"share_policy": _ToldToTheCompany},
        also=(Also("2.4", "shares for marketing contain members that the contract does not declare"),),
    ),
    Violation(
        "8.QC.6-not-informed",
        "8.QC.6",
        "A withdrawal is accepted without stating its consequences",
        Kind.MISSING,
        {"consequences": _NothingTold},
    ),
    Violation(
        "8.QC.6-french-only",
        "8.QC.6",
        "English speakers are informed of the consequences in French",
        Kind.WRONG_RESIDENCE,
        {"consequences": _FrenchOnly},
    ),
    Violation(
        "8.QC.6-informed-of-another",
        "8.QC.6",
        "Withdrawing personalisation shows the consequences of withdrawing profiling",
        Kind.HALF_DONE,
        {"consequences": _ConsequencesOfAnother},
    ),
    Violation(
        "8.QC.6-one-text-for-all",
        "8.QC.6",
        "The same consequences are stated for every withdrawal",
        Kind.HALF_DONE,
        {"consequences": _OneForAll},
    ),
    Violation(
        "8.QC.6-informed-once",
        "8.QC.6",
        "The consequences of a second withdrawal are not stated",
        Kind.SECOND_TIME,
        {"consents": _ToldOnce},
    ),
    Violation(
        "8.QC.6-withdrawal-fails",
        "8.QC.6",
        "In Québec, withdrawing a consent fails every time",
        Kind.WRONG_RESIDENCE,
        {"consents": _NoWithdrawalInQuebec},
    ),
)
