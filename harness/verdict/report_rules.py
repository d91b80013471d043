"""Whether a report counts at all: of this suite, of what was asked about, and not older than allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from harness import contract
from harness.evidence.raw import RawReport
from harness.suite.installed import Suite
from harness.suite.lock import COMMAND, differences, make_lock
from harness.verdict.gate_rules import is_partial

_TOOL = "shes-audit"
_SKEW = timedelta(minutes=5)
"""By how much the clocks of two machines may differ."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a report must be to count.

    Attributes:
        oldest: How long ago its run may have begun; any time if not given.
        targets: Names and addresses of the target; one of them must be the report's. Any target if not given.
        build: The version that the target declares; any if not given.
        partial: Whether a run for a part of the suite counts.
        now: The time at which the gate is applied.
    """

    oldest: timedelta | None = None
    targets: frozenset[str] = frozenset()
    build: str = ""
    partial: bool = True
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def refusals(raw: RawReport, suite: Suite, conditions: Conditions) -> Iterator[str]:
    """Why a report does not count, in words; nothing if it does."""
    yield from _of_suite(raw, suite)
    run, target = raw.run, raw.target
    tool = f"{_TOOL} {version(_TOOL)}"
    if _major(run.tool) != _major(tool):
        yield f"the report was made by {run.tool}; this is {tool}"
    if target.contract and _major(target.contract) != _major(contract.VERSION):
        yield f"the report is about version {target.contract} of the contract; this is {contract.VERSION}"
    if conditions.targets and conditions.targets.isdisjoint({run.target, target.address}):
        yield f"the report is about another target: {run.target}"
    if conditions.build and conditions.build != target.build:
        yield f"the report is about another build: {target.build or 'none was declared'}"
    age = conditions.now - run.started_at
    if age < -_SKEW:
        yield f"the report is from the future: its run began on {run.started_at:%Y-%m-%d %H:%M} UTC"
    if conditions.oldest is not None and age > conditions.oldest:
        yield f"the report is too old: its run began {_words(age)} ago, and {_words(conditions.oldest)} are allowed"
    if is_partial(raw) and not conditions.partial:
        yield "the run was for a part of the suite only, which counts with --partial alone"


def _of_suite(raw: RawReport, suite: Suite) -> Iterator[str]:
    run = raw.run
    now = make_lock(suite.register.ids, suite.keys, suite.digests)
    found = list(differences(suite.lock, now))
    if found:
        yield f"the suite differs from its lock: {'; '.join(found)}. `{COMMAND}` renews it, and a review accepts it"
    if run.policy != suite.register.policy.title:
        yield f"the report is about another policy: {run.policy or 'none is named'}"
    other = [name for name, digest in suite.digests if getattr(run.suite, name) != digest]
    if other:
        yield f"the report was made with another suite ({', '.join(other)}): run the audit again"
    if run.parsed != suite.keys:
        missing = {key.id for key in suite.keys} - {key.id for key in run.parsed}
        what = f"{len(missing)} of {len(suite.keys)} are missing" if missing else "they are not the same"
        yield f"the scenarios of the report are not those of the suite: {what}"


def _major(text: str) -> str:
    """Name and major version of ``shes-audit 1.2.3``, or the major version of ``1.2.3``."""
    return text.partition(".")[0]


def _words(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"
