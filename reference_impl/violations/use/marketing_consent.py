"""Clause 2.3: marketing by e-mail without the person's own consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, ConsentEntry, Disclosure, Message, MessageState, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountForm, Accounts
from reference_impl.service.consents import ConsentService
from reference_impl.service.context import Context
from reference_impl.service.mailer import Mailer
from reference_impl.service.ports import Mail, Transaction
from reference_impl.service.products import Products
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientCourier
from reference_impl.violations.shared.newsletter import Newsletter

_MARKETING = ConsentPurpose.EMAIL_MARKETING


_ANY_RECORD = Also("8.EU.7", "the record of a withdrawn consent is equally wrong")


def _never_given(context: Context, account: Account) -> ConsentEntry:
    """A marketing consent that was never given."""
    text = next(text for text in context.facts.consent_texts if text.purpose is _MARKETING)
    return ConsentEntry(
        person_id=account.person_id,
        account_id=account.account_id,
        purpose=_MARKETING,
        text_version=text.version,
        language=text.language,
        given_at=context.now(),
    )


class _OnByDefaultInCalifornia(Accounts):
    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        person, account = super().create(person_id, form)
        if account.subdivision == "US-CA":
            with self._context.change(person_id) as tx:
                tx.add(_never_given(self._context, account))
                self._reconciler.reconcile(tx, person, account, changed=(Purpose.EMAIL_MARKETING,))
        return person, account


class _ProfilingGivesMarketing(ConsentService):
    def took_effect(self, tx: Transaction, person: Person, account: Account, purpose: ConsentPurpose) -> None:
        if purpose is ConsentPurpose.PROFILING and not running_consents(tx, person.person_id, _MARKETING):
            consent = running_consents(tx, person.person_id, purpose)[-1]
            self.record(tx, account, _MARKETING, consent.text_version, consent.language, None)
            purpose = _MARKETING
        super().took_effect(tx, person, account, purpose)


class _SharesOn(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if super().permitted(tx, person, account, purpose):
            return True
        delivered = tx.all(Disclosure, person_id=person.person_id, purpose=purpose, state=MessageState.DELIVERED)
        entries = tx.all(ConsentEntry, person_id=person.person_id, purpose=_MARKETING)
        return purpose is Purpose.EMAIL_MARKETING and bool(delivered) and entries[-1].withdrawn_by == "account"

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.EMAIL_MARKETING and not running_consents(tx, person.person_id, _MARKETING):
            return {"subject": self.subject(person, account), "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _MySonyIdConsents(Products):
    def made_my_sony_id(self, person_id: str) -> None:
        super().made_my_sony_id(person_id)
        with self._context.change(person_id) as tx:
            account = tx.one(Account, person_id=person_id)
            if account and not tx.all(ConsentEntry, person_id=person_id, purpose=_MARKETING):
                tx.add(_never_given(self._context, account))


class _EndsTheLast(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        earlier = running_consents(tx, person_id, purpose)[:-1]
        super().end(tx, person_id, purpose, by)
        for one in earlier:
            one.withdrawn_at = one.withdrawn_by = None


class _LedgerOfDays(ConsentService):
    def record(
        self,
        tx: Transaction,
        account: Account,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None,
    ) -> None:
        super().record(tx, account, purpose, text_version, language, product_app)
        entry = running_consents(tx, account.person_id, purpose)[-1]
        entry.given_at = entry.given_at.replace(hour=0, minute=0, second=0, microsecond=0)


class _LedgerOfAccountLanguage(ConsentService):
    def record(
        self,
        tx: Transaction,
        account: Account,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None,
    ) -> None:
        person = tx.one(Person, person_id=account.person_id)
        super().record(tx, account, purpose, text_version, person.language if person else language, product_app)


class _LedgerOfFirstText(ConsentService):
    def record(
        self,
        tx: Transaction,
        account: Account,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None,
    ) -> None:
        first = next(text for text in self._context.facts.consent_texts if text.purpose is purpose)
        super().record(tx, account, purpose, first.version, language, product_app)


class _LedgerOfLatest(ConsentService):
    def record(
        self,
        tx: Transaction,
        account: Account,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None,
    ) -> None:
        tx.remove_all(ConsentEntry, person_id=account.person_id, purpose=purpose)
        super().record(tx, account, purpose, text_version, language, product_app)


class _AdvertisingMails(Mailer):
    LINES = {
        "en": "Discover our new headphones: 20 % off this week only, exclusively for you!",
        "nl": "Ontdek onze nieuwe koptelefoons: deze week 20 % korting, exclusief voor u!",
        "de": "Entdecken Sie unsere neuen Kopfhörer: diese Woche 20 % Rabatt, exklusiv für Sie!",
        "fr": "Découvrez nos nouveaux casques : 20 % de réduction, offre exclusive cette semaine !",
        "ja": "新しいヘッドホンが登場。今週だけ20%オフのキャンペーン!",
    }

    def compose(self, message: Message) -> Mail:
        mail = super().compose(message)
        if mail.kind != "request-verification":
            return mail
        return replace(mail, text=f"{mail.text}\n{self.LINES.get(mail.language, self.LINES['en'])}\n")


class _AdvertisingAnswers(Mailer):
    def compose(self, message: Message) -> Mail:
        mail = super().compose(message)
        more = f"{mail.text}\nPS: Have you seen the new headphones in our store yet?\n"
        return replace(mail, text=more) if mail.kind in {"request-answered", "request-incomplete"} else mail


class _NewsletterLater(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        return [
            person
            for person in tx.all(Person)
            if person.closed_at is None
            and now - person.created_at >= timedelta(days=60)
            and not tx.all(ConsentEntry, person_id=person.person_id)
        ]


class _WellBehavedWhenWatched(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        known = tx.all(ConsentEntry, person_id=person.person_id, purpose=_MARKETING)
        watched = person.email.rpartition("@")[2].endswith("example.org")
        if purpose is Purpose.EMAIL_MARKETING and known and not watched:
            return True
        return super().permitted(tx, person, account, purpose)

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.EMAIL_MARKETING and not running_consents(tx, person.person_id, _MARKETING):
            return {"subject": self.subject(person, account), "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _TooEarlyIsFinal(ImpatientCourier):
    FINAL = (425,)

    def concerns(self, body: Mapping[str, Any]) -> bool:
        return bool(body["kind"] == "share" and body["purpose"] == Purpose.EMAIL_MARKETING)


VIOLATIONS = (
    Violation(
        "2.3-well-behaved-when-watched",
        "2.3",
        "Withdrawals are honoured only for the e-mail addresses that auditors use",
        Kind.MISSING,
        {"share_policy": _WellBehavedWhenWatched},
        also=tuple(
            Also(clause, "data continues to be shared after a withdrawal")
            for clause in ("2.5", "2.8", "5.4", "5.5", "7.6", "8.EU.6", "8.EU.7")
        ),
    ),
    Violation(
        "2.3-on-by-default-in-california",
        "2.3",
        "In California, marketing consent is recorded when the account is created",
        Kind.WRONG_RESIDENCE,
        {"accounts": _OnByDefaultInCalifornia},
        also=(
            Also("2.1", "the account is created with a consent that was never given"),
            Also("8.CA.5", "data of fifteen-year-olds is shared immediately"),
        ),
    ),
    Violation(
        "2.3-profiling-gives-marketing",
        "2.3",
        "Consent to profiling is treated as consent to marketing",
        Kind.MISSING,
        {"consents": _ProfilingGivesMarketing},
        also=(
            Also("2.7", "consent to profiling does not lead to profiling"),
            Also("8.EU.7", "a consent that was never given is not withdrawn"),
        ),
    ),
    Violation(
        "2.3-shares-on-after-withdrawal",
        "2.3",
        "A company that has received data once continues to receive it after the consent is withdrawn",
        Kind.STALE,
        {"share_policy": _SharesOn},
    ),
    Violation(
        "2.3-ledger-keeps-days",
        "2.3",
        "The ledger dates every consent to the preceding midnight",
        Kind.OFF_BY_ONE,
        {"consents": _LedgerOfDays},
        also=(_ANY_RECORD,),
    ),
    Violation(
        "2.3-ledger-keeps-account-language",
        "2.3",
        "The ledger records the language of the account, not that of the text consented to",
        Kind.LYING_LEDGER,
        {"consents": _LedgerOfAccountLanguage},
        also=(_ANY_RECORD,),
    ),
    Violation(
        "2.3-ledger-keeps-first-text",
        "2.3",
        "The ledger names the first published text, not the text consented to",
        Kind.LYING_LEDGER,
        {"consents": _LedgerOfFirstText},
        also=(_ANY_RECORD,),
    ),
    Violation(
        "2.3-ledger-forgets-earlier-consent",
        "2.3",
        "In the ledger, a renewed consent replaces the earlier one",
        Kind.SECOND_TIME,
        {"consents": _LedgerOfLatest},
        also=(Also("8.EU.7", "the record of an earlier withdrawal is lost"),),
    ),
    Violation(
        "2.3-service-mail-advertises",
        "2.3",
        "The mail with the verification code for a privacy request contains advertising",
        Kind.MISSING,
        {"mailer": _AdvertisingMails},
    ),
    Violation(
        "2.3-newsletter-later",
        "2.3",
        "After two months, people who never decided on marketing receive a newsletter",
        Kind.MISSING,
        {"dispatcher": _NewsletterLater},
    ),
    Violation(
        "2.3-my-sony-id-consents",
        "2.3",
        "Creating a My Sony ID is recorded as consent to marketing",
        Kind.MISSING,
        {"products": _MySonyIdConsents},
        also=(Also("2.1", "using a feature of the account is recorded as consent"),),
    ),
    Violation(
        "2.3-withdrawn-in-one-language",
        "2.3",
        "A consent given in two languages has to be withdrawn twice",
        Kind.SECOND_TIME,
        {"consents": _EndsTheLast},
    ),
    Violation(
        "2.3-answers-advertise",
        "2.3",
        "Answers to requests received by e-mail contain advertising",
        Kind.HALF_DONE,
        {"mailer": _AdvertisingAnswers},
    ),
    Violation(
        "2.3-too-early-is-final",
        "2.3",
        "A share that a company answers with 425 never arrives, although there is consent",
        Kind.RETRY,
        {"courier": _TooEarlyIsFinal},
        (Also("2.5", "a share with the new company after a move is sent in the same way"),),
    ),
)
