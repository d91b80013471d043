"""Clauses 7.6 and 8.CA.5: a minor is taken at their word, or data of one is shared."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reference_impl.domain.age import AgeGate
from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, ConsentEntry, Disclosure, Message, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.birthdates import Birthdates
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.minors import Minors
from reference_impl.service.outbox import Outbox
from reference_impl.service.ports import Transaction
from reference_impl.service.products import Products
from reference_impl.service.sharing import Reconciler
from reference_impl.violations.model import Also, Kind, Violation


class _TakesAnyConsent(Minors):
    def check_consent(self, person: Person, account: Account) -> None:
        return


class _VendorsLearn(Minors):
    def shareable(self, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING:
            return self.may_advertise(person, account)
        return super().shareable(person, account, purpose)


class _NoFloors(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return self.rule_of(self.ages.thresholds, country, today, self.RULE)


class _DayEarly(AgeGate):
    def is_minor(self, born: date, country: str, now: datetime) -> bool:
        return super().is_minor(born, country, now + timedelta(days=1))


class _EighteenInKorea(AgeGate):
    def majority(self, country: str, today: date) -> int:
        return self.MAJORITY if country == "KR" else super().majority(country, today)


class _WhereTheyJoined(Minors):
    def is_minor(self, person: Person, account: Account) -> bool:
        return self._gate.is_minor(person.date_of_birth, person.country, self._context.now())


class _DateAlone(Birthdates):
    def keep(self, tx: Transaction, person: Person, account: Account | None, born: date) -> None:
        person.date_of_birth = born


class _BeginsByItself(Dispatcher):
    def due(self, tx: Transaction, now: datetime) -> list[Message]:
        reconciler = Reconciler(self._policy, Outbox(self._context))
        for account in tx.all(Account, country="US", closed_at=None):
            person = tx.one(Person, person_id=account.person_id)
            if person is not None and not tx.all(Disclosure, person_id=person.person_id):
                reconciler.reconcile(tx, person, account, changed=(Purpose.ADVERTISING,))
        return super().due(tx, now)


class _ProfileStays(Products):
    def may_profile(self, tx: Transaction, person: Person, account: Account) -> bool:
        entries = tx.all(ConsentEntry, person_id=person.person_id, purpose=ConsentPurpose.PROFILING)
        return any(one.withdrawn_by in {None, WithdrawnBy.AGE} for one in entries)


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
        # Whoever is there for a while without opting out is taken to have opted in.
        return super().may_advertise(person, account) or account.created_at < self._context.now()


VIOLATIONS = (
    Violation(
        "7.6-consent-of-minors",
        "7.6",
        "The consent of a minor is recorded, though nothing is done on it",
        Kind.HALF_DONE,
        {"minors": _TakesAnyConsent},
    ),
    Violation(
        "7.6-vendors-learn-of-minors",
        "7.6",
        "Data of minors goes to advertising vendors",
        Kind.MISSING,
        {"minors": _VendorsLearn},
    ),
    Violation(
        "7.6-no-floors",
        "7.6",
        "An age below what children's law sets is applied as it was stated",
        Kind.MISSING,
        {"age_gate": _NoFloors},
    ),
    Violation(
        "7.6-a-day-early",
        "7.6",
        "People are of age the day before",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayEarly},
    ),
    Violation(
        "7.6-eighteen-in-korea",
        "7.6",
        "Majority is taken for eighteen in South Korea too, where it is nineteen",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _EighteenInKorea},
    ),
    Violation(
        "7.6-majority-of-the-old-home",
        "7.6",
        "After a move the majority of the country of the Sony account goes on to count",
        Kind.STALE,
        {"minors": _WhereTheyJoined},
    ),
    Violation(
        "7.6-correction-without-consequence",
        "7.6",
        "A corrected date of birth is kept, and what was begun about an adult goes on",
        Kind.HALF_DONE,
        {"birthdates": _DateAlone},
        also=(Also("8.CA.5", "vendors go on using the data of a Californian who turns out to be fifteen"),),
    ),
    Violation(
        "7.6-begins-by-itself",
        "7.6",
        "In the United States coming of age starts the advertising",
        Kind.STALE,
        {"dispatcher": _BeginsByItself},
    ),
    Violation(
        "7.6-profile-stays",
        "7.6",
        "Who turns out to be a minor keeps the profile",
        Kind.HALF_DONE,
        {"products": _ProfileStays},
    ),
    Violation(
        "8.CA.5-not-in-california",
        "8.CA.5",
        "Californians below sixteen are shared where the service's own ages allow it",
        Kind.MISSING,
        {"minors": _NoCalifornia},
    ),
    Violation(
        "8.CA.5-nine-digits",
        "8.CA.5",
        "Californians below sixteen are shared where the ZIP code has nine digits",
        Kind.ODD_NAME,
        {"minors": _NotByNineDigits},
    ),
    Violation(
        "8.CA.5-fifteen",
        "8.CA.5",
        "Californians are shared from fifteen on",
        Kind.OFF_BY_ONE,
        {"age_gate": _Fifteen},
    ),
    Violation(
        "8.CA.5-a-day-early",
        "8.CA.5",
        "Californians are shared from the day before they are sixteen",
        Kind.OFF_BY_ONE,
        {"age_gate": _SixteenTomorrow},
    ),
    Violation(
        "8.CA.5-decided-once",
        "8.CA.5",
        "Whether somebody may be shared is decided when the account is made, and never again",
        Kind.STALE,
        {"minors": _DecidedOnce},
    ),
    Violation(
        "8.CA.5-opted-in-by-staying",
        "8.CA.5",
        "Who is there for a day without opting out is taken to have opted in",
        Kind.SECOND_TIME,
        {"minors": _OptedInByStaying},
    ),
)
