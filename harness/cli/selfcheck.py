"""``shes-audit selfcheck``: a suite that cannot fail proves nothing, so let it fail.

The bundled service is started with one seeded violation after the other; each must turn its own clause to violated, and
beside it only clauses that it declares to be really broken too. Benign variants must leave everything satisfied.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zlib import crc32

import click
from rich.console import Console
from rich.table import Table

from harness.errors import ExitCode, HarnessError, UsageError
from harness.evidence.model import Channel, Model, Outcome
from harness.evidence.raw import FILE_NAME, RawReport, check_writable, read_raw
from harness.plugin import LEAN
from harness.plugin.preparation import DEFAULT_OUT, DEFAULT_SEED, features_folder, read_features
from harness.policy.load import SEEN_FILE, load_register
from harness.policy.model import Register
from harness.policy.scenarios import ScenarioRef, by_clause
from harness.target.process import bundled, started
from harness.terminal import wide_console
from harness.verdict.model import Verdict

_PROGRAM = "violations"
_WORST_FIRST = {
    Outcome.VIOLATED: Verdict.VIOLATED,
    Outcome.INCONCLUSIVE: Verdict.INCONCLUSIVE,
    Outcome.NOT_ASSESSED: Verdict.NOT_ASSESSED,
    Outcome.PASSED: Verdict.SATISFIED,
    Outcome.NOT_APPLICABLE: Verdict.NOT_APPLICABLE,
}
_MARKS = {Verdict.SATISFIED: ".", Verdict.VIOLATED: "V", Verdict.INCONCLUSIVE: "?", Verdict.NOT_ASSESSED: "-"}
_FINE = frozenset({Verdict.SATISFIED, Verdict.NOT_APPLICABLE})


class SideEffect(Model):
    """A clause that a violation really breaks too, and why."""

    clause: str
    reason: str


class Fault(Model):
    """A seeded violation, as the program that carries it lists it.

    Attributes:
        id: Its name.
        clause: The clause it breaks; nothing for a benign variant, which breaks none.
        title: What is wrong, in words.
        kind: Its class: missing, off by one, wrong residence, ...
        also: Clauses that it really breaks too.
    """

    id: str
    clause: str | None
    title: str
    kind: str
    also: tuple[SideEffect, ...] = ()


class FaultResult(Fault):
    """What the suite made of a violation.

    Attributes:
        killed: Whether its clause was found violated (for a benign variant: whether nothing was).
        killed_by: Ids of the scenarios of its clause that found it.
        seen_in: Channels of the checks by which they found it.
        unexpected: Clauses that turned though the violation does not declare them, with their verdict.
        verdicts: The verdict on each clause that has scenarios.
    """

    killed: bool
    killed_by: tuple[str, ...]
    seen_in: tuple[Channel, ...]
    unexpected: dict[str, Verdict]
    verdicts: dict[str, Verdict]

    @property
    def as_it_should_be(self) -> bool:
        """Whether the suite saw it, and saw nothing else."""
        return self.killed and not self.unexpected


class SelfCheck(Model):
    """What ``selfcheck.json`` holds."""

    format: str = "shes-audit/selfcheck"
    version: int = 1
    seed: int
    faults: tuple[FaultResult, ...]


@click.command()
@click.option("--fault", "wanted", multiple=True, metavar="ID", help="Only this violation; may be repeated.")
@click.option("-n", "workers", type=click.IntRange(1, 64), default=None, help="Violations at a time.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Makes the synthetic people.")
@click.option("--out", type=click.Path(path_type=Path), default=DEFAULT_OUT, show_default=True, help="Output folder.")
@click.option("--all", "everything", is_flag=True, help="Every scenario against every violation. Takes its time.")
@click.option("--record", is_flag=True, help="Write down in the register which channels were seen.")
def selfcheck(
    wanted: tuple[str, ...], workers: int | None, seed: int, out: Path, everything: bool, record: bool
) -> int:
    """Run the suite against every seeded violation and print violation x clause.

    A violation is shown to all scenarios of its own clause and, of each other clause, to one: drawn by lot, the same
    each time.

    Writes selfcheck.json. Exits with 0 when each violation was seen by its own clause, no other clause turned that
    it does not declare, and each channel that the register calls seen was seen again, else with 4.
    """
    console = wide_console()
    faults = _chosen(_listed(), wanted)
    folder = features_folder()
    register, refs = load_register(folder / "register"), read_features(folder).refs
    results: list[FaultResult] = []
    # To be told to end is to be interrupted: what was started is stopped.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    audits = _Audits()

    def scenarios(fault: Fault) -> list[str]:
        return [] if everything else _sample(fault, refs)

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        try:
            for result in pool.map(
                lambda fault: _examine(fault, scenarios(fault), register, seed, out / "selfcheck" / fault.id, audits),
                faults,
            ):
                results.append(result)
                sign = "seen" if result.killed else "NOT SEEN"
                extra = f"; unexpected: {', '.join(result.unexpected)}" if result.unexpected else ""
                console.print(f"[{len(results)}/{len(faults)}] {result.id}: {sign}{extra}", markup=False)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            audits.stop()
            raise
    _write(out / "selfcheck.json", SelfCheck(seed=seed, faults=tuple(results)))
    _show(console, register, results)
    bad = [result.id for result in results if not result.as_it_should_be]
    console.print(f"{len(results) - len(bad)} of {len(results)} are as they should be.")
    if bad:
        console.print(f"Not as they should be: {', '.join(bad)}", style="bold red")
    blind = [] if record else _no_longer_seen(register, results)
    for words in blind:
        console.print(words, style="bold red")
    if record:
        _record(register, results)
    return int(ExitCode.GATE_FAILED if bad or blind else ExitCode.PASSED)


def _listed() -> list[Fault]:
    listing = subprocess.run([*bundled(_PROGRAM), "list"], capture_output=True, check=False)
    if listing.returncode:
        raise HarnessError("The seeded violations cannot be listed.", cause=listing.stderr.decode(errors="replace"))
    faults = [Fault.model_validate(one) for one in json.loads(listing.stdout)]
    if not faults:
        raise HarnessError("There is no seeded violation, so nothing shows that the suite can fail.")
    return faults


def _chosen(faults: Sequence[Fault], wanted: Sequence[str]) -> list[Fault]:
    unknown = sorted(set(wanted) - {fault.id for fault in faults})
    if unknown:
        raise UsageError(
            f"There is no seeded violation {unknown[0]!r}.",
            remedy=f"one of: {', '.join(fault.id for fault in faults)}",
        )
    return [fault for fault in faults if not wanted or fault.id in wanted]


class _Audits:
    """The audits that are running, so that they can be stopped from outside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def run(self, command: Sequence[str], log: Path) -> None:
        """Run one and wait for it."""
        with log.open("wb") as output:
            with self._lock:
                if self._stopped:
                    return
                process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
                self._running.add(process)
            process.wait()
            with self._lock:
                self._running.discard(process)

    def stop(self) -> None:
        """Interrupt those that run, and let no other begin."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.send_signal(signal.SIGINT)


def _sample(fault: Fault, refs: Sequence[ScenarioRef]) -> list[str]:
    """Ids of the scenarios that a violation is shown to: all of its own clause, and one of each other clause.

    The lot depends on the two names alone: a further violation leaves the lots of the others as they are, and so does a
    further scenario, but for those that fall to it.
    A benign variant has no clause of its own; it is shown to every scenario, but of outlines to the first row alone.
    """
    chosen = {ref.id for ref in refs if (fault.clause in ref.clauses if fault.clause else ref.row in {None, 1})}
    others = by_clause([ref for ref in refs if ref.id not in chosen])
    drawn = {min(of_clause, key=lambda ref: crc32(f"{fault.id} {ref.id}".encode())).id for of_clause in others.values()}
    return sorted(chosen | drawn)


def _examine(
    fault: Fault, scenarios: Sequence[str], register: Register, seed: int, out: Path, audits: _Audits
) -> FaultResult:
    check_writable(out)
    # What an earlier check left must not be taken for what this one sees.
    (out / FILE_NAME).unlink(missing_ok=True)
    log = out / "pytest.log"
    with started([*bundled(_PROGRAM), "serve", fault.id], out / "target.log") as url:
        arguments = [f"--shes-target={url}", f"--shes-seed={seed}", f"--shes-out={out}", *LEAN, "-q"]
        arguments += [f"--shes-scenario={one}" for one in scenarios]
        audits.run([sys.executable, "-m", "pytest", str(features_folder()), *arguments], log)
    if not (out / FILE_NAME).exists():
        raise HarnessError(f"The audit of {fault.id} did not begin.", remedy=f"read {log}")
    raw = read_raw(out / FILE_NAME)
    if raw.end is None or raw.end.interrupted or raw.end.integrity:
        why = "; ".join(raw.end.integrity) if raw.end else ""
        raise HarnessError(f"The audit of {fault.id} did not come to its end. {why}".strip(), remedy=f"read {log}")
    return _result(fault, register, raw)


def _result(fault: Fault, register: Register, raw: RawReport) -> FaultResult:
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for scenario in raw.scenarios:
        for clause in scenario.scenario.clauses:
            outcomes[clause].add(scenario.outcome)
    verdicts = {
        clause: next(verdict for outcome, verdict in _WORST_FIRST.items() if outcome in outcomes[clause])
        for clause in register.in_order(outcomes)
    }
    declared = {fault.clause, *(one.clause for one in fault.also)}
    killers = [one for one in raw.scenarios if one.outcome is Outcome.VIOLATED and fault.clause in one.scenario.clauses]
    turned = {clause: verdict for clause, verdict in verdicts.items() if verdict not in _FINE}
    return FaultResult(
        **fault.model_dump(),
        killed=verdicts.get(fault.clause) is Verdict.VIOLATED if fault.clause else not turned,
        killed_by=tuple(one.scenario.id for one in killers),
        seen_in=tuple(sorted({check.channel for one in killers for check in one.checks if not check.passed})),
        unexpected={clause: verdict for clause, verdict in turned.items() if clause not in declared},
        verdicts=verdicts,
    )


def _no_longer_seen(register: Register, results: Sequence[FaultResult]) -> list[str]:
    """What the register calls seen, and these results do not bear out, in words."""
    found = {(result.clause, result.id): result.seen_in for result in results}
    return [
        f"{clause.id} is said to be seen in {channel} by {fault}, but it shows in: {', '.join(seen_in) or 'nothing'}"
        for clause in register.clauses
        for channel, fault in clause.seen.items()
        if (seen_in := found.get((clause.id, fault), (channel,))) != (channel,)
    ]


def _record(register: Register, results: Sequence[FaultResult]) -> None:
    """Write down the channels that these results show, and keep what is known of clauses that they are not about."""
    examined = {result.id for result in results}
    seen = {
        clause.id: {channel: fault for channel, fault in clause.seen.items() if fault not in examined}
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


def _write(path: Path, check: SelfCheck) -> None:
    path.write_text(check.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _show(console: Console, register: Register, results: Sequence[FaultResult]) -> None:
    """A table for each section that violations belong to, with the clauses that turned under any of them."""
    blocks: dict[str, list[FaultResult]] = defaultdict(list)
    for result in results:
        blocks[register.clause(result.clause).section if result.clause else "none"].append(result)
    for section, of_section in blocks.items():
        _show_block(console, register, f"Seeded violations of section {section}", of_section)


def _show_block(console: Console, register: Register, title: str, results: Sequence[FaultResult]) -> None:
    own = {result.clause for result in results if result.clause}
    turned = {clause for result in results for clause, verdict in result.verdicts.items() if verdict not in _FINE}
    table = Table(
        title=title,
        title_justify="left",
        caption="V violated, ? inconclusive, . satisfied, as are all other clauses",
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
