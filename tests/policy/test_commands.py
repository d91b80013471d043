from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.errors import ExitCode, UsageError
from harness.policy.commands import clauses, explain, policy

REAL = Path(__file__).parents[2] / "features" / "register"
SMALL = Path(__file__).parent / "small"

FEATURE = """
@policy
Feature: Lamps

  @clause-2.1 @storage @needs-clock
  Scenario Outline: After <days> days
    Then the name is gone

    Examples:
      | days | reason         |
      | 31   | one day beyond |
"""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, small_folder: Path, write_feature: Callable[..., Path]) -> None:
    monkeypatch.setenv("SHES_AUDIT_REGISTER", str(small_folder))
    write_feature(FEATURE)


def run(command: object, *arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)  # type: ignore[arg-type]
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_clauses_as_json() -> None:
    result = run(clauses, "--format", "json")

    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == ["1.1", "2.1", "2.2", "2.3", "2.4"]
    assert rows[1] == {
        "id": "2.1",
        "section": "2",
        "title": "Erased after 30 days",
        "origin": "policy",
        "level": "must",
        "protects": ["all"],
        "excludes": [],
        "channels": ["storage"],
        "channels_seen": [],
        "scenarios": [
            {
                "id": "small.feature::After <days> days[1]",
                "name": "After 31 days",
                "origin": "policy",
                "channels": ["storage"],
                "needs": ["clock"],
            }
        ],
    }


def test_all_clauses_of_the_real_register_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHES_AUDIT_REGISTER", str(REAL))

    rows = json.loads(run(clauses, "--format", "json").stdout)

    assert len(rows) == 140
    assert all({"id", "title", "origin", "channels", "scenarios"} <= row.keys() for row in rows)


def test_clauses_as_a_table() -> None:
    lines = run(clauses).stdout.splitlines()

    (row,) = [line for line in lines if " 2.2 " in line]
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "2.2",
        "Answers in the north",
        "NORDICS except FI",
        "policy",
        "mail",
        "0",
    ]
    assert lines[-1] == "5 clauses, 1 of them with scenarios"


def test_clauses_as_markdown() -> None:
    assert "| 2.1 | Erased after 30 days | all | policy | storage | 1 |" in run(clauses, "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--section", "2"], ["2.1", "2.2", "2.3", "2.4"]),
        (["--jurisdiction", "NO"], ["1.1", "2.1", "2.2", "2.3"]),
        (["--section", "2", "--jurisdiction", "us-ca"], ["2.1", "2.3", "2.4"]),
    ],
)
def test_some_clauses(options: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in json.loads(run(clauses, "--format", "json", *options).stdout)] == ids


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (clauses, ["--section", "7"]),
        (clauses, ["--jurisdiction", "XX"]),
        (explain, ["9.9"]),
        (policy, ["check", "missing.txt"]),
    ],
)
def test_wrong_use_is_told(command: object, arguments: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        run(command, *arguments)

    assert caught.value.exit_code == ExitCode.WRONG_USE
    assert caught.value.remedy


@pytest.mark.parametrize("command", [clauses, explain])
def test_a_tag_of_an_unknown_clause_is_told(command: object, write_feature: Callable[..., Path]) -> None:
    write_feature(FEATURE.replace("clause-2.1", "clause-2.7"))

    with pytest.raises(UsageError, match=r"small\.feature:11: unknown clause 2\.7"):
        run(command, *(["2.1"] if command is explain else []))


def test_one_clause_is_explained() -> None:
    shown = " ".join(run(explain, "1.1").stdout.split())

    for told in (
        "1.1 Name and lamp only",
        "A name and the number of the lamp are collected, and no more.",
        "Section 1 Collection",
        "Level must",
        "Evidence api, storage",
        "Law GDPR Art. 5(1)(c)",
        "section 1, paragraph 2, sentence 1",
        "Undeclared fields are dropped. (derived: keeping them would be collecting them)",
        "Reading: nothing more",
        "possible: a list of examples",
        "tested: the whole list",
        "because it says so",
        "an address is stored",
        "none yet: reported as not assessed",
    ):
        assert told in shown


def test_the_scenarios_of_a_clause_are_shown_with_their_reasons() -> None:
    shown = " ".join(run(explain, "2.1").stdout.split())

    assert "After 31 days (one day beyond) [policy; storage; needs clock] small.feature:11" in shown


def test_what_only_people_can_answer_is_said() -> None:
    assert "requires a signed statement" in run(explain, "2.3").stdout


def test_the_policy_itself_passes() -> None:
    result = run(policy, "check", str(SMALL / "policy.txt"))

    assert result.exit_code == 0
    assert "all 13 sentences are unchanged" in " ".join(result.stdout.split())


def test_a_changed_word_fails_and_names_the_clause(tmp_path: Path, small_text: str) -> None:
    file = tmp_path / "changed.txt"
    file.write_text(small_text.replace("30 days", "[90] days"), encoding="utf-8")

    result = run(policy, "check", str(file))

    assert result.exit_code == 1
    assert "- 2.1 Erased after 30 days" in " ".join(result.stdout.split())
    assert "[90] days" in result.stdout


def test_the_check_as_json(tmp_path: Path, small_text: str) -> None:
    file = tmp_path / "changed.txt"
    text = small_text.replace("30 days", "90 days").replace(" • Your name;\n", "") + "\nAnd that is all.\n"
    file.write_text(text, encoding="utf-8")

    result = run(policy, "check", str(file), "--format", "json")

    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["ok"] is False
    assert found["policy"] == {
        "publisher": "Lamplight",
        "account": "The account of a lamp",
        "last_updated": "2030-05-01",
    }
    assert len(found["matched"]) == 11
    assert [(item["was"]["clauses"], item["is"]["text"]) for item in found["changed"]] == [
        (["2.1"], "It is erased 90 days after you close the account.")
    ]
    assert [item["clauses"] for item in found["gone"]] == [["1.1"]]
    assert [(item["is"]["text"], item["beside"]) for item in found["new"]] == [("And that is all.", ["2.3"])]
    assert found["moved"] == []
    assert [item["id"] for item in found["suspect"]] == ["1.1", "2.1", "2.3"]


def test_json_of_a_text_that_matches() -> None:
    result = run(policy, "check", str(SMALL / "policy.txt"), "--format", "json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["ok"] is True
