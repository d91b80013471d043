from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.policy.model import Origin, Register
from harness.policy.scenarios import by_clause, check_tags, find_duplicates, read_scenarios

FEATURE = """
@policy @clause-1.1
Feature: Lamps

  Background:
    Given a fresh world

  @api
  Scenario: Plain
    Given Femke lives in the Netherlands and has a lamp
    And Bram lives in Norway
    Then all is well

  @clause-2.1 @needs-clock
  Rule: Thirty days

    @storage @needs-storage
    Scenario Outline: After <days> days
      Given Femke lives in <place>
      Then the name is <state>

      @derived
      Examples: The edge
        | days | place  | state | reason         |
        | 29   | Norway | there | one day short  |
        | 31   | Norway | gone  | one day beyond |

      Examples: Elsewhere
        | days | place         | state | reason |
        | 31   | New York City | gone  | abroad |
"""


def law_at(residence: str) -> Iterable[str]:
    return {"the Netherlands": {"EEA", "NL"}, "Norway": {"EEA", "NO"}, "New York City": {"US", "US-NY"}}[residence]


def test_scenarios_are_read_with_their_tags(write_feature: Callable[..., Path]) -> None:
    folder = write_feature(FEATURE).parent

    plain, short, beyond, abroad = read_scenarios(folder, law_at)

    assert (plain.id, plain.name, plain.row, plain.rule) == ("small.feature::Plain", "Plain", None, "")
    assert (plain.clauses, plain.origin, plain.channels, plain.needs) == (("1.1",), Origin.POLICY, ("api",), ())
    assert plain.jurisdictions == {"EEA", "NL", "NO"}
    assert plain.steps[0] == "a fresh world"

    assert short.id == "small.feature::After <days> days[1]"
    assert (short.name, short.template, short.reason) == ("After 29 days", "After <days> days", "one day short")
    assert short.clauses == ("1.1", "2.1")
    assert (short.channels, short.needs, short.rule) == (("storage",), ("clock", "storage"), "Thirty days")
    assert short.jurisdictions == {"EEA", "NO"}
    assert (short.line, short.scenario_line) == (25, 18)
    assert (beyond.row, beyond.values["state"]) == (2, "gone")
    assert (abroad.row, abroad.jurisdictions) == (3, {"US", "US-NY"})


def test_the_innermost_origin_counts(write_feature: Callable[..., Path]) -> None:
    text = FEATURE.replace("@clause-2.1", "@law @clause-2.1").replace("@storage @needs", "@policy @storage @needs")
    folder = write_feature(text).parent

    assert [ref.origin for ref in read_scenarios(folder)] == ["policy", "derived", "derived", "policy"]


def test_files_come_in_the_order_of_the_policy(write_feature: Callable[..., Path]) -> None:
    for name in ("10-changes.feature", "2-use.feature", "1-collection.feature"):
        folder = write_feature(FEATURE, name).parent

    files = list(dict.fromkeys(ref.file for ref in read_scenarios(folder)))

    assert files == ["1-collection.feature", "2-use.feature", "10-changes.feature"]


def test_no_features_no_scenarios(small_folder: Path) -> None:
    assert read_scenarios(small_folder.parent) == []


def test_a_name_that_stands_twice_is_found_even_under_another_rule(write_feature: Callable[..., Path]) -> None:
    text = FEATURE + "\n    @api\n    Scenario: Plain\n      Then all is well\n"
    refs = read_scenarios(write_feature(text).parent)

    (duplicate,) = find_duplicates(refs)

    assert (duplicate.file, duplicate.name, duplicate.lines) == ("small.feature", "Plain", (9, 33))


def test_two_outlines_of_one_name_are_duplicates(write_feature: Callable[..., Path]) -> None:
    outline = FEATURE[FEATURE.index("    @storage @needs") :]
    refs = read_scenarios(write_feature(FEATURE + outline).parent)

    assert [duplicate.name for duplicate in find_duplicates(refs)] == ["After <days> days"]


