"""Clause 2.8: the unsubscribe link does too little or too much."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Disclosure,
    Message,
    MessageKind,
    Person,
    UnsubscribeLink,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.consents import Unsubscribe
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.outbox import RetryPolicy
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.sharing import running_consents
from reference_impl.service.signin import SignIn
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted, problem
from reference_impl.violations.shared.newsletter import Newsletter
from reference_impl.violations.shared.repeated_consents import earlier, resume
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher

_MARKETING = ConsentPurpose.EMAIL_MARKETING


def revive(tx: Transaction, person_id: str) -> None:
    """Undo the latest withdrawal by link."""
    entries = tx.all(ConsentEntry, person_id=person_id, purpose=_MARKETING)
    if entries and entries[-1].withdrawn_by is WithdrawnBy.ONE_CLICK:
        entries[-1].withdrawn_at = entries[-1].withdrawn_by = None


class _VisitUnsubscribes(Unsubscribe):
    def look(self, token: str) -> None:
        self.unsubscribe(token)


class _AsksForSignIn(Interceptor):
    def before(self, request: Request) -> Answer | None:
        unsubscribes = request.method == "POST" and request.path.startswith("/v1/unsubscribe/")
        return problem(401, "Sign in first") if unsubscribes and "authorization" not in request.headers else None


class _NoParts(Interceptor):
    def before(self, request: Request) -> Answer | None:
        parts = request.headers.get("content-type", "").startswith("multipart/")
        return problem(422, "Malformed") if parts and request.path.startswith("/v1/unsubscribe/") else None


class _OnlyHere(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.change(person_id) as tx:
            self._consents.end(tx, person_id, _MARKETING, WithdrawnBy.ONE_CLICK)


class _MoveEndsLinks(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        with self._context.change(person_id) as tx:
            account = tx.one(Account, person_id=person_id)
            if account and change.country and change.country != account.country:
                tx.remove_all(UnsubscribeLink, person_id=person_id)
        return super().change(person_id, change)


class _TriesOnce(RetryPolicy):
    def next_try_at(self, now: datetime, first_try_at: datetime, tries: int) -> datetime | None:
        return None


class _TriesFiveDays(RetryPolicy):
    KEEP_TRYING = timedelta(days=5)


class _LateShares(StubbornDispatcher):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.EMAIL_MARKETING


class _EditRevives(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        with self._context.change(person_id) as tx:
            revive(tx, person_id)
        return super().change(person_id, change)


class _SignInRevives(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        token, seconds = super().sign_in(email, password, signal=signal)
        with self._context.store.transaction() as tx:
            revive(tx, self._sessions.person(tx, token).person_id)
        return token, seconds


class _WholeHousehold(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        super().unsubscribe(token)
        with self._context.store.transaction() as tx:
            home = tx.one(Account, person_id=self.person_id(token))
            others = tx.all(Account, postal_code=home.postal_code, closed_at=None) if home else []
        for other in others:
            self._consents.withdraw(other.person_id, _MARKETING, WithdrawnBy.ONE_CLICK)


class _SecondClickRevives(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.change(person_id) as tx:
            entries = tx.all(ConsentEntry, person_id=person_id, purpose=_MARKETING)
            again = bool(entries) and entries[-1].withdrawn_by is WithdrawnBy.ONE_CLICK
            if again:
                revive(tx, person_id)
        if not again:
            super().unsubscribe(token)


class _LinkExpires(Unsubscribe):
    def person_id(self, token: str) -> str:
        person_id = super().person_id(token)
        with self._context.store.transaction() as tx:
            shares = tx.all(Disclosure, person_id=person_id, kind=MessageKind.SHARE, purpose=Purpose.EMAIL_MARKETING)
        if shares and shares[-1].decided_at + timedelta(days=180) <= self._context.now():
            raise NotThere("This link is not valid or has expired")
        return person_id


class _OnceIsEnough(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.store.transaction() as tx:
            entries = tx.all(ConsentEntry, person_id=person_id, purpose=_MARKETING)
        if not any(entry.withdrawn_by is WithdrawnBy.ONE_CLICK for entry in entries):
            super().unsubscribe(token)


class _WinsBack(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        gone = tx.all(ConsentEntry, purpose=_MARKETING, withdrawn_by=WithdrawnBy.ONE_CLICK)
        month = timedelta(days=30)
        people = [
            tx.one(Person, person_id=entry.person_id)
            for entry in gone
            if entry.withdrawn_at and now - entry.withdrawn_at >= month
        ]
        return [person for person in people if person and person.closed_at is None]


class _OddNames(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.store.transaction() as tx:
            account = tx.one(Account, person_id=person_id)
        if account is None or account.display_name.isascii():
            super().unsubscribe(token)


class _PlusAddresses(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        with self._context.store.transaction() as tx:
            person = tx.one(Person, person_id=self.person_id(token))
        if person is None or "+" not in person.email:
            super().unsubscribe(token)


class _EndsTheNewest(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.store.transaction() as tx:
            repeated = earlier(tx, person_id)
        super().unsubscribe(token)
        resume(self._context, person_id, repeated)


class _OldLinkEndsOldConsent(Unsubscribe):
    def unsubscribe(self, token: str) -> None:
        person_id = self.person_id(token)
        with self._context.store.transaction() as tx:
            shares = tx.all(Message, person_id=person_id, kind=MessageKind.SHARE, purpose=Purpose.EMAIL_MARKETING)
            consents = [one.entry_id for one in running_consents(tx, person_id, _MARKETING)]
            account = tx.one(Account, person_id=person_id)
        super().unsubscribe(token)
        if len(consents) > 1 and account and account.country == "NL" and self._is_first(shares, token):
            resume(self._context, person_id, consents[1:])

    def _is_first(self, shares: list[Message], token: str) -> bool:
        return any(str(one.body["unsubscribe_url"]).endswith(token) for one in shares[:1])


class _FortyAreHeard(Unsubscribe):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._heard: Counter[datetime] = Counter()

    def unsubscribe(self, token: str) -> None:
        now = self._context.now()
        self._heard[now] += 1
        if self._heard[now] <= 40:
            super().unsubscribe(token)


class _TwentyFiveADay(Dispatcher):
    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        found = super().due(tx, now)
        late = [one for one in found if one.kind is MessageKind.WITHDRAW][25:]
        for one in late:
            one.next_try_at = now + timedelta(days=1)
        return [one for one in found if one not in late]


VIOLATIONS = (
    Violation(
        "2.8-visit-unsubscribes",
        "2.8",
        "Opening the link unsubscribes, even if a mail scanner opens it",
        Kind.MISSING,
        {"unsubscribe": _VisitUnsubscribes},
    ),
    Violation(
        "2.8-no-forms-in-parts",
        "2.8",
        "The link rejects multipart forms, the encoding that RFC 8058 recommends",
        Kind.ODD_NAME,
        {"application": intercepted(_NoParts)},
    ),
    Violation(
        "2.8-asks-for-sign-in",
        "2.8",
        "The link requires a sign-in",
        Kind.MISSING,
        {"application": intercepted(_AsksForSignIn)},
        also=(
            Also("2.7", "the link does not end profiling either"),
            Also("2.4", "data continues to be shared after unsubscribing with the link"),
        ),
    ),
    Violation(
        "2.8-company-not-notified",
        "2.8",
        "The consent ends, but the company is not told",
        Kind.HALF_DONE,
        {"unsubscribe": _OnlyHere},
        also=(Also("2.7", "companies are not told to stop profiling either"),),
    ),
    Violation(
        "2.8-gives-up-after-one-try",
        "2.8",
        "A company that cannot be reached at the first attempt is never told",
        Kind.RETRY,
        {"retry": _TriesOnce},
        also=(
            Also("4.5", "a company that was unavailable when the account was deleted is never told either"),
            Also("8.CA.18", "advertising vendors that were unavailable when the signal came are never told either"),
            Also("2.5", "a company that was unavailable at a move is never told either"),
        ),
    ),
    Violation(
        "2.8-gives-up-after-five-days",
        "2.8",
        "Delivery to an unavailable company is abandoned after five days",
        Kind.OFF_BY_ONE,
        {"retry": _TriesFiveDays},
        also=(Also("2.5", "a company that was unavailable for that long at a move is never told"),),
    ),
    Violation(
        "2.8-late-share",
        "2.8",
        "A failed share is delivered after the consent has ended",
        Kind.RETRY,
        {"dispatcher": _LateShares},
        also=(
            Also("4.3", "the retried share keeps its message and ledger entry after the purge"),
            Also("4.5", "shares that failed before the deletion are delivered after it"),
        ),
    ),
    Violation(
        "2.8-edit-revives-consent",
        "2.8",
        "Changing the display name restores the withdrawn consent from a stale form",
        Kind.STALE,
        {"accounts": _EditRevives},
    ),
    Violation(
        "2.8-sign-in-revives-consent",
        "2.8",
        "Signing in restores the withdrawn consent",
        Kind.SECOND_TIME,
        {"sign_in": _SignInRevives},
    ),
    Violation(
        "2.8-wins-back",
        "2.8",
        "A month after unsubscribing, the person receives an offer from the service itself",
        Kind.HALF_DONE,
        {"dispatcher": _WinsBack},
    ),
    Violation(
        "2.8-unsubscribes-the-household",
        "2.8",
        "The link withdraws the consent of everybody with the same postal code",
        Kind.WRONG_RESIDENCE,
        {"unsubscribe": _WholeHousehold},
    ),
    Violation(
        "2.8-second-click-revives-consent",
        "2.8",
        "A second click subscribes again",
        Kind.SECOND_TIME,
        {"unsubscribe": _SecondClickRevives},
    ),
    Violation(
        "2.8-link-expires",
        "2.8",
        "The link works for 180 days",
        Kind.STALE,
        {"unsubscribe": _LinkExpires},
    ),
    Violation(
        "2.8-link-works-once-in-a-life",
        "2.8",
        "A person who unsubscribed once and consented again cannot unsubscribe again",
        Kind.SECOND_TIME,
        {"unsubscribe": _OnceIsEnough},
    ),
    Violation(
        "2.8-odd-names-stay",
        "2.8",
        "The link reports success, but does nothing for names with non-ASCII letters",
        Kind.ODD_NAME,
        {"unsubscribe": _OddNames},
    ),
    Violation(
        "2.8-plus-addresses-stay",
        "2.8",
        "The link reports success, but does nothing for addresses with a plus sign",
        Kind.ODD_NAME,
        {"unsubscribe": _PlusAddresses},
    ),
    Violation(
        "2.8-move-ends-links",
        "2.8",
        "Links in mails sent before a move do nothing",
        Kind.STALE,
        {"accounts": _MoveEndsLinks},
    ),
    Violation(
        "2.8-ends-the-newest",
        "2.8",
        "If consent was given twice, the link ends the newest consent only",
        Kind.SECOND_TIME,
        {"unsubscribe": _EndsTheNewest},
    ),
    Violation(
        "2.8-old-link-ends-old-consent",
        "2.8",
        "In the Netherlands, the link in an older mail ends only the consent of that time",
        Kind.STALE,
        {"unsubscribe": _OldLinkEndsOldConsent},
    ),
    Violation(
        "2.8-forty-are-processed",
        "2.8",
        "Of many unsubscriptions at one time, the first forty take effect",
        Kind.HALF_DONE,
        {"unsubscribe": _FortyAreHeard},
    ),
    Violation(
        "2.8-twenty-five-a-day",
        "2.8",
        "Of many withdraw deliveries due at once, the first 25 are sent and the others wait for a day",
        Kind.HALF_DONE,
        {"dispatcher": _TwentyFiveADay},
    ),
)
