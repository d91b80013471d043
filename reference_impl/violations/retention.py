"""Clause 4.1: the data stays longer than six months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reference_impl.domain.calendar import RetentionRule, add_months
from reference_impl.domain.entities import AccessToken, Deletion, Person, PrivacyRequest, RequestKind
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import JournalPurger, Purge, Purger
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.signin import SessionStore
from reference_impl.violations.model import Also, Kind, Violation

_STILL_THERE = Also("4.3", "six months after the deletion nothing has been destroyed")
_TOO_LONG = (
    Also("4.4", "each account of a consumer stays too long"),
    Also("4.2", "what no hold covers stays too long"),
)

_NEVER = (
    _STILL_THERE,
    Also("4.5", "an erasure that was asked for after the deletion is never done either"),
    *_TOO_LONG,
    Also("7.4", "data of a child whose account was closed stays"),
    Also("7.5", "data of a reported child stays"),
)


class _Days184(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return deleted_at + timedelta(days=184)


class _SevenMonths(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return add_months(deleted_at, 7, self.schedule.time_zone)


class _Overflow(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        # What a month lacks runs on into the next one: 31 August becomes "31 February", 3 March.
        local = deleted_at.astimezone(ZoneInfo(self.schedule.time_zone))
        return add_months(local.replace(day=1), 6, self.schedule.time_zone) + timedelta(days=local.day - 1)


class _Utc(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return add_months(deleted_at, self.schedule.months, "UTC")


class _Never(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        return []


class _OneADay(Purge):
    def __init__(self, context: Context, purgers: Sequence[Purger], journal: JournalPurger) -> None:
        super().__init__(context, purgers, journal)
        self._done_at: datetime | None = None

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        if self._done_at == now:
            return []
        people = super().due(tx, now)[:1]
        self._done_at = now if people else self._done_at
        return people


class _AsleepWhileNobodyComes(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        newest = max((token.expires_at for token in tx.all(AccessToken)), default=now)
        return super().due(tx, now) if newest - now > SessionStore.LIFE - timedelta(days=1) else []


class _InTimeWhenWatched(Purge):
    def due(self, tx: Transaction, now: datetime) -> list[str]:
        people = super().due(tx, now)
        watched = {one.person_id for one in tx.all(Person, person_id=people) if one.email.endswith("example.org")}
        return [person_id for person_id in people if person_id in watched]


class _CopyStartsAnew(PrivacyRequests):
    def verify(self, request_id: str, code: str) -> RequestView:
        view = super().verify(request_id, code)
        with self._context.store.transaction() as tx:
            request = tx.one(PrivacyRequest, request_id=request_id)
            deletion = tx.one(Deletion, person_id=request.person_id) if request else None
            if deletion is not None and view.kind is RequestKind.ACCESS:
                deletion.purge_due_at = RetentionRule().purge_due_at(self._context.now())
        return view


VIOLATIONS = (
    Violation(
        "4.1-184-days",
        "4.1",
        "Six months are counted as 184 days",
        Kind.OFF_BY_ONE,
        {"retention": _Days184},
        also=_TOO_LONG,
    ),
    Violation(
        "4.1-seven-months",
        "4.1",
        "The data stays for seven months",
        Kind.OFF_BY_ONE,
        {"retention": _SevenMonths},
        also=(
            _STILL_THERE,
            *_TOO_LONG,
        ),
    ),
    Violation(
        "4.1-month-runs-over",
        "4.1",
        "Where the sixth month has no such day, the days are counted on into the next month",
        Kind.OFF_BY_ONE,
        {"retention": _Overflow},
    ),
    Violation(
        "4.1-by-utc",
        "4.1",
        "The months are counted by the calendar of UTC, and not by the one that is declared",
        Kind.WRONG_RESIDENCE,
        {"retention": _Utc},
    ),
    Violation(
        "4.1-never-purged",
        "4.1",
        "The job that purges is not scheduled",
        Kind.MISSING,
        {"purge": _Never},
        also=_NEVER,
    ),
    Violation(
        "4.1-asleep",
        "4.1",
        "The job that purges sleeps until somebody signs in",
        Kind.STALE,
        {"purge": _AsleepWhileNobodyComes},
        also=_NEVER,
    ),
    Violation(
        "4.1-in-time-when-watched",
        "4.1",
        "Only whose address is like an auditor's is purged in time",
        Kind.MISSING,
        {"purge": _InTimeWhenWatched},
        also=_NEVER,
    ),
    Violation(
        "4.1-one-a-day",
        "4.1",
        "The job that purges stops after the first account and goes on another day",
        Kind.HALF_DONE,
        {"purge": _OneADay},
        also=(_STILL_THERE,),
    ),
    Violation(
        "4.1-copy-starts-anew",
        "4.1",
        "Asking for a copy of the data starts the six months anew",
        Kind.SECOND_TIME,
        {"rights": _CopyStartsAnew},
    ),
)
