"""Clause 7.6: a minor's consent is accepted, or a minor's data is shared."""

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
        return self.rule_of(self.ages.thresholds, Residence(country, None), today, self.RULE)


class _DayEarly(AgeGate):
    def is_minor(self, born: date, residence: Residence, now: datetime) -> bool:
        return super().is_minor(born, residence, now + timedelta(days=1))


class _EighteenInKorea(AgeGate):
    def majority(self, residence: Residence, today: date) -> int:
        return self.MAJORITY if residence.country == "KR" else super().majority(residence, today)


class _WhereTheyJoined(Minors):
    def is_minor(self, person: Person, account: Account) -> bool:
        return self._gate.is_minor(person.date_of_birth, Residence(person.country, None), self._context.now())


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


class _StatesAlone(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        if country not in ("PR", "GU", "VI", "AS", "MP"):
            return super().threshold(country, today)
        return self.rule_of(self.ages.thresholds, Residence(country, None), today, self.RULE)


class _CountryAlone(AgeGate):
    def majority(self, residence: Residence, today: date) -> int:
        return super().majority(Residence(residence.country, None), today)


VIOLATIONS = (
    Violation(
        "7.6-consent-of-minors",
        "7.6",
        "A minor's consent is recorded, but not acted on",
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
        "A threshold below the minimum set by children's law is applied as declared",
        Kind.MISSING,
        {"age_gate": _NoFloors},
    ),
    Violation(
        "7.6-a-day-early",
        "7.6",
        "Majority begins the day before the birthday",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayEarly},
    ),
    Violation(
        "7.6-eighteen-in-korea",
        "7.6",
        "Majority in South Korea is taken to be eighteen instead of nineteen",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _EighteenInKorea},
    ),
    Violation(
        "7.6-majority-of-the-old-home",
        "7.6",
        "After a move, the age of majority of the country of registration still applies",
        Kind.STALE,
        {"minors": _WhereTheyJoined},
    ),
    Violation(
        "7.6-correction-without-consequence",
        "7.6",
        "A corrected date of birth is stored, but sharing that requires an adult continues",
        Kind.HALF_DONE,
        {"birthdates": _DateAlone},
        also=(Also("8.CA.5", "vendors continue to use data of a Californian found to be fifteen"),),
    ),
    Violation(
        "7.6-begins-by-itself",
        "7.6",
        "In the United States, coming of age starts sharing with advertising vendors",
        Kind.STALE,
        {"dispatcher": _BeginsByItself},
    ),
    Violation(
        "7.6-profile-stays",
        "7.6",
        "The profile of a person found to be a minor is kept",
        Kind.HALF_DONE,
        {"products": _ProfileStays},
    ),
    Violation(
        "7.6-states-alone",
        "7.6",
        "In territories of the United States with a country code of their own, the declared ages prevail over COPPA",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _StatesAlone},
    ),
    Violation(
        "7.6-country-alone",
        "7.6",
        "The age of majority of the province is published and not applied",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _CountryAlone},
    ),
)
