"""Clause 4.1: events before the purge, or many people due at once, delay it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.calendar import RetentionRule
from reference_impl.domain.entities import Account, Deletion, Enquiry, Hold, Person
from reference_impl.service.backoffice import BackOffice
from reference_impl.service.backups import Backup, Backups
from reference_impl.service.choices import ChoiceForm, ChoiceRequests
from reference_impl.service.context import Context
from reference_impl.service.enquiries import Enquiries, Question
from reference_impl.service.guardians import Guardians, Report
from reference_impl.service.holds import Holds
from reference_impl.service.people import person_at
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge
from reference_impl.service.signin import SignIn
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.kept_events import keep_event
from reference_impl.violations.shared.sparing_purge import SparingPurge


def _deletion_at(tx: Transaction, email: str) -> Deletion | None:
    """The deletion of the account at an address that is closed and not purged yet."""
    person = person_at(tx, email)
    return tx.one(Deletion, person_id=person.person_id) if person and person.closed_at else None


def _restart(context: Context, deletion: Deletion | None) -> None:
    if deletion is not None:
        deletion.purge_due_at = RetentionRule().purge_due_at(context.now())


class _SignInRestarts(SignIn):
    def sign_in(self, email: str, password: str, *, signal: bool) -> tuple[str, int]:
        with self._context.store.transaction() as tx:
            _restart(self._context, _deletion_at(tx, email))
        return super().sign_in(email, password, signal=signal)


class _ViewPostpones(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        super().enter(tx, account, place, role, purpose)
        deletion = tx.one(Deletion, person_id=account.person_id)
        if deletion is not None and account.subdivision == "CA-QC":
            deletion.purge_due_at += timedelta(days=30)


class _ReportKeeps(Guardians):
    def take(self, report: Report) -> None:
        super().take(report)
        with self._context.store.transaction() as tx:
            found = [person_at(tx, address) for address in report.about]
            for one in found:
                deletion = tx.one(Deletion, person_id=one.person_id) if one and one.closed_at else None
                if deletion is not None:
                    deletion.purge_due_at += timedelta(days=14)


class _LiftingRestarts(Holds):
    def lift(self, hold_id: str) -> Hold:
        hold = super().lift(hold_id)
        if hold.person_id is not None:
            with self._context.store.transaction() as tx:
                _restart(self._context, tx.one(Deletion, person_id=hold.person_id))
        return hold


class _SparesWhoWasHeld(SparingPurge):
    def spares(self, tx: Transaction, person: Person) -> bool:
        holds = tx.all(Hold, person_id=person.person_id)
        return any(hold.lifted_at is None and hold.until <= self._context.now() for hold in holds)


class _EnquiryReopens(Enquiries):
    def receive(self, question: Question) -> Enquiry:
        if question.channel == "mail":
            with self._context.store.transaction() as tx:
                deletion = _deletion_at(tx, question.email)
                if deletion is not None:
                    deletion.purge_due_at += timedelta(days=14)
        return super().receive(question)


class _ObjectionIsRemembered(ChoiceRequests):
    def receive(self, form: ChoiceForm, *, sender: str) -> None:
        with self._context.store.transaction() as tx:
            if _deletion_at(tx, form.email) is not None:
                keep_event(tx, self._context, "objection", form.email)
        super().receive(form, sender=sender)


class _RestoreRestarts(Backups):
    def restore(self, backup_id: str) -> Backup:
        backup = super().restore(backup_id)
        with self._context.store.transaction() as tx:
            for deletion in tx.all(Deletion):
                _restart(self._context, deletion)
        return backup


class _RestoreForgetsLaterReceipts(Backups):
    def stop_list(self, tx: Transaction, since: datetime) -> dict[str, Any]:
        return {**super().stop_list(tx, since), "deletions": []}


class _FiftyADay(Purge):
    MOST = 50

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._day: object = None
        self._left = self.MOST

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        if self._day != now.date():
            self._day, self._left = now.date(), self.MOST
        people = super().due(tx, now)[: self._left]
        self._left -= len(people)
        return people


class _LosesOneOfMany(Purge):
    """Omits one person if more than twenty are due."""

    PLACE = -1

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._lost: set[str] = set()

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        people = super().due(tx, now)
        if len(people) > 20:
            self._lost.add(people[self.PLACE])
        return [person_id for person_id in people if person_id not in self._lost]


class _LosesOneInTheMiddle(_LosesOneOfMany):
    PLACE = 10


VIOLATIONS = (
    Violation(
        "4.1-sign-in-restarts",
        "4.1",
        "Trying to sign in to a deleted account restarts the six months",
        Kind.SECOND_TIME,
        {"sign_in": _SignInRestarts},
    ),
    Violation(
        "4.1-staff-view-postpones",
        "4.1",
        "In Québec, a staff view of a deleted account postpones its purge by a month",
        Kind.WRONG_RESIDENCE,
        {"back_office": _ViewPostpones},
    ),
    Violation(
        "4.1-report-postpones",
        "4.1",
        "A guardian report about a deleted account postpones its purge by two weeks",
        Kind.HALF_DONE,
        {"guardians": _ReportKeeps},
    ),
    Violation(
        "4.1-lifting-restarts",
        "4.1",
        "Lifting a hold before the purge restarts the six months",
        Kind.SECOND_TIME,
        {"holds": _LiftingRestarts},
    ),
    Violation(
        "4.1-ended-hold-retained",
        "4.1",
        "People with a hold that ended before the purge are never purged",
        Kind.STALE,
        {"purge": _SparesWhoWasHeld},
    ),
    Violation(
        "4.1-mail-postpones",
        "4.1",
        "A mail about a deleted account postpones its purge by two weeks",
        Kind.HALF_DONE,
        {"enquiries": _EnquiryReopens},
    ),
    Violation(
        "4.1-late-objection-retained",
        "4.1",
        "An objection mailed after the deletion is remembered by its address indefinitely",
        Kind.STALE,
        {"choices": _ObjectionIsRemembered},
    ),
    Violation(
        "4.1-restore-restarts",
        "4.1",
        "A restore restarts the six months of every deleted account",
        Kind.RETRY,
        {"backups": _RestoreRestarts},
    ),
    Violation(
        "4.1-restore-forgets-receipts",
        "4.1",
        "After a restore, accounts deleted since the backup stay closed and are never purged",
        Kind.RETRY,
        {"backups": _RestoreForgetsLaterReceipts},
    ),
    Violation(
        "4.1-fifty-a-day",
        "4.1",
        "The purge job processes at most fifty accounts a day",
        Kind.HALF_DONE,
        {"purge": _FiftyADay},
    ),
    Violation(
        "4.1-last-of-many-retained",
        "4.1",
        "If more than twenty accounts are due at once, the last of them is not purged",
        Kind.OFF_BY_ONE,
        {"purge": _LosesOneOfMany},
    ),
    Violation(
        "4.1-middle-of-many-retained",
        "4.1",
        "If more than twenty accounts are due at once, one in the middle is skipped",
        Kind.OFF_BY_ONE,
        {"purge": _LosesOneInTheMiddle},
    ),
)
