"""The register of the policy that is audited here."""

from __future__ import annotations

import re
from collections import Counter

import pycountry
import pytest

from harness import geography
from harness.policy.jurisdictions import clauses_in
from harness.policy.model import Channel, Clause, Origin, Register

SECTIONS = {
    "0": 5,
    "1": 13,
    "2": 9,
    "3": 5,
    "4": 7,
    "5": 7,
    "6": 5,
    "7": 6,
    "8": 9,
    "8.EU": 10,
    "8.US": 11,
    "8.CA": 22,
    "8.NV": 4,
    "8.QC": 9,
    "8.CN": 6,
    "9": 2,
    "9.JP": 6,
    "10": 2,
    "11": 2,
}
DERIVED = {"1.1", "4.5", "6.4", "7.4"}
LAW = {"8.EU.9", "8.US.8", "8.US.9", "8.CA.18", "8.CA.19", "8.CA.22", "8.QC.9", "8.CN.6"}


def numbers(clause_id: str) -> int:
    return int(clause_id.rpartition(".")[2])


def test_it_has_140_clauses_numbered_without_gaps(real: Register) -> None:
    assert len(real.ids) == 140
    assert Counter(clause.section for clause in real.clauses) == SECTIONS
    for section in SECTIONS:
        ids = [clause.id for clause in real.clauses if clause.section == section]
        assert [numbers(clause_id) for clause_id in ids] == list(range(1, len(ids) + 1))


def test_origins(real: Register) -> None:
    assert {clause.id for clause in real.clauses if clause.origin is Origin.DERIVED} == DERIVED
    assert {clause.id for clause in real.clauses if clause.origin is Origin.LAW} == LAW


def test_how_many_clauses_ask_for_each_channel(real: Register) -> None:
    assert Counter(channel for clause in real.clauses for channel in clause.channels) == {
        Channel.API: 95,
        Channel.OUTBOUND: 43,
        Channel.NOTICE: 34,
        Channel.RECORD: 28,
        Channel.STORAGE: 23,
        Channel.MAIL: 18,
        Channel.PAGE: 6,
        Channel.ORG: 3,
    }


@pytest.mark.parametrize(
    ("clause_id", "channels"),
    [
        ("1.4", "api storage"),
        ("2.3", "api outbound mail record"),
        ("2.5", "outbound"),
        ("2.8", "mail outbound"),
        ("4.1", "api storage"),
        ("4.3", "storage"),
        ("4.5", "api outbound mail"),
        ("5.5", "outbound record"),
        ("7.1", "api storage"),
        ("7.2", "api storage"),
        ("8.CA.18", "api outbound"),
        ("4.7", "org"),
        ("7.5", "notice api outbound storage"),
    ],
)
def test_channels(real: Register, clause_id: str, channels: str) -> None:
    assert " ".join(real.clause(clause_id).channels) == channels


def test_what_law_alone_asks_names_the_law(real: Register) -> None:
    assert [clause.id for clause in real.clauses if clause.origin is Origin.LAW and not clause.law] == []


def test_what_is_derived_carries_its_reading(real: Register) -> None:
    assert [clause.id for clause in real.clauses if clause.origin is Origin.DERIVED and not clause.readings] == []
    assert all(part.origin is not Origin.POLICY and part.why for clause in real.clauses for part in clause.derived)


@pytest.mark.parametrize("clause_id", ["1.2", "2.5", "2.6", "2.8", "4.1", "7.1", "8.CA.4", "8.US.6", "8.US.7"])
def test_ambiguous_words_carry_their_readings(real: Register, clause_id: str) -> None:
    assert real.clause(clause_id).readings


def test_every_promise_of_the_policy_is_bound_to_a_passage(real: Register) -> None:
    bound = {clause_id for passage in real.passages for clause_id in passage.clauses}

    assert [clause.id for clause in real.clauses if clause.origin is not Origin.LAW and clause.id not in bound] == []
    assert bound.isdisjoint(LAW)


def section_number(clause: Clause) -> int:
    return int(clause.section.partition(".")[0])


def test_every_promise_has_a_passage_in_its_own_section(real: Register) -> None:
    astray = [
        clause.id
        for clause in real.clauses
        if clause.origin is Origin.POLICY
        # California's retention stands in its own notice, in section 8.
        and clause.id != "4.4"
        and section_number(clause) not in {passage.section for passage in real.passages_of(clause.id)}
    ]

    assert astray == []


def test_passages_stand_in_order_and_are_counted(real: Register) -> None:
    places = [(passage.section, passage.paragraph, passage.sentence) for passage in real.passages]
    assert places == sorted(set(places))
    assert {section for section, _, _ in places} == set(range(12))

    seen = Counter[str]()
    for passage in real.passages:
        seen[passage.sha256] += 1
        assert passage.occurrence == seen[passage.sha256], passage.place


def test_every_passage_is_bound_or_classed(real: Register) -> None:
    assert all(bool(passage.clauses) != bool(passage.not_normative) for passage in real.passages)


def test_places_are_real(real: Register) -> None:
    countries = {country.alpha_2 for country in pycountry.countries}
    known = {
        "all",
        *countries,
        *(part.code for part in pycountry.subdivisions),
        *(region.code for region in real.regions),
    }

    assert {code for clause in real.clauses for code in (*clause.protects, *clause.excludes)} <= known
    for region in real.regions:
        assert region.members <= countries


def test_the_eea_is_that_of_the_one_list_on_the_day_of_the_policy(real: Register) -> None:
    eea = next(region.members for region in real.regions if region.code == "EEA")

    assert eea == geography.members("EEA", real.policy.last_updated)
    assert eea.isdisjoint({"GB", "CH"})


@pytest.mark.parametrize(
    ("clause_id", "protects", "excludes"),
    [
        ("7.1", ("all",), ("CN",)),
        ("7.2", ("CN",), ()),
        ("5.5", ("EEA",), ()),
        ("8.EU.3", ("EEA", "GB", "CH"), ()),
        ("8.CA.18", ("US-CA",), ()),
        ("8.US.8", ("US-CO", "US-CT"), ()),
        ("9.1", ("ASIA-OCEANIA",), ("CN", "JP")),
    ],
)
def test_whom_it_protects(real: Register, clause_id: str, protects: tuple[str, ...], excludes: tuple[str, ...]) -> None:
    clause = real.clause(clause_id)

    assert (clause.protects, clause.excludes) == (protects, excludes)


def test_a_region_has_the_clauses_of_its_countries(real: Register) -> None:
    ids = {clause.id for clause in clauses_in(real, "ASIA-OCEANIA")}

    assert {"4.1", "8.CN.1", "9.1", "9.JP.1"} <= ids
    assert ids.isdisjoint({"8.EU.1", "8.CA.1"})


def test_no_sentence_of_the_policy_is_in_the_register(real: Register) -> None:
    dutch = re.compile(r"\b(?:de|het|een|wij|uw|gegevens|wordt|worden|persoonsgegevens)\b(?!-)", re.IGNORECASE)
    for file in real.path.iterdir():
        words = dutch.findall(re.sub(r'"[A-Z]{2}"|\b[A-Z]{2}\b', "", file.read_text(encoding="utf-8")))
        assert words == [], file.name
