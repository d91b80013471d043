"""``shes-audit selfcheck`` on a room of our own: what it runs, what it calls seen, what it leaves when stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from tests.harness.miniature import Miniature
from tests.harness.processes import children, gone
from tests.harness.room import Room, wait

PROGRAM = """
import json, sys
FAULTS = {faults!r}
if sys.argv[1] == "list":
    print(json.dumps(FAULTS))
else:
    print(json.dumps({{"url": {url!r}}}), flush=True)
    sys.stdin.read()
"""
PATCH = """
import sys
import harness.target.process as process
process.bundled = lambda name: [sys.executable, {program!r}]
"""
FIRST, SECOND, THIRD = (f"small.feature::the {name}" for name in ("first", "second", "third"))


def fault(name: str, clause: str | None, *also: str, parts: Sequence[str] = ("part",)) -> dict[str, object]:
    effects = [{"clause": one, "reason": "it hangs together"} for one in also]
    found = {"id": name, "clause": clause, "title": name, "kind": "missing", "also": effects}
    return found | {"parts": list(parts), "module": f"violations.{name}"}


def with_faults(room: Room, miniature: Miniature, *faults: dict[str, object]) -> dict[str, str]:
    """The environment in which these are the seeded violations."""
    program = room.folder / "violations.py"
    program.write_text(PROGRAM.format(faults=list(faults), url=miniature.url))
    (room.folder / "sitecustomize.py").write_text(PATCH.format(program=str(program)))
    room.feature("""
        Scenario: the first
          Then it is not breaks-1.1
          And it is not breaks-both
          And it is not breaks-both-in-secret
        Scenario: the second
          Then it is not breaks-1.1
        @clause-1.3 @storage
        Scenario: the third
          Given Ann lives in the Netherlands and has an account
          Then it is not breaks-both
          And it is not breaks-both-in-secret
          And Ann is seen in storage
        """)
    room.sentences("""
        @then(parsers.parse("it is not {name}"))
        def _is_not(stage: Stage, name: str) -> None:
            stage.evidence.check(Channel.API, f"it is not {name}", stage.service.description.service != f"{name} 1")
        """)
    return {"PYTHONPATH": os.pathsep.join([str(room.folder), *filter(None, [os.environ.get("PYTHONPATH")])])}


def selfcheck(room: Room, *arguments: object, environment: dict[str, str]) -> tuple[int, str, dict[str, Any]]:
    result = room.shes_audit("selfcheck", "--out", room.out, *arguments, environment=environment)
    file = room.out / "selfcheck.json"
    listed = json.loads(file.read_text())["faults"] if file.exists() else []
    return result.code, result.said, {one["id"]: one for one in listed}


def ran(room: Room) -> list[tuple[str, str]]:
    """Violation and scenario of everything that ran, in order."""
    _, *lines = (room.out / "selfcheck.jsonl").read_text().splitlines()
    return [(one["fault"], one["scenario"]) for one in map(json.loads, lines)]


def test_what_is_seen(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room,
        miniature,
        fault("breaks-1.1", "1.1"),
        fault("breaks-both", "1.1", "1.3"),
        fault("benign", None),
    )

    code, said, found = selfcheck(room, "-n", 1, environment=environment)

    assert code == 0, said
    assert "3 of 3 are as they should be" in said
    assert all(one["killed"] for one in found.values())
    assert found["breaks-1.1"]["killed_by"] == [FIRST]
    assert found["breaks-1.1"]["seen_in"] == ["api"]
    assert found["benign"]["killed_by"] == []
    # Stopped at the kill; the benign one was shown to all, and nothing of the others was left for it to see.
    assert sorted(ran(room)) == [
        ("benign", FIRST),
        ("benign", SECOND),
        ("benign", THIRD),
        ("breaks-1.1", FIRST),
        ("breaks-both", FIRST),
    ]


def test_own_clauses_and_all(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("breaks-1.1", "1.1"), fault("breaks-both", "1.1", "1.3"))

    code, said, found = selfcheck(room, "--own", environment=environment)

    assert code == 0, said
    assert found["breaks-1.1"]["killed_by"] == [FIRST, SECOND]
    assert found["breaks-both"]["killed_by"] == [FIRST, THIRD]

    code, said, found = selfcheck(room, "--all", environment=environment)

    assert code == 0, said
    assert found["breaks-both"]["verdicts"] == {"1.1": "violated", "1.3": "violated"}
    assert len(ran(room)) == 6


def test_a_variant_does_not_leak_into_the_next(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room, miniature, fault("breaks-both", "1.1", "1.3"), fault("harmless", None), fault("breaks-1.1", "1.1")
    )

    code, said, found = selfcheck(room, "-n", 1, "--all", environment=environment)

    assert code == 0, said
    assert found["breaks-both"]["killed_by"] == [FIRST, THIRD]
    assert found["harmless"]["verdicts"] == {"1.1": "satisfied", "1.3": "satisfied"}
    assert found["breaks-1.1"]["killed_by"] == [FIRST, SECOND]
    assert not miniature.worlds, "a world stayed open"


def test_a_channel_is_called_seen_only_while_a_violation_shows_there_alone(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("breaks-1.1", "1.1"), fault("breaks-both", "1.1", "1.3"))
    seen = room.features / "register" / "seen.yaml"

    code, said, _ = selfcheck(room, "--record", environment=environment)

    assert code == 0, said
    assert '"1.1":\n  api: breaks-1.1\n' in seen.read_text()
    listed = json.loads(room.shes_audit("clauses", "--format", "json").said)
    assert {one["id"]: one["channels_seen"] for one in listed if one["channels_seen"]} == {"1.1": ["api"]}

    seen.write_text('"1.1":\n  storage: breaks-1.1\n')
    code, said, _ = selfcheck(room, "--fault", "breaks-1.1", environment=environment)

    assert code == 4
    assert "1.1 is said to be seen in storage by breaks-1.1, but it shows in: api" in said
    # All of the clause was tried for the sake of that channel.
    assert {scenario for _, scenario in ran(room)} == {FIRST, SECOND, THIRD}


def test_the_known_killer_runs_first(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("breaks-1.1", "1.1"))
    assert selfcheck(room, "--record", environment=environment)[0] == 0
    killers = room.features / "register" / "killers.yaml"
    assert "breaks-1.1: small.feature::the " in killers.read_text()

    killers.write_text(f"breaks-1.1: {SECOND}\nforgotten: {FIRST}\n")
    assert selfcheck(room, environment=environment)[0] == 0
    assert ran(room) == [("breaks-1.1", SECOND)]

    killers.write_text("breaks-1.1: small.feature::nothing of that name\n")
    assert selfcheck(room, environment=environment)[0] == 0
    assert ran(room) == [("breaks-1.1", FIRST)]


def test_what_is_not_seen_and_what_was_not_declared(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room, miniature, fault("unseen", "1.3"), fault("breaks-both-in-secret", "1.1"), fault("breaks-1.1", None)
    )

    code, said, found = selfcheck(room, "-n", 2, "--all", environment=environment)

    assert code == 4, said
    assert "Not as they should be: unseen, breaks-both-in-secret, breaks-1.1" in said
    assert (found["unseen"]["killed"], found["breaks-1.1"]["killed"]) == (False, False)
    assert found["breaks-both-in-secret"]["killed"]
    assert found["breaks-both-in-secret"]["unexpected"] == {"1.3": "violated"}


def test_a_survivor_has_seen_its_whole_clause(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("unseen", "1.1"))

    code, said, found = selfcheck(room, environment=environment)

    assert code == 4, said
    assert "unseen: NOT SEEN" in said
    assert found["unseen"]["verdicts"] == {"1.1": "satisfied", "1.3": "satisfied"}


def test_an_interrupted_check_is_taken_up_again(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("breaks-1.1", "1.1"), fault("benign", None))
    assert selfcheck(room, "-n", 1, environment=environment)[0] == 0
    journal = room.out / "selfcheck.jsonl"
    whole = journal.read_text()
    lines = whole.splitlines(keepends=True)
    assert len(lines) == 5
    # Killed while it wrote the third line.
    journal.write_text("".join(lines[:2]) + lines[2][:-9])
    worlds = miniature.calls.count(("POST", "/variants/benign/assurance/v1/worlds"))

    code, said, found = selfcheck(room, "--resume", environment=environment)

    assert code == 0, said
    assert sorted(ran(room)) == [("benign", FIRST), ("benign", SECOND), ("benign", THIRD), ("breaks-1.1", FIRST)]
    assert journal.read_text().startswith("".join(lines[:2]))
    assert worlds == miniature.calls.count(("POST", "/variants/benign/assurance/v1/worlds")) - 1 == 1
    assert found["breaks-1.1"]["killed_by"] == [FIRST]

    # Nothing of it counts for another suite.
    with (room.features / "small.feature").open("a") as file:
        file.write("\n# changed\n")
    journal.write_text(whole.replace("violated", "passed"))
    assert selfcheck(room, "--resume", environment=environment)[2]["breaks-1.1"]["killed_by"] == [FIRST]


def git(room: Room, *arguments: str) -> None:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    subprocess.run(["git", "-C", str(room.folder), *who, *arguments], check=True, stdout=subprocess.DEVNULL)


def test_what_a_change_touches(room: Room, miniature: Miniature) -> None:
    names = [f"breaks-1.1-{count}" for count in range(4)]
    faults = [fault("breaks-1.1", "1.1"), fault("breaks-both", "1.3", "1.1"), *(fault(one, "1.1") for one in names)]
    environment = with_faults(room, miniature, *faults)
    environment["PATH"] = os.environ["PATH"]
    (room.folder / ".gitignore").write_text("out\n__pycache__\n")
    git(room, "init", "-q")
    git(room, "add", "-A")
    git(room, "commit", "-qm", "all")

    code, said, found = selfcheck(room, "--changed", "HEAD", environment=environment)
    assert (code, found) == (0, {}), said
    assert "0 of 6 touched since HEAD" in said

    feature = room.features / "small.feature"
    written = feature.read_text()
    feature.write_text(written.replace("Scenario: the third", "Scenario: the very last"))
    assert selfcheck(room, "--changed", "HEAD", environment=environment)[2] == {}, "another name is no change"

    feature.write_text(written.replace("@clause-1.1 @policy", "@clause-1.3 @policy", 1))
    code, said, found = selfcheck(room, "--changed", "HEAD", "--fault", "breaks-both", environment=environment)
    assert list(found) == ["breaks-both"], said
    assert "1 of 6 touched" in said

    feature.write_text(written)
    with (room.features / "conftest.py").open("a") as file:
        file.write("\n")
    code, said, found = selfcheck(room, "--changed", "HEAD", "--most", 2, environment=environment)
    assert len(found) == 2
    assert "6 of 6 touched since HEAD, 2 of them drawn by seed 1" in said
    assert "features/conftest.py" in said
    assert list(found) == list(selfcheck(room, "--changed", "HEAD", "--most", 2, environment=environment)[2])

    code, said, _ = selfcheck(room, "--changed", "nowhere", environment=environment)
    assert code == 2, said
    assert "does not tell what changed" in said


@pytest.mark.parametrize("wrong", ["no faults", "unknown", "an earlier one", "no description", "unwritable"])
def test_what_proves_nothing(room: Room, miniature: Miniature, wrong: str) -> None:
    environment = with_faults(room, miniature, *([] if wrong == "no faults" else [fault("breaks-1.1", "1.1")]))
    if wrong == "an earlier one":
        assert selfcheck(room, environment=environment)[0] == 0
        (room.features / "test_room.py").write_text("import nothing_of_the_kind\n")
    if wrong == "no description":
        miniature.declared = {"retention": "long"}
    if wrong == "unwritable":
        room.out.write_text("mine")

    code, said, _ = selfcheck(room, *(["--fault", "nope"] if wrong == "unknown" else []), environment=environment)

    expected = {
        "no faults": (3, "There is no seeded violation"),
        "unknown": (2, "There is no seeded violation 'nope'"),
        "an earlier one": (3, "did not come to its end"),
        "no description": (3, "does not match the contract"),
        "unwritable": (2, "Nothing can be written to"),
    }
    assert code == expected[wrong][0], said
    assert expected[wrong][1] in said
    assert "Traceback" not in said


def test_a_misspelled_violation_is_answered_with_those_of_its_clause(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room, miniature, fault("1.1-gone", "1.1"), fault("1.1-late", "1.1"), fault("2.3-on", "2.3")
    )

    code, said, _ = selfcheck(room, "--fault", "1.1-lat", environment=environment)

    assert code == 2, said
    assert "one of: 1.1-gone, 1.1-late" in said
    assert "2.3-on" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_stopped_in_the_middle(room: Room, miniature: Miniature, number: signal.Signals) -> None:
    faults = [fault(f"f{count}", None) for count in range(6)]
    environment = with_faults(room, miniature, *faults)
    miniature.pauses_at = "/v1/sessions"
    process = room.start("-m", "harness.cli", "selfcheck", "--out", room.out, "-n", 2, environment=environment)
    assert miniature.reached.wait(200)
    started = children(process.pid)
    assert started

    process.send_signal(number)
    result = wait(process)

    assert result.code == 130, result.said
    assert "Traceback" not in result.said
    assert gone(started), "a child process was left"
    assert "f5" not in {name for name, _ in ran(room)}, "it went on with the others"
