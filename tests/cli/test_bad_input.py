"""What a person reads, and CI sees, when something that was given is no good: all before any scenario runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.cli import main
from harness.evidence.folder import LOCK_NAME, writing_to
from harness.evidence.raw import read_raw
from tests.harness.miniature import Miniature
from tests.harness.room import Result, Room, wait

Cli = Callable[..., Result]
EARLIER = "what an earlier run left\n"
OUTLINE = """@clause-1.1 @policy @api
Feature: x
  Scenario Outline: y
    Then <who> is well
    Examples:
"""
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture
def cli(room: Room, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Cli]:
    """The command line in this process: as it is called by its script, but faster."""
    monkeypatch.setenv("SHES_AUDIT_REGISTER", str(room.features / "register"))
    monkeypatch.chdir(room.folder)
    room.feature("""
        Scenario: must not run
          Given Ann lives in the Netherlands
          Then all is well
        """)
    room.out.mkdir()
    (room.out / "raw.jsonl").write_text(EARLIER)
    handler = signal.getsignal(signal.SIGTERM)

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Result(int(ended.value.code), out, err)

    yield call
    signal.signal(signal.SIGTERM, handler)


@contextmanager
def listening(answer: bytes | None, *, drip: bytes = b"") -> Iterator[str]:
    """Something that takes connections and answers all of them alike, or never."""
    stop = threading.Event()

    def talk(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                if answer is None:
                    stop.wait(30)
                    return
                connection.sendall(answer)
                while drip and not stop.wait(0.05):
                    connection.sendall(drip)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def profile(room: Room, **members: object) -> Path:
    path = room.folder / "profile.toml"
    path.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in members.items()))
    return path


def refused(result: Result, code: int, *words: str) -> None:
    """A message for people: what, why, what to do; no traceback; nothing on the output that others may read."""
    assert result.code == code, result.said
    assert "Traceback" not in result.said
    for word in words:
        assert word in result.err, result.err
    assert "scenarios, seed" not in result.out


def kept(room: Room) -> None:
    assert (room.out / "raw.jsonl").read_text() == EARLIER, "the earlier run is lost"


def replaced(room: Room) -> None:
    raw = read_raw(room.out / "raw.jsonl")
    assert raw.scenarios == ()
    assert raw.end is not None, "an earlier report would stand for this run, or nothing says why it failed"
    assert raw.end.integrity[0].startswith("no scenario ran: ")


# -- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--clause", "9.9"], ["There is no clause '9.9'", "What to do"]),
        (["--clause", ""], ["There is no clause ''", "What to do"]),
        (["--clause", "1.4"], ["No scenario fits", "What to do"]),
        (["--section", "99"], ["There is no section '99'", "1, 2"]),
        (["--jurisdiction", "XX"], ["There is no jurisdiction 'XX'", "EEA, NL"]),
        (["--scenario", "nope"], ["There is no scenario 'nope'", "small.feature::must not run"]),
        (["--bogus"], ["No such option", "--help"]),
        (["--seed", "x"], ["'x' is not a valid integer"]),
        (["-n", "0"], ["0 is not in the range"]),
        (["stray"], ["unexpected extra argument"]),
        (["--gate", "nothing.toml"], ["The gate nothing.toml cannot be read", "No such file", "What to do"]),
        (["--gate", "."], ["The gate . cannot be read", "What to do"]),
        (["--gate", "empty.toml"], ["not a list of clauses", "What to do"]),
        (["--gate", "broken.toml"], ["cannot be read", "What to do"]),
        (["--gate", "unknown.toml"], ["unknown.toml: There is no clause '9.9'", "What to do"]),
        (["--target", "nothing.toml"], ["There is no profile nothing.toml", "http://", "What to do"]),
        (["--target", "127.0.0.1:8000"], ["There is no profile", "http://"]),
        (["--target", "."], ["The profile . cannot be read", "docs/profiles.md"]),
        (["--target", "broken.toml"], ["cannot be read", "docs/profiles.md"]),
        (["--target", "http://"], ["must be an http://"]),
        (["--target", "ftp://example.org"], ["must be an http://"]),
        (["--target", "http://127.0.0.1:99999"], ["cannot be used"]),
        (["--target", "http://me:pw@127.0.0.1"], ["must not contain a name or a password"]),
        (["--target", "http://127.0.0.1/?a=1"], ["must not contain a query"]),
        (["--target", "http://127.0.0.1/a b"], ["must be an http://"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_option_that_is_no_good(cli: Cli, room: Room, arguments: list[str], words: list[str]) -> None:
    (room.folder / "empty.toml").touch()
    (room.folder / "broken.toml").write_text("require = [")
    (room.folder / "unknown.toml").write_text('require = ["9.9"]')

    refused(cli("run", "--out", room.out, *arguments), 2, *words)

    kept(room)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, ["url: Field required"]),
        ({"url": "http://127.0.0.1:1", "tiemout": 3}, ["tiemout: Extra inputs"]),
        ({"url": "http://127.0.0.1:1", "timeout": 0}, ["timeout: Input should be greater than 0"]),
        ({"url": "http://127.0.0.1:1", "retries": "many"}, ["retries"]),
        ({"url": "http://127.0.0.1:1", "user_agent": "a\nb: c"}, ["user_agent"]),
        ({"url": "http://127.0.0.1:1", "mail_domain": "sony.com"}, ["no addresses at sony.com", "example.org"]),
        ({"url": "http://127.0.0.1:1", "assurance_token_env": "NO_SUCH_VARIABLE"}, ["NO_SUCH_VARIABLE is not set"]),
    ],
    ids=["no url", "a slip", "no time", "a word", "a header", "real people", "no token"],
)
def test_a_profile_that_is_no_good(cli: Cli, room: Room, members: dict[str, object], words: list[str]) -> None:
    refused(cli("run", "--out", room.out, "--target", profile(room, **members)), 2, *words, "What to do")

    kept(room)


# -- targets -----------------------------------------------------------------------------------------------------


def test_a_target_that_refuses(cli: Cli, room: Room) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    refused(cli("run", "--out", room.out, "--target", f"http://127.0.0.1:{port}"), 3, "cannot be reached", "What to do")

    replaced(room)


def test_a_target_that_hangs_is_asked_once(cli: Cli, room: Room) -> None:
    with listening(None) as url:
        began = time.monotonic()
        result = cli("run", "--out", room.out, "--target", profile(room, url=url, timeout=0.5))
        took = time.monotonic() - began

    refused(result, 3, "did not answer within 0.5 seconds", "it does not respond", "`timeout`")
    assert 0.5 <= took < 20
    replaced(room)


def test_a_target_that_never_stops_answering(cli: Cli, room: Room) -> None:
    head = GOOD + b"Content-Length: 100000\r\n\r\n"
    with listening(head, drip=b" ") as url:
        result = cli("run", "--out", room.out, "--target", profile(room, url=url, timeout=0.5))

    refused(result, 3, "did not answer within 0.5 seconds")


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (GOOD + b"Content-Length: 7\r\n\r\nnot so{", 3, ["not with a service description", "not JSON"]),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hi</html>", 3, ["not JSON", "What to do"]),
        (GOOD + b"Content-Length: 2\r\n\r\n[]", 3, ["JSON that is not an object"]),
        (GOOD + b"Content-Length: 2\r\n\r\n{}", 3, ["does not match the contract", "'contract' is a required"]),
        (GOOD + b"Content-Length: 500\r\n\r\n{", 3, ["is not complete HTTP"]),
        (GOOD + b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000, 3, ["not JSON"]),
        (GOOD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 3, ["is not complete HTTP"]),
        (b"SSH-2.0-OpenSSH_9.6\r\n", 3, ["is not complete HTTP", "without HTTP"]),
        (b"", 3, ["127.0.0.1"]),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 2, ["does not offer the contract", "shes-assurance"]),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", 3, ["answered 401", "What to do"]),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", 3, ["failed with status 500"]),
        (
            b"HTTP/1.1 302 F\r\nLocation: http://elsewhere.example/x\r\nContent-Length: 0\r\n\r\n",
            3,
            ["redirects to http://elsewhere.example/x", "another host responds"],
        ),
        (
            b"HTTP/1.1 308 P\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
            3,
            ["redirects to http://127.0.0.1:", "/elsewhere", "a path that has moved"],
        ),
    ],
    ids=[
        "not JSON", "HTML", "a list", "another shape", "cut off", "deep", "not zipped", "not HTTP", "hangs up",
        "no contract", "sign-in", "fails", "another host", "another path",
    ],
)  # fmt: skip
def test_a_target_that_answers_garbage(cli: Cli, room: Room, answer: bytes, code: int, words: list[str]) -> None:
    with listening(answer) as url:
        refused(cli("run", "--out", room.out, "--target", url), code, *words)

    replaced(room)


RETENTION = {"period": "P6M", "time_zone": "Europe/Amsterdam", "purge_window": "P1D"}


@pytest.mark.parametrize(
    ("declared", "code", "words"),
    [
        ({"contract": "2.0.0"}, 2, ["implements version 2.0.0 of the contract; this is 1", "What to do"]),
        ({"contract": "2.0.0", "retention": "another shape"}, 2, ["implements version 2.0.0"]),
        ({"contract": "newest"}, 3, ["contract: 'newest' does not match"]),
        ({"retention": RETENTION | {"purge_window": "P31D"}}, 3, ["purge_window: longer than 30 days"]),
        ({"retention": RETENTION | {"time_zone": "Mars/Olympus"}}, 3, ["'Mars/Olympus' is not a time zone"]),
        ({"retention": RETENTION | {"time_zone": "../../etc/passwd"}}, 3, ["is not a time zone"]),
        ({"capabilities": ["telepathy"]}, 3, ["'telepathy' is not one of"]),
        ({"age_thresholds": []}, 3, ["age_thresholds"]),
    ],
)
def test_a_target_that_declares_what_it_cannot(
    cli: Cli, room: Room, miniature: Miniature, declared: dict[str, object], code: int, words: list[str]
) -> None:
    miniature.declared = declared

    refused(cli("run", "--out", room.out, "--target", miniature.url), code, *words)

    replaced(room)
    assert len(miniature.calls) == 1


# -- output ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["file", "file/below", "raw", "/proc/nothing/here"])
def test_an_output_folder_that_cannot_be(cli: Cli, room: Room, miniature: Miniature, where: str) -> None:
    (room.folder / "file").write_text("mine")
    (room.folder / "raw" / "raw.jsonl").mkdir(parents=True)

    refused(cli("run", "--out", where, "--target", miniature.url), 2, "Nothing can be written to", "--out")

    assert miniature.calls == []
    assert (room.folder / "file").read_text() == "mine"


def test_two_runs_into_one_folder(cli: Cli, room: Room, miniature: Miniature) -> None:
    with writing_to(room.out):
        first = (room.out / LOCK_NAME).read_text()
        refused(
            cli("run", "--out", room.out, "--target", miniature.url),
            2,
            f"Another run is writing to {room.out}: process {os.getpid()}, since 2",
            "choose another folder with --out",
        )
        refused(cli("report", room.out / "raw.jsonl"), 2, "raw.jsonl")
        assert (room.out / LOCK_NAME).read_text() == first
    assert miniature.calls == []
    kept(room)

    assert cli("run", "--out", room.out, "--target", miniature.url).code != 2, "the folder is free again"


def test_a_report_is_not_made_where_a_run_is_writing(cli: Cli, room: Room, miniature: Miniature) -> None:
    assert room.run("--target", miniature.url, "-n", 1).code == 0
    with writing_to(room.out):
        refused(cli("report", room.out / "raw.jsonl"), 2, "Another run is writing to")
        assert cli("gate", room.out / "raw.jsonl").code == 0, "who reads need not wait"


def test_the_lock_is_renewed_whatever_a_merge_left(cli: Cli, room: Room) -> None:
    path = room.features / "suite.lock"
    path.write_text("<<<<<<< ours\n")

    assert cli("lock", "--check").code == 4
    assert path.read_text() == "<<<<<<< ours\n"
    assert cli("lock").code == 0
    assert '"small.feature::must not run" = "' in path.read_text()
    again = cli("lock", "--check")
    assert (again.code, "matches the suite" in again.out) == (0, True)


def test_a_run_takes_the_place_of_an_earlier_one(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: good
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
        """)
    room.out.mkdir()
    (room.out / "raw.jsonl").write_text(EARLIER)

    first = room.run("--target", miniature.url)
    second = room.run("--target", miniature.url)

    assert (first.code, second.code) == (0, 0), second.said
    assert room.outcomes() == {"good": "passed"}
    assert json.loads((room.out / "compliance.json").read_text())["gate"]["passed"]


