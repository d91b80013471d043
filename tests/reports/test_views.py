import html
import os
import re
from datetime import timedelta

import pytest

from harness.errors import UsageError
from reports.files import remove_views
from reports.views import write_all
from tests.reports.conftest import TODAY

NAMES = {"compliance.json", "junit.xml", "summary.md", "statement.html", "allure-results", "index.html"}


def links(folder):
    return re.findall(r'href="([^"]+)"', (folder / "index.html").read_text(encoding="utf-8").split("<body>")[1])


def test_every_view_is_made_and_told(sample):
    made = write_all(sample.write(), sample.fill().compliance(), sample.folder, sample.register)
    assert {path.name for path in made} == NAMES
    assert all(path.exists() for path in made)
    assert not list(sample.folder.glob("*.tmp"))


def test_the_index_leads_to_what_is_there(sample):
    folder = sample.fill().views()
    assert set(links(folder)) == (NAMES | {"raw.jsonl"}) - {"index.html", "allure-results"}
    assert all((folder / link).is_file() for link in links(folder))
    assert "was not produced in this run" in (folder / "index.html").read_text(encoding="utf-8")


def test_the_index_leads_to_allure_where_it_was_made(sample, monkeypatch):
    def made(results, out):
        assert list(results.glob("*-result.json"))
        out.mkdir()
        (out / "index.html").write_text("allure")
        return out / "index.html"

    monkeypatch.setattr("reports.views.make_html", made)
    folder = sample.fill().views()
    assert "allure-report/index.html" in links(folder)


def test_without_allure_everything_else_is_made_and_it_says_how_to_get_it(sample, capsys):
    sample.fill().views()
    assert "make allure" in capsys.readouterr().err


def test_a_page_of_allure_that_nobody_asked_for_is_not_made_and_an_earlier_one_goes(sample, monkeypatch, capsys):
    monkeypatch.setattr("reports.views.make_html", lambda *_: pytest.fail("it was made"))
    page = sample.folder / "allure-report" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("of an earlier run")
    made = write_all(sample.fill().write(), sample.compliance(), sample.folder, sample.register, allure=False)
    assert {path.name for path in made} == NAMES
    assert not page.exists()
    assert not any("allure-report" in link for link in links(sample.folder))
    assert not capsys.readouterr().err


def test_in_another_folder_the_raw_report_comes_along(sample, tmp_path):
    raw, compliance = sample.write(), sample.fill().compliance()
    other = tmp_path / "deep" / "other"
    for _ in range(2):
        write_all(raw, compliance, other, sample.register)
    assert (other / "raw.jsonl").read_bytes() == raw.read_bytes()


def test_the_raw_report_of_another_run_is_never_lost(sample, tmp_path):
    raw, compliance = sample.write(), sample.fill().compliance()
    other = tmp_path / "other"
    other.mkdir()
    (other / "raw.jsonl").write_text("the truth of another run")
    with pytest.raises(UsageError, match="another run"):
        write_all(raw, compliance, other, sample.register)
    assert (other / "raw.jsonl").read_text() == "the truth of another run"


def test_a_folder_that_is_a_file(sample, tmp_path):
    compliance = sample.fill().compliance()
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_all(sample.folder / "raw.jsonl", compliance, tmp_path / "file", sample.register)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is write-protected for root")
def test_a_folder_that_is_write_protected(sample, tmp_path):
    compliance = sample.fill().compliance()
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        write_all(sample.folder / "raw.jsonl", compliance, locked, sample.register)


WAIVER = f"""
[[unseen]]
channel = "storage"
clauses = ["4.1"]
reason = "the <disk> | is in the other & room"
owner = "storage team"
until = {TODAY + timedelta(days=20)}
"""


@pytest.mark.parametrize(
    "name", ["statement.html", "index.html", "summary.md", "junit.xml", "compliance.json", "allure-results"]
)
def test_a_waiver_is_shown_with_reason_owner_and_last_day_everywhere(sample, name):
    sample.fill().waivers = WAIVER
    made = sample.views() / name
    text = (made / "environment.properties" if made.is_dir() else made).read_text(encoding="utf-8")
    shown = html.unescape(text).replace("\\|", "|").replace("\\", "")

    assert "the <disk> | is in the other & room" in shown
    assert "storage team" in shown
    assert f"{TODAY + timedelta(days=20)}" in shown
    if name in {"statement.html", "index.html", "summary.md", "compliance.json"}:
        assert f"expires on {TODAY + timedelta(days=20)}, in 20 days" in shown


def test_the_views_of_an_earlier_run_are_removed_whole(sample):
    folder = sample.fill().views()
    assert len(list(folder.iterdir())) > 5

    remove_views(folder)

    assert {path.name for path in folder.iterdir()} == {"raw.jsonl", "gate.toml"}
