"""What a person sees of a check: how far it is, and violation x clause."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from harness.policy.model import Register
from harness.selfcheck.model import FaultResult
from harness.selfcheck.results import FINE
from harness.verdict.model import Verdict

_MARKS = {Verdict.SATISFIED: ".", Verdict.VIOLATED: "V", Verdict.INCONCLUSIVE: "?", Verdict.NOT_ASSESSED: "-"}


class Meter:
    """Tells of each violation that is done, and how long the others will take.

    Args:
        console: Where it tells.
        faults: How many violations there are.
        work: How much there is to do, in units that take about the same time.
        bar: The bar of a terminal.
    """

    def __init__(self, console: Console, faults: int, work: int, bar: Progress) -> None:
        self._console = console
        self._faults = faults
        self._work = work
        self._bar = bar
        self._task = bar.add_task("violations", total=work)
        self._done = self._told = 0
        self._since = time.monotonic()

    def advance(self, work: int) -> None:
        """So many units more are done."""
        self._done += work
        self._bar.advance(self._task, work)

    def tell(self, result: FaultResult) -> None:
        """A violation is done."""
        self._told += 1
        sign = "seen" if result.killed else "NOT SEEN"
        extra = f"; unexpected: {', '.join(result.unexpected)}" if result.unexpected else ""
        left = "" if self._console.is_terminal else self._left()
        self._console.print(f"[{self._told}/{self._faults}] {result.id}: {sign}{extra}{left}", markup=False)

    def _left(self) -> str:
        if not 0 < self._done < self._work:
            return ""
        seconds = (time.monotonic() - self._since) / self._done * (self._work - self._done)
        return f" (about {seconds / 60:.0f} min left)" if seconds >= 60 else f" (about {seconds:.0f} s left)"


@contextmanager
def meter(console: Console, faults: int, work: int) -> Iterator[Meter]:
    """A meter: a bar at the foot of a terminal, plain lines elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield Meter(console, faults, work, bar)


def show(console: Console, register: Register, results: Sequence[FaultResult]) -> None:
    """A table for each section that violations belong to, with the clauses that turned under any of them."""
    blocks: dict[str, list[FaultResult]] = defaultdict(list)
    for result in results:
        blocks[register.clause(result.clause).section if result.clause else "none"].append(result)
    for section, of_section in blocks.items():
        _show_block(console, register, f"Seeded violations of section {section}", of_section)


def _show_block(console: Console, register: Register, title: str, results: Sequence[FaultResult]) -> None:
    own = {result.clause for result in results if result.clause}
    turned = {clause for result in results for clause, verdict in result.verdicts.items() if verdict not in FINE}
    table = Table(
        title=title,
        title_justify="left",
        caption="V violated, ? inconclusive, . satisfied",
        caption_justify="left",
    )
    table.add_column("violation", no_wrap=True)
    clauses = register.in_order(own | turned)
    for clause in clauses:
        table.add_column(clause, justify="center", no_wrap=True, min_width=len(clause))
    for result in results:
        marks = [_MARKS.get(result.verdicts.get(clause, Verdict.NOT_APPLICABLE), "") for clause in clauses]
        bold = [
            f"[bold]{mark}[/]" if clause == result.clause else mark for clause, mark in zip(clauses, marks, strict=True)
        ]
        table.add_row(result.id, *bold, style="" if result.as_it_should_be else "red")
    console.print(table)
