"""What a release must satisfy, and whether it does."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from harness.errors import ExitCode, UsageError
from harness.evidence.raw import RawReport
from harness.policy.model import Register
from harness.verdict.model import ClauseVerdict, GateFinding, GateResult, Verdict

FILE_NAME = "gate.toml"

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
        required = data["require"]
        if set(data) != {"require"} or not all(isinstance(one, str) for one in required):
            raise TypeError
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise UsageError(
            f"The gate {path} cannot be used: {str(error) or 'it is not a list of clauses'}",
            cause="no such file, or one of another form",
            remedy='write the clauses this release must satisfy as: require = ["1.4", "4.1"]',
        ) from error
    if not required:
        raise UsageError(
            f"The gate {path} asks for nothing, so it could not fail.",
            remedy='name the clauses this release must satisfy: require = ["1.4", "4.1"]',
        )
    for clause_id in required:
        register.clause(clause_id)
    return tuple(required)


def judge(verdicts: Sequence[ClauseVerdict], required: Sequence[str], raw: RawReport, today: date) -> GateResult:
    """Ask the gate.

    A clause that is violated or inconclusive holds the release back whether or not it is required; a required one must
    be satisfied. When the run was for some clauses only, the gate asks for these alone. A run that does not add up
    passes no gate.

    Args:
        verdicts: On every clause.
        required: Clauses that the gate file names.
        raw: The run.
        today: The day.
    """
    asked = tuple(one for one in required if not raw.run.clauses or one in raw.run.clauses)
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
        return ["the run was cut off: its raw report has no last line"]
    wrong = list(raw.end.integrity)
    if len(raw.scenarios) != raw.end.ran:
        wrong.append(f"{raw.end.ran} scenarios ran, but {len(raw.scenarios)} are in the raw report")
    if not raw.scenarios:
        wrong.append("no scenario ran")
    return wrong
