"""Clause 7.1: a child gets an account, a person old enough does not, or data of a refused child is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reference_impl.domain.age import AgeGate
from reference_impl.service.accounts import Accounts
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.age_gates import AGES_ELSEWHERE, OpenGate
from reference_impl.violations.shared.kept_events import keep_event
from reference_impl.violations.shared.refused_children import KEPT_AFTER_REFUSAL, KeepsRefused, LogsRefused, WaitingList


class _Elsewhere(AgeGate):
    """Correct for China and wrong elsewhere."""

    def admits(self, born: date, country: str, now: datetime) -> bool:
        return super().admits(born, country, now) if country == "CN" else self.wrongly(born, country, now)

    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        raise NotImplementedError


class _DayEarly(_Elsewhere):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        return AgeGate.admits(self, born, country, now + timedelta(days=1))


class _DayLate(_Elsewhere):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        return AgeGate.admits(self, born, country, now - timedelta(days=1))


class _Utc(_Elsewhere):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        today = now.astimezone(UTC).date()
        return (today.year, today.month, today.day) >= self.birthday(born, self.threshold(country, today))


class _Easternmost(AgeGate):
    def today(self, country: str, now: datetime) -> date:
        if country == "CN":
            return super().today(country, now)
        return max(now.astimezone(ZoneInfo(zone)).date() for zone in self._zones[country])


class _Capital(AgeGate):
    ZONES = {"ES": "Europe/Madrid", "PT": "Europe/Lisbon", "CA": "America/Toronto", "MX": "America/Mexico_City"}

    def today(self, country: str, now: datetime) -> date:
        zone = self.ZONES.get(country)
        return now.astimezone(ZoneInfo(zone)).date() if zone else super().today(country, now)


class _OneZoneOfSeveral(AgeGate):
    ZONES = {
        "CD": "Africa/Lubumbashi",
        "CL": "America/Santiago",
        "EC": "America/Guayaquil",
        "NZ": "Pacific/Auckland",
        "RU": "Asia/Kamchatka",
    }

    def today(self, country: str, now: datetime) -> date:
        zone = self.ZONES.get(country)
        return now.astimezone(ZoneInfo(zone)).date() if zone else super().today(country, now)


class _NobodyIsBornTomorrow(AgeGate):
    def reached(self, born: date, age: int, today: date) -> bool:
        # An impossible date is taken for a typing error, to be corrected later.
        return born > today or super().reached(born, age, today)


class _Fifteen(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return min(15, super().threshold(country, today))


class _AmericanThirteen(AgeGate):
    def threshold(self, country: str, today: date) -> int:
        return 13 if country == "US" else super().threshold(country, today)


class _YearsAlone(_Elsewhere):
    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        today = self.today(country, now)
        return today.year - born.year >= self.threshold(country, today)


class _UngatedAccounts(Accounts):
    def __init__(self, context: Any, gate: AgeGate, *others: Any) -> None:
        facts = context.facts
        super().__init__(context, OpenGate(facts.ages, facts.childrens_law, facts.zones), *others)


class _SecondTry(Registration):
    def check(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            again = self._refusals.remembers(tx, form.email)
        if not again:
            super().check(form)


class _CountsBirthdays(KeepsRefused):
    def keep(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            keep_event(tx, self._context, "refused", {"born": form.date_of_birth.isoformat(), "in": form.country})


VIOLATIONS = (
    Violation(
        "7.1-a-day-early",
        "7.1",
        "People are admitted the day before their sixteenth birthday",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayEarly},
        also=AGES_ELSEWHERE,
    ),
    Violation(
        "7.1-a-day-late",
        "7.1",
        "People are refused on their sixteenth birthday",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayLate},
        also=AGES_ELSEWHERE,
    ),
    Violation(
        "7.1-by-utc",
        "7.1",
        "The birthday begins at midnight UTC",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _Utc},
        also=AGES_ELSEWHERE,
    ),
    Violation(
        "7.1-by-the-easternmost-zone",
        "7.1",
        "The birthday begins in the country's easternmost time zone",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _Easternmost},
        also=(*AGES_ELSEWHERE, Also("7.2", "China has two time zones")),
    ),
    Violation(
        "7.1-by-the-capital",
        "7.1",
        "In Spain, Portugal, Canada and Mexico, the birthday is determined by one of several time zones",
        Kind.HALF_DONE,
        {"age_gate": _Capital},
    ),
    Violation(
        "7.1-one-zone-of-several",
        "7.1",
        "In Chile, New Zealand, Russia, Ecuador and Congo, one of several time zones determines the birthday",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _OneZoneOfSeveral},
    ),
    Violation(
        "7.1-born-tomorrow",
        "7.1",
        "A date of birth in the future is accepted",
        Kind.MISSING,
        {"age_gate": _NobodyIsBornTomorrow},
    ),
    Violation(
        "7.1-fifteen",
        "7.1",
        "Fifteen-year-olds are admitted",
        Kind.OFF_BY_ONE,
        {"age_gate": _Fifteen},
        also=AGES_ELSEWHERE,
    ),
    Violation(
        "7.1-thirteen-in-the-united-states",
        "7.1",
        "In the United States, thirteen-year-olds are admitted",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _AmericanThirteen},
    ),
    Violation(
        "7.1-years-alone",
        "7.1",
        "The age is computed from the years alone",
        Kind.HALF_DONE,
        {"age_gate": _YearsAlone},
        also=AGES_ELSEWHERE,
    ),
    Violation(
        "7.1-no-gate-at-the-account",
        "7.1",
        "The age is checked at registration, but not when the account is created or moved",
        Kind.MISSING,
        {"accounts": _UngatedAccounts},
    ),
    Violation(
        "7.1-second-try",
        "7.1",
        "A second attempt is admitted",
        Kind.SECOND_TIME,
        {"registration": _SecondTry},
        also=(Also("7.4", "a second attempt with another date of birth circumvents the refusal"),),
    ),
    Violation(
        "7.1-refused-child-logged",
        "7.1",
        "The log records the e-mail address of a refused child",
        Kind.HALF_DONE,
        {"registration": LogsRefused},
        also=KEPT_AFTER_REFUSAL,
    ),
    Violation(
        "7.1-waiting-list",
        "7.1",
        "The e-mail address of a refused child is kept until the birthday",
        Kind.STALE,
        {"registration": WaitingList},
        also=KEPT_AFTER_REFUSAL,
    ),
    Violation(
        "7.1-birthday-kept",
        "7.1",
        "The date of birth and country of a refused child are kept for statistics",
        Kind.HALF_DONE,
        {"registration": _CountsBirthdays},
        also=KEPT_AFTER_REFUSAL,
    ),
)
