"""The rules of the business, on both sides of each edge."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pycountry
import pytest
import zipcodes

from reference_impl.bootstrap.parts import state_of_zip
from reference_impl.domain import instants
from reference_impl.domain.address import address_key
from reference_impl.domain.age import AgeGate
from reference_impl.domain.calendar import RetentionRule, add_months
from reference_impl.domain.consent import ConsentPurpose, ConsentTexts
from reference_impl.domain.facts import load_facts
from reference_impl.domain.recipients import Purpose, RecipientRouting, Role
from reference_impl.domain.residence import Residence, ResidenceRule
from reference_impl.domain.transfer import (
    AdequacyDecision,
    Ground,
    GroundKind,
    Safeguard,
    SafeguardsRule,
    TransferRegister,
    Validity,
)
from reference_impl.service.outbox import RetryPolicy

FACTS = load_facts()
GATE = AgeGate(FACTS.ages, FACTS.childrens_law, FACTS.zones)


def at(text: str) -> datetime:
    return instants.parse(text)


class TestRetention:
    @pytest.mark.parametrize(
        ("deleted", "due"),
        [
            ("2025-08-31T12:00:00+09:00", "2026-02-28T12:00:00+09:00"),
            ("2027-08-31T12:00:00+09:00", "2028-02-29T12:00:00+09:00"),
            ("2025-08-29T12:00:00+09:00", "2026-02-28T12:00:00+09:00"),
            ("2026-03-10T12:00:00Z", "2026-09-10T12:00:00Z"),
            # In Tokyo it is the 31st already, which becomes the 28th; a second before, the 30th does so too.
            ("2026-08-30T15:00:00Z", "2027-02-27T15:00:00Z"),
            ("2026-08-30T14:59:59Z", "2027-02-28T14:59:59Z"),
            ("2026-12-31T23:59:59+09:00", "2027-06-30T23:59:59+09:00"),
        ],
    )
    def test_six_calendar_months(self, deleted: str, due: str) -> None:
        assert RetentionRule().purge_due_at(at(deleted)) == at(due)

    def test_a_year_may_turn(self) -> None:
        assert add_months(at("2026-11-30T00:00:00Z"), 3, "UTC") == at("2027-02-28T00:00:00Z")
        assert add_months(at("2026-12-15T00:00:00Z"), 12, "UTC") == at("2027-12-15T00:00:00Z")


class TestAge:
    @pytest.mark.parametrize(
        ("country", "born", "now", "admitted"),
        [
            ("NL", "2010-06-15", "2026-06-14T21:59:59Z", False),
            ("NL", "2010-06-15", "2026-06-14T22:00:00Z", True),
            # Hawaii is the last place in the US where a day begins.
            ("US", "2010-06-15", "2026-06-15T09:59:59Z", False),
            ("US", "2010-06-15", "2026-06-15T10:00:00Z", True),
            # Easter Island is further behind than Santiago.
            ("CL", "2010-06-15", "2026-06-15T05:59:59Z", False),
            ("CL", "2010-06-15", "2026-06-15T06:00:00Z", True),
            ("JP", "2010-06-15", "2026-06-14T15:00:00Z", True),
            # China: fourteen, and Xinjiang's zone counts too.
            ("CN", "2012-06-15", "2026-06-14T17:59:59Z", False),
            ("CN", "2012-06-15", "2026-06-14T18:00:00Z", True),
            ("TW", "2012-06-15", "2026-06-20T00:00:00Z", False),
            # Born on a leap day: the day counts as 1 March in a year without it, and as itself otherwise.
            ("GB", "2012-02-29", "2028-02-28T23:59:59Z", False),
            ("GB", "2012-02-29", "2028-02-29T00:00:00Z", True),
            ("CN", "2012-02-29", "2026-02-28T12:00:00Z", False),
            ("CN", "2012-02-29", "2026-02-28T18:00:00Z", True),
            ("NL", "9999-12-31", "2026-01-01T00:00:00Z", False),
            ("NL", "0001-01-01", "2026-01-01T00:00:00Z", True),
        ],
    )
    def test_from_the_beginning_of_the_birthday_everywhere(
        self, country: str, born: str, now: str, admitted: bool
    ) -> None:
        assert GATE.admits(date.fromisoformat(born), country, at(now)) is admitted

    def test_countries_without_a_calendar_are_not_served(self) -> None:
        assert GATE.serves("NL")
        assert not GATE.serves("ZZ")


class TestTransfers:
    RULE = SafeguardsRule(FACTS.eea)

    @pytest.mark.parametrize(
        ("residence", "destination", "needed"),
        [
            ("NL", "US", True),
            ("IS", "JP", True),
            ("LI", "CH", True),
            ("NO", "NO", False),
            ("NL", "DE", False),
            ("GB", "US", False),
            ("CH", "IN", False),
            ("RE", "MU", True),
            ("SE", "AX", False),
        ],
    )
    def test_what_leaves_the_eea(self, residence: str, destination: str, needed: bool) -> None:
        assert self.RULE.needs_ground(residence, destination) is needed

    @pytest.mark.parametrize(
        ("now", "holds"),
        [
            ("2026-02-28T23:59:59Z", False),
            ("2026-03-01T00:00:00Z", True),
            ("2026-05-31T23:59:59Z", True),
            ("2026-06-01T00:00:00Z", False),
        ],
    )
    def test_a_ground_begins_and_ends(self, now: str, holds: bool) -> None:
        months = Validity(at("2026-03-01T00:00:00Z"), at("2026-06-01T00:00:00Z"))
        by_law = TransferRegister({"r": "JP"}, (AdequacyDecision("JP", "law", months),))
        by_contract = TransferRegister(
            {"r": "JP"},
            (),
            (
                Safeguard("r", GroundKind.CLAUSES, "contract", months),
                Safeguard("s", GroundKind.CLAUSES, "other", months),
            ),
        )
        assert self.RULE.ground(by_law, "r", at(now)) == (Ground(GroundKind.ADEQUACY, "law") if holds else None)
        assert self.RULE.ground(by_contract, "r", at(now)) == (
            Ground(GroundKind.CLAUSES, "contract") if holds else None
        )

    def test_a_decision_for_certified_recipients_covers_no_other(self) -> None:
        always = Validity(at("2000-01-01T00:00:00Z"))
        register = TransferRegister(
            {"in": "US", "out": "US", "elsewhere": "JP"},
            (AdequacyDecision("US", "framework", always, frozenset({"in", "elsewhere"})),),
        )
        assert self.RULE.ground(register, "in", at("2026-01-01T00:00:00Z"))
        assert self.RULE.ground(register, "out", at("2026-01-01T00:00:00Z")) is None
        assert self.RULE.ground(register, "elsewhere", at("2026-01-01T00:00:00Z")) is None

    @pytest.mark.parametrize(
        ("country", "now", "adequate"),
        [
            ("GB", "2021-06-27T00:00:00Z", False),
            ("GB", "2021-06-29T00:00:00Z", True),
            ("GB", "2025-12-28T00:00:00Z", True),
            ("GB", "2031-12-27T00:00:00Z", True),
            ("GB", "2031-12-28T00:00:00Z", False),
            ("KR", "2021-12-16T00:00:00Z", False),
            ("KR", "2022-01-01T00:00:00Z", True),
            ("BR", "2026-01-25T00:00:00Z", False),
            ("BR", "2026-01-27T00:00:00Z", True),
            ("US", "2026-01-27T00:00:00Z", False),
            ("IN", "2026-01-27T00:00:00Z", False),
        ],
    )
    def test_the_register_at_the_start(self, country: str, now: str, adequate: bool) -> None:
        register = TransferRegister({"r": country}, FACTS.register.adequacy)
        assert bool(self.RULE.ground(register, "r", at(now))) is adequate


class TestResidence:
    RULE = ResidenceRule(state_of_zip, FACTS.states, FACTS.provinces)

    @pytest.mark.parametrize(
        ("country", "postal_code", "subdivision"),
        [
            ("US", "94016", "US-CA"),
            ("US", " 94105-1234 ", "US-CA"),
            ("US", "10001", "US-NY"),
            ("US", "89501", "US-NV"),
            ("US", "00901", "US-PR"),
            ("US", "96701", "US-HI"),
            ("US", "09012", None),
            ("US", "34004", None),
            ("US", "96201", None),
            ("US", "96299", None),
            ("US", "96940", None),
            ("US", "00000", None),
            ("US", "9401", None),
            ("US", "٩٤٠١٦", None),
            ("CA", "H2Y 1C6", "CA-QC"),
            ("CA", "m5v2t6", "CA-ON"),
            ("CA", "X0A 0H0", "CA-NU"),
            ("CA", "X1A 2N1", "CA-NT"),
            ("CA", "D1D 1D1", None),
            ("NL", "94016", None),
        ],
    )
    def test_state_or_province(self, country: str, postal_code: str, subdivision: str | None) -> None:
        assert self.RULE.residence(country, postal_code) == Residence(country, subdivision)

    def test_every_subdivision_is_one_of_iso_3166_2(self) -> None:
        known = {part.code for part in pycountry.subdivisions}
        assert known >= FACTS.states == {part.code for part in pycountry.subdivisions.get(country_code="US")}
        assert set(FACTS.provinces.values()) == {part.code for part in pycountry.subdivisions.get(country_code="CA")}
        beginnings = {entry["zip_code"][:3] for entry in zipcodes.list_all()}
        found = {self.RULE.subdivision("US", f"{beginning}99") for beginning in beginnings}
        assert found - {None} <= known

    def test_a_zip_code_not_in_use_lies_where_its_neighbours_do(self) -> None:
        assert state_of_zip("94199") == "CA"


class TestRecipients:
    ROUTING = RecipientRouting(FACTS.recipients)

    @pytest.mark.parametrize(
        ("country", "company"),
        [
            ("NL", "sony-europe-bv"),
            ("IS", "sony-europe-bv"),
            ("US", "sony-electronics-inc"),
            ("CA", "sony-of-canada-ltd"),
            ("CN", "sony-china-limited"),
            ("GB", "sony-united-kingdom"),
            ("PE", "sony-singapore"),
        ],
    )
    def test_the_company_follows_residence(self, country: str, company: str) -> None:
        assert self.ROUTING.for_residence(Purpose.EMAIL_MARKETING, Residence(country, None)) == (company,)

    def test_every_country_has_exactly_one_company(self) -> None:
        for country in FACTS.zones:
            assert len(self.ROUTING.for_residence(Purpose.EMAIL_MARKETING, Residence(country, None))) == 1, country

    def test_vendors_are_for_the_united_states(self) -> None:
        vendors = {recipient.id for recipient in FACTS.recipients if recipient.role is Role.ADVERTISING_VENDOR}
        assert set(self.ROUTING.for_residence(Purpose.ADVERTISING, Residence("US", "US-CA"))) == vendors
        assert self.ROUTING.for_residence(Purpose.ADVERTISING, Residence("NL", None)) == ()


class TestConsentTexts:
    TEXTS = ConsentTexts(FACTS.consent_texts)

    def test_the_latest_in_the_language_wanted_else_its_main_one_else_english(self) -> None:
        for wanted, given in {"nl": "nl", "nl-BE": "nl", "ja": "en"}.items():
            text = self.TEXTS.current(ConsentPurpose.EMAIL_MARKETING, wanted)
            assert (text.language, text.version) == (given, "2024-02")

    def test_an_older_version_was_published_too(self) -> None:
        assert self.TEXTS.published(ConsentPurpose.EMAIL_MARKETING, "2023-06", "nl")
        assert not self.TEXTS.published(ConsentPurpose.EMAIL_MARKETING, "2023-06", "de")
        assert not self.TEXTS.published(ConsentPurpose.PROFILING, "2023-06", "nl")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Femke@Example.org", "femke@example.ORG", True),
        ("femke+tv@example.org", "femke@example.org", False),
        ("JOSÉ@example.org", "jose\u0301@example.org", True),
        ("straße@example.org", "strasse@example.org", False),
        ("ΟΔΟΣ@example.org", "οδος@example.org", True),
    ],
)
def test_addresses_differ_beyond_letter_case(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-10T12:00:00Z", datetime(2026, 3, 10, 12, tzinfo=UTC)),
        ("2026-03-10t12:00:00.1234567z", datetime(2026, 3, 10, 12, 0, 0, 123456, tzinfo=UTC)),
        ("2026-03-10T00:30:00+01:00", datetime(2026, 3, 9, 23, 30, tzinfo=UTC)),
    ],
)
def test_instants_are_read(text: str, instant: datetime) -> None:
    assert instants.parse(text) == instant


@pytest.mark.parametrize(
    "text", ["0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_instants_beyond_reckoning_are_told_apart(text: str) -> None:
    with pytest.raises(instants.OutOfRange):
        instants.parse(text)


@pytest.mark.parametrize(
    "text",
    ["2026-03-10", "2026-03-10T12:00:00", "2026-13-10T12:00:00Z", "2026-03-10T12:00:00+24:00", "0000-00-00T00:00:00Z"],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - what matters is that it is not the one for the range
        instants.parse(text)
    assert not isinstance(refusal.value, instants.OutOfRange)


def test_retries_are_soon_then_hourly_then_over() -> None:
    policy: Any = RetryPolicy()
    start = at("2026-03-10T12:00:00Z")
    now, tries, gaps = start, 1, []
    while (due := policy.next_try_at(now, start, tries)) is not None:
        gaps.append(due - now)
        now, tries = due, tries + 1
    assert gaps[0] <= timedelta(minutes=1)
    assert max(gaps) <= timedelta(hours=1)
    assert now - start >= timedelta(days=7)
