"""Clause 8.QC.1: a profile is made without consent, or of others, or goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import Account, ConsentEntry, Person, ProductApp
from reference_impl.domain.recipients import Purpose
from reference_impl.service.ports import Transaction
from reference_impl.service.products import Products
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.violations.model import Also, Kind, Violation


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


VIOLATIONS = (
    Violation(
        "8.QC.1-without-consent",
        "8.QC.1",
        "In Québec there is a profile of everybody whose apps tell something",
        Kind.WRONG_RESIDENCE,
        {"products": _WithoutConsentInQuebec},
    ),
    Violation(
        "8.QC.1-personalisation-is-enough",
        "8.QC.1",
        "Who agrees to personalisation is profiled",
        Kind.MISSING,
        {"products": _PersonalisationIsEnough},
    ),
    Violation(
        "8.QC.1-goes-on",
        "8.QC.1",
        "The profile goes on when the consent to it has ended",
        Kind.STALE,
        {"products": _GoesOn},
        also=(Also("7.6", "the profile of somebody who turns out to be a minor goes on too"),),
    ),
    Violation(
        "8.QC.1-kept-for-a-day",
        "8.QC.1",
        "A profile that was shown is shown for a day, whatever is withdrawn",
        Kind.STALE,
        {"products": _KeptForADay},
    ),
    Violation(
        "8.QC.1-told-to-the-company",
        "8.QC.1",
        "No profile is shown, and the company is told one",
        Kind.LYING_LEDGER,
        {"share_policy": _ToldToTheCompany},
        also=(Also("2.4", "what is shared for marketing tells more than the contract names"),),
    ),
)
