"""The plugin, run by real commands on a room of our own against a miniature of a target."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from textwrap import dedent

import pytest

from tests.harness.miniature import Miniature
from tests.harness.processes import children, gone
from tests.harness.room import HEAD, Room, wait


def test_what_a_scenario_is_called(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: good
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
        Scenario: no check
          Given Ann lives in the Netherlands
          When nothing happens
        Scenario: promise broken
          Given Ann lives in the Netherlands and has an account
          Then Ann is named Rumpelstiltskin
        Scenario: promise broken without a look
          Then a promise is broken
        Scenario: hushed up
          Then a broken promise is hushed up
        Scenario: given fails
          Given the stage falls down
          Then all is well
        Scenario: given looks and fails
          Given a look that goes wrong
          Then all is well
        Scenario: a step has a bug
          Then the step itself breaks
        Scenario: no such step
          Then the moon is made of cheese
        Scenario: a slow step
          Then all is well
          And it is done in the background
        Scenario: could not look
          Then it cannot be seen
        @needs-records
        Scenario: not offered
          Then all is well
        Scenario Outline: a row that <what>
          Then all is well
          Examples:
            | what       |
            | needs less |
          @needs-records
          Examples:
            | what       |
            | needs more |
        """)
    room.sentences("""
        @then("it is done in the background")
        async def _later(stage: Stage) -> None:
            stage.evidence.check(Channel.API, "never run", False)
        """)

    result = room.run("--target", miniature.url, "-n", 1)

    assert result.code == 1, result.said
    assert room.outcomes() == {
        "good": "passed",
        "no check": "inconclusive",
        "promise broken": "violated",
        "promise broken without a look": "violated",
        "hushed up": "violated",
        "given fails": "inconclusive",
        "given looks and fails": "inconclusive",
        "a step has a bug": "inconclusive",
        "no such step": "inconclusive",
        "a slow step": "inconclusive",
        "could not look": "not-assessed",
        "not offered": "not-assessed",
        "a row that needs less": "passed",
        "a row that needs more": "not-assessed",
    }
    assert "proves nothing" in room.reason("no check")
    assert "has another name" in room.reason("promise broken")
    assert "nobody hushes anything up" in room.reason("hushed up")
    assert "a plank is loose" in room.reason("given fails")
    assert "ZeroDivisionError: one over nothing" in room.reason("a step has a bug")
    assert "the moon is made of cheese" in room.reason("no such step")
    assert "asynchronous" in room.reason("a slow step")
    assert "The curtain is closed" in room.reason("could not look")
    assert "records" in room.reason("not offered")
    end = room.raw().end
    assert end is not None
    assert (end.parsed, end.collected, end.selected, end.ran, end.integrity) == (14, 14, 14, 14, ())
    assert not miniature.worlds, "a world was left open"


