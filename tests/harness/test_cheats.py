"""Ways to make a gate pass that should not: each is refused, and each prints why.

Most of them are done by somebody who knows the format and writes every hash of the raw report again (``CONTRADICTIONS``
and ``OF_ANOTHER_SUITE``); an edit by somebody who does not is found by the chain alone (``EDITS``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness import contract
from harness.cli import main
from harness.evidence.model import (
    Check,
    Evidence,
    EvidenceKind,
    Outcome,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    Step,
    TargetFound,
    Tier,
)
from harness.evidence.outcome import ENDINGS
from harness.evidence.raw import RawWriter
from harness.policy.load import load_register
from harness.suite.features import read_features
from harness.suite.installed import digests_of
from tests.harness.miniature import Miniature
from tests.harness.room import Result, Room

Lines = list[dict[str, Any]]
NOW = datetime.now(UTC)
TOOL = "shes-audit 0.4.0"
ONE, TWO, OUTSIDE, HERE, THERE = (
    f"small.feature::{name}" for name in ("one", "two", "outside", "row <n>[1]", "row <n>[2]")
)
FEATURE = """
    Scenario: one
      Given Ann lives in the Netherlands
      Then all is well
    Scenario: two
      Given the stage falls down
      Then all is well
    @clause-1.2 @api @outbound
    Scenario: outside
      Given Bram lives in France
      Then all is well outside
    Scenario Outline: row <n>
      Given nothing <n>
      Then all is well
      Examples:
        | n |
        | 1 |
        | 2 |
    """


class Case:
    """A suite with its lock, a gate, and an honest raw report of a run in which everything passed."""

    def __init__(self, room: Room) -> None:
        self.room = room
        room.feature(FEATURE)
        room.gate("1.1", "1.2")
        room.lock()

    @property
    def gate_file(self) -> Path:
        return self.room.folder / "gate.toml"

    def lines(self, **outcomes: Outcome) -> Lines:
        """The lines of a report; scenarios ended as told by name, all others passed."""
        register = load_register(self.room.features / "register")
        features = read_features(self.room.features)
        done = []
        for key, ref in zip(features.keys, features.refs, strict=True):
            outcome = outcomes.get(key.name, Outcome.PASSED)
            failed = outcome is not Outcome.PASSED
            steps = [Step(keyword=word.title(), text=text, status="passed") for word, text in ref.sentences]
            steps[-1] = steps[-1].model_copy(update={"status": ENDINGS.get(outcome, "passed")})
            evidence = tuple(Evidence(id=f"e{n}", kind=EvidenceKind.NOTE, title=f"seen {n}") for n in (1, 2, 3))
            done.append(
                ScenarioFinished(
                    scenario=key,
                    outcome=outcome,
                    reason="it did not" if failed else "",
                    steps=tuple(steps),
                    checks=tuple(
                        Check(
                            channel=channel,
                            tier=Tier.OBSERVED,
                            claim="so",
                            passed=outcome is not Outcome.VIOLATED,
                            evidence=("e1", "e3"),
                            step=len(steps) - 1,
                        )
                        for channel in key.channels
                    ),
                    evidence=evidence,
                    started_at=NOW,
                )
            )
        count = len(done)
        models = [
            RunStarted(
                run_id="r",
                tool=TOOL,
                started_at=NOW,
                target="made",
                seed=1,
                policy=register.policy.title,
                suite=digests_of(register.path),
                parsed=features.keys,
                selected=tuple(key.id for key in features.keys),
            ),
            TargetFound(
                address="http://127.0.0.1:1",
                service="made 7",
                build="7",
                contract=contract.VERSION,
                capabilities=("records", "settle", "wiring"),
            ),
            *done,
            RunFinished(finished_at=NOW, parsed=count, collected=count, selected=count, ran=count),
        ]
        return [json.loads(model.model_dump_json()) for model in models]

    def write(self, lines: Lines, *, edited: Callable[[str], str] = str) -> None:
        """Write a raw report with all its hashes; ``edited`` changes the text of a line before it is hashed."""
        with RawWriter(self.room.out) as writer:
            for line in lines:
                writer.append(edited(json.dumps(line, separators=(",", ":"))))

    @property
    def raw(self) -> Path:
        return self.room.out / "raw.jsonl"


Gate = Callable[..., Result]


@pytest.fixture
def case(room: Room, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("SHES_AUDIT_REGISTER", str(room.features / "register"))
    monkeypatch.chdir(room.folder)
    return Case(room)


@pytest.fixture
def gate(case: Case, capsys: pytest.CaptureFixture[str]) -> Gate:
    """``shes-audit gate`` on the case's raw report."""

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main(["gate", str(case.raw), "--gate", str(case.gate_file), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Result(int(ended.value.code), out, err)

    return call


def refused(result: Result, *words: str) -> None:
    """The gate did not pass, says why, and says it to people."""
    print(result.said)
    assert result.code in {1, 2, 3, 4}, result.said
    assert "gate passed" not in result.said
    assert "Traceback" not in result.said
    for word in words:
        assert word in result.said, result.said


def scenario(lines: Lines, name: str) -> dict[str, Any]:
    return next(line for line in lines if line["kind"] == "scenario" and line["scenario"]["id"] == name)


def test_the_honest_report_passes(case: Case, gate: Gate) -> None:
    case.write(case.lines())

    result = gate("--target", "made", "--build", "7", "--max-age", "1h")

    assert (result.code, result.out) == (0, "gate passed: 1.1, 1.2\n")


# -- edits by somebody who leaves the hashes as they are ----------------------------------------------------------


def _swap(lines: list[str]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def _replace(number: int, old: str, new: str) -> Callable[[list[str]], None]:
    def edit(lines: list[str]) -> None:
        assert old in lines[number]
        lines[number] = lines[number].replace(old, new, 1)

    return edit


EDITS: dict[str, Callable[[list[str]], object]] = {
    "a line is removed": lambda lines: lines.pop(3),
    "a line is there twice": lambda lines: lines.insert(3, lines[3]),
    "two lines change places": _swap,
    "the first line names another target": _replace(0, '"target":"made"', '"target":"live"'),
    "the first line has another seed": _replace(0, '"seed":1', '"seed":2'),
    "the first line is made younger": _replace(0, '"started_at":"', '"started_at":"3'),
    "the target offers more": _replace(1, '"capabilities":[', '"capabilities":["clock",'),
    "a claim is reworded": _replace(2, '"claim":"so"', '"claim":"all of it"'),
    "a piece of evidence is reworded": _replace(2, '"title":"seen 1"', '"title":"seen 2"'),
    "a time is changed": _replace(2, '"seconds":0.0', '"seconds":9.0'),
    "an observation is added": _replace(2, '"observations":[', '"observations":["fine"'),
    "the last line counts fewer seconds": _replace(-1, '"seconds":0.0', '"seconds":9.0'),
    "the last line ends earlier": _replace(-1, '"finished_at":"2', '"finished_at":"1'),
    "a blank is added": _replace(2, '"kind":"scenario"', '"kind": "scenario"'),
    "the hash of a line is taken away": lambda lines: lines.append(re.sub(',"chain":"[0-9a-f]*"', "", lines.pop())),
    "the hash of a line is another one": lambda lines: lines.append(lines.pop()[:-4] + '00"}'),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_breaks_the_chain(case: Case, gate: Gate, name: str) -> None:
    case.write(case.lines())
    lines = case.raw.read_text(encoding="utf-8").splitlines()
    EDITS[name](lines)
    case.raw.write_text("\n".join(lines) + "\n", encoding="utf-8")

    refused(gate(), "line ", "What to do")


def test_something_after_the_last_line(case: Case, gate: Gate) -> None:
    case.write(case.lines())
    with case.raw.open("a", encoding="utf-8") as file:
        file.write('{"kind":"scenario"')

    refused(gate(), "it comes after the last line")


def test_a_line_of_another_report_breaks_the_chain(case: Case, gate: Gate) -> None:
    case.write(case.lines(one=Outcome.VIOLATED))
    violated = case.raw.read_text(encoding="utf-8").splitlines()
    case.write(case.lines())
    passed = case.raw.read_text(encoding="utf-8").splitlines()
    case.raw.write_text("\n".join([*violated[:2], passed[2], *violated[3:]]) + "\n", encoding="utf-8")

    refused(gate(), "was edited: line 4 does not follow")


# -- edits by somebody who writes all hashes again ----------------------------------------------------------------


def _on(name: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Lines], None]:
    def edit(lines: Lines) -> None:
        change(scenario(lines, name))

    return edit


def _passes(line: dict[str, Any]) -> None:
    line |= {"outcome": "passed", "reason": ""}


def _passes_and_its_checks(line: dict[str, Any]) -> None:
    _passes(line)
    for check in line["checks"]:
        check["passed"] = True


def _passes_and_its_steps(line: dict[str, Any]) -> None:
    _passes(line)
    for step in line["steps"]:
        step["status"] = "passed"


def _drop(lines: Lines, *names: str, counts: tuple[str, ...]) -> None:
    lines[:] = [line for line in lines if line["kind"] != "scenario" or line["scenario"]["id"] not in names]
    for count in counts:
        lines[-1][count] -= len(names)


def _unselected_but_there(lines: Lines) -> None:
    lines[0]["selected"].remove(TWO)


def _repeated(lines: Lines) -> None:
    lines[3] = lines[2]


def _of_clause(line: dict[str, Any]) -> None:
    line["scenario"]["clauses"] = ["1.3"]


CONTRADICTIONS: dict[str, tuple[dict[str, Outcome], Callable[[Lines], object], str]] = {
    "violated is written as passed": (
        {"one": Outcome.VIOLATED},
        _on(ONE, _passes),
        "it is recorded as passed, but its steps and checks show violated",
    ),
    "and its failed checks as passed": (
        {"one": Outcome.VIOLATED},
        _on(ONE, _passes_and_its_checks),
        "its steps and checks show violated",
    ),
    "and its steps, but not its checks": (
        {"one": Outcome.VIOLATED},
        _on(ONE, _passes_and_its_steps),
        "its steps and checks show violated",
    ),
    "violated is written as inconclusive": (
        {"one": Outcome.VIOLATED},
        _on(ONE, lambda line: line.update(outcome="inconclusive")),
        "its steps and checks show violated",
    ),
    "violated is written as not applicable": (
        {"one": Outcome.VIOLATED},
        _on(ONE, lambda line: line.update(outcome="not-applicable")),
        "its steps and checks show violated",
    ),
    "inconclusive is written as passed": (
        {"one": Outcome.INCONCLUSIVE},
        _on(ONE, _passes),
        "its steps and checks show inconclusive",
    ),
    "not assessed is written as not applicable": (
        {"one": Outcome.NOT_ASSESSED},
        _on(ONE, lambda line: line.update(outcome="not-applicable")),
        "its steps and checks show not-assessed",
    ),
    "the failed check is removed, its reason stays": (
        {"one": Outcome.VIOLATED},
        _on(ONE, lambda line: (_passes_and_its_steps(line), line.update(reason="it did not", checks=[]))),
        "its steps and checks show inconclusive",
    ),
    "all checks are removed": ({}, _on(ONE, lambda line: line.update(checks=[])), "show inconclusive"),
    "a step is removed": ({}, _on(ONE, lambda line: line["steps"].pop(0)), "its steps are not those of the scenario"),
    "all steps are removed": ({}, _on(ONE, lambda line: line.update(steps=[])), "its steps are not those"),
    "a step is reworded": (
        {},
        _on(ONE, lambda line: line["steps"][1].update(text="all is well enough")),
        "its steps are not those of the scenario",
    ),
    "a step passes after one that ended it": (
        {"one": Outcome.VIOLATED},
        _on(ONE, lambda line: line["steps"].reverse()),
        "its steps are not",
    ),
    "a skipped step counts as run": (
        {},
        _on(ONE, lambda line: line["steps"][0].update(status="skipped")),
        "not in an order in which steps run",
    ),
    "evidence that a check names is removed": (
        {},
        _on(ONE, lambda line: line["evidence"].pop()),
        "a check names evidence that is not there: e3",
    ),
    "evidence that no check names is removed": (
        {},
        _on(ONE, lambda line: line["evidence"].pop(1)),
        "evidence is missing, out of order, or there twice",
    ),
    "all evidence is removed": ({}, _on(ONE, lambda line: line.update(evidence=[])), "evidence that is not there"),
    "evidence takes the name of another": (
        {},
        _on(ONE, lambda line: line["evidence"][1].update(id="e1")),
        "evidence is missing, out of order, or there twice",
    ),
    "a check names evidence of another scenario": (
        {},
        _on(ONE, lambda line: line["checks"][0].update(evidence=["e9"])),
        "a check names evidence that is not there: e9",
    ),
    "a check is made in a step that did not run": (
        {},
        _on(ONE, lambda line: line["checks"][0].update(step=7)),
        "a check belongs to a step that did not run",
    ),
    "a reason is given for what passed": ({}, _on(ONE, lambda line: line.update(reason="?")), "a reason is given"),
    "no reason is given for what did not pass": (
        {"one": Outcome.NOT_ASSESSED},
        _on(ONE, lambda line: line.update(reason="")),
        "no reason is given",
    ),
    "a scenario is moved to another clause": ({}, _on(ONE, _of_clause), "is not the scenario of that name"),
    "a scenario is called derived": (
        {},
        _on(ONE, lambda line: line["scenario"].update(origin="derived")),
        "is not the scenario of that name",
    ),
    "a line is dropped": (
        {},
        lambda lines: _drop(lines, TWO, counts=()),
        "5 scenarios ran, but 4 are in the raw report",
    ),
    "a line is dropped and `ran` lowered": (
        {},
        lambda lines: _drop(lines, TWO, counts=("ran",)),
        "5 scenarios were to run and 4 did",
    ),
    "a line is dropped and `parsed` lowered": (
        {},
        lambda lines: _drop(lines, TWO, counts=("parsed", "collected", "selected", "ran")),
        "4 scenarios were in the feature files, but the first line names 5",
    ),
    "a scenario ran that was not selected": ({}, _unselected_but_there, "ran, but was not selected"),
    "a scenario was selected that there is not": (
        {},
        lambda lines: lines[0]["selected"].append("small.feature::three"),
        "was selected, but is not a scenario of the suite",
    ),
    "one scenario stands in for another": ({}, _repeated, f"{ONE} is in the raw report 2 times"),
    "the target is left out": ({}, lambda lines: lines.pop(1), "no target was found"),
    "the target does not offer what was needed": (
        {},
        lambda lines: lines[1].update(capabilities=[]),
        "needs what the target does not offer: settle, wiring",
    ),
    "the last line is removed": ({}, lambda lines: lines.pop(), "the run was cut off"),
    "the last line is there twice": ({}, lambda lines: lines.append(lines[-1]), "out of place"),
    "another run is appended": ({}, lambda lines: lines.extend(lines[:]), "out of place"),
    "a version that is unknown": ({}, lambda lines: lines[0].update(version=3), "version"),
    "the version before": ({}, lambda lines: lines[0].update(version=1), "version"),
    "another format": ({}, lambda lines: lines[0].update(format="other/raw"), "format"),
    "an unknown member": ({}, lambda lines: lines[0].update(trusted=True), "trusted"),
    "a negative time": ({}, _on(ONE, lambda line: line.update(seconds=-1.0)), "seconds"),
    "a negative count": ({}, lambda lines: lines[-1].update(ran=-5), "ran"),
    "a number as a word": ({}, lambda lines: lines[-1].update(ran="5"), "ran"),
    "a check that passed by a word": ({}, _on(ONE, lambda line: line["checks"][0].update(passed="true")), "passed"),
    "not a number": ({}, _on(ONE, lambda line: line.update(seconds=float("nan"))), "seconds"),
    "an infinite number": ({}, _on(ONE, lambda line: line.update(waiting=float("inf"))), "waiting"),
    "not a number, deep inside": ({}, lambda lines: lines[1].update(declared={"a": [float("nan")]}), "NaN is not"),
    "all counts are nought and no scenario is there": (
        {},
        lambda lines: _drop(lines, ONE, TWO, OUTSIDE, HERE, THERE, counts=("collected", "selected", "ran")),
        "no scenario ran",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_report_that_contradicts_itself(case: Case, gate: Gate, name: str) -> None:
    outcomes, edit, why = CONTRADICTIONS[name]
    lines = case.lines(**outcomes)
    edit(lines)
    case.write(lines)

    refused(gate(), why)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"outcome":"violated"', '"outcome":"violated","outcome":"passed"'),
        ('"outcome":"violated"', '"outcome":"passed","outcome":"violated"'),
        ('"passed":false', '"passed":false,"passed":true'),
        ('"ran":5', '"ran":5,"ran":5'),
        ('"declared":{}', '"declared":{"a":1,"a":2}'),
    ],
    ids=["outcome", "outcome before", "check", "count", "deep inside"],
)
def test_a_member_that_is_there_twice(case: Case, gate: Gate, old: str, new: str) -> None:
    case.write(case.lines(one=Outcome.VIOLATED), edited=lambda text: text.replace(old, new, 1))

    refused(gate(), "is there twice")


# -- reports that agree with themselves, but not with what is asked -------------------------------------------------


def _first(**members: object) -> Callable[[Lines], object]:
    return lambda lines: lines[0].update(members)


def _fewer_and_all_counts(lines: Lines) -> None:
    _drop(lines, TWO, counts=("parsed", "collected", "selected", "ran"))
    lines[0]["parsed"] = [key for key in lines[0]["parsed"] if key["id"] != TWO]
    lines[0]["selected"].remove(TWO)


def _not_selected(lines: Lines) -> None:
    _drop(lines, TWO, counts=("selected", "ran"))
    lines[0]["selected"].remove(TWO)


def _left_out(lines: Lines) -> None:
    _drop(lines, TWO, counts=("selected", "ran"))


def _old(lines: Lines) -> None:
    lines[0]["started_at"] = (NOW - timedelta(days=8)).isoformat()


def _of_tomorrow(lines: Lines) -> None:
    lines[0]["started_at"] = (NOW + timedelta(days=1)).isoformat()


def _digest(part: str) -> Callable[[Lines], object]:
    return lambda lines: lines[0]["suite"].update({part: "0" * 64})


OTHERS: dict[str, tuple[Callable[[Lines], object], tuple[str, ...], str]] = {
    "of another target, by name": (_first(target="live"), ("--target", "made"), "about another target: live"),
    "of another target, by address": (lambda _: None, ("--target", "http://127.0.0.1:2"), "another target: made"),
    "of another build": (lambda _: None, ("--build", "8"), "about another build: 7"),
    "of no build": (lambda lines: lines[1].update(build=""), ("--build", "8"), "none was declared"),
    "older than allowed": (_old, ("--max-age", "7d"), "too old: its run began 8 d"),
    "older than allowed by hours": (_old, ("--max-age", "191h"), "too old"),
    "from the future": (_of_tomorrow, (), "from the future"),
    "of another policy": (_first(policy="Another policy"), (), "about another policy: Another policy"),
    "of no policy": (_first(policy=""), (), "none is named"),
    "of another contract": (lambda lines: lines[1].update(contract="9.0.0"), (), "version 9.0.0 of the contract"),
    "of another major version of the tool": (_first(tool="shes-audit 9.0.0"), (), "made by shes-audit 9.0.0"),
    "of another tool": (_first(tool="audit-o-matic 0.4.0"), (), "made by audit-o-matic 0.4.0"),
    "with other features": (_digest("features"), (), "made with another suite (features)"),
    "with another register": (_digest("policy"), (), "made with another suite (policy)"),
    "with other sentences": (_digest("steps"), (), "made with another suite (steps)"),
    "with fewer scenarios, and all counts lowered": (_fewer_and_all_counts, (), "1 of 5 are missing"),
    "for a clause": (_first(clauses=["1.1"]), (), "for a part of the suite only"),
    "for a jurisdiction": (_first(jurisdiction="EEA"), (), "for a part of the suite only"),
    "for some scenarios": (_not_selected, (), "for a part of the suite only"),
    "for some scenarios, allowed, but not all of the clause": (_not_selected, ("--partial",), "1 of its 5 scenarios"),
    "without a scenario that was selected": (_left_out, (), "left out by an option of pytest"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_report_of_something_else(case: Case, gate: Gate, name: str) -> None:
    edit, options, why = OTHERS[name]
    lines = case.lines()
    edit(lines)
    case.write(lines)

    refused(gate(*options), why)


def test_a_part_counts_where_it_is_allowed(case: Case, gate: Gate) -> None:
    lines = case.lines()
    lines[0]["clauses"] = ["1.1"]
    case.write(lines)

    assert gate("--partial").code == 0


@pytest.mark.parametrize("age", ["", "7", "d", "-1d", "1.5h", "1y", "99999999999d"])
def test_an_age_that_is_none(case: Case, gate: Gate, age: str) -> None:
    case.write(case.lines())

    refused(gate(f"--max-age={age}"), "is not an age such as")


# -- edits of the suite ---------------------------------------------------------------------------------------------


def _text(path: str, old: str, new: str) -> Callable[[Room], None]:
    def edit(room: Room) -> None:
        file = room.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


SMALL, LOCK, SEEN = "features/small.feature", "features/suite.lock", "features/register/seen.yaml"
SECTION, SENTENCES = "features/register/section-1.yaml", "features/conftest.py"

SUITES: dict[str, tuple[Callable[[Room], object], str]] = {
    "a scenario is removed": (
        lambda room: room.feature("Scenario: one\n  Given Ann lives in the Netherlands\n  Then all is well\n"),
        "clause 1.1: ",
    ),
    "a row is removed": (_text(SMALL, "| 2 |", ""), "row <n>[2] is gone"),
    "a scenario is commented out": (
        _text(SMALL, "Scenario: two\n    Given the stage falls down\n    Then all is well\n", ""),
        "small.feature::two is gone",
    ),
    "a clause is left without scenarios": (
        _text(SMALL, "@clause-1.2", ""),
        "clause 1.2: small.feature::outside is gone",
    ),
    "a step is removed": (_text(SMALL, "Given Ann lives in the Netherlands", ""), "small.feature::one was changed"),
    "a step is reworded": (_text(SMALL, "all is well outside", "all is well"), "small.feature::outside was changed"),
    "a channel tag is removed": (_text(SMALL, "@outbound", ""), "small.feature::outside was changed"),
    "a need is added that no target meets": (_text(SMALL, "@outbound", "@outbound @needs-records"), "was changed"),
    "an origin is changed": (_text(SMALL, "@policy", "@derived"), "was changed"),
    "a scenario is added": (_text(SMALL, "| 2 |", "| 2 |\n          | 3 |"), "row <n>[3] is new"),
    "a sentence is weakened": (
        _text(SENTENCES, 'stage.evidence.check(Channel.API, "all is well", True)', "pass"),
        "the feature files changed",
    ),
    "a hook is added beside the features": (
        lambda room: room.sentences("def pytest_runtest_makereport(item, call): ...\n"),
        "the feature files changed",
    ),
    "a channel is taken from a clause": (_text(SECTION, "[api, outbound]", "[api]"), "the policy register changed"),
    "an obligation is softened": (
        _text(SECTION, "Nothing is shared", "Little is shared"),
        "the policy register changed",
    ),
    "seen.yaml is edited": (_text(SEEN, "made-up-too", "never-seeded"), "the policy register changed"),
    "seen.yaml is deleted": (lambda room: (room.folder / SEEN).unlink(), "the policy register changed"),
    "the lock is deleted": (lambda room: (room.folder / LOCK).unlink(), "the suite has no lock"),
    "a line of the lock is deleted": (
        lambda room: _text(LOCK, next(re.finditer('"small.feature::two.*\n', (room.folder / LOCK).read_text()))[0], "")(
            room
        ),
        "small.feature::two is new",
    ),
    "the lock is emptied": (lambda room: (room.folder / LOCK).write_text(""), "lock of the suite cannot be read"),
    "the lock names a scenario twice": (
        _text(LOCK, '[scenarios."1.2"]', '[scenarios."1.1"]'),
        "lock of the suite cannot be read",
    ),
}


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_that_is_not_the_one_of_the_lock(case: Case, gate: Gate, name: str) -> None:
    edit, why = SUITES[name]
    edit(case.room)
    # The report is honest: it was made with the suite as it is now.
    case.write(case.lines())

    refused(gate(), why, "shes-audit lock")


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda room: (room.folder / SEEN).unlink(), "no check in api has been seen to fail"),
        (_text(SEEN, "  outbound: made-up-too\n", ""), "1.2 satisfied: no check in outbound has been seen to fail"),
    ],
    ids=["seen.yaml deleted", "a channel deleted"],
)
def test_a_channel_that_nothing_is_known_about_even_if_the_lock_is_renewed(
    case: Case, gate: Gate, edit: Callable[[Room], object], why: str
) -> None:
    edit(case.room)
    case.room.lock()
    case.write(case.lines())

    refused(gate(), why)


# -- edits of the gate ------------------------------------------------------------------------------------------------

WAIVER = """
require = ["1.1", "1.2"]
[[unseen]]
channel = "{channel}"
clauses = ["{clause}"]
reason = "{reason}"
owner = "{owner}"
until = {until}
"""
GOOD = {
    "channel": "outbound",
    "clause": "1.2",
    "reason": "there is no probe for it yet",
    "owner": "the probe team",
    "until": f"{NOW + timedelta(days=100):%Y-%m-%d}",
}


def unseen_outside(lines: Lines) -> Lines:
    """Nothing was looked at in ``outbound``."""
    line = scenario(lines, OUTSIDE)
    line["checks"] = [check for check in line["checks"] if check["channel"] != "outbound"]
    return lines


def test_a_good_waiver_passes_and_is_shown(case: Case, gate: Gate) -> None:
    case.gate_file.write_text(WAIVER.format(**GOOD))
    case.write(unseen_outside(case.lines()))

    result = gate()

    assert result.code == 0, result.said
    assert f"Waiver 1.2: outbound until {GOOD['until']}, the probe team: there is no probe for it yet" in result.out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reason": ""}, "without a reason of at least 4 words"),
        ({"reason": "later"}, "without a reason of at least 4 words"),
        ({"owner": ""}, "without an owner"),
        ({"until": f"{NOW + timedelta(days=182):%Y-%m-%d}"}, "more than 180 days ahead"),
        ({"until": f"{NOW - timedelta(days=1):%Y-%m-%d}"}, "1.2 not-assessed: not examined in outbound"),
        ({"until": '"never"'}, "until"),
        ({"clause": "1.3"}, "which it does not require"),
        ({"channel": "mail"}, "which that clause does not require"),
        ({"channel": "api", "clause": "1.1"}, "for every channel of 1.1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else None,
)
def test_a_waiver_that_does_not_count(case: Case, gate: Gate, change: dict[str, str], why: str) -> None:
    case.gate_file.write_text(WAIVER.format(**GOOD | change))
    case.write(unseen_outside(case.lines()))

    refused(gate(), why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("require = []", "requires no clause"),
        ("", "not a list of clauses"),
        ('require = ["9.9"]', "There is no clause '9.9'"),
        ('require = ["1.1"]\nskip = ["1.2"]', "skip"),
        ('require = ["1.4"]', "signed statement"),
        ('require = ["1.3"]', "no scenario tests it yet"),
    ],
)
def test_a_gate_that_could_never_fail_or_cannot_pass(case: Case, gate: Gate, text: str, why: str) -> None:
    case.gate_file.write_text(text)
    case.write(case.lines())

    refused(gate(), why)


def test_a_violation_blocks_even_if_the_gate_no_longer_requires_the_clause(case: Case, gate: Gate) -> None:
    case.room.gate("1.2")
    case.write(case.lines(one=Outcome.VIOLATED))

    result = gate()

    refused(result, "1.1 violated")
    assert result.out.splitlines()[-1] == "gate failed: 1.1", "only what is in the way is named"


# -- runs -------------------------------------------------------------------------------------------------------------

TURNS = """
import pytest
from harness.evidence.model import ScenarioFinished

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if hasattr(report, "shes_scenario"):
        line = ScenarioFinished.model_validate_json(report.shes_scenario)
        checks = [one.model_copy(update={"passed": True, "detail": ""}) for one in line.checks]
        steps = [one.model_copy(update={"status": "passed", "message": ""}) for one in line.steps]
        good = {"outcome": "passed", "reason": "", "checks": tuple(checks), "steps": tuple(steps)}
        report.shes_scenario = line.model_copy(update=good).model_dump_json()
        report.outcome, report.longrepr = "passed", None
    return report
"""
BAD = """
    Scenario: bad
      Given Ann lives in the Netherlands and has an account
      Then Ann is named Rumpelstiltskin
    Scenario: good
      Then all is well
    """


def _above(room: Room) -> dict[str, str]:
    (room.folder / "conftest.py").write_text(TURNS)
    (room.folder / "pytest.ini").touch()
    return {}


def _named(room: Room) -> dict[str, str]:
    (room.folder / "turns.py").write_text(TURNS)
    return {"PYTHONPATH": str(room.folder), "PYTEST_PLUGINS": "turns"}


def _beside(room: Room) -> dict[str, str]:
    room.lock()
    room.sentences(TURNS)
    return {}


def _options(options: str) -> Callable[[Room], dict[str, str]]:
    from tests.harness.room import PLUGINS

    return lambda _: {"PYTEST_ADDOPTS": f"{PLUGINS} {options}"}


RUNS: dict[str, tuple[Callable[[Room], dict[str, str]], str]] = {
    "a conftest above the features turns failures": (_above, "1.1 violated"),
    "a plugin that is named turns failures": (_named, "turns.py was loaded, which is no part of the suite"),
    "a conftest of the features turns failures": (_beside, "the feature files changed"),
    "-k leaves out what fails": (_options("-k good"), "1 of its 2 scenarios did not run"),
    "--deselect leaves out what fails": (
        _options("--deselect features/test_room.py::test_bad"),
        "1 of its 2 scenarios did not run",
    ),
    "-p no: takes the plugin away": (_options("-p no:shes_audit"), ""),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_that_leaves_out_or_turns_what_fails(room: Room, miniature: Miniature, name: str) -> None:
    prepare, why = RUNS[name]
    room.feature(BAD)
    room.lock()

    result = room.run("--target", miniature.url, "-n", 1, environment=prepare(room), lock=False)

    refused(result, why)
    compliance = json.loads((room.out / "compliance.json").read_text())
    assert not compliance["gate"]["passed"]


def test_plain_pytest_says_what_it_loaded_beside_the_suite(room: Room, miniature: Miniature) -> None:
    room.feature(BAD)
    room.lock()
    _above(room)
    room.pytest("features", "--shes-target", miniature.url)

    refused(
        room.shes_audit("gate", room.out / "raw.jsonl"),
        "conftest.py was loaded, which is no part of the suite",
        "the run",
    )


def test_an_old_report_never_stands_for_a_run_that_failed(room: Room, miniature: Miniature) -> None:
    room.feature("Scenario: good\n  Then all is well\n")
    assert room.run("--target", miniature.url, "-n", 1).code == 0
    before = {path.name for path in room.out.iterdir()}
    assert {"compliance.json", "statement.html", "junit.xml"} <= before
    miniature.fails_at = "/.well-known/shes-assurance"

    failed = room.run("--target", miniature.url, "-n", 1)

    assert failed.code == 3
    assert {path.name for path in room.out.iterdir()} == {"raw.jsonl", "writer.lock"}, "views of the old run are left"
    refused(room.shes_audit("gate", room.out / "raw.jsonl"), "no scenario ran: ")
