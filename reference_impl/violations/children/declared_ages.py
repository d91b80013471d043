"""Clause 7.3: an age threshold is not published correctly, or not applied where and when it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reference_impl.domain.age import AgeGate, AgeRegister, AgeRule
from reference_impl.domain.entities import Account, Person
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.residence import Residence
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.violations.model import Also, Kind, Violation


def _without_sources() -> Facts:
    facts = load_facts()
    bare = tuple(replace(rule, source="", valid_from=None) for rule in facts.ages.thresholds)
    return replace(facts, ages=replace(facts.ages, thresholds=bare))


class _SixteenIsEnough(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return min(self.RULE, super().threshold(country, today))


class _DayEarly(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return super().threshold(country, today + timedelta(days=1))


class _ByUtc(AgeGate):
    def admits(self, born: date, country: str, now: datetime) -> bool:
        age = self.threshold(country, now.astimezone(UTC).date())
        return self.reached(born, age, self.today(country, now))


class _Outdated(AgeGate):
    def rule_of(self, rules: Iterable[AgeRule], residence: Residence, today: date, otherwise: int) -> int:
        return super().rule_of((replace(rule, valid_until=None) for rule in rules), residence, today, otherwise)


class _ForGood(AgeGate):
    def weight(self, rule: AgeRule) -> tuple[int, date]:
        own, since = super().weight(rule)
        return own, date.min + (date.max - since)


class _Neighbours(AgeGate):
    LIKE = {"MX": "BR", "AT": "DE", "KR": "JP"}

    def threshold(self, country: str, today: date) -> int:
        return max(super().threshold(country, today), super().threshold(self.LIKE.get(country, country), today))


class _SixteenForTheRest(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return 14 if country == "CN" else self.RULE


class _MovesByTheRule(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        before, facts = self._gate, self._context.facts
        self._gate = _SixteenForTheRest(before.ages, facts.childrens_law, facts.zones)
        try:
            return super().change(person_id, change)
        finally:
            self._gate = before


class _StatedOnce(AgeGate):
    """Keeps the first stated thresholds and ignores later ones."""

    _stated: tuple[AgeRegister, ...] = ()

    @property
    def ages(self) -> AgeRegister:
        return self._stated[-1]

    @ages.setter
    def ages(self, ages: AgeRegister) -> None:
        # The first register is the one that the service declares.
        if len(self._stated) > 1:
            ages = replace(ages, thresholds=self._stated[1].thresholds)
        self._stated = (*self._stated, ages)


VIOLATIONS = (
    Violation(
        "7.3-no-sources",
        "7.3",
        "Age thresholds are published without dates and sources",
        Kind.MISSING,
        {"facts": _without_sources},
    ),
    Violation(
        "7.3-sixteen-is-enough",
        "7.3",
        "Thresholds above sixteen are published, but sixteen-year-olds are admitted",
        Kind.LYING_LEDGER,
        {"age_gate": _SixteenIsEnough},
        also=(Also("7.1", "in India, people below the declared threshold get an account"),),
    ),
    Violation(
        "7.3-a-day-early",
        "7.3",
        "Age thresholds begin and end a day early",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayEarly},
    ),
    Violation(
        "7.3-days-of-utc",
        "7.3",
        "Age thresholds begin and end at midnight UTC",
        Kind.HALF_DONE,
        {"age_gate": _ByUtc},
    ),
    Violation(
        "7.3-never-ends",
        "7.3",
        "Age thresholds are applied after their last day",
        Kind.STALE,
        {"age_gate": _Outdated},
    ),
    Violation(
        "7.3-first-for-good",
        "7.3",
        "The first threshold of a country remains in force when later ones are added",
        Kind.SECOND_TIME,
        {"age_gate": _ForGood},
    ),
    Violation(
        "7.3-neighbours",
        "7.3",
        "Brazil's threshold is also applied in Mexico, Germany's in Austria, Japan's in South Korea",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _Neighbours},
    ),
    Violation(
        "7.3-moves-by-the-rule",
        "7.3",
        "At a move, sixteen-year-olds are admitted whatever the new country's declared threshold",
        Kind.HALF_DONE,
        {"accounts": _MovesByTheRule},
    ),
    Violation(
        "7.3-stated-once",
        "7.3",
        "A second update of the age thresholds is ignored",
        Kind.SECOND_TIME,
        {"age_gate": _StatedOnce},
    ),
)