def test_of_two_steps_for_one_sentence_the_nearer_counts_and_then_the_later(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: in two files
          Then all is well
        Scenario: twice in one file
          Given a word is said
          Then all is well
        """)
    (room.features / "test_room.py").write_text(
        dedent("""
        from pytest_bdd import given, scenarios, then
        from harness.evidence.model import Channel

        scenarios(".")

        @given("a word is said")
        def first(stage): stage.evidence.observe("first")

        @given("a word is said")
        def second(stage): stage.evidence.observe("second")

        @then("all is well")
        def near(stage):
            stage.evidence.observe("near")
            stage.evidence.check(Channel.API, "it is well", True)
        """)
    )

    result = room.run("--target", miniature.url, "-n", 1)

    assert result.code == 0, result.said
    assert {one.scenario.name: one.observations for one in room.raw().scenarios} == {
        "in two files": ("near",),
        "twice in one file": ("second", "near"),
    }


SILENCE = """
    @clause-1.2
    Scenario: nothing is shared
      Given Ann lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      When Bram consents
      Then nothing about Ann was shared
    @clause-1.3 @storage
    Scenario: nothing stays
      Given Ann lives in the Netherlands and has an account
      And a look into storage at Ann
      When Ann deletes the account
      And it becomes 2027
      Then Ann is gone from storage
    """
LOOK = """
    @given("a look into storage at Ann")
    def _look(stage: Stage) -> None:
        stage.storage.traces(stage.cast.person("Ann"))
    """


def silence(room: Room) -> None:
    room.feature(SILENCE)
    room.sentences(LOOK)


def test_silence_counts_behind_a_barrier_and_beside_a_control(room: Room, miniature: Miniature) -> None:
    silence(room)

    result = room.pytest("features", "--shes-target", miniature.url)

    assert result.code == 0, result.said
    assert room.outcomes() == {"nothing is shared": "passed", "nothing stays": "passed"}


def test_silence_proves_nothing_when_the_target_never_settles(room: Room, miniature: Miniature) -> None:
    silence(room)
    miniature.settles = False

    result = room.pytest("features", "--shes-target", miniature.url)

    assert result.code == 1, result.said
    assert room.outcomes() == {"nothing is shared": "inconclusive", "nothing stays": "inconclusive"}
    assert "did not settle" in room.reason("nothing is shared")
    assert "pending: a job" in room.reason("nothing stays")


def test_silence_proves_nothing_when_nothing_arrives_at_all(room: Room, miniature: Miniature) -> None:
    silence(room)
    room.sentences("""
        @given("a look into storage at Ann")
        def _no_look(stage: Stage) -> None:
            pass
        """)
    miniature.delivers = False

    result = room.run("--target", miniature.url, "-n", 1)

    assert result.code == 3, result.said
    assert room.outcomes() == {"nothing is shared": "inconclusive", "nothing stays": "inconclusive"}
    assert "No control delivery" in room.reason("nothing is shared")
    assert "No database of the target has shown Ann" in room.reason("nothing stays")


def test_a_target_without_worlds_is_audited_in_turn(room: Room, miniature: Miniature) -> None:
    silence(room)
    miniature.capabilities = ["wiring", "settle", "storage"]

    alone = room.run("--target", miniature.url)
    assert room.outcomes() == {"nothing is shared": "passed", "nothing stays": "not-assessed"}
    assert "does not offer `clock`" in room.reason("nothing stays")
    assert alone.code == 4, alone.said

    together = room.run("--target", miniature.url, "-n", 2)
    assert together.code == 2
    assert "has no worlds" in together.said


def test_where_the_one_clock_has_moved_on_a_scenario_begins_at_its_time(room: Room, miniature: Miniature) -> None:
    silence(room)
    miniature.capabilities = ["wiring", "settle", "storage", "clock"]

    room.run("--target", miniature.url)
    assert room.outcomes() == {"nothing is shared": "passed", "nothing stays": "passed"}
    assert miniature.worlds[""].now.startswith("2027-06-01")

    room.run("--target", miniature.url, "--seed", 2)
    assert room.outcomes()["nothing is shared"] == "passed"


PLACES = """
    Scenario Outline: <who> of <place> has <what>
      Given <who> lives in <place> and has an account
      Then <who>'s account is there
      And the <what> of <place> shines
      Examples: here
        | who  | place           | what  |
        | Ann  | the Netherlands | lamp  |
        | Bram | France          | torch |
      Examples: there
        | who  | place           | what  |
        | Cees | California      | candle |
        | Dora | Sweden          | torch |
    @clause-2.1 @law
    Scenario: alone
      Given Eva lives in California
      Then all is well
    """
SHINES = """
    @then(parsers.parse("the {what} of {place} shines"))
    def _shines(stage: Stage, what: str, place: str) -> None:
        lives = stage.cast.everyone[0].person.residence.name
        right = lives == place.removeprefix("the ")
        shines = right and what != "torch"
        stage.evidence.check(Channel.API, f"the {what} of {place} shines", shines, detail=f"In {lives}.")
    """
VERDICTS = {
    "Ann of the Netherlands has lamp": "passed",
    "Bram of France has torch": "violated",
    "Cees of California has candle": "passed",
    "Dora of Sweden has torch": "violated",
    "alone": "passed",
}


def places(room: Room) -> None:
    room.feature(PLACES)
    room.sentences(SHINES)


@pytest.mark.parametrize("arguments", [(), ("-n", "4")], ids=["alone", "four at a time"])
def test_rows_are_told_apart(room: Room, miniature: Miniature, arguments: tuple[str, ...]) -> None:
    places(room)

    result = room.pytest("features", "--shes-target", miniature.url, *arguments)

    assert result.code == 1, result.said
    assert room.outcomes() == VERDICTS
    raw = room.raw()
    assert raw.end is not None
    assert (raw.end.parsed, raw.end.collected, raw.end.ran, raw.end.integrity) == (5, 5, 5, ())
    seen = {one.scenario.name: one.scenario.jurisdictions for one in raw.scenarios}
    assert seen["Bram of France has torch"] == ("EEA", "FR")
    assert seen["Cees of California has candle"] == ("US", "US-CA")
    for one in raw.scenarios:
        assert one.people[0].startswith(one.scenario.name.split()[0].replace("alone", "Eva"))
    assert len({one.worker for one in raw.scenarios}) == (1 if not arguments else 4)


def test_what_pytest_selects(room: Room, miniature: Miniature) -> None:
    places(room)
    target = ("features", "--shes-target", miniature.url)

    def ran(*arguments: str) -> set[str]:
        result = room.pytest(*arguments)
        end = room.raw().end
        assert end is not None
        assert end.integrity == (), result.said
        return set(room.outcomes())

    assert ran(*target, "-k", "candle") == {"Cees of California has candle"}
    assert ran(*target, "-m", "clause(id='2.1')") == {"alone"}
    assert ran(*target) == set(VERDICTS)
    failed = {"Bram of France has torch", "Dora of Sweden has torch"}
    assert ran(*target, "--lf", "-n", "2") == failed
    assert all(room.outcomes()[name] == "violated" for name in failed), "rows were mixed up"
    row = "features/test_room.py::test_who_of_place_has_what[Dora-Sweden-torch]"
    assert ran(row, *target[1:]) == {"Dora of Sweden has torch"}
    assert room.raw().scenarios[0].people[0].startswith("Dora: Sweden")
    assert ran(*target, "--shes-clause", "2.1", "-n", "2") == {"alone"}
    assert room.raw().run.clauses == ("2.1",)


def test_a_name_that_stands_twice(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Rule: one
          Scenario: a name
            Then all is well
        Rule: another
          Scenario: a name
            Then all is well
        """)

    result = room.run("--target", miniature.url)

    assert result.code == 4, result.said
    assert "stands twice" in result.said
    assert "'a name' in small.feature, lines (6, 9)" in result.said
    assert room.pytest("features", "--shes-target", miniature.url, "-k", "name").code == 1


