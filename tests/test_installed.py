"""What a user installs: the wheel with what it asks for and nothing else, and the extras."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness import extras
from harness.evidence.model import Outcome
from harness.evidence.raw import read_raw
from harness.suite.features import read_features
from harness.target.process import Started, bundled
from tests.harness.room import ROOT, Result, wait

PACKAGE = "shes-audit"
# Whatever is not named here runs with what the wheel asks for.
EXTRAS = {"reference_impl": "reference", "harness/world/bucket.py": "object-storage", "harness/fuzz": "fuzz"}
ROOMS = ("features", "steps", "harness", "reference_impl", "reports")


def needed(of: Distribution, extras: Sequence[str] = ()) -> dict[str, Distribution]:
    """All that a distribution needs, directly or not, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(of, frozenset(extras))]
    while waiting:
        one, its_extras = waiting.pop()
        for requirement in map(Requirement, one.requires or ()):
            name = canonicalize_name(requirement.name)
            marker = requirement.marker
            if name in found or (marker and not any(marker.evaluate({"extra": x}) for x in its_extras or {""})):
                continue
            found[name] = distribution(name)
            waiting.append((found[name], frozenset(requirement.extras)))
    return found


class Base:
    """A virtual environment of its own."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, symlinks=True)
        self.python = folder / "bin" / "python"
        (self.packages,) = folder.glob("lib/python*/site-packages")

    def __call__(self, *arguments: object, cwd: Path) -> Result:
        """Run Python in it, in a folder."""
        process = subprocess.Popen(
            [self.python, *map(str, arguments)],
            cwd=cwd,
            env=os.environ | {"PATH": "/nowhere", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return wait(process)

    @property
    def features(self) -> Path:
        return self.packages / "features"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The wheel, unpacked, and what it asks for, linked from where the tests run: no index is needed."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    base = Base(folder / "venv")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(base.packages)
    (own,) = Distribution.discover(name=PACKAGE, path=[str(base.packages)])
    for one in needed(own).values():
        for top in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
            if not (base.packages / top).exists():
                (base.packages / top).symlink_to(str(one.locate_file(top)))
    return base


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gate.toml").write_text('require = ["7.2"]\n')
    return tmp_path


@pytest.mark.parametrize("arguments", [["--help"], ["clauses"], ["explain", "4.1"]])
def test_commands_that_need_no_extra(base: Base, folder: Path, arguments: list[str]) -> None:
    result = base("-m", "harness.cli", *arguments, cwd=folder)

    assert result.code == 0, result.said
    assert "4.1" in result.said or "serve" in result.said


@pytest.mark.parametrize(
    "arguments",
    [
        ["-m", "harness.cli", "serve"],
        ["-m", "harness.cli", "run"],
        ["-m", "harness.cli", "selfcheck"],
        ["-m", "pytest"],
    ],
    ids=lambda arguments: arguments[-1],
)
def test_without_the_reference_the_user_reads_how_to_install_it(base: Base, folder: Path, arguments: list[str]) -> None:
    features = [base.features, "-p", "no:cacheprovider"] if arguments[-1] == "pytest" else []

    result = base(*arguments, *features, cwd=folder)

    assert result.code == 2, result.said
    assert "python -m pip install 'shes-audit[reference]'" in result.said
    assert "fastapi" in result.said
    assert "Traceback" not in result.said


def test_without_schemathesis_the_user_reads_how_to_install_it(base: Base, folder: Path) -> None:
    result = base("-c", "from harness.fuzz import fuzz; fuzz(None)", cwd=folder)

    assert "UsageError: Schemathesis is not installed." in result.said
    assert "python -m pip install 'shes-audit[fuzz]'" in result.said


def test_pytest_of_another_project_is_left_alone(base: Base, folder: Path) -> None:
    (folder / "test_other.py").write_text("def test_other():\n    pass\n")

    result = base("-m", "pytest", "-W", "error", cwd=folder)

    assert result.code == 0, result.said
    assert "1 passed" in result.said


def test_a_service_is_audited_in_full_but_for_object_storage(base: Base, folder: Path) -> None:
    keys = read_features(ROOT / "features").keys
    provider, letter, backup, clause = (
        next(key.id for key in keys if key.needs and condition(key))
        for condition in (
            lambda key: "identity-providers" in key.needs,
            lambda key: "mail" in key.channels,
            lambda key: "backups" in key.needs,
            lambda key: "7.2" in key.clauses,
        )
    )
    asked = [f"--scenario={one}" for one in dict.fromkeys((provider, letter, backup, clause))]

    with Started(bundled("reference")) as target:
        result = base("-m", "harness.cli", "run", "--target", target.url, "--out", "out", "-n", "1", *asked, cwd=folder)

    raw = read_raw(folder / "out" / "raw.jsonl")
    ended = {one.scenario.id: one for one in raw.scenarios}
    assert {one: ended[one].outcome for one in (provider, letter, clause)} == dict.fromkeys(
        (provider, letter, clause), Outcome.PASSED
    ), result.said
    assert ended[backup].outcome is Outcome.NOT_ASSESSED
    assert "python -m pip install 'shes-audit[object-storage]'" in ended[backup].reason
    views = {path.name for path in (folder / "out").iterdir()}
    assert {"statement.html", "compliance.json", "junit.xml", "summary.md", "allure-results"} <= views


@pytest.mark.parametrize("arguments", [["clauses"], ["explain", "4.1"], ["gate", "none"]])
def test_a_command_loads_only_what_it_works_with(base: Base, folder: Path, arguments: list[str]) -> None:
    code = "import sys, atexit; from harness.cli import main; atexit.register(lambda: print(*sys.modules)); main()"

    loaded = base("-c", code, *arguments, cwd=folder).out.split("\n")[-2].split()

    assert "harness.cli" in loaded
    assert not {"pytest", "faker", "cryptography", "pycountry", "requests", "werkzeug", "jinja2"} & set(loaded)


def imports(path: Path) -> Iterator[str]:
    """Names of the packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_is_installed_with_it(room: str) -> None:
    own, owners = distribution(PACKAGE), packages_distributions()
    with_extra = {extra: needed(own, [extra]).keys() for extra in ("", *EXTRAS.values())}
    foreign = []
    for path in (ROOT / room).rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        extra = next((extra for start, extra in EXTRAS.items() if name.startswith(start)), "")
        foreign += [
            f"{name} imports {package}"
            for package in set(imports(path)) - sys.stdlib_module_names - {*ROOMS}
            if not {canonicalize_name(one) for one in owners.get(package, ())} & with_extra[extra]
        ]

    assert not foreign


def test_extras_are_told_by_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_moto(name: str) -> Distribution:
        if name == "moto":
            raise PackageNotFoundError(name)
        return distribution(name)

    assert extras.missing("object-storage") == ()

    monkeypatch.setattr(extras, "distribution", without_moto)

    assert extras.missing("object-storage") == ("moto",)
    assert "moto" in extras.missing("reference")
    assert extras.missing("fuzz") == ()
