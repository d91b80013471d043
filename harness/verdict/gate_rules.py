"""What a release must satisfy, and whether it does."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from harness.errors import ExitCode, UsageError
from harness.evidence.raw import RawReport
from harness.policy.model import Register
from harness.verdict.model import ClauseVerdict, GateFinding, GateResult, Verdict

FILE_NAME = "gate.toml"

_FORM = 'name the clauses this release must satisfy: require = ["1.4", "4.1"]'

_CODES = (
    (Verdict.VIOLATED, ExitCode.VIOLATED),
    (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE),
)


def read_gate(path: Path, register: Register) -> tuple[str, ...]:
    """The clauses that a gate file asks for.

    Raises:
        UsageError: The file cannot be read, has another form, or names a clause that the policy does not have.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"The gate {path} cannot be read: {getattr(error, 'strerror', None) or error}",
            cause="no such file, or it is not a TOML file",
            remedy=_FORM,
        ) from error
    required = data.get("require")
    if set(data) != {"require"} or not isinstance(required, list) or not all(isinstance(id_, str) for id_ in required):
        raise UsageError(
            f"The gate {path} cannot be used: it is not one list of clauses.",
            cause="a member that gates do not have, or a value of another kind",
            remedy=_FORM,
        )
    if not required:
        raise UsageError(f"The gate {path} asks for nothing, so it could not fail.", remedy=_FORM)
    for clause_id in required:
        try:
            register.clause(clause_id)
        except UsageError as error:
            raise UsageError(f"The gate {path}: {error.what}", cause=error.cause, remedy=error.remedy) from error
    return register.in_order(required)


def judge(verdicts: Sequence[ClauseVerdict], required: Sequence[str], raw: RawReport, today: date) -> GateResult:
    """Ask the gate.

    A clause that is violated or inconclusive holds the release back whether or not it is required; a required one must
    be satisfied. When the run was for some clauses only, the gate asks for the required ones among these, or, where
    none is, for all of these: a gate that asks for nothing could not fail. What protects nobody in the jurisdiction
    that the run was for is not asked. A run that does not add up passes no gate.

    Args:
        verdicts: On every clause.
        required: Clauses that the gate file names.
        raw: The run.
        today: The day.
    """
    selected = raw.run.clauses or tuple(required)
    elsewhere = {one.id for one in verdicts if one.verdict is Verdict.NOT_APPLICABLE}
    asked = tuple(one for one in required if one in selected and one not in elsewhere) or selected
    findings: list[GateFinding] = []
    codes: set[ExitCode] = set()
    for one in verdicts:
        bad = dict(_CODES).get(one.verdict)
        if bad is not None or (one.id in asked and one.verdict is not Verdict.SATISFIED):
            codes.add(bad or ExitCode.GATE_FAILED)
            findings.append(GateFinding(clause=one.id, verdict=one.verdict, message=one.reason))
    wrong = _integrity(raw)
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
    )


def _integrity(raw: RawReport) -> list[str]:
    if raw.end is None:
        return ["the run was cut off: its raw report has no last line; what went wrong was said while it ran"]
    wrong = list(raw.end.integrity)
    ran = Counter(one.scenario.id for one in raw.scenarios)
    if ran.total() != raw.end.ran:
        wrong.append(f"{raw.end.ran} scenarios ran, but {ran.total()} are in the raw report")
    wrong += [f"{name} is in the raw report {count} times" for name, count in ran.items() if count > 1]
    wrong += [f"{name} is in the raw report, but in no feature file" for name in ran.keys() - _known(raw)]
    if not ran:
        wrong.append("no scenario ran")
    return wrong


def _known(raw: RawReport) -> set[str]:
    return {key.id for key in raw.run.parsed}