def test_what_is_lost_on_the_way(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: bound
          Then all is well
        """)
    room.feature(
        """
        Scenario: bound by nobody
          Then all is well
        """,
        name="other.feature",
    )
    (room.features / "test_room.py").write_text('from pytest_bdd import scenarios\n\nscenarios("small.feature")\n')

    result = room.run("--target", miniature.url)

    assert result.code == 4
    assert "2 scenarios are in the feature files, but pytest collected 1" in result.said


OTHER = """
@clause-2.1 @law @api
Feature: Other things
"""
SEVERAL = ("-n", "2")


def two_files(room: Room) -> None:
    for name, head in (("small.feature", HEAD), ("other.feature", OTHER)):
        room.feature(
            """
            Scenario: one
              Then all is well
            Scenario: two
              Then all is well
            @clause-1.3
            Scenario: three
              Then all is well
            """,
            name=name,
            head=head,
        )


@pytest.mark.parametrize("arguments", [(), SEVERAL], ids=["alone", "two at a time"])
def test_a_run_for_some_clauses_collects_their_files_only(
    room: Room, miniature: Miniature, arguments: tuple[str, ...]
) -> None:
    two_files(room)
    target = ("features", "--shes-target", miniature.url, *arguments)

    def counts(*selection: str) -> tuple[int, int, int, int]:
        result = room.pytest(*target, *selection)
        raw = room.raw()
        assert raw.end is not None
        assert (result.code, raw.end.integrity) == (0, ()), result.said
        assert len(raw.run.parsed) == 6, "the verdicts need to know of every scenario"
        return raw.end.parsed, raw.end.collected, raw.end.selected, raw.end.ran

    assert counts("--shes-clause", "2.1") == (3, 3, 3, 3)
    assert counts("--shes-scenario", "small.feature::two", "--shes-scenario", "small.feature::one") == (3, 3, 2, 2)
    assert counts("--shes-clause", "1.3") == (6, 6, 2, 2)
    assert counts() == (6, 6, 6, 6)


@pytest.mark.parametrize("arguments", [(), SEVERAL], ids=["alone", "two at a time"])
def test_what_is_lost_of_the_files_of_a_run_for_some_clauses(
    room: Room, miniature: Miniature, arguments: tuple[str, ...]
) -> None:
    two_files(room)
    binder = room.features / "test_room.py"
    bound = binder.read_text()

    def lost(*selection: str) -> str:
        result = room.pytest("features", "--shes-target", miniature.url, *arguments, *selection)
        assert result.code == 1, result.said
        assert room.raw().end.integrity, "the raw report does not tell"  # type: ignore[union-attr]
        return result.said

    binder.write_text(bound + "del test_two\n")
    said = lost("--shes-clause", "2.1")
    assert "3 scenarios are in the feature files, but pytest collected 2" in said
    assert "3 scenarios were selected, but 2 are left to run" in said
    # Of a file that is collected, also what was not selected counts.
    said = lost("--shes-scenario", "other.feature::one")
    assert "3 scenarios are in the feature files, but pytest collected 2" in said
    binder.write_text(bound.replace("feature_files()", "feature_files()[:1]"))
    said = lost("--shes-clause", "1.3")
    assert "6 scenarios are in the feature files, but pytest collected 3" in said
    assert "2 scenarios were selected, but 1 are left to run" in said


@pytest.mark.parametrize(
    ("broken", "workers", "why"),
    [
        ("import nothing_of_the_kind\n", 1, "No module named 'nothing_of_the_kind'"),
        ("import nothing_of_the_kind\n", 2, "No module named 'nothing_of_the_kind'"),
        ("", 1, "First step in a scenario or background must start with"),
    ],
    ids=["module", "module, with workers", "feature"],
)
def test_features_that_cannot_be_collected(
    room: Room, miniature: Miniature, broken: str, workers: int, why: str
) -> None:
    room.feature("""
        Scenario: never run
          Then all is well
        """)
    if broken:
        (room.features / "test_room.py").write_text(broken)
    else:
        room.feature("Scenario: odd\n  * nothing\n  Then all is well\n", name="odd.feature")

    result = room.run("--target", miniature.url, "-n", workers)

    assert result.code == 4, result.said
    assert "could not be collected" in result.said
    assert "no scenario ran" in result.said
    compliance = json.loads((room.out / "compliance.json").read_text())
    assert not compliance["complete"]
    reason = compliance["clauses"][0]["reason"]
    assert "did not run: " in reason
    assert "could not be collected: " in reason
    assert reason.count(why) == 1, "several workers met the same"


def test_a_stage_that_cannot_be_taken_down(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: good
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
          And the curtain is stuck
        """)
    room.sentences("""
        @then("the curtain is stuck")
        def _stuck(request: pytest.FixtureRequest) -> None:
            request.addfinalizer(lambda: 1 / 0)


        import pytest
        """)

    result = room.run("--target", miniature.url)

    assert result.code == 4, result.said
    assert "small.feature::good: taking the stage down failed" in result.said


