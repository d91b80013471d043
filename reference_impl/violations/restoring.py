"""Clauses 4.1 and 4.5: backups that outlive what they hold, and restores that bring it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reference_impl.outbound.vault import S3Vault
from reference_impl.service.backups import Backup, Backups
from reference_impl.service.ports import Transaction
from reference_impl.violations.model import Kind, Violation


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


class _DeletedAreBack(Backups):
    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        super().stop_again(tx, {**stops, "closed": []})


VIOLATIONS = (
    Violation(
        "4.1-restore-brings-back",
        "4.1",
        "A restore brings back whoever was purged after the backup",
        Kind.SECOND_TIME,
        {"backups": _PurgedAreBack},
    ),
    Violation(
        "4.1-backups-kept",
        "4.1",
        "Backups are kept for ever",
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
        "4.5-restore-opens-again",
        "4.5",
        "A restore opens accounts that were deleted after the backup",
        Kind.SECOND_TIME,
        {"backups": _DeletedAreBack},
    ),
)
