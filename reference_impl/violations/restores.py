"""Restores that undo a decision: each forgets one kind, some only from an older backup or at the second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import (
    AccessToken,
    Account,
    Disclosure,
    Hold,
    MessageKind,
    OptOutSource,
    ProductApp,
    RequestKind,
)
from reference_impl.domain.instants import parse, render
from reference_impl.service.backups import Backup, Backups
from reference_impl.service.outbox import Outbox
from reference_impl.service.ports import Transaction
from reference_impl.violations.model import Also, Kind, Violation

_Row = dict[str, Any]


class Forgetful(Backups):
    """Takes something off the stop list before it is carried out, always or under a condition.

    Attributes:
        older: Whether the backup that is being restored is not the newest.
        times: How often each backup has been restored.
    """

    older = False
    times = 0

    def restore(self, backup_id: str) -> Backup:
        """Note what is restored, and restore it."""
        restored: Counter[str] = self.__dict__.setdefault("_restored", Counter())
        restored[backup_id] += 1
        self.times = restored[backup_id]
        self.older = self.all()[-1].backup_id != backup_id
        return super().restore(backup_id)

    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        """Carry out what is left of the list."""
        self.forget(tx, stops)
        super().stop_again(tx, stops)

    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        """Take something off the list."""
        raise NotImplementedError


def revive(stops: dict[str, Any], ended: Callable[[_Row], bool]) -> None:
    """Let consents run on that have ended."""
    for row in stops["consents"]:
        if row["withdrawn_at"] and ended(row):
            row.update(withdrawn_at=None, withdrawn_by=None)


class _NewConsents(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["consents"] = [row for row in stops["consents"] if row["withdrawn_at"]]


class _Moves(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        for row in stops["accounts"]:
            restored = tx.one(Account, account_id=row["account_id"])
            if restored is not None:
                row.update({name: getattr(restored, name) for name in ("country", "subdivision", "postal_code")})


class _Preferences(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        for row in stops["product_apps"]:
            restored = tx.one(ProductApp, person_id=row["person_id"], app_id=row["app_id"])
            if restored is not None:
                row.update(personalisation=restored.personalisation, categories=restored.categories)


class _MySonyIds(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        for row in stops["accounts"]:
            restored = tx.one(Account, account_id=row["account_id"])
            if self.older and restored is not None and restored.my_sony_id_at is not None:
                row.update(my_sony_id_at=restored.my_sony_id_at.isoformat())


class _LinksInAnOlderBackup(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        if self.older:
            revive(stops, lambda row: row["withdrawn_by"] == WithdrawnBy.ONE_CLICK)


class _PurgesAtTheSecondTime(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        if self.times > 1:
            stops["purged"] = []


class _NewHolds(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["holds"] = [row for row in stops["holds"] if tx.one(Hold, hold_id=row["hold_id"]) is not None]


class _LiftingsInAnOlderBackup(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        if self.older:
            stops["holds"] = [{**row, "lifted_at": None} for row in stops["holds"]]


class _Reports(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["guardian_reports"] = []


class _BirthDates(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["born"] = []


class _ObjectionsAtTheSecondTime(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        if self.older and self.times > 1:
            revive(stops, lambda row: row["withdrawn_by"] == WithdrawnBy.OBJECTION)


class _WithdrawalsOfMarketing(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        marketing = ConsentPurpose.EMAIL_MARKETING
        revive(stops, lambda row: (row["withdrawn_by"], row["purpose"]) == (WithdrawnBy.ACCOUNT, marketing))


class _OptOutsSinceTheNewest(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        newest = self.all()[-1].made_at
        stops["opted_out"] = [
            row for row in stops["opted_out"] if parse(row["opted_out_at"] or render(newest)) >= newest
        ]


class _OptOutsOfProfiling(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["opted_out_of_profiling"] = []


class _Signals(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["opted_out"] = [row for row in stops["opted_out"] if row["opt_out_source"] != OptOutSource.SIGNAL]


class _RequestsInNevada(Forgetful):
    def forget(self, tx: Transaction, stops: dict[str, Any]) -> None:
        stops["requests"] = [row for row in stops["requests"] if row["kind"] != RequestKind.NEVADA]


class _SignsOutAndRepeats(Backups):
    """Sessions end with a restore, and withdrawals are repeated."""

    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        super().stop_again(tx, stops)
        tx.remove(*tx.all(AccessToken))
        outbox = Outbox(self._context)
        for entry in tx.all(Disclosure, kind=MessageKind.WITHDRAW):
            if entry.person_id is not None:
                outbox.delivery(tx, entry.person_id, entry.recipient, entry.purpose, MessageKind.WITHDRAW, {})


VIOLATIONS = (
    Violation(
        "2.3-restore-loses-consents",
        "2.3",
        "A restore loses the record of consents given since the backup",
        Kind.MISSING,
        {"backups": _NewConsents},
    ),
    Violation(
        "2.5-restore-undoes-moves",
        "2.5",
        "After a restore, data is shared by the residence at the time of the backup",
        Kind.STALE,
        {"backups": _Moves},
    ),
    Violation(
        "2.6-restore-undoes-preferences",
        "2.6",
        "A restore brings back the preferences that a product app had at the time of the backup",
        Kind.STALE,
        {"backups": _Preferences},
    ),
    Violation(
        "2.7-restore-brings-back-my-sony-id",
        "2.7",
        "After a restore of an older backup, people who gave up their My Sony ID are profiled again",
        Kind.HALF_DONE,
        {"backups": _MySonyIds},
    ),
    Violation(
        "2.8-older-restore-undoes-links",
        "2.8",
        "Withdrawals through the link are undone when an older backup is restored; those in the account are not",
        Kind.HALF_DONE,
        {"backups": _LinksInAnOlderBackup},
    ),
    Violation(
        "4.1-second-restore-brings-back-purged",
        "4.1",
        "Purged data comes back when the same backup is restored for the second time",
        Kind.SECOND_TIME,
        {"backups": _PurgesAtTheSecondTime},
        also=(Also("4.5", "an account that was closed before its purge is open again"),),
    ),
    Violation(
        "4.2-restore-loses-holds",
        "4.2",
        "A restore loses the holds that were placed after the backup",
        Kind.MISSING,
        {"backups": _NewHolds},
    ),
    Violation(
        "4.2-older-restore-brings-back-holds",
        "4.2",
        "Holds that were lifted come back when an older backup is restored",
        Kind.STALE,
        {"backups": _LiftingsInAnOlderBackup},
    ),
    Violation(
        "7.5-restore-loses-reports",
        "7.5",
        "A restore loses reports by guardians that nobody has looked at yet, and the sharing is resumed",
        Kind.MISSING,
        {"backups": _Reports},
    ),
    Violation(
        "7.6-restore-undoes-corrections",
        "7.6",
        "A restore brings back a date of birth that was corrected since",
        Kind.STALE,
        {"backups": _BirthDates},
    ),
    Violation(
        "8.EU.6-second-restore-undoes-objections",
        "8.EU.6",
        "An objection is undone when an older backup is restored for the second time",
        Kind.SECOND_TIME,
        {"backups": _ObjectionsAtTheSecondTime},
    ),
    Violation(
        "8.EU.7-restore-undoes-withdrawals",
        "8.EU.7",
        "A restore undoes withdrawals of consent to e-mail marketing that were made in the account",
        Kind.HALF_DONE,
        {"backups": _WithdrawalsOfMarketing},
        also=(Also("4.5", "a consent that was withdrawn runs again after a restore"),),
    ),
    Violation(
        "8.US.6-opt-outs-between-backups",
        "8.US.6",
        "Opt-outs made before the newest backup are undone when an older one is restored",
        Kind.STALE,
        {"backups": _OptOutsSinceTheNewest},
        also=(
            Also("8.CA.4", "opt-outs between two backups are undone in every state"),
            Also("8.US.8", "opt-outs by signal between two backups are undone as well"),
        ),
    ),
    Violation(
        "8.US.7-restore-undoes-profiling-opt-out",
        "8.US.7",
        "A restore undoes opt-outs from profiling",
        Kind.MISSING,
        {"backups": _OptOutsOfProfiling},
    ),
    Violation(
        "8.CA.18-restore-undoes-signals",
        "8.CA.18",
        "A restore undoes opt-outs by signal; those by setting or request survive",
        Kind.HALF_DONE,
        {"backups": _Signals},
        also=(Also("8.US.8", "opt-outs by signal are undone in every state"),),
    ),
    Violation(
        "8.NV.4-restore-loses-requests",
        "8.NV.4",
        "A restore loses requests under Nevada law",
        Kind.MISSING,
        {"backups": _RequestsInNevada},
    ),
    Violation(
        "benign-restore-signs-out",
        None,
        "A restore ends every session and repeats withdrawals",
        Kind.BENIGN,
        {"backups": _SignsOutAndRepeats},
    ),
)