def test_a_worker_that_dies_passes_no_gate(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: one
          Then all is well
        Scenario: two
          Then the process is gone
        Scenario: three
          Then all is well
        """)

    result = room.run("--target", miniature.url, "-n", 2)

    assert result.code == 4, result.said
    assert "ended before its time" in result.said
    assert "3 scenarios were to run, but 2 did" in result.said
    compliance = json.loads((room.out / "compliance.json").read_text())
    assert not compliance["complete"]
    assert "1 of its 3 scenarios did not run: worker gw" in compliance["clauses"][0]["reason"]
    assert "This run is incomplete" in (room.out / "statement.html").read_text()


@pytest.mark.parametrize("arguments", [("-x",), ("--maxfail=1", "-n", "2")], ids=["-x", "--maxfail with workers"])
def test_a_run_that_stops_early_does_not_add_up(room: Room, miniature: Miniature, arguments: tuple[str, ...]) -> None:
    room.feature(
        "".join(
            f"""
        Scenario: {number}
          Then a promise is broken
        """
            for number in range(20)
        )
    )

    result = room.pytest("features", "--shes-target", miniature.url, *arguments)

    assert result.code != 0
    end = room.raw().end
    assert end is not None
    assert not end.interrupted
    assert any("20 scenarios were to run, but" in one for one in end.integrity), end.integrity
    gate = room.shes_audit("gate", room.out / "raw.jsonl")
    assert gate.code == 1
    assert "20 scenarios were to run" in gate.said


def test_a_failure_says_what_to_do(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario Outline: <who> has a name
          Given <who> lives in the Netherlands and has an account
          Then <who> is named Rumpelstiltskin
          Examples:
            | who  |
            | Ann  |
            | Bram |
        """)

    result = room.run("--target", miniature.url, "--seed", 7, "-n", 1)

    assert "Promised: The account is there." in result.said
    assert "Happened: Check failed: Bram is named Rumpelstiltskin. The account" in result.said
    assert "At: Then Bram is named Rumpelstiltskin (small.feature:" in result.said
    assert f"Evidence: {room.out}/raw.jsonl, scenario small.feature::<who> has a name[2]" in result.said
    assert "/v1/shes-account -> 200" in result.said
    command = (
        f"shes-audit run --seed 7 --scenario 'small.feature::<who> has a name[2]' --target {miniature.url} "
        f"--gate gate.toml --out {room.out}-repeat"
    )
    assert f"Repeat: {command}" in result.said
    before = {one.scenario.id: (one.people, one.repeat) for one in room.raw().scenarios}

    again = room.run("--seed", 7, "--scenario", "small.feature::<who> has a name[2]", "--target", miniature.url)

    assert again.code == 1
    (one,) = room.raw().scenarios
    assert (one.people, one.repeat) == before[one.scenario.id]
    assert one.repeat == command
    assert room.raw().run.clauses == ("1.1",)


