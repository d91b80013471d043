"""The command as people meet it: what it prints, and its exit code."""

import json

import pytest

from harness.cli import main


@pytest.fixture
def report(sample, capsys, monkeypatch):
    monkeypatch.setattr("reports.commands.load_suite", sample.suite)

    def call(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["report", *map(str, arguments)])
        printed = capsys.readouterr()
        return left.value.code, printed.out, printed.err

    return call


def test_every_view_is_made_again_from_the_raw_report_alone(sample, report, tmp_path):
    first = sample.fill().views()
    again = tmp_path / "again"
    code, out, _ = report(first / "raw.jsonl", "--out", again, "--gate", first / "gate.toml")
    assert code in (0, None)
    assert str(again / "statement.html") in out
    for name in ("junit.xml", "summary.md"):
        assert (again / name).read_bytes() == (first / name).read_bytes()
    before, after = (json.loads((folder / "compliance.json").read_text()) for folder in (first, again))
    assert before["clauses"] == after["clauses"]


def test_by_default_the_views_lie_beside_the_raw_report(sample, report):
    raw, gate = sample.write(), sample.write_gate()
    assert report(raw, "--gate", gate)[0] in (0, None)
    assert (raw.parent / "statement.html").is_file()


def test_a_last_line_that_was_cut_in_the_middle_is_left_out_and_told(sample, report):
    raw, gate = sample.fill().write(), sample.write_gate()
    raw.write_bytes(raw.read_bytes()[:-40])
    assert report(raw, "--gate", gate)[0] in (0, None)
    statement = (raw.parent / "statement.html").read_text(encoding="utf-8")
    assert "The raw report is damaged" in statement
    assert "This run is incomplete" in statement


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\n",
        b"hello\n",
        b"\xff\xfe\x00",
        b'{"kind": "run"}\n',
        b'{"kind": "scenario"}\n',
        b"[]\n",
    ],
    ids=["missing", "empty", "blank", "text", "bytes", "no run", "no first line", "list"],
)
def test_what_is_no_raw_report_is_refused_in_words(sample, report, content):
    gate = sample.fill().write() and sample.write_gate()
    raw = sample.folder / "other.jsonl"
    if content is not None:
        raw.write_bytes(content)
    code, _, err = report(raw, "--gate", gate)
    assert code == 2
    assert "other.jsonl" in err
    assert "What to do:" in err
    assert "Traceback" not in err
    assert not (sample.folder / "statement.html").exists()


def test_a_newer_version_is_refused_in_words(sample, report):
    raw, gate = sample.fill().write(), sample.write_gate()
    raw.write_text(raw.read_text().replace('"version":2', '"version":3', 1))
    code, _, err = report(raw, "--gate", gate)
    assert code == 2
    assert "version" in err


def test_a_broken_line_in_the_middle_is_refused(sample, report):
    raw, gate = sample.fill().write(), sample.write_gate()
    lines = raw.read_text().splitlines()
    lines[2] = lines[2][:50]
    raw.write_text("\n".join(lines))
    code, _, err = report(raw, "--gate", gate)
    assert code == 2
    assert "line 3" in err


def test_a_missing_gate_is_refused_in_words(sample, report, tmp_path):
    code, _, err = report(sample.fill().write(), "--gate", tmp_path / "none.toml")
    assert code == 2
    assert "none.toml" in err


def test_a_folder_that_cannot_be_written(sample, report, tmp_path):
    raw, gate = sample.fill().write(), sample.write_gate()
    (tmp_path / "file").write_text("")
    code, _, err = report(raw, "--out", tmp_path / "file" / "below", "--gate", gate)
    assert code == 2
    assert "--out" in err
