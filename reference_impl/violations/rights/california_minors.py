"""Clause 8.CA.5: data of Californians under sixteen is shared without an opt-in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Account, Person
from reference_impl.domain.residence import Residence
from reference_impl.service.minors import Minors
from reference_impl.violations.model import Kind, Violation


class _NoCalifornia(Minors):
    def may_advertise(self, person: Person, account: Account) -> bool:
        return True


class _NotByNineDigits(Minors):
    def may_advertise(self, person: Person, account: Account) -> bool:
        return "-" in account.postal_code or super().may_advertise(person, account)


class _Fifteen(AgeGate):
    def may_advertise(self, born: date, residence: Residence, now: datetime) -> bool:
        return super().may_advertise(born.replace(year=born.year - 1, day=min(born.day, 28)), residence, now)


class _SixteenTomorrow(AgeGate):
    def may_advertise(self, born: date, residence: Residence, now: datetime) -> bool:
        return super().may_advertise(born, residence, now + timedelta(days=1))


class _DecidedOnce(Minors):
    def may_advertise(self, person: Person, account: Account) -> bool:
        decided: dict[str, bool] = self.__dict__.setdefault("decided", {})
        return decided.setdefault(account.account_id, super().may_advertise(person, account))


class _OptedInByStaying(Minors):
    def may_advertise(self, person: Person, account: Account) -> bool:
        # A person who has not opted out is treated as having opted in.
        return super().may_advertise(person, account) or account.created_at < self._context.now()


VIOLATIONS = (
    Violation(
        "8.CA.5-not-in-california",
        "8.CA.5",
        "Data of Californians under sixteen is shared if the service's own thresholds allow it",
        Kind.MISSING,
        {"minors": _NoCalifornia},
    ),
    Violation(
        "8.CA.5-nine-digits",
        "8.CA.5",
        "Data of Californians under sixteen is shared if the ZIP code has nine digits",
        Kind.ODD_NAME,
        {"minors": _NotByNineDigits},
    ),
    Violation(
        "8.CA.5-fifteen",
        "8.CA.5",
        "Data of Californians is shared from the age of fifteen",
        Kind.OFF_BY_ONE,
        {"age_gate": _Fifteen},
    ),
    Violation(
        "8.CA.5-a-day-early",
        "8.CA.5",
        "Data of Californians is shared from the day before their sixteenth birthday",
        Kind.OFF_BY_ONE,
        {"age_gate": _SixteenTomorrow},
    ),
    Violation(
        "8.CA.5-decided-once",
        "8.CA.5",
        "Whether data may be shared is decided when the account is created and never reviewed",
        Kind.STALE,
        {"minors": _DecidedOnce},
    ),
    Violation(
        "8.CA.5-opted-in-by-staying",
        "8.CA.5",
        "A person who has not opted out within a day is treated as having opted in",
        Kind.SECOND_TIME,
        {"minors": _OptedInByStaying},
    ),
)
