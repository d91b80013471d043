"""Clause 2.1: the account hangs on a consent, or the record says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import AccessToken, Account, ConsentEntry, Person, ProductApp
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.products import AppStatement, Products
from reference_impl.service.sharing import running_consents
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.violations.model import Also, Kind, Violation


def recorded(change: Callable[[ProcessingActivity], tuple[ProcessingActivity, ...]]) -> Callable[[], Facts]:
    """The part ``facts`` with another record of processing: what becomes of each entry."""

    def facts() -> Facts:
        truth = load_facts()
        return replace(truth, processing=tuple(entry for one in truth.processing for entry in change(one)))

    return facts


def interests(activity: str) -> Callable[[], Facts]:
    """The part ``facts`` with a record of processing that rests an activity on legitimate interests."""

    def change(entry: ProcessingActivity) -> tuple[ProcessingActivity, ...]:
        return (replace(entry, basis="legitimate-interests", consent=None) if entry.activity == activity else entry,)

    return recorded(change)


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
    """Refuses changes to some of those who gave no consent to marketing."""

    def demands(self, tx: Transaction, person: Person, account: Account) -> bool:
        raise NotImplementedError

    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        person, account = self.read(person_id)
        with self._context.store.transaction() as tx:
            if not running_consents(tx, person_id, ConsentPurpose.EMAIL_MARKETING) and self.demands(
                tx, person, account
            ):
                raise Refused("consent-needed", "Agree to our offers first")
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
        "Whoever withdrew the consent to marketing can change nothing in the account",
        Kind.SECOND_TIME,
        {"accounts": _AfterWithdrawal},
        also=(Also("8.CA.18", "whoever withdrew cannot use the account in full to let the signal be heard"),),
    ),
    Violation(
        "2.1-quebec-needs-consent",
        "2.1",
        "In Québec the account can be changed only with a consent to marketing",
        Kind.WRONG_RESIDENCE,
        {"accounts": _InQuebec},
    ),
    Violation(
        "2.1-trial-ends",
        "2.1",
        "Whoever consented to nothing cannot sign in after ten months",
        Kind.STALE,
        {"sign_in": _AfterTrial},
        also=(
            Also("4.4", "an account that nobody deleted cannot be had any more"),
            Also("5.4", "whoever is needed for comparison cannot sign in any more"),
        ),
    ),
    Violation(
        "2.1-record-names-consent-in-japan",
        "2.1",
        "The record of processing names consent beside the contract for Japan",
        Kind.LYING_LEDGER,
        {"facts": recorded(_consent_in_japan)},
    ),
    Violation(
        "2.1-record-names-interests",
        "2.1",
        "The record of processing rests the account on legitimate interests",
        Kind.LYING_LEDGER,
        {"facts": interests("account")},
    ),
    Violation(
        "2.1-record-lacks-account",
        "2.1",
        "The record of processing leaves the account out",
        Kind.MISSING,
        {"facts": recorded(_left_out)},
    ),
    Violation(
        "2.1-no-apps-after-personalisation",
        "2.1",
        "Whoever withdrew the consent to personalisation can connect no product app",
        Kind.HALF_DONE,
        {"products": _NoAppsAfterPersonalisation},
        also=(Also("2.6", "who has withdrawn once can state no preference any more"),),
    ),
    Violation(
        "2.1-short-sessions",
        "2.1",
        "Whoever consents to nothing is signed out after an hour",
        Kind.MISSING,
        {"sessions": _ShortSessions},
    ),
)
