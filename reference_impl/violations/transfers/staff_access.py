"""Clause 5.2: access by staff abroad is not announced, or not recorded correctly."""

from __future__ import annotations

from dataclasses import replace

from reference_impl.domain.entities import Account, StaffAccess
from reference_impl.domain.notices import ReadNotice
from reference_impl.service.backoffice import BackOffice
from reference_impl.service.ports import Transaction
from reference_impl.service.records import Records
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.reworded_notices import RewordedNotices


class _NoStaff(RewordedNotices):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        paragraphs = notice.text.split("\n\n")
        return replace(notice, text="\n\n".join(one for one in paragraphs if not one.startswith("Medewerkers")))


class _JapanIsHome(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if place != "JP":
            super().enter(tx, account, place, role, purpose)


class _LoggedOnce(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if not tx.all(StaffAccess, account_id=account.account_id, place=place, role=role):
            super().enter(tx, account, place, role, purpose)


class _PlainLetters(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        super().enter(tx, account, place, role.encode("ascii", "replace").decode(), purpose)


class _CutShort(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        super().enter(tx, account, place, role[:60], purpose[:60])


class _ClosedUnseen(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if account.closed_at is None:
            super().enter(tx, account, place, role, purpose)


class _AlwaysJapan(Records):
    def accesses(self) -> list[StaffAccess]:
        entries = super().accesses()
        for entry in entries:
            entry.place = "JP"
        return entries


VIOLATIONS = (
    Violation(
        "5.2-notice-silent-in-dutch",
        "5.2",
        "The Dutch notice does not mention access by staff abroad",
        Kind.MISSING,
        {"notices": _NoStaff},
    ),
    Violation(
        "5.2-japan-is-home",
        "5.2",
        "Staff access from Japan is treated as domestic and is not recorded",
        Kind.WRONG_RESIDENCE,
        {"back_office": _JapanIsHome},
    ),
    Violation(
        "5.2-logged-once",
        "5.2",
        "Repeated staff access from the same place is not recorded",
        Kind.SECOND_TIME,
        {"back_office": _LoggedOnce},
    ),
    Violation(
        "5.2-plain-letters",
        "5.2",
        "The recorded role loses non-ASCII letters",
        Kind.ODD_NAME,
        {"back_office": _PlainLetters},
    ),
    Violation(
        "5.2-words-cut",
        "5.2",
        "The recorded role and purpose are truncated to sixty characters",
        Kind.ODD_NAME,
        {"back_office": _CutShort},
    ),
    Violation(
        "5.2-closed-accounts-unseen",
        "5.2",
        "Staff access to deleted accounts is not recorded",
        Kind.HALF_DONE,
        {"back_office": _ClosedUnseen},
    ),
    Violation(
        "5.2-ledger-says-japan",
        "5.2",
        "The ledger gives Japan as the place of every staff access",
        Kind.LYING_LEDGER,
        {"records": _AlwaysJapan},
    ),
)
