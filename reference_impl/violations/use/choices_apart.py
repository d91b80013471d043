"""Clauses 2.3, 2.6 and 2.8: a consent, a setting or an unsubscription changes something else, or is shown otherwise."""

from __future__ import annotations

import json

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Person, ProductApp
from reference_impl.service.consents import ConsentService, Unsubscribe
from reference_impl.service.ports import Transaction
from reference_impl.service.products import AppStatement, Products
from reference_impl.service.sharing import running_consents
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted
from reference_impl.violations.shared.opt_outs import lift_opt_out, lives_in

_CONSENTS = "/v1/shes-account/consents"


class _ConsentLiftsOptOut(ConsentService):
    def took_effect(self, tx: Transaction, person: Person, account: Account, purpose: ConsentPurpose) -> None:
        if lives_in(tx, person, "CA-QC"):
            lift_opt_out(person)
        super().took_effect(tx, person, account, purpose)


class _ConsentRenewsOthers(ConsentService):
    def took_effect(self, tx: Transaction, person: Person, account: Account, purpose: ConsentPurpose) -> None:
        if purpose is ConsentPurpose.PERSONALISATION:
            for entry in running_consents(tx, person.person_id, ConsentPurpose.PROFILING):
                entry.given_at = self._context.now()
        super().took_effect(tx, person, account, purpose)


class _ReceiptInEnglish(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.method == "PUT" and request.path.startswith(_CONSENTS) and answer.status == 200:
            answer.body = json.dumps({**json.loads(answer.body), "language": "en"}).encode()


class _ShownByTheHour(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for(f"GET {_CONSENTS}") and answer.status == 200:
            shown = json.loads(answer.body)
            for one in shown["consents"]:
                if one["given_at"]:
                    one["given_at"] = f"{one['given_at'][:13]}:00:00Z"
            answer.body = json.dumps(shown).encode()


class _AppEndsConsent(Products):
    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        app = super().state(person_id, app_id, said)
        with self._context.change(person_id) as tx:
            for entry in running_consents(tx, person_id, ConsentPurpose.PERSONALISATION):
                if not said.personalisation:
                    entry.withdrawn_at, entry.withdrawn_by = self._context.now(), WithdrawnBy.ACCOUNT
        return app


class _UnsubscribingEndsPersonalisation(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        super().unsubscribe(token)
        person_id = self.person_id(token)
        with self._context.store.transaction() as tx:
            here = lives_in(tx, tx.one(Person, person_id=person_id), "US-CA")
        if here:
            self._consents.withdraw(person_id, ConsentPurpose.PERSONALISATION, WithdrawnBy.ONE_CLICK)


VIOLATIONS = (
    Violation(
        "2.3-consent-lifts-opt-out",
        "2.3",
        "In Québec, any consent switches the setting 'Personal Information' on again",
        Kind.WRONG_RESIDENCE,
        {"consents": _ConsentLiftsOptOut},
    ),
    Violation(
        "2.3-consent-renews-others",
        "2.3",
        "Consenting to personalisation gives the consent to profiling a new date",
        Kind.LYING_LEDGER,
        {"consents": _ConsentRenewsOthers},
    ),
    Violation(
        "2.3-receipt-in-english",
        "2.3",
        "The answer to a consent names English, whatever the language of the text",
        Kind.LYING_LEDGER,
        {"application": intercepted(_ReceiptInEnglish)},
    ),
    Violation(
        "2.3-shown-by-the-hour",
        "2.3",
        "The account shows the hour of a consent, the ledger its time",
        Kind.OFF_BY_ONE,
        {"application": intercepted(_ShownByTheHour)},
    ),
    Violation(
        "2.6-app-ends-consent",
        "2.6",
        "Turning personalisation off in an app withdraws the consent to personalisation",
        Kind.HALF_DONE,
        {"products": _AppEndsConsent},
    ),
    Violation(
        "2.8-unsubscribing-ends-personalisation",
        "2.8",
        "In California, the link also ends the consent to personalisation",
        Kind.WRONG_RESIDENCE,
        {"unsubscribe": _UnsubscribingEndsPersonalisation},
    ),
)