@pytest.mark.parametrize(
    ("signal_number", "workers"),
    [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGTERM, 1), (signal.SIGTERM, 2), (signal.SIGKILL, 2)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_stopped_in_the_middle(room: Room, miniature: Miniature, signal_number: signal.Signals, workers: int) -> None:
    room.feature("""
        Scenario: first
          Then all is well
        Scenario: second
          Then all is well
        Scenario: third
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
        Scenario: last
          Given Bram lives in the Netherlands and has an account
          Then all is well
        """)
    miniature.pauses_at = "/v1/sessions"
    process = room.start_run("--target", miniature.url, "-n", workers)
    assert miniature.reached.wait(200)
    time.sleep(0.2)
    started = children(process.pid)
    assert len(started) >= (workers if workers > 1 else 0)

    if signal_number is signal.SIGINT:
        # What Ctrl-C in a terminal does: the workers get it too.
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal_number)
    result = wait(process)

    miniature.pause.set()
    assert gone(started), "a child process was left"
    raw = room.raw()
    assert {one.scenario.name for one in raw.scenarios} >= {"first", "second"}
    if signal_number is signal.SIGKILL:
        assert raw.end is None
        gate = room.shes_audit("gate", room.out / "raw.jsonl")
        assert gate.code == 4
        assert "cut off" in gate.said
    else:
        assert result.code == 130, result.said
        assert "Traceback" not in result.said
        assert raw.end is not None
        assert raw.end.interrupted
        assert (room.out / "compliance.json").exists()


def test_the_bundled_target_goes_with_the_run(room: Room, tmp_path: Path, miniature: Miniature) -> None:
    """A stand-in for the reference: what starts it, and what stops it, is the same."""
    script = tmp_path / "stand_in.py"
    script.write_text(
        "import json, sys\n"
        f"print(json.dumps({{'url': {miniature.url!r}}}), flush=True)\n"
        "print('chatter ' * 100_000, flush=True)\n"
        "sys.stdin.read()\n"
    )
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "import harness.target.process as process\n"
        f"process.bundled = lambda name: [sys.executable, {str(script)!r}]\n"
    )
    room.feature("""
        Scenario: one
          Given Ann lives in the Netherlands and has an account
          Then all is well
        """)
    miniature.pauses_at = "/v1/sessions"
    environment = {"PYTHONPATH": str(tmp_path)}
    process = room.start("-m", "harness.cli", "run", "--out", room.out, environment=environment)
    assert miniature.reached.wait(200)
    started = children(process.pid)
    assert started

    os.kill(process.pid, signal.SIGKILL)
    wait(process)

    assert gone(started), "the bundled target was left"
    miniature.pause.set()
    result = room.run(environment=environment)
    assert result.code == 0, result.said