def test_one_name_in_two_files_and_rows_of_one_outline_are_no_duplicates(write_feature: Callable[..., Path]) -> None:
    write_feature(FEATURE, "one.feature")
    folder = write_feature(FEATURE, "two.feature").parent

    assert find_duplicates(read_scenarios(folder)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Feature: x\n  Scenario: y\n    Given z\n    Thn z\n", "(4:5)", id="no Gherkin"),
        pytest.param("Scenario: y\n", "(1:1)", id="no feature"),
        pytest.param(
            "Feature: x\n  Scenario Outline: y\n    Given <z>\n    Examples:\n      | z |\n", ":2", id="no rows"
        ),
        pytest.param("Feature: x\n  Scenario Outline: y\n    Given <z>\n    Examples:\n", ":2", id="no table"),
    ],
)
def test_a_broken_feature_file_names_the_line(write_feature: Callable[..., Path], text: str, told: str) -> None:
    file = write_feature(text)

    with pytest.raises(UsageError) as caught:
        read_scenarios(file.parent)

    assert told in str(caught.value)
    assert "small.feature" in str(caught.value)


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_a_file_without_a_feature_is_refused(write_feature: Callable[..., Path], text: str) -> None:
    with pytest.raises(UsageError, match="has no feature"):
        read_scenarios(write_feature(text).parent)


TWO_WAYS = """
@clause-1.1 @policy @api
Feature: Small
  {background}
  Scenario Outline: {name}
    Then <who> is well
    Examples:
      {table}
"""
TABLE = "| who |\n      | Ann |"


@pytest.mark.parametrize(
    ("background", "name", "table"),
    [
        ("Background:\n    Given <who> is there", "One", TABLE),
        ("", "One", "| who | who |\n      | Ann | Bob |"),
        ("", "One of <who>", "| who | who |\n      | Ann | Bob |"),
        ("", "One", "| who | b |\n      | <b> | c |"),
        ("Rule: r\n  Background:\n    Given <who> is there", "One", TABLE),
    ],
    ids=["background", "doubled column", "doubled column in the name", "value like a placeholder", "rule's background"],
)
def test_what_is_read_otherwise_than_it_runs_is_refused(
    write_feature: Callable[..., Path], background: str, name: str, table: str
) -> None:
    text = TWO_WAYS.format(background=background, name=name, table=table)

    with pytest.raises(UsageError, match="in two ways") as told:
        read_scenarios(write_feature(text).parent)
    assert "small.feature:" in told.value.what
    assert "placeholder" in told.value.cause


def test_angle_brackets_that_are_no_placeholder_stay(write_feature: Callable[..., Path]) -> None:
    text = TWO_WAYS.format(background="Background:\n    Given <somebody> is there", name="One <b>", table=TABLE)

    (one,) = read_scenarios(write_feature(text).parent)

    assert (one.name, one.steps) == ("One <b>", ("<somebody> is there", "Ann is well"))


def test_a_byte_order_mark_is_refused_with_its_name(write_feature: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="byte order mark") as told:
        read_scenarios(write_feature("\ufeff" + TWO_WAYS.format(background="", name="One", table=TABLE)).parent)
    assert "without BOM" in told.value.remedy


def test_a_table_without_rows_beside_one_with_rows(write_feature: Callable[..., Path]) -> None:
    text = TWO_WAYS.format(background="", name="One", table=f"| who |\n    Examples: more\n      {TABLE}")

    assert [(one.id, one.steps) for one in read_scenarios(write_feature(text).parent)] == [
        ("small.feature::One[1]", ("Ann is well",))
    ]


def test_an_asterisk_is_what_the_step_before_was(write_feature: Callable[..., Path]) -> None:
    text = "Feature: F\n  Scenario: S\n    Given a\n    When b\n    * c\n    Then d\n    * e\n"

    (one,) = read_scenarios(write_feature(text).parent)

    assert one.keywords == ("given", "when", "when", "then", "then")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("@clause-2.1", "@clause-2.9", "small.feature:25: unknown clause 2.9 (After 29 days)"),
        ("@clause-1.1", "", "small.feature:9: no clause (Plain)"),
        ("@policy", "", "small.feature:9: no origin (Plain)"),
        ("@api", "", "small.feature:9: no evidence channel (Plain)"),
        ("all is well\n", "all is well\n\n  @api\n  Scenario: Empty\n", "small.feature:15: no steps (Empty)"),
    ],
)
def test_tags_that_do_not_fit_the_register(
    write_feature: Callable[..., Path], small: Register, old: str, new: str, told: str
) -> None:
    refs = read_scenarios(write_feature(FEATURE.replace(old, new)).parent)

    with pytest.raises(UsageError) as caught:
        check_tags(refs, small)

    assert told in str(caught.value)


def test_tags_that_fit(write_feature: Callable[..., Path], small: Register) -> None:
    refs = read_scenarios(write_feature(FEATURE).parent)

    check_tags(refs, small)

    assert {clause_id: len(found) for clause_id, found in by_clause(refs).items()} == {"1.1": 4, "2.1": 3}
