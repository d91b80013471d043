"""The gate file: the clauses that a release must satisfy, and the waivers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.errors import UsageError
from harness.order import DEFAULT_GATE
from harness.policy.model import Channel, Register
from harness.verdict.model import Waiver

FILE_NAME = DEFAULT_GATE.name
LONGEST = timedelta(days=180)
"""How far ahead the last day of a waiver may lie."""
NOTICE = timedelta(days=30)
"""How long before its last day a waiver is warned about."""
_WORDS = 4
"""How many different words a reason has at least."""

_FORM = 'list the clauses that this release must satisfy: require = ["1.4", "4.1"]'
_FORM_OF_WAIVER = (
    'a waiver has a channel, clauses, reason = "why it cannot be examined yet", owner = "who answers for it" and '
    f"until = its last day, at most {LONGEST.days} days ahead"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """The requirements of a release: ``required`` clauses, with the waivers."""

    required: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()

    def excused(self, clause_id: str, today: date) -> frozenset[Channel]:
        """Channels waived for the clause on that day."""
        return frozenset(one.channel for one in self.waivers if clause_id in one.clauses and today <= one.until)

    def warnings(self, today: date) -> Iterator[str]:
        """Waivers that end soon, or have ended, in words."""
        for one in self.waivers:
            left = (one.until - today).days
            name = f"the waiver for {one.channel} of {', '.join(one.clauses)} ({one.owner})"
            if left < 0:
                yield f"{name} expired on {one.until}"
            elif left <= NOTICE.days:
                yield f"{name} expires on {one.until}, in {left} {'day' if left == 1 else 'days'}"


class _Waiver(BaseModel):
    model_config = ConfigDict(extra="forbid")

    channel: Channel
    clauses: tuple[str, ...] = Field(min_length=1)
    reason: str
    owner: str
    until: date


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    require: tuple[str, ...]
    unseen: tuple[_Waiver, ...] = ()


def read_gate(path: Path, register: Register, today: date) -> Gate:
    """Read a gate file.

    Args:
        path: The file.
        register: The policy register.
        today: The date on which the gate is applied.

    Raises:
        UsageError: The file cannot be read or is malformed, names an unknown clause, or has an unusable waiver.
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
        of_waiver = first["loc"][:1] == ("unseen",)
        what = "a waiver is malformed" if of_waiver else "it is not a list of clauses"
        raise UsageError(
            f"The gate {path} cannot be used: {what} ({'.'.join(map(str, first['loc']))}: {first['msg'].lower()}).",
            cause="a member that is missing or unknown, or a value of the wrong type",
            remedy=_FORM_OF_WAIVER if of_waiver else _FORM,
        ) from error
    required = form.require
    if not required:
        raise UsageError(f"The gate {path} requires no clause and could never fail.", remedy=_FORM)
    for clause_id in required:
        try:
            register.clause(clause_id)
        except UsageError as error:
            raise UsageError(f"The gate {path}: {error.what}", cause=error.cause, remedy=error.remedy) from error
    waivers = tuple(Waiver(**dict(one)) for one in form.unseen)
    gate = Gate(register.in_order(required), waivers)
    fault = next(_faults(gate, register, today), None)
    if fault:
        raise UsageError(f"The gate {path} has a waiver {fault}.", remedy=_FORM_OF_WAIVER)
    return gate


def _faults(gate: Gate, register: Register, today: date) -> Iterator[str]:
    """What makes a waiver unusable, in words that follow "a waiver"."""
    for one in gate.waivers:
        for clause_id in one.clauses:
            if clause_id not in gate.required:
                yield f"for {clause_id}, which it does not require"
            elif one.channel not in register.clause(clause_id).channels:
                yield f"for {one.channel} of {clause_id}, which that clause does not require"
        name = f"for {one.channel} of {', '.join(one.clauses)}"
        if len({word.lower() for word in re.findall(r"[^\W\d_]{2,}", one.reason)}) < _WORDS:
            yield f"{name} without a reason of at least {_WORDS} words"
        if not re.search(r"\w", one.owner):
            yield f"{name} without an owner"
        if one.until - today > LONGEST:
            yield f"{name} until {one.until}, more than {LONGEST.days} days ahead"
    for clause_id in gate.required:
        waived = {one.channel for one in gate.waivers if clause_id in one.clauses}
        if waived and waived >= set(register.clause(clause_id).channels):
            yield f"for every channel of {clause_id}"
