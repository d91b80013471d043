"""``shes-audit run``: the audit, from discovery to the gate."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from pathlib import Path

import click

from harness.evidence.folder import writing_to
from harness.order import DEFAULT_GATE, DEFAULT_OUT, DEFAULT_SEED, Order
from harness.target.process import bundled_reference


@click.command()
@click.option("--target", default="", metavar="URL|PROFILE", help="What to audit (default: the bundled reference).")
@click.option("--clause", "clauses", multiple=True, metavar="ID", help="Only this clause; may be repeated.")
@click.option("--section", "sections", multiple=True, metavar="N", help="Only this section; may be repeated.")
@click.option("--jurisdiction", default="", metavar="CODE", help="Only scenarios for residents there: EEA, US-CA, ...")
@click.option("--scenario", "scenarios", multiple=True, metavar="ID", help="Only this scenario; may be repeated.")
@click.option("-n", "workers", type=click.IntRange(1, 64), default=None, help="Number of parallel processes.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Determines the synthetic people.")
@click.option("--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Output folder.")
@click.option(
    "--allure/--no-allure",
    default=None,
    help="Make Allure's page, or not.  [default: in a run for everything]",
)
@click.option("--gate", type=click.Path(path_type=Path), default=DEFAULT_GATE, show_default=True, help="Gate file.")
def run(
    target: str,
    clauses: tuple[str, ...],
    sections: tuple[str, ...],
    jurisdiction: str,
    scenarios: tuple[str, ...],
    workers: int | None,
    seed: int,
    out: Path,
    allure: bool | None,
    gate: Path,
) -> int:
    """Audit a target and apply the gate.

    Writes the raw report and every view of it to the output folder. Allure's page takes longer than all other views: a
    run for some clauses or scenarios omits it, and `shes-audit report` makes it later.

    Exits with 0 if the gate passed, 1 if a clause is violated, 3 if one is inconclusive, 4 if a required clause is not
    assessed, 2 on wrong use, 130 if interrupted.
    """
    # SIGTERM is handled like an interrupt: evidence is kept, started processes are stopped.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    order = Order(
        target=target,
        seed=seed,
        out=out,
        gate=gate,
        clauses=clauses,
        sections=sections,
        jurisdiction=jurisdiction,
        scenarios=scenarios,
        workers=workers,
    )
    with ExitStack() as stack:
        stack.enter_context(writing_to(out))
        # A process takes a second to start: the reference does so while everything else is loaded and read.
        reference = None if target else stack.enter_context(bundled_reference(out))
        from harness.cli.audit import audit

        return audit(order, reference, allure=order.is_whole if allure is None else allure)
