"""Whether a run meets the requirements of a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from harness.errors import ExitCode
from harness.evidence.raw import RawReport
from harness.policy.model import Channel, Register
from harness.verdict.gate_file import Gate
from harness.verdict.model import ClauseVerdict, GateFinding, GateResult, Verdict

_CODES = (
    (Verdict.VIOLATED, ExitCode.VIOLATED),
    (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE),
)


def judge(
    verdicts: Sequence[ClauseVerdict],
    gate: Gate,
    raw: RawReport,
    register: Register,
    today: date,
    refused: Sequence[str] = (),
) -> GateResult:
    """Apply the gate.

    A violated or inconclusive clause blocks the release whether or not it is required; a required clause must be
    satisfied. In a run for selected clauses the gate requires those of them it lists, or, if it lists none, all of
    them: a gate without required clauses could never fail. It skips clauses that do not apply in the jurisdiction of
    the run. An inconsistent run never passes. In each channel of a satisfied clause a check must have been seen to
    fail. A waived channel is not required to the last day of its waiver; a waiver for a channel that was examined is a
    finding.

    Args:
        verdicts: The verdict on every clause.
        gate: The content of the gate file.
        raw: The run.
        register: The policy register.
        today: The date on which the gate is applied.
        refused: Why the report does not count, if it does not.
    """
    selected = raw.run.clauses or gate.required
    elsewhere = {one.id for one in verdicts if one.verdict is Verdict.NOT_APPLICABLE}
    asked = tuple(one for one in gate.required if one in selected and one not in elsewhere) or selected
    findings: list[GateFinding] = []
    codes: set[ExitCode] = set()
    let_off: list[str] = []
    for one in verdicts:
        bad = dict(_CODES).get(one.verdict)
        excused = gate.excused(one.id, today)
        but_for = _satisfied_but_for(one, excused)
        if but_for and one.id in asked:
            let_off.append(one.id)
        fine = one.verdict is Verdict.SATISFIED or but_for
        if bad is not None or (one.id in asked and not fine):
            codes.add(bad or ExitCode.GATE_FAILED)
            findings.append(GateFinding(clause=one.id, verdict=one.verdict, message=one.reason))
        unproven = [channel for channel in one.channels_seen if channel not in register.clause(one.id).seen]
        for message in [*_unproven(unproven if fine else []), *_needless(one, excused)]:
            codes.add(ExitCode.GATE_FAILED)
            findings.append(GateFinding(clause=one.id, verdict=one.verdict, message=message))
    wrong = [*refused, *_integrity(raw)]
    if wrong:
        codes.add(ExitCode.GATE_FAILED)
        findings += [GateFinding(clause="", verdict=None, message=message) for message in wrong]
    if raw.end is not None and raw.end.interrupted:
        codes.add(ExitCode.INTERRUPTED)
    order = (ExitCode.INTERRUPTED, ExitCode.WRONG_USE, ExitCode.VIOLATED, ExitCode.INCONCLUSIVE, ExitCode.GATE_FAILED)
    code = next((code for code in order if code in codes), ExitCode.PASSED)
    return GateResult(
        passed=code is ExitCode.PASSED,
        required=asked,
        findings=tuple(findings),
        exit_code=int(code),
        checked_on=today,
        excused=tuple(let_off),
        waivers=gate.waivers,
        warnings=tuple(gate.warnings(today)),
        partial=is_partial(raw),
    )


def is_partial(raw: RawReport) -> bool:
    """Whether a run was for a part of the suite only."""
    run = raw.run
    return bool(run.clauses or run.jurisdiction) or {key.id for key in run.parsed} != set(run.selected)


def _unproven(channels: Sequence[Channel]) -> Iterator[str]:
    if channels:
        yield (
            f"no check in {', '.join(channels)} has been seen to fail: `shes-audit selfcheck --record` writes those "
            "that have to seen.yaml"
        )


def _needless(one: ClauseVerdict, excused: frozenset[Channel]) -> Iterator[str]:
    for channel in sorted(excused & set(one.channels_seen)):
        yield f"the waiver for {channel} is no longer needed: remove {one.id} from `unseen`"


def _satisfied_but_for(one: ClauseVerdict, excused: frozenset[Channel]) -> bool:
    """Whether a clause is satisfied except that these channels were not examined."""
    unseen = set(one.channels_asked) - set(one.channels_seen)
    fine = {Verdict.SATISFIED, Verdict.NOT_APPLICABLE}
    every_part = Verdict.SATISFIED in one.by_origin.values() and fine.issuperset(one.by_origin.values())
    return one.verdict is Verdict.NOT_ASSESSED and every_part and unseen <= excused


def _integrity(raw: RawReport) -> list[str]:
    if raw.end is None:
        return ["the run was cut off: its raw report has no last line; the cause was reported during the run"]
    wrong = list(raw.end.integrity)
    ran = Counter(one.scenario.id for one in raw.scenarios)
    wrong += [f"{name} is in the raw report {count} times" for name, count in ran.items() if count > 1]
    wrong += [f"{name} is in the raw report, but in no feature file" for name in ran.keys() - _known(raw)]
    if not ran:
        wrong.append("no scenario ran")
    return wrong


def _known(raw: RawReport) -> set[str]:
    return {key.id for key in raw.run.parsed}
