"""The program that starts violating services, and that nothing else can."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from harness.target.process import Started, bundled
from reference_impl.domain.facts import load_facts
from reference_impl.violations.catalogue import VIOLATIONS
from reference_impl.violations.program import argv
from reference_impl.violations.variants import Variants

ROOT = Path(__file__).parents[2]
SERVICE = [
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in sorted((ROOT / "reference_impl").rglob("*.py"))
    if not {"violations", "migrations", "__main__.py"} & set(file.parts)
]


def test_the_service_does_not_know_them() -> None:
    code = f"import sys, {', '.join(SERVICE)}; print(*sys.modules)"
    program = [sys.executable, "-c", code]
    loaded = subprocess.run(program, capture_output=True, check=True, text=True).stdout.split()
    assert "reference_impl.bootstrap.server" in loaded
    assert not [name for name in loaded if "violations" in name]


def test_naming_the_program_loads_no_violation() -> None:
    code = "import sys; from reference_impl.violations.program import argv; argv(); print(*sys.modules)"
    program = [sys.executable, "-c", code]
    loaded = subprocess.run(program, capture_output=True, check=True, text=True).stdout.split()
    assert not [name for name in loaded if name in ("reference_impl.violations.catalogue", "reference_impl.bootstrap")]


def test_the_command_line_finds_the_program() -> None:
    assert bundled("violations") == argv()


def test_it_serves_and_ends_with_who_started_it(tmp_path: Path) -> None:
    with Started([*argv(), "serve", "8.CA.18-publishes-no"], tmp_path / "log") as target:
        url = target.url
        answer = requests.get(f"{url}/.well-known/gpc.json", timeout=10)
        assert answer.json()["gpc"] is False
        with pytest.raises(requests.ConnectionError):
            requests.get(url.replace("127.0.0.1", "127.0.0.2"), timeout=10)
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)


def test_it_ends_when_its_input_ends() -> None:
    process = subprocess.Popen(
        [*argv(), "serve", "benign-gone"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["url"].startswith("http://127.0.0.1:")
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0
        assert errors == b""
    finally:
        process.kill()
        process.wait()


def test_an_unknown_violation_is_a_plain_mistake() -> None:
    result = subprocess.run([*argv(), "serve", "4.1-never"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "there is no violation '4.1-never'" in result.stderr
    assert "Traceback" not in result.stderr


def variant(url: str, name: str) -> str:
    return f"{url}/variants/{name}"


@pytest.fixture(scope="module")
def all_of_them(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Started([*argv(), "serve"], tmp_path_factory.mktemp("variants") / "log") as target:
        yield target.url


def open_world(address: str) -> dict[str, str]:
    order = {"now": "2026-03-16T10:17:23Z", "wiring": {"mail": {"host": "127.0.0.1", "port": 9}, "endpoints": []}}
    answer = requests.post(f"{address}/assurance/v1/worlds", json=order, timeout=10)
    assert answer.status_code == 201, answer.text
    world: dict[str, str] = answer.json()
    return world


def test_each_violation_answers_below_its_own_address(all_of_them: str) -> None:
    said = {
        name: requests.get(f"{variant(all_of_them, name)}/.well-known/gpc.json", timeout=10).json()["gpc"]
        for name in ("benign-gone", "8.CA.18-publishes-no", "benign-other-ids")
    }
    assert said == {"benign-gone": True, "8.CA.18-publishes-no": False, "benign-other-ids": True}
    for path in ("/", "/.well-known/gpc.json", "/variants/4.1-never/.well-known/gpc.json"):
        assert requests.get(all_of_them + path, timeout=10).status_code == 404


def test_a_world_belongs_to_its_variant(all_of_them: str) -> None:
    here, there = variant(all_of_them, "benign-gone"), variant(all_of_them, "benign-other-ids")
    world = open_world(here)
    assert world["base_url"] == f"{here}/worlds/{world['world_id']}"
    clock = "/assurance/v1/clock"
    assert requests.get(world["base_url"] + clock, timeout=10).json() == {"now": "2026-03-16T10:17:23Z"}
    assert requests.get(f"{there}/worlds/{world['world_id']}{clock}", timeout=10).status_code == 404
    ports = {
        requests.get(f"{open_world(one)['base_url']}/assurance/v1/mail-intake", timeout=10).json()["port"]
        for one in (here, there)
    }
    assert len(ports) == 2, "two variants take mail in at one mail server"


def test_a_variant_that_is_not_used_is_closed_and_begins_empty(all_of_them: str) -> None:
    names = [one.id for one in VIOLATIONS if one.clause is None][: Variants.MOST_OPEN + 1]
    address = open_world(variant(all_of_them, names[0]))["base_url"]
    clock = f"{address}/assurance/v1/clock"
    assert requests.get(clock, timeout=10).ok
    for name in names[1:]:
        assert requests.get(f"{variant(all_of_them, name)}/.well-known/gpc.json", timeout=10).ok
    assert requests.get(clock, timeout=10).status_code == 404


def test_no_violation_changes_what_others_share() -> None:
    def classes() -> dict[str, object]:
        return {
            f"{name}.{kind.__qualname__}.{member}": value
            for name, module in list(sys.modules.items())
            if name.startswith("reference_impl.") and ".violations" not in name
            for kind in vars(module).values()
            if isinstance(kind, type) and kind.__module__ == name
            for member, value in vars(kind).items()
            if not member.startswith(("_abc_", "__"))
        }

    facts, before = repr(load_facts()), classes()
    for violation in VIOLATIONS:
        parts = violation.parts()
        if violation.instead.keys() & {"facts"}:
            parts.facts()
    assert repr(load_facts()) == facts
    after = classes()
    assert [name for name in before if after[name] is not before[name]] == []
