"""The raw report: written as the run goes, read back whatever happened to it, in step with its schema."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.errors import UsageError
from harness.evidence.folder import check_writable
from harness.evidence.model import Evidence, EvidenceKind, Model, Outcome, RunFinished, RunStarted, ScenarioFinished
from harness.evidence.raw import SCHEMA, RawWriter, raw_schema, read_raw
from tests.harness.made import END, FOUND, RUN, key, scenario

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Unicode calls each of these the end of a line; JSON does not.
SEPARATORS = "\u2028 \u2029 \x85 \x0b \x0c \x1c \x1d \x1e \r \r\n"
TOLD = Evidence(id="e1", kind=EvidenceKind.NOTE, title="Zoë 日本", text=f"é{SEPARATORS}é")
FIRST = scenario(key("one"), evidence=(TOLD,))
SECOND = scenario(key("two"), Outcome.VIOLATED, reason="Zoë")


def written(folder: Path, *lines: Model) -> Path:
    with RawWriter(folder) as writer:
        for line in lines:
            writer.write(line)
    return folder / "raw.jsonl"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    raw = read_raw(written(tmp_path / "new" / "folder", RUN, FOUND, SECOND, FIRST, END))

    assert (raw.run, raw.target) == (RUN, FOUND)
    assert raw.scenarios == (FIRST, SECOND), "in the order of the features"
    assert raw.end == END
    assert raw.notes == ()


def test_each_line_is_out_before_the_next(tmp_path: Path) -> None:
    with RawWriter(tmp_path) as writer:
        writer.write(RUN)
        writer.write(FOUND)
        assert read_raw(writer.path).scenarios == ()
        writer.write(FIRST)
        assert read_raw(writer.path).scenarios == (FIRST,)


def test_a_run_that_was_killed_anywhere_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, RUN, FOUND, FIRST, SECOND)
    whole = path.read_bytes()
    begin = whole.index(b'\n{"kind":"scenario"') + 1
    second = whole.index(b"\n", begin) + 1

    for cut in range(second, len(whole)):
        path.write_bytes(whole[:cut])
        raw = read_raw(path)
        assert raw.scenarios == (FIRST,), cut
        assert raw.end is None
        assert raw.notes == (() if cut == second else ("line 4 is incomplete and was ignored",))


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"\xff\xfe\n", b"{}\n", b'{"kind": "run", "format": "shes-audit/raw", "version": 3}\n', b"\n\n"],
)
def test_something_else_is_no_raw_report(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "raw.jsonl"
    path.write_bytes(content)

    with pytest.raises(UsageError, match="is not a raw report"):
        read_raw(path)


@pytest.mark.parametrize(
    "lines",
    [(FIRST,), (RUN, RUN), (RUN, FOUND, FOUND), (RUN, END, FIRST), (RUN, END, END), (END,)],
    ids=["no run", "two runs", "two targets", "after the end", "two ends", "end alone"],
)
def test_lines_out_of_order_are_no_raw_report(tmp_path: Path, lines: tuple[Model, ...]) -> None:
    with pytest.raises(UsageError, match="is not a raw report"):
        read_raw(written(tmp_path, *lines))


def test_a_spoilt_line_in_the_middle_or_at_the_end_is_no_raw_report(tmp_path: Path) -> None:
    path = written(tmp_path, RUN, FOUND, FIRST, SECOND, END)
    lines = path.read_bytes().splitlines(keepends=True)
    for spoilt in ([*lines[:2], b'{"kind": "scenario"}\n', *lines[3:]], [*lines[:4], b'{"kind": "end"}\n']):
        path.write_bytes(b"".join(spoilt))
        with pytest.raises(UsageError, match="line"):
            read_raw(path)


def test_an_earlier_report_is_left_alone_until_a_run_begins(tmp_path: Path) -> None:
    path = written(tmp_path, RUN, FOUND, FIRST, END)
    before = path.read_bytes()

    check_writable(tmp_path)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_schema_is_in_step_with_the_models() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == raw_schema(), (
        "make it again: python -m harness.evidence.raw_schema"
    )


def test_the_schema_takes_what_is_written_and_nothing_else(tmp_path: Path) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    Draft202012Validator.check_schema(validator.schema)
    for text in written(tmp_path, RUN, FOUND, FIRST, SECOND, END).read_text(encoding="utf-8").split("\n")[:-1]:
        line = json.loads(text)
        validator.validate(line)
        assert not validator.is_valid(line | {"surprise": 1})
        assert not validator.is_valid(line | {"kind": "other"})
    assert not validator.is_valid(json.loads(RUN.model_dump_json()) | {"chain": "0" * 64, "version": 3})


def test_models_are_strict() -> None:
    with pytest.raises(ValueError, match="surprise"):
        RunStarted.model_validate_json(json.dumps({**json.loads(RUN.model_dump_json()), "surprise": 1}))
    assert {ScenarioFinished, RunFinished} <= set(Model.__subclasses__())
