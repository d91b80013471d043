"""Derives the verdict on each clause from scenario outcomes. Fail-closed: what was not checked is not satisfied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from harness.evidence.model import Channel, Origin, Outcome, ScenarioFinished, ScenarioKey, Tier
from harness.evidence.raw import RawReport
from harness.policy.jurisdictions import clauses_in
from harness.policy.model import Clause, Register
from harness.verdict.model import ClauseVerdict, ScenarioSummary, Verdict

_WORST_FIRST = (
    (Outcome.VIOLATED, Verdict.VIOLATED),
    (Outcome.INCONCLUSIVE, Verdict.INCONCLUSIVE),
    (Outcome.NOT_ASSESSED, Verdict.NOT_ASSESSED),
)
_WEAKEST_FIRST = (Tier.ATTESTED, Tier.SELF_REPORTED, Tier.OBSERVED)


def decide(register: Register, raw: RawReport) -> tuple[ClauseVerdict, ...]:
    """The verdict on every clause of the register, in the policy's order."""
    ran: dict[str, list[ScenarioFinished]] = defaultdict(list)
    for scenario in raw.scenarios:
        for clause_id in scenario.scenario.clauses:
            ran[clause_id].append(scenario)
    where = raw.run.jurisdiction
    applies = frozenset(clause.id for clause in (clauses_in(register, where) if where else register.clauses))
    expected: dict[str, list[ScenarioKey]] = defaultdict(list)
    for key in raw.run.parsed:
        for clause_id in key.clauses:
            if not where or where in key.jurisdictions:
                expected[clause_id].append(key)
    return tuple(_clause(clause, ran[clause.id], expected[clause.id], raw, applies) for clause in register.clauses)


def _clause(
    clause: Clause,
    ran: Sequence[ScenarioFinished],
    expected: Sequence[ScenarioKey],
    raw: RawReport,
    applies: frozenset[str],
) -> ClauseVerdict:
    asked = clause.channels
    verdict, reason = _verdict(asked, ran, _unasked(clause, expected, ran, raw))
    if clause.id not in applies and verdict in {Verdict.SATISFIED, Verdict.NOT_ASSESSED}:
        verdict, reason = Verdict.NOT_APPLICABLE, f"it does not apply in {raw.run.jurisdiction}"
    return ClauseVerdict(
        id=clause.id,
        section=clause.section,
        title=clause.title,
        promise=clause.obligation,
        origin=clause.origin,
        channels_asked=asked,
        verdict=verdict,
        tier=_tier(ran),
        reason=reason,
        channels_seen=tuple(channel for channel in asked if channel in _seen(ran)),
        by_origin={
            origin: _part(
                (),
                [key for key in expected if key.origin == origin],
                [one for one in ran if one.scenario.origin == origin],
                raw,
            )
            for origin in Origin
            if any(one.scenario.origin == origin for one in ran)
        },
        by_jurisdiction={
            code: _part(
                asked,
                [key for key in expected if code in key.jurisdictions],
                [one for one in ran if code in one.scenario.jurisdictions],
                raw,
            )
            for code in dict.fromkeys(code for one in ran for code in one.scenario.jurisdictions)
        },
        scenarios=tuple(
            ScenarioSummary(
                id=one.scenario.id,
                name=one.scenario.name,
                origin=one.scenario.origin,
                outcome=one.outcome,
                channels=one.scenario.channels,
                reason=one.reason,
            )
            for one in ran
        ),
        observations=tuple(dict.fromkeys(text for one in ran for text in one.observations)),
    )


def _part(
    asked: Sequence[Channel], expected: Sequence[ScenarioKey], ran: Sequence[ScenarioFinished], raw: RawReport
) -> Verdict:
    """The verdict on a part of a clause's scenarios."""
    return _verdict(asked, ran, _left_out(expected, ran, raw))[0]


def _unasked(clause: Clause, expected: Sequence[ScenarioKey], ran: Sequence[ScenarioFinished], raw: RawReport) -> str:
    """Why the clause was not fully examined by its scenarios; empty if it was."""
    if set(clause.channels) == {Channel.ORG}:
        return "an organisational obligation without the signed statement (owner, expiry date) that it requires"
    if not expected:
        where = f" for {raw.run.jurisdiction}" if raw.run.jurisdiction else ""
        return f"no scenario{where} tests it yet"
    return _left_out(expected, ran, raw)


def _left_out(expected: Sequence[ScenarioKey], ran: Sequence[ScenarioFinished], raw: RawReport) -> str:
    """How many scenarios did not run, and why; empty if all ran."""
    missing = {key.id for key in expected} - {one.scenario.id for one in ran}
    if not missing:
        return ""
    if raw.end is None or raw.end.interrupted:
        why = "the run was cut off"
    elif missing.isdisjoint(raw.run.selected):
        why = "they were not selected"
    else:
        why = "; ".join(raw.faults) or "they were left out by an option of pytest"
    return f"{len(missing)} of its {len(expected)} scenarios did not run: {why}"


def _verdict(asked: Sequence[Channel], ran: Sequence[ScenarioFinished], unasked: str) -> tuple[Verdict, str]:
    applicable = [one for one in ran if one.outcome is not Outcome.NOT_APPLICABLE]
    if ran and not applicable and not unasked:
        return Verdict.NOT_APPLICABLE, _reason(Verdict.NOT_APPLICABLE, ran)
    for outcome, verdict in _WORST_FIRST:
        bad = [one for one in ran if one.outcome == outcome]
        if bad:
            return verdict, _reason(verdict, bad)
    if unasked or not ran:
        return Verdict.NOT_ASSESSED, unasked
    unseen = [channel.value for channel in asked if channel not in _seen(ran)]
    if unseen:
        return Verdict.NOT_ASSESSED, f"not examined in {', '.join(unseen)}"
    return Verdict.SATISFIED, ""


def _reason(verdict: Verdict, bad: Sequence[ScenarioFinished]) -> str:
    first = bad[0]
    more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
    whose = ""
    if verdict is Verdict.VIOLATED:
        origins = sorted({one.scenario.origin.value for one in bad})
        whose = f"[{', '.join(origins)}] "
    return f"{whose}{first.scenario.name}: {first.reason}{more}"


def _seen(ran: Iterable[ScenarioFinished]) -> set[Channel]:
    """Channels with a passed check in a scenario that passed."""
    return {check.channel for one in ran if one.outcome == Outcome.PASSED for check in one.checks if check.passed}


def _tier(ran: Iterable[ScenarioFinished]) -> Tier | None:
    tiers = {check.tier for one in ran if one.outcome == Outcome.PASSED for check in one.checks}
    return next((tier for tier in _WEAKEST_FIRST if tier in tiers), None)
