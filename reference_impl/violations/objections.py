"""Clauses 8.EU.6, 8.EU.7, 8.QC.6: who objects or withdraws is not left alone, not easily, or not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, Consequences, ConsequenceTexts, WithdrawnBy
from reference_impl.domain.entities import (
    AccessToken,
    Account,
    ConsentEntry,
    Disclosure,
    OptOutSource,
    Person,
    RequestKind,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.consents import ConsentService, ConsentState
from reference_impl.service.context import digest
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.service.signin import SessionStore
from reference_impl.violations.carried import CarriedThrough
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.tap import Answer, Request, Tap, problem, tapped

MARKETING = ConsentPurpose.EMAIL_MARKETING


class _ProfilingGoesOn(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        self._consents.end(tx, person.person_id, MARKETING, WithdrawnBy.OBJECTION)
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account)


class _SharesOn(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        entries = tx.all(ConsentEntry, person_id=person.person_id, purpose=MARKETING)
        if purpose is Purpose.EMAIL_MARKETING and entries and entries[-1].withdrawn_by is WithdrawnBy.OBJECTION:
            return True
        return super().permitted(tx, person, account, purpose)

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.EMAIL_MARKETING and not running_consents(tx, person.person_id, MARKETING):
            return {"subject": self.subject(person, account), "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _NotInSwitzerland(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        account = tx.one(Account, person_id=person.person_id)
        if not (kind is RequestKind.OBJECTION and account and account.country == "CH"):
            super().take_effect(tx, person, kind)


class _LateShares(CarriedThrough):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.EMAIL_MARKETING and person.opt_out_source is OptOutSource.REQUEST


class _AdvertisedElsewhere(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if kind is RequestKind.OBJECTION:
            self.end_marketing(tx, person)
        else:
            super().take_effect(tx, person, kind)


class _EntryDropped(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        account = tx.one(Account, person_id=person_id)
        if purpose is ConsentPurpose.PROFILING and account and account.country == "GB":
            tx.remove_all(ConsentEntry, person_id=person_id, purpose=purpose)
        else:
            super().end(tx, person_id, purpose, by)


class _EndMoves(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        ended = [entry for entry in tx.all(ConsentEntry, person_id=person_id, purpose=purpose) if entry.withdrawn_at]
        if purpose is ConsentPurpose.PROFILING and by is WithdrawnBy.ACCOUNT:
            for entry in ended[-1:]:
                entry.withdrawn_at = self._context.now()
        super().end(tx, person_id, purpose, by)


class _AsksTwice(ConsentService):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._asked: set[tuple[str, ConsentPurpose]] = set()

    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            _, account = open_account(tx, person_id)
            running = bool(running_consents(tx, person_id, purpose))
            here = account.country in ("NL", "CH") and purpose is ConsentPurpose.PERSONALISATION
            if here and running and (person_id, purpose) not in self._asked:
                self._asked.add((person_id, purpose))
                return self.state(tx, person_id, purpose)
        return super().withdraw(person_id, purpose, by)


class _RefusedInSwitzerland(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            _, account = open_account(tx, person_id)
        if account.country == "CH" and by is WithdrawnBy.ACCOUNT and purpose is not MARKETING:
            raise Refused("consent-is-final", "Write to us")
        return super().withdraw(person_id, purpose, by)


class _RefusedAfterThreeYears(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            running = running_consents(tx, person_id, purpose)
        old = running and self._context.now() - running[-1].given_at > timedelta(days=3 * 365)
        if old and by is WithdrawnBy.ACCOUNT:
            raise Refused("consent-too-old", "Write to us")
        return super().withdraw(person_id, purpose, by)


class _SecondObjection(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        entries = tx.all(ConsentEntry, person_id=person.person_id)
        if not any(entry.withdrawn_by is WithdrawnBy.OBJECTION for entry in entries):
            super().end_marketing(tx, person)


class _OthersNotTold(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        for one in tx.all(Disclosure, person_id=person.person_id):
            if one.purpose is not Purpose.EMAIL_MARKETING:
                one.exposed = False
        super().end_marketing(tx, person)


class _CalledWithdrawal(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        super().end_marketing(tx, person)
        for entry in tx.all(ConsentEntry, person_id=person.person_id):
            if entry.withdrawn_by is WithdrawnBy.OBJECTION:
                entry.withdrawn_by = WithdrawnBy.ACCOUNT


class _FreshSignIn(Tap):
    def before(self, request: Request) -> Answer | None:
        if request.method != "DELETE" or "/consents/" not in request.path:
            return None
        _, _, token = request.headers.get("authorization", "").partition(" ")
        with request.service.context.store.transaction() as tx:
            found = tx.one(AccessToken, token_hash=digest(token))
        a_week_ago = request.service.context.now() - timedelta(days=7)
        return problem(401, "Sign in anew") if found and found.expires_at - SessionStore.LIFE < a_week_ago else None


class _ToldOfAnother(ConsequenceTexts):
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
        return super().of(MARKETING, language)


class _ToldOnce(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        state = super().withdraw(person_id, purpose, by)
        with self._context.store.transaction() as tx:
            again = len(tx.all(ConsentEntry, person_id=person_id, purpose=purpose)) > 1
        return replace(state, consequences=None) if again else state


VIOLATIONS = (
    Violation(
        "8.EU.6-profiling-goes-on",
        "8.EU.6",
        "An objection ends the marketing and not the profiling for it",
        Kind.HALF_DONE,
        {"choices": _ProfilingGoesOn},
    ),
    Violation(
        "8.EU.6-shares-on",
        "8.EU.6",
        "The consent is shown as ended, and the company goes on receiving",
        Kind.STALE,
        {"share_policy": _SharesOn},
    ),
    Violation(
        "8.EU.6-not-in-switzerland",
        "8.EU.6",
        "Objections of the Swiss are taken and left lying",
        Kind.WRONG_RESIDENCE,
        {"choices": _NotInSwitzerland},
    ),
    Violation(
        "8.EU.6-late-share",
        "8.EU.6",
        "What the company could not be given before the objection it is given after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
    ),
    Violation(
        "8.EU.6-advertised-elsewhere",
        "8.EU.6",
        "Who objected and moves to the United States is advertised to there",
        Kind.MISSING,
        {"choices": _AdvertisedElsewhere},
    ),
    Violation(
        "8.EU.6-second-objection",
        "8.EU.6",
        "Who objected once, consents anew and objects again is not heard",
        Kind.SECOND_TIME,
        {"choices": _SecondObjection},
    ),
    Violation(
        "8.EU.6-others-not-told",
        "8.EU.6",
        "After an objection the company may go on with what it has for personalisation and profiling",
        Kind.HALF_DONE,
        {"choices": _OthersNotTold},
    ),
    Violation(
        "8.EU.6-called-withdrawal",
        "8.EU.6",
        "The ledger calls an objection a withdrawal in the account",
        Kind.LYING_LEDGER,
        {"choices": _CalledWithdrawal},
    ),
    Violation(
        "8.EU.7-fresh-sign-in",
        "8.EU.7",
        "To withdraw takes a sign-in of the last seven days, and to consent does not",
        Kind.MISSING,
        {"application": tapped(_FreshSignIn)},
    ),
    Violation(
        "8.EU.7-entry-dropped",
        "8.EU.7",
        "With a withdrawal the record of the consent goes too",
        Kind.LYING_LEDGER,
        {"consents": _EntryDropped},
        also=(Also("2.3", "the ledger loses a consent that was given"),),
    ),
    Violation(
        "8.EU.7-end-moves",
        "8.EU.7",
        "Withdrawing once more changes when the consent ended",
        Kind.SECOND_TIME,
        {"consents": _EndMoves},
        also=(Also("2.3", "the ledger tells another time than the consent's own"),),
    ),
    Violation(
        "8.EU.7-asks-twice",
        "8.EU.7",
        "A withdrawal has to be made twice where the consent was given once",
        Kind.HALF_DONE,
        {"consents": _AsksTwice},
        also=(Also("2.3", "the consent is shown and recorded as standing"),),
    ),
    Violation(
        "8.EU.7-refused-in-switzerland",
        "8.EU.7",
        "In Switzerland a withdrawal is refused",
        Kind.WRONG_RESIDENCE,
        {"consents": _RefusedInSwitzerland},
    ),
    Violation(
        "8.EU.7-refused-after-three-years",
        "8.EU.7",
        "After three years a consent can be withdrawn by letter alone",
        Kind.STALE,
        {"consents": _RefusedAfterThreeYears},
    ),
    Violation(
        "8.QC.6-nothing-told",
        "8.QC.6",
        "A withdrawal is taken without a word",
        Kind.MISSING,
        {"consequences": _NothingTold},
    ),
    Violation(
        "8.QC.6-french-only",
        "8.QC.6",
        "Whoever speaks English is told in French",
        Kind.WRONG_RESIDENCE,
        {"consequences": _FrenchOnly},
    ),
    Violation(
        "8.QC.6-told-of-another",
        "8.QC.6",
        "Who withdraws personalisation is told what it means to end profiling",
        Kind.HALF_DONE,
        {"consequences": _ToldOfAnother},
    ),
    Violation(
        "8.QC.6-one-text-for-all",
        "8.QC.6",
        "Every withdrawal is said to mean the same",
        Kind.HALF_DONE,
        {"consequences": _OneForAll},
    ),
    Violation(
        "8.QC.6-told-once",
        "8.QC.6",
        "Who withdraws a second time is told nothing",
        Kind.SECOND_TIME,
        {"consents": _ToldOnce},
    ),
)
