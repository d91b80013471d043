"""The words the views use for verdicts, outcomes, origins, tiers and channels, all in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.evidence.model import Channel, Origin, Outcome, Tier
from harness.verdict.model import Verdict


@dataclass(frozen=True)
class Word:
    """How something is shown. Each has a sign and a label, because colour alone is not enough.

    Attributes:
        sign: One character that distinguishes it in black and white.
        label: One or two words.
        meaning: One sentence for the legend.
    """

    sign: str
    label: str
    meaning: str


#: Most severe first: the order in which they are counted and listed.
VERDICTS: Mapping[Verdict, Word] = {
    Verdict.VIOLATED: Word("✕", "Violated", "At least one scenario found that the obligation was not met."),
    Verdict.INCONCLUSIVE: Word(
        "?", "Inconclusive", "The target or the harness failed. Neither compliance nor a violation is shown."
    ),
    Verdict.NOT_ASSESSED: Word(
        "○", "Not assessed", "Not examined, for the stated reason. Nothing is known about compliance."
    ),
    Verdict.ATTESTED: Word("✎", "Attested", "Confirmed by a signed statement only; nothing was observed."),
    Verdict.NOT_APPLICABLE: Word(
        "–", "Not applicable", "The clause does not apply to this service, for the stated reason."
    ),
    Verdict.SATISFIED: Word(
        "✓",
        "Satisfied",
        "In every required channel, at least one scenario ran, could have failed, and passed.",
    ),
}

OUTCOMES: Mapping[Outcome, Word] = {
    Outcome.VIOLATED: Word("✕", "Violated", "A check found that the obligation was not met."),
    Outcome.INCONCLUSIVE: Word("?", "Inconclusive", "The target or the harness failed."),
    Outcome.NOT_ASSESSED: Word("○", "Not assessed", "The scenario could not examine its subject."),
    Outcome.NOT_APPLICABLE: Word("–", "Not applicable", "Its subject does not exist at this service."),
    Outcome.PASSED: Word("✓", "Passed", "All checks passed."),
}

#: How a step ended, in one character.
STEPS: Mapping[str, str] = {
    "passed": "✓",
    "failed": "✕",
    "broken": "?",
    "not-assessed": "○",
    "not-applicable": "–",
    "skipped": "○",
}

#: ``sign`` is not shown for these: an origin is always named in words.
ORIGINS: Mapping[Origin, Word] = {
    Origin.POLICY: Word("P", "Policy", "Stated by the policy."),
    Origin.DERIVED: Word("D", "Derived", "Our recorded reading makes the promise testable."),
    Origin.LAW: Word("L", "Law", "Required by law and not stated by the policy."),
}

#: What a violation in a scenario of this origin means. Only the first violates a promise of the policy.
BROKEN: Mapping[Origin, str] = {
    Origin.POLICY: "A promise of the policy is violated",
    Origin.DERIVED: "Our reading of the promise is not met",
    Origin.LAW: "A legal requirement beyond the policy is not met",
}

TIERS: Mapping[Tier, Word] = {
    Tier.OBSERVED: Word("●", "Observed", "Observed from outside the target, or reconciled with what was."),
    Tier.SELF_REPORTED: Word("◐", "Self-reported", "Stated by the target only."),
    Tier.ATTESTED: Word("✎", "Attested", "Confirmed by a signed statement."),
}

CHANNELS: Mapping[Channel, str] = {
    Channel.API: "responses of the target's API",
    Channel.OUTBOUND: "what actually arrives at a third party",
    Channel.MAIL: "what actually arrives in a mailbox",
    Channel.STORAGE: "the stored bytes",
    Channel.PAGE: "what a person sees in a browser",
    Channel.NOTICE: "notices published by the target",
    Channel.RECORD: "the target's own registers and ledgers",
    Channel.ORG: "organisational measures, confirmed by a signed statement only",
}


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 clause``, ``3 clauses``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """A duration in words: ``0.4 s``, ``12 s``, ``2 min 5 s``, ``1 h 2 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