# -- features ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Feature: x\n  Scenario: y\n    Then z\n    Nonsense\n", ["small.feature", "(4:5)"]),
        ("@policy @api\nFeature: x\n  Scenario: y\n    Then all is well\n", ["small.feature:3: no clause"]),
        ("@clause-9.9 @policy @api\nFeature: x\n  Scenario: y\n    Then z\n", ["unknown clause 9.9"]),
        ("\ufeff@clause-1.1 @policy @api\nFeature: x\n  Scenario: y\n    Then z\n", ["byte order mark"]),
        (f"{OUTLINE}      | who | who |\n      | Ann | Bob |\n", ["small.feature:7", "read in two ways", "twice"]),
        (f"{OUTLINE}      | who |\n", ["has no rows", "small.feature:3"]),
        (
            f"{OUTLINE}      | who |\n      | Ann |\n".replace("  S", "  Background:\n    Given <who>\n  S", 1),
            ["read in two ways", "placeholder in a Background"],
        ),
        ("", ["has no feature"]),
        ("@clause-1.1 @policy @api @needs-luck\nFeature: x\n  Scenario: y\n    Then z\n", ["capability 'luck'"]),
    ],
)
def test_a_feature_file_that_is_no_good(cli: Cli, room: Room, text: str, words: list[str]) -> None:
    (room.features / "small.feature").write_text(text)

    refused(cli("run", "--out", room.out), 2, *words, "What to do")

    kept(room)


