"""Ages that the law and the service set, and who has reached them (clauses 7.1 to 7.3, 7.6, 8.CA.5)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from reference_impl.domain.residence import Residence


@dataclass(frozen=True, slots=True)
class AgeRule:
    """An age in full years, for one country or, where ``country`` is None, for all that have no rule of their own.

    A rule with a ``subdivision`` (ISO 3166-2) is for that state or province of the country alone.

    In force from the beginning of ``valid_from`` until the beginning of ``valid_until``; None is open.
    """

    age: int
    source: str
    country: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    subdivision: str | None = None

    def in_force(self, today: date) -> bool:
        """Whether it counts on that day."""
        return (self.valid_from or date.min) <= today < (self.valid_until or date.max)


@dataclass(frozen=True, slots=True)
class AgeRegister:
    """The age thresholds that the service applies; the auditor may state others.

    Attributes:
        thresholds: From which a person may have an account.
        majorities: Until which a person is a minor.
    """

    thresholds: tuple[AgeRule, ...]
    majorities: tuple[AgeRule, ...]


@dataclass(frozen=True, slots=True)
class ChildrensLaw:
    """Legal limits that no register can lower.

    Attributes:
        floors: Ages below which a country's law lets nobody consent alone.
        advertising: By state, the age below which nobody's data is sold or shared.
    """

    floors: tuple[AgeRule, ...]
    advertising: Mapping[str, int]


class AgeGate:
    """Age limits, by the calendar of the country that the person states.

    Args:
        ages: Replaced as a whole.
        law: What holds whatever the register says.
        zones: IANA zones by country, as ``zone.tab`` lists them.
    """

    RULE = 16
    MAJORITY = 18

    def __init__(self, ages: AgeRegister, law: ChildrensLaw, zones: Mapping[str, tuple[str, ...]]) -> None:
        self.ages = ages
        self._law = law
        self._zones = zones

    def serves(self, country: str) -> bool:
        """Whether the country is one whose calendar is known."""
        return country in self._zones

    def admits(self, born: date, country: str, now: datetime) -> bool:
        """Whether the birthday of the threshold has begun everywhere in the country."""
        today = self.today(country, now)
        return self.reached(born, self.threshold(country, today), today)

    def is_minor(self, born: date, residence: Residence, now: datetime) -> bool:
        """Whether the person is a minor where they live."""
        today = self.today(residence.country, now)
        return not self.reached(born, self.majority(residence, today), today)

    def may_advertise(self, born: date, residence: Residence, now: datetime) -> bool:
        """Whether the law of the state lets data of somebody of that age go to advertising vendors."""
        age = self._law.advertising.get(residence.subdivision or "")
        return age is None or self.reached(born, age, self.today(residence.country, now))

    def today(self, country: str, now: datetime) -> date:
        """The date where the day begins last in the country."""
        return _last_date(self._zones[country], now)

    def threshold(self, country: str, today: date) -> int:
        """The age from which a person may have an account in the country on that day."""
        return max(
            self.rule_of(self.ages.thresholds, Residence(country, None), today, self.RULE),
            self.rule_of(self._law.floors, Residence(country, None), today, 0),
        )

    def majority(self, residence: Residence, today: date) -> int:
        """The age from which a person who lives there is no minor on that day."""
        return self.rule_of(self.ages.majorities, residence, today, self.MAJORITY)

    def rule_of(self, rules: Iterable[AgeRule], residence: Residence, today: date, otherwise: int) -> int:
        """The age that counts: that of the state before the country's and the general one, the latest before others."""
        found = [
            rule
            for rule in rules
            if rule.country in (None, residence.country)
            and rule.subdivision in (None, residence.subdivision)
            and rule.in_force(today)
        ]
        return max(found, key=self.weight).age if found else otherwise

    def weight(self, rule: AgeRule) -> tuple[int, date]:
        """The rank of a rule among several in force; the greatest prevails."""
        return (rule.country is not None) + (rule.subdivision is not None), rule.valid_from or date.min

    def reached(self, born: date, age: int, today: date) -> bool:
        """Whether a birthday has come."""
        return (today.year, today.month, today.day) >= self.birthday(born, age)

    def birthday(self, born: date, age: int) -> tuple[int, int, int]:
        """Year, month and day on which a person becomes that old; 29 February counts as 1 March where it is missing.

        A tuple, because a birthday may lie beyond the last year a date can hold.
        """
        year = born.year + age
        if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
            return year, 3, 1
        return year, born.month, born.day


@lru_cache(maxsize=1024)
def _last_date(zones: tuple[str, ...], now: datetime) -> date:
    # Asked again and again within a request; large countries have dozens of zones.
    return min(now.astimezone(ZoneInfo(zone)).date() for zone in zones)
