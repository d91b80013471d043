"""Clause 4.6: data of living accounts is kept after it is no longer needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import (
    AccessToken,
    ConsentEntry,
    Disposal,
    Message,
    MessageKind,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestStatus,
    UnsubscribeLink,
)
from reference_impl.domain.upkeep import LIFETIMES, Leftover
from reference_impl.service.ports import Transaction
from reference_impl.service.records import Records
from reference_impl.service.upkeep import Upkeep
from reference_impl.store.logs import LogFiles
from reference_impl.violations.model import Kind, Violation


class _TokensKept(Upkeep):
    def access_tokens(self, tx: Transaction, until: datetime) -> int:
        return 0


class _CodesKept(Upkeep):
    def verification_codes(self, tx: Transaction, until: datetime) -> int:
        return 0


class _CodesOfRequestsKept(Upkeep):
    def verification_codes(self, tx: Transaction, until: datetime) -> int:
        return super().verification_codes(tx, until - timedelta(days=365))


class _SignUpsKept(Upkeep):
    def sign_ups(self, until: datetime) -> int:
        return 0


class _UnprovedRequestsKept(Upkeep):
    def privacy_requests(self, tx: Transaction, until: datetime) -> int:
        return super().privacy_requests(tx, until - timedelta(days=40))


class _MessagesKept(Upkeep):
    def messages(self, tx: Transaction, until: datetime) -> int:
        return 0


class _LinksKept(Upkeep):
    def unsubscribe_links(self, tx: Transaction, until: datetime) -> int:
        return 0


class _ProviderSignInsKept(Upkeep):
    def provider_sign_ins(self, tx: Transaction, until: datetime) -> int:
        return 0


class _RunningLinksGo(Upkeep):
    def unsubscribe_links(self, tx: Transaction, until: datetime) -> int:
        for link in tx.all(UnsubscribeLink, ended_at=None):
            link.ended_at = self._context.now() - timedelta(days=61)
        return super().unsubscribe_links(tx, until)


class _WeekTooLate(Upkeep):
    def needed_until(self, kind: Leftover, now: datetime) -> datetime:
        return super().needed_until(kind, now) - timedelta(days=7)


class _LogKept(LogFiles):
    """Keeps the log of people who are not purged."""

    def expire(self, ended_by: datetime) -> int:
        return 0


class _NothingEntered(Upkeep):
    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        if items:
            tx.leave_nothing()


class _RequestsNotEntered(Records):
    def disposals(self) -> list[Disposal]:
        return [entry for entry in super().disposals() if entry.kind is not Leftover.PRIVACY_REQUEST]


class _EnteredAtOnce(Records):
    def disposals(self) -> list[Disposal]:
        now = self._context.now()
        made_up = [Disposal(kind=kind, items=1, disposed_at=now) for kind in LIFETIMES if kind is not Leftover.BACKUP]
        return [*super().disposals(), *made_up]


class _ObjectedLinksKept(Upkeep):
    def unsubscribe_links(self, tx: Transaction, until: datetime) -> int:
        marketing = ConsentPurpose.EMAIL_MARKETING
        links = [
            link
            for link in tx.until(UnsubscribeLink, "ended_at", until)
            if all(
                entry.withdrawn_by == "account"
                for entry in tx.all(ConsentEntry, person_id=link.person_id, purpose=marketing)
            )
        ]
        return self._remove(tx, links)


class _MailsKept(Upkeep):
    def messages(self, tx: Transaction, until: datetime) -> int:
        ended = tx.until(Message, "ended_at", until)
        return self._remove(tx, [one for one in ended if one.kind is not MessageKind.MAIL])


class _UnprovedErasuresKept(Upkeep):
    def privacy_requests(self, tx: Transaction, until: datetime) -> int:
        answered = [one for one in tx.until(PrivacyRequest, "answered_at", until) if one.kind.needs_proof]
        unproved = tx.until(PrivacyRequest, "created_at", until, status=RequestStatus.UNVERIFIED)
        return self._remove(tx, [*answered, *(one for one in unproved if one.kind is RequestKind.ACCESS)])


class _SignUpsAbroadKept(Upkeep):
    def sign_ups(self, until: datetime) -> int:
        with self._context.store.transaction() as tx:
            given_up = tx.until(Person, "created_at", until, verified_at=None)
        here = [one.person_id for one in given_up if one.country not in {"JP", "US", "CN"}]
        return len(here) - len(self._purge.run(here))


class _TokensOfThePresentKept(Upkeep):
    def access_tokens(self, tx: Transaction, until: datetime) -> int:
        expired = tx.until(AccessToken, "expires_at", until + LIFETIMES[Leftover.ACCESS_TOKEN].span)
        newest = {one.person_id: one for one in sorted(tx.all(AccessToken), key=lambda one: one.expires_at)}
        return self._remove(tx, [one for one in expired if newest[one.person_id].token_hash == one.token_hash])


class _CountsOne(Upkeep):
    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        super().enter(tx, kind, min(items, 1))


class _Backdates(Upkeep):
    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        if items:
            tx.add(Disposal(kind=kind, items=items, disposed_at=self._context.now() - timedelta(days=400)))
            tx.leave_nothing()


VIOLATIONS = (
    Violation(
        "4.6-tokens-kept",
        "4.6",
        "Expired access tokens are kept",
        Kind.MISSING,
        {"upkeep": _TokensKept},
    ),
    Violation(
        "4.6-codes-kept",
        "4.6",
        "Used verification codes are kept",
        Kind.MISSING,
        {"upkeep": _CodesKept},
    ),
    Violation(
        "4.6-codes-of-requests-kept",
        "4.6",
        "Verification codes of registrations are removed, those of privacy requests are kept",
        Kind.HALF_DONE,
        {"upkeep": _CodesOfRequestsKept},
    ),
    Violation(
        "4.6-sign-ups-kept",
        "4.6",
        "Abandoned registrations are kept",
        Kind.MISSING,
        {"upkeep": _SignUpsKept},
    ),
    Violation(
        "4.6-requests-kept",
        "4.6",
        "Privacy requests are kept forty days too long",
        Kind.STALE,
        {"upkeep": _UnprovedRequestsKept},
    ),
    Violation(
        "4.6-messages-kept",
        "4.6",
        "The outbox keeps messages after they have been sent",
        Kind.STALE,
        {"upkeep": _MessagesKept},
    ),
    Violation(
        "4.6-links-kept",
        "4.6",
        "Unsubscribe links are kept after the consent has ended",
        Kind.STALE,
        {"upkeep": _LinksKept},
    ),
    Violation(
        "4.6-provider-sign-ins-kept",
        "4.6",
        "Unfinished sign-ins with a provider are kept",
        Kind.MISSING,
        {"upkeep": _ProviderSignInsKept},
    ),
    Violation(
        "4.6-running-links-go",
        "4.6",
        "Unsubscribe links are removed while the consent is in force, and stop working",
        Kind.OFF_BY_ONE,
        {"upkeep": _RunningLinksGo},
    ),
    Violation(
        "4.6-week-too-late",
        "4.6",
        "Everything is removed a week later than declared",
        Kind.OFF_BY_ONE,
        {"upkeep": _WeekTooLate},
    ),
    Violation(
        "4.6-log-kept",
        "4.6",
        "The log is never deleted",
        Kind.MISSING,
        {"log": _LogKept},
    ),
    Violation(
        "4.6-nothing-entered",
        "4.6",
        "Disposals are not recorded in the ledger",
        Kind.LYING_LEDGER,
        {"upkeep": _NothingEntered},
    ),
    Violation(
        "4.6-requests-not-recorded",
        "4.6",
        "The ledger omits the disposal of privacy requests",
        Kind.LYING_LEDGER,
        {"records": _RequestsNotEntered},
    ),
    Violation(
        "4.6-entered-at-once",
        "4.6",
        "The ledger reports disposals of every kind at all times",
        Kind.LYING_LEDGER,
        {"records": _EnteredAtOnce},
    ),
    Violation(
        "4.6-objected-links-kept",
        "4.6",
        "Unsubscribe links are kept if the consent was withdrawn outside the account",
        Kind.HALF_DONE,
        {"upkeep": _ObjectedLinksKept},
    ),
    Violation(
        "4.6-mails-kept",
        "4.6",
        "Deliveries are removed, but mails are kept",
        Kind.HALF_DONE,
        {"upkeep": _MailsKept},
    ),
    Violation(
        "4.6-unproved-erasures-kept",
        "4.6",
        "Unverified erasure requests are kept",
        Kind.HALF_DONE,
        {"upkeep": _UnprovedErasuresKept},
    ),
    Violation(
        "4.6-sign-ups-abroad-kept",
        "4.6",
        "Abandoned registrations from Japan, the United States and China are kept",
        Kind.WRONG_RESIDENCE,
        {"upkeep": _SignUpsAbroadKept},
    ),
    Violation(
        "4.6-tokens-of-the-present-kept",
        "4.6",
        "Expired tokens are kept while their owner has a newer one",
        Kind.SECOND_TIME,
        {"upkeep": _TokensOfThePresentKept},
    ),
    Violation(
        "4.6-counts-one",
        "4.6",
        "The ledger counts one item, however many were removed",
        Kind.LYING_LEDGER,
        {"upkeep": _CountsOne},
    ),
    Violation(
        "4.6-dates-back",
        "4.6",
        "The ledger dates disposals to before the data existed",
        Kind.LYING_LEDGER,
        {"upkeep": _Backdates},
    ),
)