# -- other commands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gate", "nothing.jsonl"], ["nothing.jsonl cannot be read", "No such file", "What to do"]),
        (["gate", "out/raw.jsonl"], ["out/raw.jsonl is not a raw report", "line 1", "What to do"]),
        (["nonsense"], ["No such command 'nonsense'"]),
        (["explain", "9.9"], ["There is no clause '9.9'"]),
    ],
)
def test_other_commands(cli: Cli, arguments: list[str], words: list[str]) -> None:
    refused(cli(*arguments), 2, *words)


def test_a_fault_of_our_own_is_not_called_a_violation(cli: Cli, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("our fault")

    monkeypatch.setattr("harness.cli.audit.prepare", fault)

    result = cli("run", "--out", room.out)

    assert result.code == 3
    assert "ZeroDivisionError: our fault" in result.err
    assert "shows nothing about the target" in result.err


def test_a_violation_is_not_hidden_by_a_pipe_that_closes(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: bad
          Then a promise is broken
        """)
    process = room.start_run("--target", miniature.url)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None

    result = wait(process)

    assert result.code != 0
    assert "BrokenPipe" not in result.err


def test_nobody_has_to_read_to_the_end() -> None:
    command = f"{sys.executable} -m harness.cli clauses --format json"
    process = subprocess.Popen(command.split(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read().decode()
    process.stderr.close()

    assert process.wait(60) != 1, "1 is for violations"
    assert said == ""


def test_the_script_and_the_module_are_the_same(room: Room) -> None:
    script = Path(sys.executable).with_name("shes-audit")
    for command in ([str(script)], [sys.executable, "-m", "harness.cli"]):
        asked = [*command, "run", "--clause", "99.9"]
        ended = subprocess.run(asked, capture_output=True, text=True, cwd=room.folder, check=False)
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert "There is no clause '99.9'" in ended.stderr
        assert "Traceback" not in ended.stderr
