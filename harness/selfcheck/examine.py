"""Has all violations examined: by the crew, in pieces of work, with the journal kept and a person informed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console

from harness.selfcheck.crew import Crew
from harness.selfcheck.journal import Journal
from harness.selfcheck.model import Fault, FaultResult, Job, Ran
from harness.selfcheck.show import meter

_LONGEST = 40
"""Scenarios in one piece of work: few enough that workers end together."""
_TO_A_KILL = 2
"""Scenarios until a violation is found, about."""


def examine(
    console: Console,
    faults: Sequence[Fault],
    jobs: Sequence[Job],
    journal: Journal,
    crew: Crew,
    judge: Callable[[Fault, Sequence[Ran]], FaultResult],
) -> dict[str, list[Ran]]:
    """Do what the journal does not know of yet.

    Args:
        console: Where a person is informed.
        faults: The violations.
        jobs: What is to be done for each.
        journal: Where everything that runs is written.
        crew: Who does it.
        judge: Makes a result of what ran.

    Returns:
        All that ran, by the violation's id.
    """
    ran: dict[str, list[Ran]] = defaultdict(list)
    for one in journal.ran:
        ran[one.fault].append(one)
    pieces = [piece for job in jobs for piece in _pieces(job, ran[job.fault])]
    # The long ones first: what comes last should not keep one worker busy alone.
    pieces.sort(key=_size, reverse=True)
    by_id = {fault.id: fault for fault in faults}
    undone = Counter(piece.fault for piece in pieces)
    with meter(console, len(faults), sum(map(_size, pieces))) as progress:
        for fault in faults:
            if not undone[fault.id]:
                progress.tell(judge(fault, ran[fault.id]))
        for event in crew.work(pieces):
            if isinstance(event, Ran):
                journal.write(event)
                ran[event.fault].append(event)
                continue
            progress.advance(_size(event))
            undone[event.fault] -= 1
            if not undone[event.fault]:
                progress.tell(judge(by_id[event.fault], ran[event.fault]))
    return ran


def _pieces(job: Job, ran: Sequence[Ran]) -> Iterator[Job]:
    """What is left of a job; one that does not stop early is cut up, so that several workers can share it."""
    left = job.left(ran)
    step = len(left) if job.stops else _LONGEST
    for first in range(0, len(left), step or 1):
        yield job.model_copy(update={"scenarios": left[first : first + step]})


def _size(piece: Job) -> int:
    return _TO_A_KILL if piece.stops else len(piece.scenarios)
