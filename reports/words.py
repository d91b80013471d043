"""The words the views use for verdicts, outcomes, origins, tiers and channels, one place for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.evidence.model import Channel, Origin, Outcome, Tier
from harness.verdict.model import Verdict


@dataclass(frozen=True)
class Word:
    """How something is shown: never by colour alone, so each has a sign and a label.

    Attributes:
        sign: One character that tells it apart in black and white.
        label: One or two words.
        meaning: One sentence for the legend.
    """

    sign: str
    label: str
    meaning: str


#: Worst news first, the order in which they are counted and listed.
VERDICTS: Mapping[Verdict, Word] = {
    Verdict.VIOLATED: Word("✕", "Violated", "A scenario saw something else than what is demanded."),
    Verdict.INCONCLUSIVE: Word(
        "?", "Inconclusive", "The target or the harness failed: neither kept nor broken is shown."
    ),
    Verdict.NOT_ASSESSED: Word(
        "○", "Not assessed", "Nobody looked, for the reason given. It may be kept, it may be broken."
    ),
    Verdict.ATTESTED: Word("✎", "Attested", "Somebody answers for it in a signed statement; nothing was observed."),
    Verdict.NOT_APPLICABLE: Word(
        "–", "Not applicable", "The promise does not concern this service, for the reason given."
    ),
    Verdict.SATISFIED: Word(
        "✓",
        "Satisfied",
        "In every evidence channel asked for, at least one scenario ran, could have failed, and passed.",
    ),
}

OUTCOMES: Mapping[Outcome, Word] = {
    Outcome.VIOLATED: Word("✕", "Violated", "It saw something else than what is demanded."),
    Outcome.INCONCLUSIVE: Word("?", "Inconclusive", "The target or the harness failed."),
    Outcome.NOT_ASSESSED: Word("○", "Not assessed", "It could not look."),
    Outcome.NOT_APPLICABLE: Word("–", "Not applicable", "What it is about does not exist at this service."),
    Outcome.PASSED: Word("✓", "Passed", "Everything it looked at was as demanded."),
}

#: ``sign`` is unused for these: an origin is always named in words.
ORIGINS: Mapping[Origin, Word] = {
    Origin.POLICY: Word("P", "Policy", "The policy says it."),
    Origin.DERIVED: Word("D", "Derived", "Our reading makes a vague promise testable; the reading is written down."),
    Origin.LAW: Word("L", "Law", "The law says it, the policy does not."),
}

#: What it means when a scenario of this origin does not hold. Only the first is a broken promise of the policy.
BROKEN: Mapping[Origin, str] = {
    Origin.POLICY: "A promise of the policy is broken",
    Origin.DERIVED: "Our reading of the promise does not hold",
    Origin.LAW: "A demand of the law, beyond the policy, is not met",
}

TIERS: Mapping[Tier, Word] = {
    Tier.OBSERVED: Word("●", "Observed", "Seen from outside the target, or reconciled with what was."),
    Tier.SELF_REPORTED: Word("◐", "Self-reported", "The target says so, and nothing else was seen."),
    Tier.ATTESTED: Word("✎", "Attested", "Somebody signed for it."),
}

CHANNELS: Mapping[Channel, str] = {
    Channel.API: "what the target's API answers",
    Channel.OUTBOUND: "what really arrives at a third party",
    Channel.MAIL: "what really arrives in an inbox",
    Channel.STORAGE: "what is left in stored bytes",
    Channel.PAGE: "what a person sees in a browser",
    Channel.NOTICE: "what the target publishes to the person",
    Channel.RECORD: "the target's own registers and ledgers",
    Channel.ORG: "organisational, only a signed attestation can answer it",
}


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 clause``, ``3 clauses``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """A length of time for people: ``0.4 s``, ``12 s``, ``2 min 5 s``, ``1 h 2 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
