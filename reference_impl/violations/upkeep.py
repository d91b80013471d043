"""Clause 4.6: of living accounts, something stays that nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference_impl.domain.entities import Disposal, UnsubscribeLink
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
    """Keeps the lines of those who are not purged."""

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


VIOLATIONS = tuple(
    Violation(f"4.6-{name}", "4.6", title, kind, instead)
    for name, title, kind, instead in (
        ("tokens-kept", "Expired access tokens stay", Kind.MISSING, {"upkeep": _TokensKept}),
        ("codes-kept", "Used codes stay", Kind.MISSING, {"upkeep": _CodesKept}),
        (
            "codes-of-requests-kept",
            "Codes of sign-ups go, those of privacy requests stay",
            Kind.HALF_DONE,
            {"upkeep": _CodesOfRequestsKept},
        ),
        ("sign-ups-kept", "Sign-ups that nobody went on with stay", Kind.MISSING, {"upkeep": _SignUpsKept}),
        ("requests-kept", "Requests stay forty days longer", Kind.STALE, {"upkeep": _UnprovedRequestsKept}),
        ("messages-kept", "The outbox keeps what it has sent", Kind.STALE, {"upkeep": _MessagesKept}),
        ("links-kept", "Links under consents that ended stay", Kind.STALE, {"upkeep": _LinksKept}),
        (
            "provider-sign-ins-kept",
            "Sign-ins by a provider that nobody ended stay",
            Kind.MISSING,
            {"upkeep": _ProviderSignInsKept},
        ),
        (
            "running-links-go",
            "Links go while their consent runs, and no longer work",
            Kind.OFF_BY_ONE,
            {"upkeep": _RunningLinksGo},
        ),
        ("week-too-late", "Everything goes a week later than declared", Kind.OFF_BY_ONE, {"upkeep": _WeekTooLate}),
        ("log-kept", "The log keeps every day", Kind.MISSING, {"log": _LogKept}),
        ("nothing-entered", "What goes is not entered into the ledger", Kind.LYING_LEDGER, {"upkeep": _NothingEntered}),
        (
            "requests-not-entered",
            "The ledger is silent about requests that were destroyed",
            Kind.LYING_LEDGER,
            {"records": _RequestsNotEntered},
        ),
        (
            "entered-at-once",
            "The ledger tells of the destruction of all kinds at all times",
            Kind.LYING_LEDGER,
            {"records": _EnteredAtOnce},
        ),
    )
)