def test_a_target_that_dies_in_the_middle(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: fails
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
        """)
    miniature.fails_at = "/v1/shes-account"

    result = room.run("--target", miniature.url, "-n", 1)

    assert result.code == 3, result.said
    assert "the target failed with status 500" in room.reason("fails")


def test_secrets_are_nowhere_in_the_raw_report(room: Room, miniature: Miniature) -> None:
    room.feature("""
        Scenario: one
          Given Ann lives in the Netherlands and has an account
          Then Ann's account is there
          And the secrets are noted
        """)
    room.sentences("""
        @then("the secrets are noted")
        def _noted(stage: Stage) -> None:
            import json, pathlib
            ann = stage.cast.person("Ann")
            secrets = [ann.person.password, *ann.session.tokens, *stage.mailbox._used_codes]
            pathlib.Path("secrets.json").write_text(json.dumps(secrets))
        """)
    (room.folder / "profile.toml").write_text(f'url = "{miniature.url}"\nassurance_token_env = "TOKEN"\n')

    for encoding in ("7bit", "quoted-printable", "base64"):
        miniature.encoding = encoding
        result = room.pytest("features", "--shes-target", "profile.toml", environment={"TOKEN": "s3cret-token"})

        assert result.code == 0, result.said
        written = (room.out / "raw.jsonl").read_text()
        secrets = [*json.loads((room.folder / "secrets.json").read_text()), "s3cret-token"]
        assert len(secrets) == 4
        for secret in secrets:
            assert secret not in written
            assert secret[:30] not in written
        assert "Verifieer uw adres" in written, "the mail is kept in a form that can be read"
        assert "[redacted: Ann's code]" in written


@pytest.mark.parametrize(
    "console",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp437"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=["ascii", "cp437", "C"],
)
def test_a_console_that_cannot_show_a_letter_changes_no_exit_code(
    room: Room, miniature: Miniature, console: dict[str, str]
) -> None:
    room.feature("""
        Scenario: Łódź, Québec und 東京 – “promise” broken
          Given Łucja lives in the Netherlands and has an account
          Then Łucja is named Rumpelstiltskin
        """)

    result = room.run("--target", miniature.url, "-n", 1, environment=console)

    assert result.code == 1, result.said
    assert "Traceback" not in result.said
    assert room.shes_audit("explain", "1.1", environment=console).code == 0
    assert room.shes_audit("report", room.out / "raw.jsonl", environment=console).code == 0
    assert room.shes_audit("gate", room.out / "raw.jsonl", environment=console).code == 1


def test_what_failed_in_a_run_is_run_again_by_lf(room: Room, miniature: Miniature) -> None:
    places(room)
    assert room.run("--target", miniature.url, "-n", 2).code == 1

    result = room.pytest("features", "--shes-target", miniature.url, "--lf")

    assert result.code == 1, result.said
    assert set(room.outcomes()) == {"Bram of France has torch", "Dora of Sweden has torch"}


@pytest.mark.parametrize("place", ["rule", "scenario", "examples"])
def test_a_tag_is_the_same_marker_wherever_it_stands(room: Room, miniature: Miniature, place: str) -> None:
    tag = {one: "@needs-records @law @clause-2.1" if one == place else "" for one in ("rule", "scenario", "examples")}
    room.feature(f"""
        {tag["rule"]}
        Rule: one
          {tag["scenario"]}
          Scenario Outline: a row that <what>
            Then all is well

            {tag["examples"]}
            Examples:
              | what       |
              | needs more |
        """)

    def chosen(expression: str) -> int:
        return room.pytest("features", "--collect-only", "-q", "-m", expression).out.count("::")

    same = ("needs_records", "needs-records", "needs(name='records')", "law", "clause_2_1", "clause(id='2.1')")
    assert chosen(" and ".join(same)) == 1
    assert chosen(" or ".join(f"not {one}" for one in same)) == 0
