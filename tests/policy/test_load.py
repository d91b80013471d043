from __future__ import annotations

import json
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from harness.errors import ExitCode, UsageError
from harness.policy import load
from harness.policy.jurisdictions import clauses_in
from harness.policy.load import find_register, load_register
from harness.policy.model import Origin, Register, UnknownClause

REGISTER = Path(__file__).parents[2] / "features" / "register"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_register_is_read(small: Register) -> None:
    assert small.ids == ("1.1", "2.1", "2.2", "2.3", "2.4")
    assert small.policy.last_updated.isoformat() == "2030-05-01"
    clause = small.clause("1.1")
    assert (clause.section, clause.title, clause.channels) == ("1", "Name and lamp only", ("api", "storage"))
    assert clause.derived[0].origin is Origin.DERIVED
    assert clause.readings[0].tested == "the whole list"
    assert [clause.id for clause in small.in_section("2")] == ["2.1", "2.2", "2.3", "2.4"]
    assert [passage.place for passage in small.passages_of("2.2")] == ["section 2, paragraph 3, sentence 1"]


@pytest.mark.parametrize(("asked", "near"), [("2.11", "2.1"), (" 2.1", "2.1"), ("1.2", "1.1")])
def test_an_unknown_clause_names_near_ones(small: Register, asked: str, near: str) -> None:
    with pytest.raises(UnknownClause) as caught:
        small.clause(asked)

    assert near in caught.value.cause
    assert caught.value.exit_code == ExitCode.WRONG_USE
    assert asked in str(caught.value)


def test_an_unknown_section_names_the_known_ones(small: Register) -> None:
    with pytest.raises(UsageError, match="no section '3'") as caught:
        small.in_section("3")

    assert "1, 2" in caught.value.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("section-2.yaml", "channels: [storage]", "channels: [storrage]", "row 2.1, field channels[0]: 'storrage'"),
        ("section-2.yaml", "channels: [mail]", "channels: []", "row 2.2, field channels"),
        ("section-2.yaml", "level: should", "level: shall", "row 2.2, field level: 'shall'"),
        ("section-2.yaml", "origin: law", "origin: custom", "row 2.4, field origin: 'custom'"),
        ("section-2.yaml", "    title: No sale\n", "", "row 2.3: 'title' is a required property"),
        ("section-2.yaml", "    title: No sale\n", "    titel: No sale\n", "row 2.3"),
        ("section-2.yaml", '- id: "2.1"', "- id: 2.1", "field id: 2.1 is not of type 'string'"),
        ("section-2.yaml", '- id: "2.2"', '- id: "2.1"', "row 2.1, field id: occurs twice"),
        ("section-2.yaml", '- id: "2.2"', '- id: "1.2"', "row 1.2, field id: does not belong to section 2"),
        ("section-2.yaml", "protects: [NORDICS]", "protects: [BALTICS]", "row 2.2: BALTICS is not a region"),
        ("section-2.yaml", "protects: [NORDICS]", "protects: [Norway]", "row 2.2, field protects[0]: 'Norway'"),
        ("section-2.yaml", "title: Use", "title: [", "section-2.yaml"),
        ("section-2.yaml", "title: Use", "title: 2030-02-30", "section-2.yaml"),
        ("section-1.yaml", "tested: the whole list, ", "", "row 1.1, field readings[0]: 'tested'"),
        ("policy.yaml", "language: en", "language: English", "field language: 'English'"),
        ("policy.yaml", "section-2.yaml", "section-9.yaml", "section-9.yaml"),
        ("passages.yaml", 'clauses: ["2.2"]', 'clauses: ["2.9"]', "section 2, paragraph 3, sentence 1"),
        ("passages.yaml", 'clauses: ["2.2"]', "not_normative: dull", "row number 10, field not_normative: 'dull'"),
        ("passages.yaml", ', clauses: ["2.2"]', "", "row number 10"),
        ("register.schema.json", "{", "", "register.schema.json"),
    ],
)
def test_a_broken_register_names_file_row_and_field(
    small_folder: Path, file: str, old: str, new: str, told: str
) -> None:
    edit(small_folder / file, old, new)

    with pytest.raises(UsageError) as caught:
        load_register(small_folder)

    assert told in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("file", ["policy.yaml", "passages.yaml", "section-1.yaml", "register.schema.json"])
def test_a_missing_file_is_named(small_folder: Path, file: str) -> None:
    (small_folder / file).unlink()

    with pytest.raises(UsageError, match=file):
        load_register(small_folder)


def test_the_schema_is_valid_itself() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads((REGISTER / "register.schema.json").read_text(encoding="utf-8")))


class TestWhereTheRegisterIsFound:
    @pytest.fixture(autouse=True)
    def _nowhere(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("SHES_AUDIT_REGISTER", raising=False)
        monkeypatch.setattr(load, "entry_points", lambda group: EntryPoints())
        monkeypatch.chdir(tmp_path)

    @pytest.fixture
    def package(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        folder = tmp_path / "site" / "lamp_features" / "register"
        folder.mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
        found = EntryPoint("default", "lamp_features", "shes_audit.register")
        monkeypatch.setattr(load, "entry_points", lambda group: EntryPoints([found]).select(group=group))
        return folder

    def test_by_the_environment_first(self, monkeypatch: pytest.MonkeyPatch, small_folder: Path, package: Path) -> None:
        monkeypatch.setenv("SHES_AUDIT_REGISTER", str(package.parent))

        assert find_register() == package.parent

    def test_by_an_entry_point_next(self, small_folder: Path, package: Path) -> None:
        assert find_register() == package

    def test_below_the_working_directory_last(self, small_folder: Path) -> None:
        assert find_register() == Path("features/register")

    def test_or_nowhere(self) -> None:
        with pytest.raises(UsageError, match="was not found") as caught:
            find_register()

        assert "SHES_AUDIT_REGISTER" in caught.value.remedy

    def test_an_environment_that_leads_nowhere(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SHES_AUDIT_REGISTER", str(tmp_path / "gone"))

        with pytest.raises(UsageError, match="gone"):
            load_register(find_register())


@pytest.mark.parametrize(
    ("code", "held"),
    [
        ("NL", ["1.1", "2.1", "2.3"]),
        ("no", ["1.1", "2.1", "2.2", "2.3"]),
        ("FI", ["1.1", "2.1", "2.3"]),
        ("NORDICS", ["1.1", "2.1", "2.2", "2.3"]),
        ("US-CA", ["1.1", "2.1", "2.3", "2.4"]),
        ("US-NY", ["1.1", "2.1", "2.3"]),
        ("US", ["1.1", "2.1", "2.3", "2.4"]),
    ],
)
def test_what_holds_in_a_place(small: Register, code: str, held: list[str]) -> None:
    assert [clause.id for clause in clauses_in(small, code)] == held


@pytest.mark.parametrize("code", ["XX", "US-XX", "", "Norway", "NORDIC"])
def test_an_unknown_place(small: Register, code: str) -> None:
    with pytest.raises(UsageError, match="no jurisdiction") as caught:
        clauses_in(small, code)

    assert caught.value.exit_code == ExitCode.WRONG_USE


def test_who_is_protected(small: Register) -> None:
    assert small.clause("2.2").applies_in({"NORDICS", "NO"})
    assert not small.clause("2.2").applies_in({"NORDICS", "FI"})
    assert not small.clause("2.2").applies_in({"NL"})
    assert small.clause("2.1").applies_in({"NL"})
