"""The age gate (clauses 7.1, 7.2)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class AgeThreshold:
    """The age in full years from which a person may have an account; ``country`` None is the rule."""

    age: int
    source: str
    country: str | None = None
    valid_from: date | None = None


class AgeGate:
    """Who is old enough, by the calendar of the country that the person names.

    Args:
        thresholds: One without a country, and those of single countries.
        zones: IANA zones by country, as ``zone.tab`` lists them.
    """

    def __init__(self, thresholds: Iterable[AgeThreshold], zones: Mapping[str, tuple[str, ...]]) -> None:
        self._thresholds = tuple(thresholds)
        self._zones = zones

    def serves(self, country: str) -> bool:
        """Whether the country is one whose calendar is known."""
        return country in self._zones

    def admits(self, born: date, country: str, now: datetime) -> bool:
        """Whether the birthday of the threshold has begun everywhere in the country."""
        today = self.today(country, now)
        return (today.year, today.month, today.day) >= self.birthday(born, self.threshold(country, today))

    def today(self, country: str, now: datetime) -> date:
        """The date where the day begins last in the country."""
        return min(now.astimezone(ZoneInfo(zone)).date() for zone in self._zones[country])

    def threshold(self, country: str, today: date) -> int:
        """The age that counts in the country on that day."""
        rule = next(entry.age for entry in self._thresholds if entry.country is None)
        own = [
            entry
            for entry in self._thresholds
            if entry.country == country and (entry.valid_from is None or entry.valid_from <= today)
        ]
        return max(own, key=lambda entry: entry.valid_from or date.min).age if own else rule

    def birthday(self, born: date, age: int) -> tuple[int, int, int]:
        """Year, month and day on which a person becomes that old; 29 February counts as 1 March where it is missing.

        A tuple, because a birthday may lie beyond the last year a date can hold.
        """
        year = born.year + age
        if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
            return year, 3, 1
        return year, born.month, born.day
