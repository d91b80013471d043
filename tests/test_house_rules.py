"""What every file of the project keeps to. Works in a clone and in a plain copy: what counts is told by .gitignore."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pathspec import GitIgnoreSpec

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
# One extra may take in others of this project.
OWN = "shes-audit["

LARGEST = 512 * 1024
# Put together here, because this file keeps to the rule too.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]
FORBIDDEN = {
    "a package registry's host": re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE),
    "a path of one machine": re.compile(r"(?<![\w.:/-])/(?:home|root|work|Users)/|[A-Z]:\\\\?Users"),
}


def project_files() -> Iterator[Path]:
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if name != ".git" and not ignored.match_file(f"{here / name}/")]
        yield from (ROOT / here / name for name in names if name != ".git" and not ignored.match_file(here / name))


def lines_of(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8", errors="replace").splitlines()


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def test_the_files_are_found() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in project_files()}

    assert {"pyproject.toml", ".ci/run", "tests/test_house_rules.py", "reports/allure/package-lock.json"} <= found
    assert not [name for name in found if name.startswith((".venv/", ".allure/", "reports/out/"))]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in project_files()
        for number, line in enumerate(lines_of(path), start=1)
        if FORBIDDEN[what].search(line)
    ]

    assert not named, f"These lines name {what}:\n" + "\n".join(named)


def test_no_file_is_large() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in project_files()}
    large = {name: size for name, size in sizes.items() if size > LARGEST}

    assert not large, f"Larger than {LARGEST} bytes: {large}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-node.lock"])
def test_a_python_lock_pins_by_hash_and_names_no_source(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")

    assert pins(lock)
    for line in text.splitlines():
        assert re.fullmatch(r"[\w.-]+==[^\s;]+(?: ; [^-]+)?\s+(?:--hash=sha256:[0-9a-f]{64}\s*)+", line), line


def test_the_python_locks_satisfy_the_project() -> None:
    asked = [
        *((line, "requirements.lock") for line in PROJECT["build-system"]["requires"]),
        *((line, "requirements.lock") for line in PROJECT["project"]["dependencies"]),
        *((line, "requirements.lock") for extra in EXTRAS.values() for line in extra if not line.startswith(OWN)),
        *((line, "requirements-node.lock") for line in PROJECT["dependency-groups"]["node"]),
    ]

    for line, lock in asked:
        requirement = Requirement(line)
        pin = pins(lock).get(canonicalize_name(requirement.name))
        assert pin, f"{line} is not in {lock}: run make lock"
        assert requirement.specifier.contains(pin), f"{lock} has {requirement.name} {pin}, not {line}: run make lock"


def test_the_node_lock_pins_by_hash_and_names_no_source() -> None:
    folder = ROOT / "reports" / "allure"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    root = lock["packages"].pop("")

    assert root["dependencies"] == package["dependencies"]
    assert lock["packages"]
    for name, entry in lock["packages"].items():
        assert entry.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in entry, name


@pytest.mark.parametrize("command", ["make audit", "make test"])
def test_the_two_commands_open_the_readme_and_are_what_ci_runs(command: str) -> None:
    assert any(command in line for line in lines_of(ROOT / "README.md")[:40])
    assert any(line.startswith(command) for line in lines_of(ROOT / ".ci" / "run"))


def test_ci_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_changelog_opens_with_the_version_of_the_project() -> None:
    versions = re.findall(r"^## \[?v?(\d[\w.]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert versions[:1] == [PROJECT["project"]["version"]]
