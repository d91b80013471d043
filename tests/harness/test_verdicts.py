"""The rules by which scenarios become verdicts, and verdicts the gate's answer: as tables."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ExitCode, UsageError
from harness.evidence.model import Channel, Check, Origin, Outcome, ScenarioFinished, Tier
from harness.evidence.raw import RawReport
from harness.policy.load import load_register
from harness.policy.model import Register
from harness.verdict.decide import decide
from harness.verdict.gate_file import Gate, read_gate
from harness.verdict.gate_rules import judge
from harness.verdict.model import ClauseVerdict, Verdict
from tests.harness.made import key, report, scenario

ROOT = Path(__file__).parents[2]
API, OUTBOUND = Channel.API, Channel.OUTBOUND
PASSED, VIOLATED, INCONCLUSIVE, NOT_ASSESSED, NOT_APPLICABLE = Outcome
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("features") / "register"
    shutil.copytree(Path(__file__).parent / "register", folder)
    shutil.copy(ROOT / "features" / "register" / "register.schema.json", folder)
    return load_register(folder)


def verdict(register: Register, raw: RawReport, clause: str = "1.1") -> ClauseVerdict:
    return next(one for one in decide(register, raw) if one.id == clause)


def ended(*outcomes: Outcome) -> list[ScenarioFinished]:
    return [scenario(key(f"s{number}"), outcome) for number, outcome in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Verdict.NOT_ASSESSED),
        ([PASSED], Verdict.SATISFIED),
        ([PASSED, PASSED], Verdict.SATISFIED),
        ([PASSED, NOT_ASSESSED], Verdict.NOT_ASSESSED),
        ([PASSED, NOT_ASSESSED, INCONCLUSIVE], Verdict.INCONCLUSIVE),
        ([PASSED, NOT_ASSESSED, INCONCLUSIVE, VIOLATED], Verdict.VIOLATED),
        ([VIOLATED, PASSED], Verdict.VIOLATED),
        ([PASSED, NOT_APPLICABLE], Verdict.SATISFIED),
        ([NOT_APPLICABLE, NOT_APPLICABLE], Verdict.NOT_APPLICABLE),
        ([NOT_ASSESSED, NOT_APPLICABLE], Verdict.NOT_ASSESSED),
        ([PASSED, NOT_APPLICABLE, VIOLATED], Verdict.VIOLATED),
    ],
)
def test_the_worst_scenario_counts(register: Register, outcomes: list[Outcome], expected: Verdict) -> None:
    for order in (outcomes, outcomes[::-1]):
        assert verdict(register, report(*ended(*order))).verdict is expected


def test_every_clause_has_a_verdict_and_only_its_own_scenarios_count(register: Register) -> None:
    verdicts = decide(register, report(*ended(PASSED)))

    assert [one.id for one in verdicts] == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    assert [one.verdict for one in verdicts] == [Verdict.SATISFIED, *[Verdict.NOT_ASSESSED] * 4]
    assert verdicts[1].reason == "no scenario tests it yet"
    assert all(one.reason for one in verdicts if one.verdict is not Verdict.SATISFIED)


def test_each_channel_asked_for_must_have_been_seen(register: Register) -> None:
    api = scenario(key("api", "1.2", channels=(API,)))
    outbound = scenario(key("outbound", "1.2", channels=(OUTBOUND,)))
    only_tagged = scenario(key("tagged", "1.2", channels=(API, OUTBOUND)), seen=(API,))
    not_passed = scenario(key("bad", "1.2", channels=(OUTBOUND,)), NOT_ASSESSED)

    assert verdict(register, report(api, outbound), "1.2").verdict is Verdict.SATISFIED
    for seen in ([api], [only_tagged]):
        told = verdict(register, report(*seen), "1.2")
        assert told.verdict is Verdict.NOT_ASSESSED
        assert told.reason == "not examined in outbound"
        assert told.channels_asked == (API, OUTBOUND)
        assert told.channels_seen == (API,)
    assert verdict(register, report(api, not_passed), "1.2").channels_seen == (API,)


def test_a_check_that_failed_shows_no_channel(register: Register) -> None:
    failed = Check(channel=OUTBOUND, tier=Tier.OBSERVED, claim="so", passed=False)
    passed = Check(channel=API, tier=Tier.OBSERVED, claim="so", passed=True)
    odd = scenario(key("odd", "1.2")).model_copy(update={"checks": (passed, failed)})

    assert verdict(register, report(odd), "1.2").channels_seen == (API,)


@pytest.mark.parametrize(
    ("tiers", "weakest"),
    [
        ([Tier.OBSERVED], Tier.OBSERVED),
        ([Tier.OBSERVED, Tier.SELF_REPORTED], Tier.SELF_REPORTED),
        ([Tier.SELF_REPORTED, Tier.ATTESTED, Tier.OBSERVED], Tier.ATTESTED),
    ],
)
def test_the_weakest_evidence_counts(register: Register, tiers: list[Tier], weakest: Tier) -> None:
    ran = [scenario(key(tier.value), tier=tier) for tier in tiers]

    assert verdict(register, report(*ran)).tier is weakest


def test_policy_reading_and_law_are_kept_apart(register: Register) -> None:
    policy = scenario(key("policy"))
    derived = scenario(key("derived", origin=Origin.DERIVED), VIOLATED)
    law = scenario(key("law", origin=Origin.LAW), INCONCLUSIVE)

    told = verdict(register, report(policy, derived, law))

    assert told.verdict is Verdict.VIOLATED
    assert told.reason.startswith("[derived] derived: ")
    assert told.by_origin == {
        Origin.POLICY: Verdict.SATISFIED,
        Origin.DERIVED: Verdict.VIOLATED,
        Origin.LAW: Verdict.INCONCLUSIVE,
    }
    assert {one.name: one.origin for one in told.scenarios}["law"] is Origin.LAW


def test_each_jurisdiction_has_a_verdict(register: Register) -> None:
    dutch = scenario(key("dutch", jurisdictions=("EEA", "NL")))
    french = scenario(key("french", jurisdictions=("EEA", "FR")), VIOLATED)

    told = verdict(register, report(dutch, french))

    assert told.by_jurisdiction == {"EEA": Verdict.VIOLATED, "NL": Verdict.SATISFIED, "FR": Verdict.VIOLATED}


def test_what_was_left_out_is_not_satisfied_anywhere(register: Register) -> None:
    ran = scenario(key("ran", jurisdictions=("EEA", "NL")))
    left_out = key("left out", jurisdictions=("EEA", "FR"))

    told = verdict(register, report(ran, parsed=(left_out,)))

    assert told.verdict is Verdict.NOT_ASSESSED
    assert told.reason == "1 of its 2 scenarios did not run: they were not selected"
    assert told.by_jurisdiction == {"EEA": Verdict.NOT_ASSESSED, "NL": Verdict.SATISFIED}
    assert told.by_origin == {Origin.POLICY: Verdict.NOT_ASSESSED}


@pytest.mark.parametrize("end", [None, {"interrupted": True}])
def test_a_run_that_was_cut_off(register: Register, end: dict[str, Any] | None) -> None:
    raw = report(*ended(PASSED), parsed=(key("never"),), end=end)

    told = verdict(register, raw)

    assert told.verdict is Verdict.NOT_ASSESSED
    assert told.reason == "1 of its 2 scenarios did not run: the run was cut off"


def test_a_run_for_one_jurisdiction(register: Register) -> None:
    dutch = scenario(key("dutch", jurisdictions=("EEA", "NL")))
    elsewhere = key("elsewhere", jurisdictions=("US", "US-CA"))
    californian = key("signal", "2.1", jurisdictions=("US", "US-CA"))
    raw = report(dutch, parsed=(elsewhere, californian), jurisdiction="EEA")

    assert verdict(register, raw).verdict is Verdict.SATISFIED
    assert verdict(register, raw, "1.2").reason == "no scenario for EEA tests it yet"
    told = verdict(register, raw, "2.1")
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "it does not apply in EEA"
    answer = judge(decide(register, raw), Gate(("1.1", "2.1")), raw, register, TODAY)
    assert (answer.passed, answer.required) == (True, ("1.1",))


def test_what_does_not_apply_is_still_violated_when_it_was_seen_to_be(register: Register) -> None:
    beside = scenario(key("beside", "2.1", jurisdictions=("EEA", "NL", "US", "US-CA")), VIOLATED)
    raw = report(beside, jurisdiction="EEA")

    assert verdict(register, raw, "2.1").verdict is Verdict.VIOLATED


def test_an_organisational_promise_needs_a_statement(register: Register) -> None:
    for raw in (report(), report(scenario(key("s", "1.4"), seen=(API,)))):
        told = verdict(register, raw, "1.4")
        assert told.verdict is Verdict.NOT_ASSESSED
        assert "signed statement" in told.reason


def test_observations_are_told_once(register: Register) -> None:
    twice = [scenario(key(name), observations=("odd", name)) for name in ("a", "b")]

    assert verdict(register, report(*twice)).observations == ("odd", "a", "b")


# -- the gate ----------------------------------------------------------------------------------------------------


def gate(register: Register, raw: RawReport, *required: str) -> tuple[bool, ExitCode, list[str]]:
    answer = judge(decide(register, raw), Gate(required or ("1.1",)), raw, register, TODAY)
    return answer.passed, ExitCode(answer.exit_code), [finding.message for finding in answer.findings]


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([PASSED], ExitCode.PASSED),
        ([VIOLATED], ExitCode.VIOLATED),
        ([INCONCLUSIVE], ExitCode.INCONCLUSIVE),
        ([NOT_ASSESSED], ExitCode.GATE_FAILED),
        ([VIOLATED, INCONCLUSIVE, NOT_ASSESSED], ExitCode.VIOLATED),
        ([INCONCLUSIVE, NOT_ASSESSED], ExitCode.INCONCLUSIVE),
        ([], ExitCode.GATE_FAILED),
    ],
)
def test_what_the_gate_answers(register: Register, outcomes: list[Outcome], code: ExitCode) -> None:
    passed, answered, messages = gate(register, report(*ended(*outcomes)))

    assert (passed, answered) == (code is ExitCode.PASSED, code)
    assert bool(messages) == (not passed)


@pytest.mark.parametrize(
    ("there", "required", "code"),
    [
        ([("1.2", VIOLATED)], "1.1", ExitCode.VIOLATED),
        ([("1.2", INCONCLUSIVE)], "1.1", ExitCode.INCONCLUSIVE),
        ([("1.2", NOT_ASSESSED)], "1.1", ExitCode.PASSED),
    ],
)
def test_what_is_not_required_may_only_be_unseen(
    register: Register, there: list[tuple[str, Outcome]], required: str, code: ExitCode
) -> None:
    ran = [scenario(key("other", clause), outcome) for clause, outcome in there]

    assert gate(register, report(*ended(PASSED), *ran), required)[1] is code


@pytest.mark.parametrize(
    ("end", "code", "message"),
    [
        (None, ExitCode.GATE_FAILED, "cut off"),
        ({"interrupted": True}, ExitCode.INTERRUPTED, ""),
        ({"integrity": ("something is odd",)}, ExitCode.GATE_FAILED, "something is odd"),
    ],
)
def test_a_run_that_does_not_add_up(
    register: Register, end: dict[str, Any] | None, code: ExitCode, message: str
) -> None:
    passed, answered, messages = gate(register, report(*ended(PASSED), end=end))

    assert (passed, answered) == (False, code)
    assert message in " ".join(messages)
    worse = gate(register, report(*ended(VIOLATED), end=end))[1]
    assert worse is (ExitCode.INTERRUPTED if code is ExitCode.INTERRUPTED else ExitCode.VIOLATED)
    unclear = gate(register, report(*ended(INCONCLUSIVE), end=end))[1]
    assert unclear is (ExitCode.INTERRUPTED if code is ExitCode.INTERRUPTED else ExitCode.INCONCLUSIVE)


def test_one_scenario_twice_and_another_never(register: Register) -> None:
    one = scenario(key("one"))
    raw = report(one, one, parsed=(key("two", "1.2"),))

    passed, code, messages = gate(register, raw)

    assert (passed, code) == (False, ExitCode.GATE_FAILED)
    assert messages == ["made.feature::one is in the raw report 2 times"]


def test_a_scenario_of_no_feature(register: Register) -> None:
    raw = report(scenario(key("known")))
    raw = RawReport(raw.run, (scenario(key("stranger")),), raw.end)

    assert "made.feature::stranger is in the raw report, but in no feature file" in gate(register, raw)[2]


@pytest.mark.parametrize(
    ("selected", "required", "asked", "code"),
    [
        (("1.1",), ("1.1", "1.3"), ("1.1",), ExitCode.PASSED),
        (("1.1", "1.3"), ("1.1",), ("1.1",), ExitCode.PASSED),
        (("1.3",), ("1.1",), ("1.3",), ExitCode.GATE_FAILED),
        ((), ("1.1", "1.3"), ("1.1", "1.3"), ExitCode.GATE_FAILED),
    ],
)
def test_a_run_for_some_clauses_is_asked_for_these(
    register: Register, selected: tuple[str, ...], required: tuple[str, ...], asked: tuple[str, ...], code: ExitCode
) -> None:
    raw = report(*ended(PASSED), clauses=selected)

    answer = judge(decide(register, raw), Gate(required), raw, register, TODAY)

    assert answer.required == asked
    assert answer.exit_code == code


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not a list of clauses|not a list"),
        ("require = []", "requires no clause"),
        ("require = '1.1'", "not a list"),
        ("require = [1.1]", "not a list"),
        ("require = ['1.1']\nextra = 1", "not a list"),
        ("require = ['9.9']", "There is no clause '9.9'"),
        ("require = [", "cannot be read"),
        ("\xff", "cannot be read"),
    ],
)
def test_a_broken_gate(register: Register, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_bytes(content.encode("latin-1"))

    with pytest.raises(UsageError, match=message) as told:
        read_gate(path, register, TODAY)
    assert str(path) in told.value.what
    assert told.value.remedy


def test_no_gate(register: Register, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_gate(path, register, TODAY)


def test_a_good_gate(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('require = ["2.1", "1.1", "1.1"]', encoding="utf-8")

    assert read_gate(path, register, TODAY) == Gate(("1.1", "2.1"))


WAIVER = """
require = ["1.2"]
[[unseen]]
channel = "outbound"
clauses = ["1.2"]
reason = "there is no probe for it yet"
owner = "the probe team"
until = 2026-06-01
"""


def excusing(register: Register, tmp_path: Path, content: str = WAIVER) -> Gate:
    path = tmp_path / "gate.toml"
    path.write_text(content, encoding="utf-8")
    return read_gate(path, register, TODAY)


@pytest.mark.parametrize(
    ("seen", "outcome", "day", "passes"),
    [
        ((API,), PASSED, date(2026, 6, 1), True),
        ((API,), PASSED, date(2026, 6, 2), False),
        ((OUTBOUND,), PASSED, date(2026, 6, 1), False),
        ((API, OUTBOUND), PASSED, date(2026, 6, 1), False),
        ((API,), VIOLATED, date(2026, 6, 1), False),
        ((API,), NOT_ASSESSED, date(2026, 6, 1), False),
    ],
    ids=["but for the channel", "its time is over", "another channel", "seen after all", "violated", "a part not run"],
)
def test_a_channel_that_need_not_be_seen_yet(
    register: Register, tmp_path: Path, seen: tuple[Channel, ...], outcome: Outcome, day: date, passes: bool
) -> None:
    raw = report(scenario(key("one", "1.2"), seen=seen), scenario(key("two", "1.2"), outcome, seen=seen))

    answer = judge(decide(register, raw), excusing(register, tmp_path), raw, register, day)

    assert answer.passed is passes, answer.findings


def test_a_channel_is_excused_for_required_clauses_alone(register: Register, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has a waiver for 1\.3"):
        excusing(register, tmp_path, WAIVER.replace('clauses = ["1.2"]', 'clauses = ["1.3"]'))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('reason = "there is no probe for it yet"\n', "", "reason: field required"),
        ("there is no probe for it yet", "", "without a reason of at least 4 words"),
        ("there is no probe for it yet", "TBD", "without a reason of at least 4 words"),
        ("there is no probe for it yet", "later later later later", "without a reason of at least 4 words"),
        ("there is no probe for it yet", "- - - - - -", "without a reason of at least 4 words"),
        ('owner = "the probe team"\n', "", "owner: field required"),
        ("the probe team", " ", "without an owner"),
        ("until = 2026-06-01\n", "", "until: field required"),
        ("2026-06-01", "2026-07-01", "more than 180 days ahead"),
        ("2026-06-01", "2999-01-01", "more than 180 days ahead"),
        ('channel = "outbound"', 'channel = "storage"', "which that clause does not require"),
        ('channel = "outbound"', 'channel = "telepathy"', "unseen.0.channel"),
        ('clauses = ["1.2"]', "clauses = []", "unseen.0.clauses"),
        (
            "[[unseen]]",
            f"[[unseen]]{WAIVER.partition(']]')[2].replace('outbound', 'api')}[[unseen]]",
            "for every channel of 1.2",
        ),
    ],
)
def test_a_waiver_that_cannot_be(register: Register, tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WAIVER

    with pytest.raises(UsageError) as told:
        excusing(register, tmp_path, WAIVER.replace(old, new, 1))
    assert message in told.value.what
    assert "last day" in told.value.remedy


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        (date(2026, 5, 1), ""),
        (date(2026, 5, 2), "expires on 2026-06-01, in 30 days"),
        (date(2026, 5, 31), "in 1 day"),
        (date(2026, 6, 1), "in 0 days"),
        (date(2026, 6, 2), "expired on 2026-06-01"),
    ],
)
def test_a_waiver_that_ends_soon_is_warned_about(register: Register, tmp_path: Path, day: date, warning: str) -> None:
    raw = report(scenario(key("one", "1.2"), seen=(API,)))

    answer = judge(decide(register, raw), excusing(register, tmp_path), raw, register, day)

    assert bool(answer.warnings) == bool(warning)
    assert warning in " ".join(answer.warnings)
    assert [(one.owner, one.until) for one in answer.waivers] == [("the probe team", date(2026, 6, 1))]


def test_a_channel_in_which_no_check_was_seen_to_fail(register: Register) -> None:
    raw = report(*ended(PASSED))
    clauses = tuple(replace(clause, seen={}) for clause in register.clauses)

    answer = judge(decide(register, raw), Gate(("1.1",)), raw, replace(register, clauses=clauses), TODAY)

    assert not answer.passed
    assert [one.clause for one in answer.findings] == ["1.1"]
    assert "no check in api has been seen to fail" in answer.findings[0].message


def test_what_is_in_the_way_is_named_and_nothing_else(register: Register) -> None:
    raw = report(*ended(PASSED), scenario(key("bad", "1.2"), NOT_ASSESSED), end={"integrity": ("odd",)})

    answer = judge(decide(register, raw), Gate(("1.1", "1.2")), raw, register, TODAY)

    assert answer.in_the_way == ("1.2", "the run")


def test_what_did_not_run_though_it_was_selected_says_why(register: Register) -> None:
    lost = key("lost")
    raw = report(
        *ended(PASSED),
        parsed=(lost,),
        selected=("made.feature::s0", lost.id),
        end={"integrity": ("features/x.py could not be collected",)},
    )

    assert verdict(register, raw).reason == "1 of its 2 scenarios did not run: features/x.py could not be collected"
    filtered = report(*ended(PASSED), parsed=(lost,), selected=("made.feature::s0", lost.id))
    assert verdict(register, filtered).reason.endswith("left out by an option of pytest")
