"""``shes-audit selfcheck``: each seeded violation must turn its own clause to violated.

Only clauses that it declares to be broken too may turn with it; benign variants must leave everything satisfied.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import click

from harness.errors import ExitCode
from harness.evidence.folder import check_writable
from harness.order import DEFAULT_OUT, DEFAULT_SEED
from harness.policy.load import load_register
from harness.selfcheck import choosing
from harness.selfcheck.changed import since
from harness.selfcheck.code import digest
from harness.selfcheck.crew import Crew
from harness.selfcheck.examine import examine
from harness.selfcheck.journal import Head, Journal
from harness.selfcheck.model import Extent, Fault, FaultResult, Ran, SelfCheck
from harness.selfcheck.results import no_longer_seen, read_killers, record_killers, record_seen, result
from harness.selfcheck.show import show
from harness.suite.features import features_folder, read_features
from harness.terminal import wide_console

_MOST_DRAWN = 60


@click.command()
@click.option("--fault", "wanted", multiple=True, metavar="ID", help="Only this violation; may be repeated.")
@click.option(
    "--changed",
    "revision",
    is_flag=False,
    flag_value="HEAD^",
    metavar="[REV]",
    default=None,
    help="Only what changed in git since REV (default: HEAD^) touches.",
)
@click.option(
    "--most",
    type=click.IntRange(1),
    default=_MOST_DRAWN,
    show_default=True,
    help="With --changed: draw so many where more are touched.",
)
@click.option(
    "--draw", type=(click.IntRange(1), str), default=None, metavar="N KEY", help="Only N of them, drawn by KEY."
)
@click.option("--own", is_flag=True, help="Every scenario of a violation's own clause, not only until one finds it.")
@click.option("--all", "everything", is_flag=True, help="Every scenario against every violation. Takes hours.")
@click.option("--record", is_flag=True, help="Write down in the register which channels were seen (implies --own).")
@click.option("--resume", is_flag=True, help="Take up a check of the same code that was interrupted.")
@click.option("-n", "workers", type=click.IntRange(1, 64), default=None, help="Violations at a time.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Makes the people, draws violations.")
@click.option("--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Output folder.")
def selfcheck(
    wanted: tuple[str, ...],
    revision: str | None,
    most: int,
    draw: tuple[int, str] | None,
    own: bool,
    everything: bool,
    record: bool,
    resume: bool,
    workers: int | None,
    seed: int,
    out: Path,
) -> int:
    """Run the suite against every seeded violation and print violation x clause.

    A violation is shown to the scenarios of its own clause until one finds it, the known killer first. A benign variant
    is shown to a sample of all scenarios.

    Writes selfcheck.json. Exits with 0 when each violation was seen by its own clause, no other clause turned that
    it does not declare, and each channel that the register calls seen was seen again, else with 4.
    """
    console = wide_console()
    listed = choosing.listed()
    faults = choosing.named(listed, wanted)
    folder = features_folder()
    register, refs = load_register(folder / "register"), read_features(folder).refs
    chosen = f"{len(faults)} of {len(listed)}"
    if revision is not None:
        change = since(revision, listed, refs, folder)
        touched = change.touches(faults)
        faults = choosing.drawn(touched, most, seed, first=change.names(touched))
        chosen = f"{len(touched)} of {len(listed)} touched since {revision}"
        chosen += f", {len(faults)} of them drawn by seed {seed}" if len(faults) < len(touched) else ""
        chosen += f" (every scenario may depend on {change.core[0]})" if change.core else ""
    if draw is not None:
        number, key = draw
        faults = choosing.drawn(faults, number, key)
        chosen += f", {len(faults)} of them drawn by {key}"
    console.print(f"Seeded violations: {chosen}", markup=False)
    extent = Extent.ALL if everything else Extent.OWN if own or record else Extent.KILL
    choice = choosing.Choice(listed, refs, register, read_killers(register.path))
    jobs = [choice.job(fault, extent) for fault in faults]

    def judged(fault: Fault, ran: Sequence[Ran]) -> FaultResult:
        return result(fault, ran, refs, register)

    # To be told to end is to be interrupted: what was started is stopped.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    logs = out / "selfcheck"
    check_writable(logs)
    with Journal(out, Head(digest=digest(), seed=seed), resume=resume) as journal:
        crew = Crew(workers or os.cpu_count() or 1, seed, logs)
        ran = examine(console, faults, jobs, journal, crew, judged)
    results = [judged(fault, ran[fault.id]) for fault in faults]
    check = SelfCheck(seed=seed, extent=extent, chosen=chosen, faults=tuple(results))
    (out / "selfcheck.json").write_text(check.model_dump_json(indent=1) + "\n", encoding="utf-8")
    show(console, register, results)
    if record:
        record_seen(register, listed, results)
        record_killers(register.path, listed, results, ran)
    bad = [one.id for one in results if not one.as_it_should_be]
    blind = [] if record else no_longer_seen(register, results)
    console.print(f"{len(results) - len(bad)} of {len(results)} are as they should be.")
    if bad:
        console.print(f"Not as they should be: {', '.join(bad)}", style="bold red")
    for words in blind:
        console.print(words, style="bold red")
    return int(ExitCode.GATE_FAILED if bad or blind else ExitCode.PASSED)
