"""Calendar arithmetic of retention (clause 4.1)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def add_months(instant: datetime, months: int, time_zone: str) -> datetime:
    """The same wall-clock time that many calendar months later in the zone; a day the month lacks becomes its last."""
    local = instant.astimezone(ZoneInfo(time_zone))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    month += 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class RetentionSchedule:
    """How long data outlives its account: months of the zone's calendar, then a window in days for the purge."""

    months: int = 6
    time_zone: str = "Asia/Tokyo"
    window_days: int = 1

    @property
    def period(self) -> str:
        """ISO 8601 duration of the period."""
        return f"P{self.months}M"

    @property
    def window(self) -> str:
        """ISO 8601 duration of the window."""
        return f"P{self.window_days}D"


class RetentionRule:
    """When the data of a deleted account is due to go (clause 4.1)."""

    schedule = RetentionSchedule()

    def purge_due_at(self, deleted_at: datetime) -> datetime:
        """From this instant on the data is purged."""
        return add_months(deleted_at, self.schedule.months, self.schedule.time_zone)
