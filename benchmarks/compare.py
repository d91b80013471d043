"""``python -m benchmarks.compare OLD.jsonl NEW.jsonl``: whether two runs say the same of each clause.

Compared are verdict, tier of evidence and channels seen. Scenarios may have other names, and other numbers of them.
Exits with 1, and a list of the differences, where the runs differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reports import read
from harness.evidence.raw import RawReport
from harness.policy.load import find_register, load_register
from harness.policy.model import Register
from harness.verdict.decide import decide
from harness.verdict.model import ClauseVerdict


def differences(old: RawReport, new: RawReport, register: Register) -> Iterator[str]:
    """A line for each clause, and for each thing about it, that the two runs see otherwise."""
    for before, after in zip(decide(register, old), decide(register, new), strict=True):
        for (what, was), (_, became) in zip(_said(before), _said(after), strict=True):
            if was != became:
                reason = f" ({after.reason or before.reason})" if what == "verdict" else ""
                yield f"{after.id} {what}: {was} -> {became}{reason}"


def _said(clause: ClauseVerdict) -> Iterator[tuple[str, str]]:
    yield "verdict", clause.verdict.value
    yield "tier", clause.tier.value if clause.tier else "none"
    yield "channels seen", ", ".join(sorted(channel.value for channel in clause.channels_seen)) or "none"


def main(arguments: list[str]) -> int:
    """Compare, and say what differs."""
    if len(arguments) != 2:
        sys.exit(__doc__)
    old, new = (read(Path(name)) for name in arguments)
    register = load_register(find_register())
    found = list(differences(old, new, register))
    for line in found or [f"The same is said of all {len(register.clauses)} clauses."]:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
