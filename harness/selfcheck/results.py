"""What the suite made of each violation, and what the register keeps of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from harness.evidence.model import Outcome
from harness.policy.load import SEEN_FILE
from harness.policy.model import Register
from harness.policy.scenarios import ScenarioRef
from harness.selfcheck.model import Fault, FaultResult, Ran
from harness.verdict.model import Verdict

KILLERS_FILE = "killers.yaml"
FINE = frozenset({Verdict.SATISFIED, Verdict.NOT_APPLICABLE})
_WORST_FIRST = {
    Outcome.VIOLATED: Verdict.VIOLATED,
    Outcome.INCONCLUSIVE: Verdict.INCONCLUSIVE,
    Outcome.NOT_ASSESSED: Verdict.NOT_ASSESSED,
    Outcome.PASSED: Verdict.SATISFIED,
    Outcome.NOT_APPLICABLE: Verdict.NOT_APPLICABLE,
}


def result(fault: Fault, ran: Iterable[Ran], refs: Sequence[ScenarioRef], register: Register) -> FaultResult:
    """What the scenarios that ran make of a violation."""
    by_id = {one.scenario: one for one in ran}
    shown = [(ref, by_id[ref.id]) for ref in refs if ref.id in by_id]
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for ref, one in shown:
        for clause in ref.clauses:
            outcomes[clause].add(one.outcome)
    verdicts = {
        clause: next(verdict for outcome, verdict in _WORST_FIRST.items() if outcome in outcomes[clause])
        for clause in register.in_order(outcomes)
    }
    declared = {fault.clause, *(one.clause for one in fault.also)}
    killers = [one for ref, one in shown if one.outcome is Outcome.VIOLATED and fault.clause in ref.clauses]
    turned = {clause: verdict for clause, verdict in verdicts.items() if verdict not in FINE}
    return FaultResult(
        **fault.model_dump(),
        killed=verdicts.get(fault.clause) is Verdict.VIOLATED if fault.clause else not turned,
        killed_by=tuple(one.scenario for one in killers),
        seen_in=tuple(sorted({channel for one in killers for channel in one.seen_in})),
        unexpected={clause: verdict for clause, verdict in turned.items() if clause not in declared},
        verdicts=verdicts,
    )


def no_longer_seen(register: Register, results: Sequence[FaultResult]) -> list[str]:
    """What the register calls seen, and these results do not bear out, in words."""
    found = {(result.clause, result.id): result.seen_in for result in results}
    return [
        f"{clause.id} is said to be seen in {channel} by {fault}, but it shows in: {', '.join(seen_in) or 'nothing'}"
        for clause in register.clauses
        for channel, fault in clause.seen.items()
        if (seen_in := found.get((clause.id, fault), (channel,))) != (channel,)
    ]


def record_seen(register: Register, faults: Sequence[Fault], results: Sequence[FaultResult]) -> None:
    """Write down the channels that these results show, and keep what is known by violations that were not examined.

    Args:
        register: Where it is kept.
        faults: All violations that there are. What others once showed cannot be checked, and is not kept.
        results: Of the violations that were examined.
    """
    kept = {fault.id for fault in faults} - {result.id for result in results}
    seen = {
        clause.id: {channel: fault for channel, fault in clause.seen.items() if fault in kept}
        for clause in register.clauses
    }
    for result in results:
        if result.clause and len(result.seen_in) == 1:
            seen[result.clause].setdefault(result.seen_in[0], result.id)
    lines = ["# Written by `shes-audit selfcheck --record`: channel, and the seeded violation that shows in it alone."]
    for clause_id, channels in seen.items():
        if channels:
            lines += [f'"{clause_id}":', *(f"  {channel}: {fault}" for channel, fault in channels.items())]
    (register.path / SEEN_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_killers(register: Path) -> dict[str, str]:
    """The scenario that found a violation most quickly when that was last recorded, by the violation's id."""
    path = register / KILLERS_FILE
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}


def record_killers(
    register: Path, faults: Sequence[Fault], results: Sequence[FaultResult], ran: Mapping[str, Sequence[Ran]]
) -> None:
    """Write down the quickest scenario that found each violation, and keep what is known of the others."""
    killers = read_killers(register)
    for result in results:
        found = [one for one in ran[result.id] if one.scenario in result.killed_by]
        if found:
            killers[result.id] = min(found, key=lambda one: one.seconds).scenario
    known = {fault.id: killers[fault.id] for fault in faults if fault.id in killers}
    head = "# Written by `shes-audit selfcheck --record`: violation, and the scenario that found it most quickly.\n"
    text = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000)
    (register / KILLERS_FILE).write_text(head + text, encoding="utf-8")
