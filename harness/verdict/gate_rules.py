"""The requirements of a release, and whether they are met."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.errors import ExitCode, UsageError
from harness.evidence.raw import RawReport
from harness.order import DEFAULT_GATE
from harness.policy.model import Channel, Register
from harness.verdict.model import ClauseVerdict, GateFinding, GateResult, Verdict

FILE_NAME = DEFAULT_GATE.name

_FORM = 'list the clauses that this release must satisfy: require = ["1.4", "4.1"]'

_CODES = (
    (Verdict.VIOLATED, ExitCode.VIOLATED),
    (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE),
)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A waiver: a channel that need not be examined for some required clauses until a date.

    Attributes:
        channel: The channel.
        clauses: Ids of the clauses, which must be satisfied in every other channel.
        reason: Why it cannot be examined yet.
        until: The first day on which it must be examined.
    """

    channel: Channel
    clauses: tuple[str, ...]
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Gate:
    """The requirements of a release: ``required`` clauses, with the waivers in ``unseen``."""

    required: tuple[str, ...]
    unseen: tuple[Unseen, ...] = ()

    def excused(self, clause_id: str, today: date) -> frozenset[Channel]:
        """Channels waived for the clause on that day."""
        return frozenset(one.channel for one in self.unseen if clause_id in one.clauses and today < one.until)


def read_gate(path: Path, register: Register) -> Gate:
    """Read a gate file.

    Raises:
        UsageError: The file cannot be read, is malformed, or names an unknown clause.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"The gate {path} cannot be read: {getattr(error, 'strerror', None) or error}",
            cause="no such file, or it is not a TOML file",
            remedy=_FORM,
        ) from error
    try:
        form = _File.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(
            f"The gate {path} cannot be used: it is not a list of clauses "
            f"({'.'.join(map(str, first['loc']))}: {first['msg'].lower()}).",
            cause="an unknown member, or a value of the wrong type",
            remedy=_FORM,
        ) from error
    required = form.require
    if not required:
        raise UsageError(f"The gate {path} requires no clause and could never fail.", remedy=_FORM)
    stray = [clause_id for one in form.unseen for clause_id in one.clauses if clause_id not in required]
    if stray:
        raise UsageError(
            f"The gate {path} has a waiver for {stray[0]}, which it does not require.",
            remedy="require the clause, or remove it from `unseen`",
        )
    for clause_id in required:
        try:
            register.clause(clause_id)
        except UsageError as error:
            raise UsageError(f"The gate {path}: {error.what}", cause=error.cause, remedy=error.remedy) from error
    return Gate(
        register.in_order(required),
        tuple(Unseen(one.channel, one.clauses, one.reason, one.until) for one in form.unseen),
    )


class _UnseenEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    channel: Channel
    clauses: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    until: date


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    require: tuple[str, ...]
    unseen: tuple[_UnseenEntry, ...] = ()


def judge(verdicts: Sequence[ClauseVerdict], gate: Gate, raw: RawReport, today: date) -> GateResult:
    """Apply the gate.

    A violated or inconclusive clause blocks the release whether or not it is required; a required clause must be
    satisfied. In a run for selected clauses the gate requires those of them it lists, or, if it lists none, all of
    them: a gate without required clauses could never fail. It skips clauses that do not apply in the jurisdiction of
    the run. An inconsistent run never passes. A waived channel is not required until the date of its waiver; a waiver
    for a channel that was examined is a finding.

    Args:
        verdicts: The verdict on every clause.
        gate: The content of the gate file.
        raw: The run.
        today: The date on which the gate is applied.
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
        for channel in sorted(excused & set(one.channels_seen)):
            codes.add(ExitCode.GATE_FAILED)
            message = f"the waiver for {channel} is no longer needed: remove {one.id} from `unseen`"
            findings.append(GateFinding(clause=one.id, verdict=one.verdict, message=message))
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
        excused=tuple(let_off),
    )


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
    if ran.total() != raw.end.ran:
        wrong.append(f"{raw.end.ran} scenarios ran, but {ran.total()} are in the raw report")
    wrong += [f"{name} is in the raw report {count} times" for name, count in ran.items() if count > 1]
    wrong += [f"{name} is in the raw report, but in no feature file" for name in ran.keys() - _known(raw)]
    if not ran:
        wrong.append("no scenario ran")
    return wrong


def _known(raw: RawReport) -> set[str]:
    return {key.id for key in raw.run.parsed}
