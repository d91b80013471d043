"""Clause 7.4: a child gets in with another date of birth, or data of a child is kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Account, Person
from reference_impl.service.birthdates import Birthdates
from reference_impl.service.ports import NotThere, Refused, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.violations.model import Also, Kind, Violation

_GUESSED = "the e-mail address behind the hash can be found by trial"


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
                raise Refused(
                    "age-below-threshold", "You have previously stated a different date of birth"
                ) from refused
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


class _UntilTheYearEnds(Refusals):
    def remember(self, tx: Transaction, email: str) -> None:
        now = self._context.now()
        new_year = datetime(now.year + 1, 1, 1, tzinfo=UTC)
        self.LIFE = min(Refusals.LIFE, new_year - now)
        super().remember(tx, email)


VIOLATIONS = (
    Violation(
        "7.4-another-date",
        "7.4",
        "A refused person is admitted with an earlier date of birth",
        Kind.MISSING,
        {"refusals": _Forgetful},
        also=(Also("7.5", "a child removed by staff can return with an earlier date of birth"),),
    ),
    Violation(
        "7.4-an-hour-later",
        "7.4",
        "A refusal is forgotten after an hour",
        Kind.OFF_BY_ONE,
        {"refusals": _AnHour},
    ),
    Violation(
        "7.4-for-good", "7.4", "A person who was refused once is never admitted", Kind.STALE, {"refusals": _ForGood}
    ),
    Violation(
        "7.4-capitals",
        "7.4",
        "A refused e-mail address is not recognised when typed in different case",
        Kind.ODD_NAME,
        {"refusals": _AsTyped},
    ),
    Violation(
        "7.4-plain-hash",
        "7.4",
        "A plain hash of the refused e-mail address is kept",
        Kind.HALF_DONE,
        {"refusals": _PlainHash},
        also=(Also("7.1", _GUESSED), Also("7.2", _GUESSED), Also("7.5", _GUESSED)),
    ),
    Violation(
        "7.4-keeps-the-first-try",
        "7.4",
        "If a second registration is refused, the first one with an adult's date of birth remains",
        Kind.SECOND_TIME,
        {"registration": _KeepsTheFirst},
    ),
    Violation(
        "7.4-closed-and-kept",
        "7.4",
        "The account of a person found to be a child is closed, but the data is kept",
        Kind.HALF_DONE,
        {"birthdates": _ClosesOnly},
    ),
    Violation(
        "7.4-correction-refused-only",
        "7.4",
        "A correction below the threshold is refused, but the account stays open",
        Kind.MISSING,
        {"birthdates": _RefusesOnly},
    ),
    Violation(
        "7.4-half-an-hour-short",
        "7.4",
        "A refusal is forgotten after twenty-three and a half hours",
        Kind.OFF_BY_ONE,
        {"refusals": _HalfAnHourShort},
    ),
    Violation(
        "7.4-says-why",
        "7.4",
        "A repeated refusal reveals that an earlier date of birth is the reason",
        Kind.SECOND_TIME,
        {"registration": _SaysWhy},
    ),
    Violation(
        "7.4-second-correction",
        "7.4",
        "The second correction of a date of birth is not checked",
        Kind.SECOND_TIME,
        {"birthdates": _CorrectedBefore},
    ),
    Violation(
        "7.4-until-the-year-ends",
        "7.4",
        "A refusal is forgotten at the turn of the year",
        Kind.STALE,
        {"refusals": _UntilTheYearEnds},
    ),
)
