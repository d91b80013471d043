"""Clauses 7.1 and 7.2: a child gets an account, somebody old enough does not, or data of a refused child stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reference_impl.domain.age import AgeGate
from reference_impl.domain.entities import Account, Person
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.ports import Refused
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.violations.events import keep_event
from reference_impl.violations.model import Also, Kind, Violation

_KEPT = (Also("7.4", "of a child who is turned away nothing may stay"),)
_RECKONED = tuple(Also(clause, "ages are reckoned there likewise") for clause in ("7.3", "7.4", "7.6", "8.CA.5"))


class _Elsewhere(AgeGate):
    """As it should be for China, and wrong everywhere else."""

    def admits(self, born: date, country: str, now: datetime) -> bool:
        return super().admits(born, country, now) if country == "CN" else self.wrongly(born, country, now)

    def wrongly(self, born: date, country: str, now: datetime) -> bool:
        raise NotImplementedError


class _InChina(AgeGate):
    """As it should be everywhere else, and wrong for China."""

    def admits(self, born: date, country: str, now: datetime) -> bool:
        return self.wrongly(born, country, now) if country == "CN" else super().admits(born, country, now)

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
        # A date that cannot be is taken for a slip, and slips are corrected later.
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


class _Everybody(AgeGate):
    def admits(self, born: date, country: str, now: datetime) -> bool:
        return True


class _UngatedAccounts(Accounts):
    def __init__(self, context: Any, gate: AgeGate, *others: Any) -> None:
        facts = context.facts
        super().__init__(context, _Everybody(facts.ages, facts.childrens_law, facts.zones), *others)


class _SecondTry(Registration):
    def check(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            again = self._refusals.remembers(tx, form.email)
        if not again:
            super().check(form)


class _KeepsRefused(Registration):
    """Keeps what a refused child typed."""

    def concerns(self, country: str) -> bool:
        raise NotImplementedError

    def keep(self, form: RegistrationForm) -> None:
        raise NotImplementedError

    def register(self, form: RegistrationForm) -> None:
        try:
            super().register(form)
        except Refused:
            if self.concerns(form.country):
                self.keep(form)
            raise


class _CountsBirthdays(_KeepsRefused):
    def concerns(self, country: str) -> bool:
        return country != "CN"

    def keep(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            keep_event(tx, self._context, "refused", {"born": form.date_of_birth.isoformat(), "in": form.country})


class _LogsRefused(_KeepsRefused):
    def concerns(self, country: str) -> bool:
        return country != "CN"

    def keep(self, form: RegistrationForm) -> None:
        self._context.log.record("refused", email=form.email, born=form.date_of_birth.isoformat())


class _WaitingList(_KeepsRefused):
    def concerns(self, country: str) -> bool:
        return country != "CN"

    def keep(self, form: RegistrationForm) -> None:
        with self._context.store.transaction() as tx:
            keep_event(tx, self._context, "waiting-list", {"email": form.email})


class _WaitingListInChina(_WaitingList):
    def concerns(self, country: str) -> bool:
        return country == "CN"


class _LogsRefusedInChina(_LogsRefused):
    def concerns(self, country: str) -> bool:
        return country == "CN"


class _MovesToChina(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        before = self._gate
        if change.country == "CN":
            facts = self._context.facts
            self._gate = _Everybody(facts.ages, facts.childrens_law, facts.zones)
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
        "7.1-a-day-early",
        "7.1",
        "The day before the sixteenth birthday is enough",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayEarly},
        also=_RECKONED,
    ),
    Violation(
        "7.1-a-day-late",
        "7.1",
        "On the sixteenth birthday people are turned away",
        Kind.OFF_BY_ONE,
        {"age_gate": _DayLate},
        also=_RECKONED,
    ),
    Violation(
        "7.1-by-utc",
        "7.1",
        "The birthday begins when it does in UTC",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _Utc},
        also=_RECKONED,
    ),
    Violation(
        "7.1-by-the-easternmost-zone",
        "7.1",
        "The birthday counts as soon as it has begun anywhere in the country",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _Easternmost},
        also=(*_RECKONED, Also("7.2", "China has two zones")),
    ),
    Violation(
        "7.1-by-the-capital",
        "7.1",
        "In Spain, Portugal, Canada and Mexico the birthday counts once it has begun in one zone of several",
        Kind.HALF_DONE,
        {"age_gate": _Capital},
    ),
    Violation(
        "7.1-one-zone-of-several",
        "7.1",
        "In Chile, New Zealand, Russia, Ecuador and Congo the birthday counts once it has begun in one zone of several",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _OneZoneOfSeveral},
    ),
    Violation(
        "7.1-born-tomorrow",
        "7.1",
        "Whoever types a date of birth in the future is let in",
        Kind.MISSING,
        {"age_gate": _NobodyIsBornTomorrow},
    ),
    Violation(
        "7.1-fifteen",
        "7.1",
        "Fifteen is enough",
        Kind.OFF_BY_ONE,
        {"age_gate": _Fifteen},
        also=_RECKONED,
    ),
    Violation(
        "7.1-thirteen-in-the-united-states",
        "7.1",
        "In the United States thirteen is enough",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _AmericanThirteen},
    ),
    Violation(
        "7.1-years-alone",
        "7.1",
        "The age is the difference of two years",
        Kind.HALF_DONE,
        {"age_gate": _YearsAlone},
        also=_RECKONED,
    ),
    Violation(
        "7.1-no-gate-at-the-account",
        "7.1",
        "The age is looked at when registering, and not when making or moving the account",
        Kind.MISSING,
        {"accounts": _UngatedAccounts},
    ),
    Violation(
        "7.1-second-try",
        "7.1",
        "Whoever tries again is let in",
        Kind.SECOND_TIME,
        {"registration": _SecondTry},
        also=(Also("7.4", "asking again with another date of birth gets around the refusal"),),
    ),
    Violation(
        "7.1-refused-child-logged",
        "7.1",
        "The log keeps the address of a refused child",
        Kind.HALF_DONE,
        {"registration": _LogsRefused},
        also=_KEPT,
    ),
    Violation(
        "7.1-waiting-list",
        "7.1",
        "The address of a refused child is kept for the birthday",
        Kind.STALE,
        {"registration": _WaitingList},
        also=_KEPT,
    ),
    Violation(
        "7.1-birthday-kept",
        "7.1",
        "Date of birth and country of a refused child are kept for a statistics",
        Kind.HALF_DONE,
        {"registration": _CountsBirthdays},
        also=_KEPT,
    ),
    Violation(
        "7.2-moves-are-not-looked-at",
        "7.2",
        "Whoever moves to China is not asked for the age again",
        Kind.MISSING,
        {"accounts": _MovesToChina},
    ),
    Violation("7.2-thirteen", "7.2", "In China thirteen is enough", Kind.OFF_BY_ONE, {"age_gate": _ChinaThirteen}),
    Violation(
        "7.2-fourteen-for-all",
        "7.2",
        "The age of China is taken for everybody's",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _FourteenForAll},
        also=(Also("7.1", "outside China people of fourteen and fifteen get an account"), *_RECKONED),
    ),
    Violation(
        "7.2-a-day-late",
        "7.2",
        "On the fourteenth birthday people in China are turned away",
        Kind.OFF_BY_ONE,
        {"age_gate": _ChinaDayLate},
    ),
    Violation(
        "7.2-leap-day",
        "7.2",
        "A birth on 29 February counts as 28 February in a year that lacks the day",
        Kind.OFF_BY_ONE,
        {"age_gate": _ChinaLeapDay},
        also=(Also("7.6", "the same reckoning of birthdays tells who is of age"),),
    ),
    Violation(
        "7.2-urumqi-forgotten",
        "7.2",
        "In China the birthday begins when it does in Beijing",
        Kind.WRONG_RESIDENCE,
        {"age_gate": _ChinaBeijing},
    ),
    Violation(
        "7.2-years-alone",
        "7.2",
        "In China the age is the difference of two years",
        Kind.HALF_DONE,
        {"age_gate": _ChinaYearsAlone},
        also=(
            Also("7.1", "the same reckoning of birthdays tells who is old enough"),
            Also("7.4", "whoever turns out to be too young is taken to be old enough"),
        ),
    ),
    Violation(
        "7.2-waiting-list",
        "7.2",
        "The address of a child refused in China is kept for the birthday",
        Kind.STALE,
        {"registration": _WaitingListInChina},
        also=_KEPT,
    ),
    Violation(
        "7.2-refused-child-logged",
        "7.2",
        "The log keeps the address of a child refused in China",
        Kind.MISSING,
        {"registration": _LogsRefusedInChina},
        also=_KEPT,
    ),
)
