"""Clause 2.1: the account depends on a consent, or the record of processing says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import AccessToken, Account, ConsentEntry, Person, ProductApp
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.products import AppStatement, Products
from reference_impl.service.sharing import running_consents
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.processing_record import on_legitimate_interests, processing_record


class _NoAppsAfterPersonalisation(Products):
    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        with self._context.store.transaction() as tx:
            consents = tx.all(ConsentEntry, person_id=person_id, purpose=ConsentPurpose.PERSONALISATION)
        if consents and consents[-1].withdrawn_at:
            raise Refused("consent-needed", "Agree to personalisation first")
        return super().state(person_id, app_id, said)


class _ShortSessions(SessionStore):
    def issue(self, tx: Transaction, person_id: str) -> str:
        token = super().issue(tx, person_id)
        if not running_consents(tx, person_id, ConsentPurpose.EMAIL_MARKETING):
            hour = self._context.now() + timedelta(hours=1)
            for one in tx.all(AccessToken, person_id=person_id):
                one.expires_at = min(one.expires_at, hour)
        return token


class _Demanding(Accounts):
    """Refuses changes to accounts of some people without marketing consent."""

    def demands(self, tx: Transaction, person: Person, account: Account) -> bool:
        raise NotImplementedError

    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        person, account = self.read(person_id)
        with self._context.store.transaction() as tx:
            if not running_consents(tx, person_id, ConsentPurpose.EMAIL_MARKETING) and self.demands(
                tx, person, account
            ):
                raise Refused("consent-needed", "Agree to marketing by e-mail first")
        return super().change(person_id, change)


class _AfterWithdrawal(_Demanding):
    def demands(self, tx: Transaction, person: Person, account: Account) -> bool:
        return bool(tx.all(ConsentEntry, person_id=person.person_id, purpose=ConsentPurpose.EMAIL_MARKETING))


class _InQuebec(_Demanding):
    def demands(self, tx: Transaction, person: Person, account: Account) -> bool:
        return account.subdivision == "CA-QC"


class _AfterTrial(SignIn):
    def may_sign_in(self, person: Person) -> bool:
        if self._context.now() - person.created_at > timedelta(days=300):
            with self._context.store.transaction() as tx:
                return super().may_sign_in(person) and bool(tx.all(ConsentEntry, person_id=person.person_id))
        return super().may_sign_in(person)


def _consent_in_japan(entry: ProcessingActivity) -> tuple[ProcessingActivity, ...]:
    if entry.activity != "account":
        return (entry,)
    return entry, replace(entry, basis="consent", consent=ConsentPurpose.EMAIL_MARKETING, residences=("JP",))


def _left_out(entry: ProcessingActivity) -> tuple[ProcessingActivity, ...]:
    return () if entry.activity == "account" else (entry,)


VIOLATIONS = (
    Violation(
        "2.1-no-change-after-withdrawal",
        "2.1",
        "After withdrawing marketing consent, a person can no longer change the account",
        Kind.SECOND_TIME,
        {"accounts": _AfterWithdrawal},
        also=(Also("8.CA.18", "after a withdrawal, the account cannot be changed in the scenarios about the signal"),),
    ),
    Violation(
        "2.1-quebec-needs-consent",
        "2.1",
        "In Québec, the account can be changed only with marketing consent",
        Kind.WRONG_RESIDENCE,
        {"accounts": _InQuebec},
    ),
    Violation(
        "2.1-trial-ends",
        "2.1",
        "A person without any consent cannot sign in after ten months",
        Kind.STALE,
        {"sign_in": _AfterTrial},
        also=(
            Also("4.4", "an account that was not deleted is no longer accessible"),
            Also("5.4", "the person used for comparison can no longer sign in"),
        ),
    ),
    Violation(
        "2.1-record-names-consent-in-japan",
        "2.1",
        "For Japan, the record of processing names consent in addition to the contract",
        Kind.LYING_LEDGER,
        {"facts": processing_record(_consent_in_japan)},
    ),
    Violation(
        "2.1-record-names-interests",
        "2.1",
        "The record of processing bases the account on legitimate interests",
        Kind.LYING_LEDGER,
        {"facts": on_legitimate_interests("account")},
    ),
    Violation(
        "2.1-record-lacks-account",
        "2.1",
        "The record of processing omits the account",
        Kind.MISSING,
        {"facts": processing_record(_left_out)},
    ),
    Violation(
        "2.1-no-apps-after-personalisation",
        "2.1",
        "After withdrawing consent to personalisation, a person can no longer connect a product app",
        Kind.HALF_DONE,
        {"products": _NoAppsAfterPersonalisation},
        also=(Also("2.6", "after a withdrawal, a person can no longer state preferences"),),
    ),
    Violation(
        "2.1-short-sessions",
        "2.1",
        "A person without marketing consent is signed out after an hour",
        Kind.MISSING,
        {"sessions": _ShortSessions},
    ),
)
