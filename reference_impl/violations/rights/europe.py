"""Clauses 8.EU.6 and 8.EU.7: an objection or withdrawal is not honoured, or harder than consenting."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import (
    AccessToken,
    Account,
    ConsentEntry,
    Disclosure,
    Message,
    OptOutSource,
    Person,
    RequestKind,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.consents import ConsentService, ConsentState
from reference_impl.service.context import digest
from reference_impl.service.ports import Outcome, Postponed, Refused, Transaction
from reference_impl.service.sharing import SharePolicy, running_consents
from reference_impl.service.signin import SessionStore
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientDispatcher
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, problem
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher

_MARKETING = ConsentPurpose.EMAIL_MARKETING


class _ProfilingGoesOn(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        self._consents.end(tx, person.person_id, _MARKETING, WithdrawnBy.OBJECTION)
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account)


class _SharesOn(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        entries = tx.all(ConsentEntry, person_id=person.person_id, purpose=_MARKETING)
        if purpose is Purpose.EMAIL_MARKETING and entries and entries[-1].withdrawn_by is WithdrawnBy.OBJECTION:
            return True
        return super().permitted(tx, person, account, purpose)

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        if purpose is Purpose.EMAIL_MARKETING and not running_consents(tx, person.person_id, _MARKETING):
            return {"subject": self.subject(person, account), "basis": {"kind": "consent"}}
        return super().content(tx, person, account, purpose)


class _NotInSwitzerland(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        account = tx.one(Account, person_id=person.person_id)
        if not (kind is RequestKind.OBJECTION and account and account.country == "CH"):
            super().take_effect(tx, person, kind)


class _LateShares(StubbornDispatcher):
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
        if account.country == "CH" and by is WithdrawnBy.ACCOUNT and purpose is not _MARKETING:
            raise Refused("consent-is-final", "Please send a letter")
        return super().withdraw(person_id, purpose, by)


class _RefusedAfterThreeYears(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            running = running_consents(tx, person_id, purpose)
        old = running and self._context.now() - running[-1].given_at > timedelta(days=3 * 365)
        if old and by is WithdrawnBy.ACCOUNT:
            raise Refused("consent-too-old", "Please send a letter")
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


class _FreshSignIn(Interceptor):
    def before(self, request: Request) -> Answer | None:
        if request.method != "DELETE" or "/consents/" not in request.path:
            return None
        _, _, token = request.headers.get("authorization", "").partition(" ")
        with request.service.context.store.transaction() as tx:
            found = tx.one(AccessToken, token_hash=digest(token))
        a_week_ago = request.service.context.now() - timedelta(days=7)
        return problem(401, "Sign in again") if found and found.expires_at - SessionStore.LIFE < a_week_ago else None


class _NoConnectionNoRetry(ImpatientDispatcher):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        given = tx.all(ConsentEntry, person_id=message.person_id, purpose=_MARKETING)
        objected = bool(given) and given[-1].withdrawn_by is WithdrawnBy.OBJECTION
        return objected and outcome is Outcome.NOT_SENT


class _NotInSaintMartin(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        account = tx.one(Account, person_id=person.person_id)
        if not (kind is RequestKind.OBJECTION and account and account.country == "MF"):
            super().take_effect(tx, person, kind)


class _RefusedOnTheIslands(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            _, account = open_account(tx, person_id)
        if account.country == "AX" and by is WithdrawnBy.ACCOUNT:
            raise Refused("consent-is-final", "Please send a letter")
        return super().withdraw(person_id, purpose, by)


class _LongNamesIgnored(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        account = tx.one(Account, person_id=person.person_id)
        if not (kind is RequestKind.OBJECTION and account and len(account.display_name) > 100):
            super().take_effect(tx, person, kind)


class _RightToLeftGoesOn(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        account = tx.one(Account, person_id=person_id)
        if not (account and by is WithdrawnBy.ACCOUNT and unicodedata.bidirectional(account.display_name[0]) == "AL"):
            super().end(tx, person_id, purpose, by)


VIOLATIONS = (
    Violation(
        "8.EU.6-profiling-continues",
        "8.EU.6",
        "An objection ends the marketing, but not the related profiling",
        Kind.HALF_DONE,
        {"choices": _ProfilingGoesOn},
    ),
    Violation(
        "8.EU.6-shares-on",
        "8.EU.6",
        "The consent is shown as ended, but the company continues to receive data",
        Kind.STALE,
        {"share_policy": _SharesOn},
    ),
    Violation(
        "8.EU.6-not-in-switzerland",
        "8.EU.6",
        "Objections from Switzerland are accepted but not carried out",
        Kind.WRONG_RESIDENCE,
        {"choices": _NotInSwitzerland},
    ),
    Violation(
        "8.EU.6-late-share",
        "8.EU.6",
        "A share that failed before the objection is delivered after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
    ),
    Violation(
        "8.EU.6-advertised-elsewhere",
        "8.EU.6",
        "After an objection, a move to the United States starts advertising",
        Kind.MISSING,
        {"choices": _AdvertisedElsewhere},
    ),
    Violation(
        "8.EU.6-second-objection",
        "8.EU.6",
        "A second objection, after a renewed consent, is ignored",
        Kind.SECOND_TIME,
        {"choices": _SecondObjection},
    ),
    Violation(
        "8.EU.6-others-not-notified",
        "8.EU.6",
        "After an objection, companies are not told to stop personalisation and profiling",
        Kind.HALF_DONE,
        {"choices": _OthersNotTold},
    ),
    Violation(
        "8.EU.6-called-withdrawal",
        "8.EU.6",
        "The ledger records an objection as a withdrawal in the account",
        Kind.LYING_LEDGER,
        {"choices": _CalledWithdrawal},
    ),
    Violation(
        "8.EU.7-fresh-sign-in",
        "8.EU.7",
        "Withdrawing requires a sign-in within the last seven days, but consenting does not",
        Kind.MISSING,
        {"application": intercepted(_FreshSignIn)},
    ),
    Violation(
        "8.EU.7-entry-dropped",
        "8.EU.7",
        "A withdrawal removes the record of the consent",
        Kind.LYING_LEDGER,
        {"consents": _EntryDropped},
        also=(Also("2.3", "the ledger loses a recorded consent"),),
    ),
    Violation(
        "8.EU.7-end-moves",
        "8.EU.7",
        "A repeated withdrawal changes the recorded end of the consent",
        Kind.SECOND_TIME,
        {"consents": _EndMoves},
        also=(Also("2.3", "the ledger states a different time than the consent itself"),),
    ),
    Violation(
        "8.EU.7-asks-twice",
        "8.EU.7",
        "A consent given once has to be withdrawn twice",
        Kind.HALF_DONE,
        {"consents": _AsksTwice},
        also=(Also("2.3", "the consent is shown and recorded as still in force"),),
    ),
    Violation(
        "8.EU.7-refused-in-switzerland",
        "8.EU.7",
        "In Switzerland, withdrawals are refused",
        Kind.WRONG_RESIDENCE,
        {"consents": _RefusedInSwitzerland},
    ),
    Violation(
        "8.EU.7-refused-after-three-years",
        "8.EU.7",
        "After three years, a consent can be withdrawn only by letter",
        Kind.STALE,
        {"consents": _RefusedAfterThreeYears},
    ),
    Violation(
        "8.EU.6-no-connection-no-retry",
        "8.EU.6",
        "A company that cannot be connected to at the objection is never instructed to stop",
        Kind.RETRY,
        {"dispatcher": _NoConnectionNoRetry},
    ),
    Violation(
        "8.EU.6-not-in-saint-martin",
        "8.EU.6",
        "An objection from Saint Martin is accepted and has no effect",
        Kind.WRONG_RESIDENCE,
        {"choices": _NotInSaintMartin},
    ),
    Violation(
        "8.EU.7-refused-on-the-islands",
        "8.EU.7",
        "In the Åland Islands, a consent cannot be withdrawn in the account",
        Kind.WRONG_RESIDENCE,
        {"consents": _RefusedOnTheIslands},
    ),
    Violation(
        "8.EU.6-long-names-ignored",
        "8.EU.6",
        "An objection by a person with a long name is accepted and has no effect",
        Kind.ODD_NAME,
        {"choices": _LongNamesIgnored},
    ),
    Violation(
        "8.EU.7-right-to-left-continues",
        "8.EU.7",
        "A withdrawal by a person whose name is written from right to left has no effect",
        Kind.ODD_NAME,
        {"consents": _RightToLeftGoesOn},
    ),
)
