"""Clause 7.4: a child gets in by another date, or something of a child stays."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Account, Person
from reference_impl.service.birthdates import Birthdates
from reference_impl.service.ports import NotThere, Refused, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.violations.model import Also, Kind, Violation

_GUESSED = "whose the hash is can be found out by trying addresses"


class _Forgetful(Refusals):
    def remembers(self, tx: Transaction, email: str) -> bool:
        return False


class _AnHour(Refusals):
    LIFE = timedelta(hours=1)


class _ForGood(Refusals):
    LIFE = timedelta(days=3650)


class _AsTyped(Refusals):
    def remembers(self, tx: Transaction, email: str) -> bool:
        return email == address_key(email) and super().remembers(tx, email)


class _PlainHash(Refusals):
    def mark(self, email: str) -> str:
        return hashlib.sha256(address_key(email).encode()).hexdigest()


class _KeepsTheFirst(Registration):
    def turn_away(self, tx: Transaction, form: RegistrationForm) -> None:
        self._refusals.remember(tx, form.email)


class _ClosesOnly(Birthdates):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        self._refusals.remember(tx, person.email)
        self._deletions.close(tx, person, tx.one(Account, person_id=person.person_id))


class _RefusesOnly(Birthdates):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        return


class _HalfAnHourShort(Refusals):
    LIFE = timedelta(hours=23, minutes=30)


class _SaysWhy(Registration):
    def check(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            known = self._refusals.remembers(tx, form.email)
        try:
            super().check(form)
        except Refused as refused:
            if known:
                raise Refused("age-below-threshold", "You have told us another date of birth before") from refused
            raise


class _CorrectedBefore(Birthdates):
    def correct(self, person_id: str, born: date) -> Person:
        corrected: set[str] = self.__dict__.setdefault("corrected", set())
        if person_id not in corrected:
            person = super().correct(person_id, born)
            corrected.add(person_id)
            return person
        with self._context.change(person_id) as tx:
            found = tx.one(Person, person_id=person_id)
            if found is None:
                raise NotThere
            found.date_of_birth = born
            return found


VIOLATIONS = (
    Violation(
        "7.4-another-date",
        "7.4",
        "Whoever was refused gets in with an older date",
        Kind.MISSING,
        {"refusals": _Forgetful},
        also=(Also("7.5", "a child whom staff have found comes back with an older date"),),
    ),
    Violation(
        "7.4-an-hour-later",
        "7.4",
        "A refusal is forgotten within the hour",
        Kind.OFF_BY_ONE,
        {"refusals": _AnHour},
    ),
    Violation("7.4-for-good", "7.4", "Who was refused once is never let in", Kind.STALE, {"refusals": _ForGood}),
    Violation(
        "7.4-capitals",
        "7.4",
        "The same address in capitals is taken for another one",
        Kind.ODD_NAME,
        {"refusals": _AsTyped},
    ),
    Violation(
        "7.4-plain-hash",
        "7.4",
        "Of a refused address a plain hash is kept",
        Kind.HALF_DONE,
        {"refusals": _PlainHash},
        also=(Also("7.1", _GUESSED), Also("7.2", _GUESSED), Also("7.5", _GUESSED)),
    ),
    Violation(
        "7.4-keeps-the-first-try",
        "7.4",
        "Of two registrations the refused one is forgotten, and the one with the older date stays",
        Kind.SECOND_TIME,
        {"registration": _KeepsTheFirst},
    ),
    Violation(
        "7.4-closed-and-kept",
        "7.4",
        "The account of somebody who turns out to be a child is closed, and its data stays",
        Kind.HALF_DONE,
        {"birthdates": _ClosesOnly},
    ),
    Violation(
        "7.4-correction-refused-only",
        "7.4",
        "A date below the threshold is refused, and the account goes on",
        Kind.MISSING,
        {"birthdates": _RefusesOnly},
    ),
    Violation(
        "7.4-half-an-hour-short",
        "7.4",
        "A refusal is forgotten after twenty-three hours and a half",
        Kind.OFF_BY_ONE,
        {"refusals": _HalfAnHourShort},
    ),
    Violation(
        "7.4-says-why",
        "7.4",
        "Whoever is refused again is told that it is for an earlier date",
        Kind.SECOND_TIME,
        {"registration": _SaysWhy},
    ),
    Violation(
        "7.4-second-correction",
        "7.4",
        "A date of birth that is corrected a second time is taken as it is",
        Kind.SECOND_TIME,
        {"birthdates": _CorrectedBefore},
    ),
)
