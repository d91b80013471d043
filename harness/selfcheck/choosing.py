"""Which violations are run, and which scenarios each is shown to."""

from __future__ import annotations

import json
import random
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from zlib import crc32

from harness.errors import HarnessError, UsageError
from harness.policy.model import Register
from harness.policy.scenarios import ScenarioRef, by_clause
from harness.selfcheck.model import Extent, Fault, Job
from harness.target.process import bundled

PROGRAM = "violations"
"""Name of the bundled target that carries the violations."""


def listed() -> list[Fault]:
    """Every seeded violation, in the order of the policy.

    Raises:
        HarnessError: The program does not list them, or there is none.
    """
    listing = subprocess.run([*bundled(PROGRAM), "list"], capture_output=True, check=False)
    if listing.returncode:
        raise HarnessError("The seeded violations cannot be listed.", cause=listing.stderr.decode(errors="replace"))
    faults = [Fault.model_validate(one) for one in json.loads(listing.stdout)]
    if not faults:
        raise HarnessError("There is no seeded violation, so nothing shows that the suite can fail.")
    return faults


def named(faults: Sequence[Fault], wanted: Sequence[str]) -> list[Fault]:
    """The violations of these ids; all where none is named.

    Raises:
        UsageError: One is not seeded.
    """
    unknown = sorted(set(wanted) - {fault.id for fault in faults})
    if unknown:
        raise UsageError(
            f"There is no seeded violation {unknown[0]!r}.",
            remedy=f"one of: {', '.join(_alternatives(faults, unknown[0]))}",
        )
    return [fault for fault in faults if not wanted or fault.id in wanted]


def _alternatives(faults: Sequence[Fault], wanted: str) -> list[str]:
    """Those of the same clause; where there are none, all."""
    ids = [fault.id for fault in faults]
    return [one for one in ids if one.partition("-")[0] == wanted.partition("-")[0]] or ids


def drawn(faults: Sequence[Fault], most: int, seed: int | str, *, first: Sequence[Fault] = ()) -> list[Fault]:
    """At most so many of the violations in their own order, drawn by a seed: from the first ones before the others."""
    dice = random.Random(seed)
    ranks = ([one for one in faults if one in first], [one for one in faults if one not in first])
    chosen = [one for rank in ranks for one in dice.sample(rank, len(rank))][:most]
    return [fault for fault in faults if fault in chosen]


class Choice:
    """Chooses the scenarios of each violation.

    Args:
        faults: Every seeded violation: they show which clauses a part of the service touches.
        refs: Every scenario.
        register: The policy register.
        killers: The scenario that found a violation most quickly, by the violation's id.
    """

    def __init__(
        self, faults: Sequence[Fault], refs: Sequence[ScenarioRef], register: Register, killers: Mapping[str, str]
    ) -> None:
        self._refs = refs
        self._killers = killers
        self._wanted = {fault: (channel,) for clause in register.clauses for channel, fault in clause.seen.items()}
        self._touched: dict[str, set[str]] = defaultdict(set)
        for fault in faults:
            for part in fault.parts:
                self._touched[part] |= {fault.clause} if fault.clause else set()

    def job(self, fault: Fault, extent: Extent) -> Job:
        """The scenarios that a violation is shown to, those that are likely to find it first."""
        own = self._own(fault) if fault.clause else []
        if extent is Extent.ALL:
            shown = own + [ref.id for ref in self._refs if fault.clause not in ref.clauses]
        else:
            shown = own or self._sample(fault)
        stops = extent is Extent.KILL and fault.clause is not None
        return Job(fault=fault.id, scenarios=tuple(shown), stops=stops, wanted=self._wanted.get(fault.id, ()))

    def _own(self, fault: Fault) -> list[str]:
        """Scenarios of the violated clause: the known killer, then one of each outline, then the other rows."""
        own = [ref for ref in self._refs if fault.clause in ref.clauses]
        killer = self._killers.get(fault.id)
        return [ref.id for ref in sorted(own, key=lambda ref: (ref.id != killer, ref.row or 1))]

    def _sample(self, fault: Fault) -> list[str]:
        """Scenarios that a benign variant is shown to.

        Where violations replace the same part, their clauses are those that the part touches: one row of each of
        their outlines is shown, and one scenario of every other clause, drawn by the two names alone. A part that no
        violation replaces may touch anything.
        """
        first = [ref for ref in self._refs if ref.row in {None, 1}]
        touched = set[str]().union(*(self._touched[part] for part in fault.parts))
        if not touched:
            return [ref.id for ref in first]
        chosen = {ref.id for ref in first if touched.intersection(ref.clauses)}
        others = by_clause([ref for ref in first if ref.id not in chosen])
        chosen |= {
            min(refs, key=lambda ref: crc32(f"{fault.id} {ref.id}".encode())).id
            for clause, refs in others.items()
            if clause not in touched
        }
        return [ref.id for ref in first if ref.id in chosen]
