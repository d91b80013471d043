"""A bundled target as a process: it gets ready, is told to end, and leaves nothing."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from harness.errors import TargetError
from harness.target.process import Started
from tests.harness.processes import children, gone

ANNOUNCES = 'print(\'{"url": "http://127.0.0.1:9"}\', flush=True)\n'
ENDS_WITH_ITS_INPUT = (
    "import signal, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + ANNOUNCES + "sys.stdin.read()\n"
)


def program(tmp_path: Path, code: str) -> list[str]:
    path = tmp_path / "target.py"
    path.write_text(code)
    return [sys.executable, str(path)]


def test_it_is_entered_before_it_is_ready(tmp_path: Path) -> None:
    go = tmp_path / "go"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"

    with Started(program(tmp_path, waits + ENDS_WITH_ITS_INPUT)) as target:
        go.touch()
        assert target.url == target.url == "http://127.0.0.1:9"


def test_one_that_was_dismissed_ends_before_it_is_left(tmp_path: Path) -> None:
    others = set(children(os.getpid()))
    with Started(program(tmp_path, ENDS_WITH_ITS_INPUT)) as target:
        assert target.url
        (process,) = set(children(os.getpid())) - others
        assert state(process) not in "Z"
        target.dismiss()
        until = time.monotonic() + 60
        while state(process) != "Z" and time.monotonic() < until:
            time.sleep(0.01)
        assert state(process) == "Z", "it goes on"
        target.dismiss()
    assert gone({process})


def test_one_that_ignores_its_input_ends_when_it_is_dismissed(tmp_path: Path) -> None:
    others = set(children(os.getpid()))
    with Started(program(tmp_path, ANNOUNCES + "import time\ntime.sleep(300)\n")) as target:
        assert target.url
        (process,) = set(children(os.getpid())) - others
        target.dismiss()
        until = time.monotonic() + 60
        while state(process) != "Z" and time.monotonic() < until:
            time.sleep(0.01)
        assert state(process) == "Z", "it goes on"


def state(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def test_an_empty_log_is_no_file(tmp_path: Path) -> None:
    log = tmp_path / "new" / "target.log"

    with Started(program(tmp_path, ENDS_WITH_ITS_INPUT), log) as quiet:
        assert quiet.url
        assert log.exists()
    assert not log.exists()

    speaks = "import sys\nsys.stderr.write('a word')\n"
    with Started(program(tmp_path, speaks + ENDS_WITH_ITS_INPUT), log) as target:
        assert target.url
    assert log.read_text() == "a word"


def test_one_that_does_not_start_says_so_when_it_is_asked_for(tmp_path: Path) -> None:
    with Started(program(tmp_path, "raise SystemExit(7)\n")) as target, pytest.raises(TargetError, match="exit code 7"):
        _ = target.url
