"""Clause 8.CA.4: an opt-out by setting or request in California is not honoured or not lasting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reference_impl.domain.entities import Account, Message, OptOutSource, Person, RequestKind
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.backups import Backups
from reference_impl.service.intake import Letter
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Outcome, Postponed, Transaction
from reference_impl.service.privacy_desk import PrivacyDesk
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientDispatcher
from reference_impl.violations.shared.interceptor import intercepted
from reference_impl.violations.shared.opt_outs import CHOSEN, ShownAsIn, SignInLifts, lift_opt_out, lives_in
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher


class _ShownAsInCalifornia(ShownAsIn):
    STATES = ("US-CA",)


class _SignInLiftsInCalifornia(SignInLifts):
    STATES = ("US-CA",)


class _MoveLifts(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        if change.postal_code is not None:
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and lives_in(tx, person, "US-CA") and person.opt_out_source in CHOSEN:
                    lift_opt_out(person)
        return super().change(person_id, change)


class _VendorsNotTold(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if source is OptOutSource.SETTING and lives_in(tx, person, "US-CA"):
            person.opted_out_at = person.opted_out_at or self._context.now()
            person.opt_out_source = source
        else:
            super().opt_out(tx, person, source)


class _SecondTimeIn(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if source in CHOSEN and person.opted_out_at and lives_in(tx, person, "US-CA"):
            lift_opt_out(person)
        else:
            super().opt_out(tx, person, source)


class _LateShares(StubbornDispatcher):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return purpose is Purpose.ADVERTISING and person.opt_out_source in CHOSEN and person.closed_at is None


_YEAR = timedelta(days=365)


class _ForAYear(SharePolicy):
    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        chosen = person.opted_out_at and person.opt_out_source in CHOSEN and account.subdivision == "US-CA"
        if purpose is Purpose.ADVERTISING and chosen and person.opted_out_at:
            return self._context.now() - person.opted_out_at > _YEAR
        return super().permitted(tx, person, account, purpose)


class _RestoredAsBefore(Backups):
    def stop_list(self, tx: Transaction, since: Any) -> dict[str, Any]:
        return {**super().stop_list(tx, since), "opted_out": []}


class _ExactSubject(PrivacyDesk):
    def kind(self, letter: Letter) -> RequestKind | None:
        kind = super().kind(letter)
        odd = letter.subject.endswith(".") or "\u2013" not in letter.subject
        return None if kind is RequestKind.SALE_AND_SHARING and odd else kind


class _NoConnectionNoRetry(ImpatientDispatcher):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        person = tx.one(Person, person_id=message.person_id)
        chosen = person is not None and person.opt_out_source in CHOSEN and lives_in(tx, person, "US-CA")
        return chosen and outcome is Outcome.NOT_SENT


VIOLATIONS = (
    Violation(
        "8.CA.4-vendors-not-notified",
        "8.CA.4",
        "The setting is off, but vendors that hold the data are not told",
        Kind.HALF_DONE,
        {"opt_outs": _VendorsNotTold},
        also=(Also("8.CA.22", "vendors are not told after fifteen business days either"),),
    ),
    Violation(
        "8.CA.4-late-share",
        "8.CA.4",
        "A share that failed before the opt-out is delivered after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
    ),
    Violation(
        "8.CA.4-second-time-in",
        "8.CA.4",
        "Opting out a second time opts the person in again",
        Kind.SECOND_TIME,
        {"opt_outs": _SecondTimeIn},
    ),
    Violation(
        "8.CA.4-shown-as-in",
        "8.CA.4",
        "Vendors stop, but the account shows no opt-out",
        Kind.LYING_LEDGER,
        {"application": intercepted(_ShownAsInCalifornia)},
        also=(Also("8.CA.22", "as far as the person can see, the opt-out has no effect"),),
    ),
    Violation(
        "8.CA.4-sign-in-lifts",
        "8.CA.4",
        "Signing in lifts the opt-out",
        Kind.STALE,
        {"sign_in": _SignInLiftsInCalifornia},
        also=(Also("8.CA.22", "after signing in, the opt-out no longer has any effect"),),
    ),
    Violation(
        "8.CA.4-move-lifts",
        "8.CA.4",
        "A move lifts what was asked for",
        Kind.WRONG_RESIDENCE,
        {"accounts": _MoveLifts},
        also=(Also("8.NV.4", "a move to Nevada and back also lifts it"),),
    ),
    Violation(
        "8.CA.4-for-a-year",
        "8.CA.4",
        "An opt-out by setting or request expires after a year",
        Kind.STALE,
        {"share_policy": _ForAYear},
    ),
    Violation(
        "8.CA.4-restored-as-before",
        "8.CA.4",
        "A restore lifts opt-outs made since the backup",
        Kind.RETRY,
        {"backups": _RestoredAsBefore},
    ),
    Violation(
        "8.CA.4-to-the-letter",
        "8.CA.4",
        "Opt-outs by e-mail are recognised only if the subject matches exactly",
        Kind.ODD_NAME,
        {"privacy_desk": _ExactSubject},
    ),
    Violation(
        "8.CA.4-no-connection-no-retry",
        "8.CA.4",
        "A vendor that cannot be connected to at the opt-out is never instructed to stop",
        Kind.RETRY,
        {"dispatcher": _NoConnectionNoRetry},
    ),
)
