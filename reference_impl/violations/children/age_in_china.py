"""Clause 7.2: the age threshold for China is applied wrongly, or data of a refused child is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Account, Person
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.age_gates import AGES_ELSEWHERE, OpenGate
from reference_impl.violations.shared.refused_children import KEPT_AFTER_REFUSAL, LogsRefused, WaitingList


class _InChina(AgeGate):
    """Wrong for China and correct elsewhere."""

    def admits(self, born: date, country: str, now: datetime) -> bool:
        return self.wrongly(born, country, now) if country == "CN" else super().admits(born, country, now)

    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        raise NotImplementedError


class _WaitingListInChina(WaitingList):
    def concerns(self, country: str) -> bool:
        return country == "CN"


class _LogsRefusedInChina(LogsRefused):
    def concerns(self, country: str) -> bool:
        return country == "CN"


class _MovesToChina(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        before = self._gate
        if change.country == "CN":
            facts = self._context.facts
            self._gate = OpenGate(facts.ages, facts.childrens_law, facts.zones)
        try:
            return super().change(person_id, change)
        finally:
            self._gate = before


class _ChinaThirteen(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return 13 if country == "CN" else super().threshold(country, today)


class _FourteenForAll(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return super().threshold("CN", today)


class _ChinaDayLate(_InChina):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        return AgeGate.admits(self, born, country, now - timedelta(days=1))


class _ChinaLeapDay(AgeGate):
    def birthday(self, born: date, age: int) -> tuple[int, int, int]:
        year, month, day = super().birthday(born, age)
        return (year, 2, 28) if (month, day) != (born.month, born.day) else (year, month, day)


class _ChinaBeijing(AgeGate):
    def today(self, country: str, now: datetime) -> date:
        return now.astimezone(ZoneInfo("Asia/Shanghai")).date() if country == "CN" else super().today(country, now)


class _ChinaYearsAlone(_InChina):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        today = self.today(country, now)
        return today.year - born.year >= self.threshold(country, today)


VIOLATIONS = (
    Violation(
        "7.2-moves-not-checked",
        "7.2",
        "The age is not checked again at a move to China",
        Kind.MISSING,
        {"accounts": _MovesToChina},
    ),
    Violation(
        "7.2-thirteen",
        "7.2",
        "In China, thirteen-year-olds are admitted",
        Kind.OFF_BY_ONE,
        {"age_gate": _ChinaThirteen},
    ),
    Violation(
        "7.2-fourteen-for-all",
        "7.2",
        "China's age threshold is applied everywhere",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _FourteenForAll},
        also=(Also("7.1", "outside China, people aged fourteen and fifteen get an account"), *AGES_ELSEWHERE),
    ),
    Violation(
        "7.2-a-day-late",
        "7.2",
        "People in China are refused on their fourteenth birthday",
        Kind.OFF_BY_ONE,
        {"age_gate": _ChinaDayLate},
    ),
    Violation(
        "7.2-leap-day",
        "7.2",
        "In common years, a birthday on 29 February is moved to 28 February",
        Kind.OFF_BY_ONE,
        {"age_gate": _ChinaLeapDay},
        also=(Also("7.6", "majority relies on the same computation of birthdays"),),
    ),
    Violation(
        "7.2-urumqi-omitted",
        "7.2",
        "In China, the birthday begins at midnight in Beijing",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _ChinaBeijing},
    ),
    Violation(
        "7.2-years-alone",
        "7.2",
        "In China, the age is computed from the years alone",
        Kind.HALF_DONE,
        {"age_gate": _ChinaYearsAlone},
        also=(
            Also("7.1", "the age threshold relies on the same computation of birthdays"),
            Also("7.4", "a person found to be too young is treated as old enough"),
        ),
    ),
    Violation(
        "7.2-waiting-list",
        "7.2",
        "The e-mail address of a child refused in China is kept until the birthday",
        Kind.STALE,
        {"registration": _WaitingListInChina},
        also=KEPT_AFTER_REFUSAL,
    ),
    Violation(
        "7.2-refused-child-logged",
        "7.2",
        "The log records the e-mail address of a child refused in China",
        Kind.MISSING,
        {"registration": _LogsRefusedInChina},
        also=KEPT_AFTER_REFUSAL,
    ),
)
