"""Clause 4.1: data is kept longer than six months, in the service or in its backups."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reference_impl.domain.calendar import RetentionRule, add_months
from reference_impl.domain.entities import (
    AccessToken,
    Deletion,
    Enquiry,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestStatus,
    StaffAccess,
)
from reference_impl.outbound.vault import S3Vault
from reference_impl.service.backups import Backup, Backups
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import JournalPurger, Purge, Purger
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.signin import SessionStore
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.sparing_purge import SparingPurge

_STILL_THERE = Also("4.3", "six months after the deletion nothing has been destroyed")


_TOO_LONG = (
    Also("4.4", "every account of a consumer is kept too long"),
    Also("4.2", "data that no hold covers is kept too long"),
)


_NEVER_PURGED = (
    _STILL_THERE,
    Also("4.5", "an erasure requested after the deletion is never carried out either"),
    *_TOO_LONG,
    Also("7.4", "data of a child whose account was closed is kept"),
    Also("7.5", "data of a reported child is kept"),
)


class _Days184(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return deleted_at + timedelta(days=184)


class _SevenMonths(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return add_months(deleted_at, 7, self.schedule.time_zone)


class _Overflow(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        # Days beyond the end of a month run on into the next one: 31 August becomes "31 February", 3 March.
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


class _CopyRestartsPeriod(PrivacyRequests):
    def verify(self, request_id: str, code: str) -> RequestView:
        view = super().verify(request_id, code)
        with self._context.store.transaction() as tx:
            request = tx.one(PrivacyRequest, request_id=request_id)
            deletion = tx.one(Deletion, person_id=request.person_id) if request else None
            if deletion is not None and view.kind is RequestKind.ACCESS:
                deletion.purge_due_at = RetentionRule().purge_due_at(self._context.now())
        return view


class _PurgedAreBack(Backups):
    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        super().stop_again(tx, {**stops, "purged": []})


class _KeptForEver(Backups):
    def over(self, now: datetime) -> list[Backup]:
        return []


class _InTheClear(S3Vault):
    def seal(self, secret: bytes, name: str, content: bytes) -> bytes:
        return content

    def open(self, secret: bytes, name: str, sealed: bytes) -> bytes:
        return sealed


class _SparesWhoAsked(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(Enquiry, person_id=person.person_id))


class _SparesWhoWasLookedAt(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(StaffAccess, person_id=person.person_id))


class _SparesWhoOptedOut(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return person.opted_out_at is not None


class _SparesOpenRequests(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(PrivacyRequest, person_id=person.person_id, status=RequestStatus.UNVERIFIED))


class _SparesWhoWasPurged(SparingPurge):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._gone: set[str] = set()

    def purge(self, people: Sequence[str]) -> None:
        with self._context.store.transaction() as tx:
            addresses = [person.email_key for person in tx.all(Person, person_id=list(people))]
        super().purge(people)
        self._gone.update(hashlib.sha256(address.encode()).hexdigest() for address in addresses)

    def spares(self, tx: Transaction, person: Person) -> bool:
        return hashlib.sha256(person.email_key.encode()).hexdigest() in self._gone


class _RestsAtChristmas(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        today = self._context.now()
        return (today.month, today.day) >= (12, 24) or (today.month, today.day) <= (1, 2)


_NOT_DESTROYED = (Also("4.3", "data of people who are never purged is still found"),)


class _QuestionsPreventDeletion(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        with self._context.store.transaction() as tx:
            if tx.all(Enquiry, person_id=person_id):
                raise RuntimeError("FOREIGN KEY constraint failed")
        return super().delete(person_id, reason)


class _LeapDayIsMarch(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        local = deleted_at.astimezone(ZoneInfo(self.schedule.time_zone))
        leap = (local.month, local.day) == (2, 29)
        return super().purge_due_at(deleted_at + timedelta(days=1) if leap else deleted_at)


class _ByAmsterdam(RetentionRule):
    def purge_due_at(self, deleted_at: datetime) -> datetime:
        return add_months(deleted_at, self.schedule.months, "Europe/Amsterdam")


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
        "Data is kept for seven months",
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
        "If the sixth month lacks the day, the period runs on into the following month",
        Kind.OFF_BY_ONE,
        {"retention": _Overflow},
    ),
    Violation(
        "4.1-by-utc",
        "4.1",
        "The six months are counted in UTC, not in the declared time zone",
        Kind.WRONG_RESIDENCE,
        {"retention": _Utc},
    ),
    Violation(
        "4.1-never-purged",
        "4.1",
        "The purge job is not scheduled",
        Kind.MISSING,
        {"purge": _Never},
        also=_NEVER_PURGED,
    ),
    Violation(
        "4.1-scheduler-inactive",
        "4.1",
        "The purge job runs only after somebody has signed in",
        Kind.STALE,
        {"purge": _AsleepWhileNobodyComes},
        also=_NEVER_PURGED,
    ),
    Violation(
        "4.1-in-time-when-watched",
        "4.1",
        "Only people with an auditor's e-mail address are purged on time",
        Kind.MISSING,
        {"purge": _InTimeWhenWatched},
        also=_NEVER_PURGED,
    ),
    Violation(
        "4.1-one-a-day",
        "4.1",
        "The purge job processes one account a day",
        Kind.HALF_DONE,
        {"purge": _OneADay},
        also=(_STILL_THERE,),
    ),
    Violation(
        "4.1-copy-restarts-period",
        "4.1",
        "An access request restarts the six months",
        Kind.SECOND_TIME,
        {"rights": _CopyRestartsPeriod},
    ),
    Violation(
        "4.1-restore-brings-back",
        "4.1",
        "A restore brings back people who were purged after the backup",
        Kind.SECOND_TIME,
        {"backups": _PurgedAreBack},
    ),
    Violation(
        "4.1-backups-kept",
        "4.1",
        "Backups are kept indefinitely",
        Kind.STALE,
        {"backups": _KeptForEver},
    ),
    Violation(
        "4.1-backups-in-the-clear",
        "4.1",
        "Backups are not encrypted",
        Kind.MISSING,
        {"vault": _InTheClear},
    ),
    Violation(
        "4.1-requests-retained",
        "4.1",
        "People who asked a question are never purged",
        Kind.HALF_DONE,
        {"purge": _SparesWhoAsked},
        also=_NOT_DESTROYED,
    ),
    Violation(
        "4.1-staff-views-retained",
        "4.1",
        "People whose account staff looked at are never purged",
        Kind.HALF_DONE,
        {"purge": _SparesWhoWasLookedAt},
        also=_NOT_DESTROYED,
    ),
    Violation(
        "4.1-opt-outs-retained",
        "4.1",
        "People who opted out are never purged, to remember the opt-out",
        Kind.HALF_DONE,
        {"purge": _SparesWhoOptedOut},
        also=_NOT_DESTROYED,
    ),
    Violation(
        "4.1-open-request-retained",
        "4.1",
        "People with an unverified request are never purged",
        Kind.HALF_DONE,
        {"purge": _SparesOpenRequests},
    ),
    Violation(
        "4.1-second-account-retained",
        "4.1",
        "A person who was purged once is not purged a second time",
        Kind.SECOND_TIME,
        {"purge": _SparesWhoWasPurged},
    ),
    Violation(
        "4.1-no-purge-at-christmas",
        "4.1",
        "Nobody is purged from Christmas to New Year",
        Kind.STALE,
        {"purge": _RestsAtChristmas},
    ),
    Violation(
        "4.1-questions-prevent-deletion",
        "4.1",
        "The deletion of an account fails every time if its holder has asked a question",
        Kind.HALF_DONE,
        {"deletions": _QuestionsPreventDeletion},
        also=(Also("4.3", "an account that cannot be deleted is never purged"),),
    ),
    Violation(
        "4.1-leap-day-is-march",
        "4.1",
        "A period that starts on 29 February is counted from 1 March",
        Kind.OFF_BY_ONE,
        {"retention": _LeapDayIsMarch},
    ),
    Violation(
        "4.1-by-amsterdam",
        "4.1",
        "The six months are counted in the person's time zone: one hour off after a change of the clocks",
        Kind.OFF_BY_ONE,
        {"retention": _ByAmsterdam},
    ),
)
