"""Allure's page where Allure can be had, and what is said where not. Scripts stand in for Node, npm and Allure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reports.allure import install, tool
from reports.allure.html import make_html

PAGE = """<!DOCTYPE html>
<html><head>
    <meta charset="utf-8"></head><body>
    <script async src="https://counter.example/js?id=1"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
    </script>
    <script>window.allureReportData = "kept";</script>
</body></html>
"""
# Answers as Node does when asked for its version, else as Allure does: writes the page into the folder it is told.
NODE = f"""#!{sys.executable}
import os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("VERSION")
else:
    assert not [name for name in os.environ if name.startswith("ALLURE_")], "a token would make it upload"
    out = pathlib.Path(sys.argv[sys.argv.index("--output") + 1])
    (out / "index.html").write_text({PAGE!r})
"""
NPM = f"""#!{sys.executable}
import pathlib, sys
home = pathlib.Path(sys.argv[sys.argv.index("--prefix") + 1])
assert (home / "package-lock.json").is_file()
(home / "node_modules" / "allure").mkdir(parents=True)
(home / "node_modules" / "allure" / "cli.js").touch()
"""
BROKEN_NPM = f"""#!{sys.executable}
import sys
sys.exit("npm error code ECONNREFUSED")
"""


class Machine:
    """A machine that has on its path what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def has(self, name: str, script: str) -> None:
        (self.folder / name).write_text(script, encoding="utf-8")
        (self.folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(machine.folder))
    monkeypatch.setattr(tool, "HOME", tmp_path / "allure")
    monkeypatch.setattr(tool, "find_spec", lambda _name: None)
    return machine


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "allure-results"
    folder.mkdir()
    return folder


def test_the_page_is_made_and_calls_nobody(
    machine: Machine, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLURE_TOKEN", "secret")
    machine.has("node", NODE.replace("VERSION", "v20.1.0"))
    machine.has("npm", NPM)
    install.main()

    page = make_html(results, tmp_path / "out" / "allure")

    assert page == tmp_path / "out" / "allure" / "index.html"
    html = page.read_text(encoding="utf-8")
    assert 'window.allureReportData = "kept"' in html
    assert "counter.example" not in html
    assert "dataLayer" not in html
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_without_npm_registry_it_says_how_to_get_the_page(
    machine: Machine, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.has("node", NODE.replace("VERSION", "v20.1.0"))
    machine.has("npm", BROKEN_NPM)

    install.main()

    said = capsys.readouterr().err
    assert "npm failed: npm error code ECONNREFUSED" in said
    assert "run: make allure" in said
    assert make_html(results, tmp_path / "out") is None
    assert "run: make allure" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["v18.19.1", "nonsense"])
def test_a_node_that_is_too_old_is_not_used(machine: Machine, version: str) -> None:
    machine.has("node", NODE.replace("VERSION", version))
    machine.has("npm", NPM)

    assert tool.find_npm() is None


def test_what_is_installed_is_not_fetched_again_and_a_new_pin_is(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has("node", NODE.replace("VERSION", "v24.0.0"))
    machine.has("npm", NPM)
    install.main()
    assert "Installing Allure" in capsys.readouterr().out

    install.main()
    assert capsys.readouterr().out == ""

    monkeypatch.setattr(tool, "digest", lambda: "another pin")
    assert tool.find_allure() is None


def test_an_earlier_page_does_not_stand_for_this_run(machine: Machine, results: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("of the run before", encoding="utf-8")

    assert make_html(results, tmp_path) is None
    assert not (tmp_path / "index.html").exists()


def test_what_allure_says_when_it_fails_is_passed_on(
    machine: Machine, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.has("node", NODE.replace("VERSION", "v20.1.0"))
    machine.has("npm", NPM)
    install.main()
    machine.has(
        "node", NODE.replace("VERSION", "v20.1.0").replace("    out =", '    sys.exit("no such plugin")\n    out =')
    )

    assert make_html(results, tmp_path / "out") is None
    assert "no such plugin" in capsys.readouterr().err
