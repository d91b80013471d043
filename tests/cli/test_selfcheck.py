"""``shes-audit selfcheck`` on a room of our own: what it calls seen, and what it leaves when it is stopped."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

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
    print(json.dumps({{"url": {url!r} + "/as/" + sys.argv[2]}}), flush=True)
    sys.stdin.read()
"""
PATCH = """
import sys
import harness.target.process as process
process.bundled = lambda name: [sys.executable, {program!r}]
"""


def fault(name: str, clause: str | None, *also: str) -> dict[str, object]:
    effects = [{"clause": one, "reason": "it hangs together"} for one in also]
    return {"id": name, "clause": clause, "title": name, "kind": "missing", "also": effects}


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


def selfcheck(
    room: Room, *arguments: object, environment: dict[str, str]
) -> tuple[int, str, dict[str, dict[str, object]]]:
    result = room.shes_audit("selfcheck", "--out", room.out, *arguments, environment=environment)
    file = room.out / "selfcheck.json"
    listed = json.loads(file.read_text())["faults"] if file.exists() else []
    return result.code, result.said, {one["id"]: one for one in listed}


def test_what_is_seen(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room,
        miniature,
        fault("breaks-1.1", "1.1"),
        fault("breaks-both", "1.1", "1.3"),
        fault("benign", None),
    )

    code, said, found = selfcheck(room, environment=environment)

    assert code == 0, said
    assert "3 of 3 are as they should be" in said
    assert all(one["killed"] for one in found.values())
    assert found["breaks-1.1"]["killed_by"] == ["small.feature::the first"]
    assert found["breaks-both"]["verdicts"] == {"1.1": "violated", "1.3": "violated"}
    assert found["benign"]["killed_by"] == []
    assert found["breaks-1.1"]["seen_in"] == ["api"]


def test_a_channel_is_called_seen_only_while_a_violation_shows_there_alone(room: Room, miniature: Miniature) -> None:
    environment = with_faults(room, miniature, fault("breaks-1.1", "1.1"), fault("breaks-both", "1.1", "1.3"))
    seen = room.features / "register" / "seen.yaml"

    code, said, _ = selfcheck(room, "--record", environment=environment)

    assert code == 0, said
    assert '"1.1":\n  api: breaks-1.1\n' in seen.read_text()
    listed = json.loads(room.shes_audit("clauses", "--format", "json").said)
    assert {one["id"]: one["channels_seen"] for one in listed if one["channels_seen"]} == {"1.1": ["api"]}

    seen.write_text('"1.1":\n  storage: breaks-1.1\n')
    code, said, _ = selfcheck(room, environment=environment)

    assert code == 4
    assert "1.1 is said to be seen in storage by breaks-1.1, but it shows in: api" in said


def test_what_is_not_seen_and_what_was_not_declared(room: Room, miniature: Miniature) -> None:
    environment = with_faults(
        room, miniature, fault("unseen", "1.3"), fault("breaks-both-in-secret", "1.1"), fault("breaks-1.1", None)
    )

    code, said, found = selfcheck(room, "-n", 3, environment=environment)

    assert code == 4, said
    assert "Not as they should be: unseen, breaks-both-in-secret, breaks-1.1" in said
    assert (found["unseen"]["killed"], found["breaks-1.1"]["killed"]) == (False, False)
    assert found["breaks-both-in-secret"]["killed"]
    assert found["breaks-both-in-secret"]["unexpected"] == {"1.3": "violated"}


@pytest.mark.parametrize("wrong", ["no faults", "unknown", "an earlier one", "unwritable"])
def test_what_proves_nothing(room: Room, miniature: Miniature, wrong: str) -> None:
    environment = with_faults(room, miniature, *([] if wrong == "no faults" else [fault("breaks-1.1", "1.1")]))
    if wrong == "an earlier one":
        assert selfcheck(room, environment=environment)[0] == 0
        (room.features / "test_room.py").write_text("import nothing_of_the_kind\n")
    if wrong == "unwritable":
        room.out.write_text("mine")

    code, said, _ = selfcheck(room, *(["--fault", "nope"] if wrong == "unknown" else []), environment=environment)

    expected = {
        "no faults": (3, "There is no seeded violation"),
        "unknown": (2, "There is no seeded violation 'nope'"),
        "an earlier one": (3, "did not come to its end"),
        "unwritable": (2, "Nothing can be written to"),
    }
    assert code == expected[wrong][0], said
    assert expected[wrong][1] in said
    assert "Traceback" not in said


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
    assert not Path(room.out / "selfcheck" / "f5").exists(), "it went on with the others"
