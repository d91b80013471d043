"""The program that starts violating services, and that nothing else can."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from harness.target.process import bundled, started
from reference_impl.violations.program import argv

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
    with started([*argv(), "serve", "8.CA.18-publishes-no"], tmp_path / "log") as url:
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
