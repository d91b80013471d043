"""The feature files of the installed suite, read independently of pytest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.contract import Capability
from harness.errors import UsageError
from harness.evidence.model import ScenarioKey, digest_of
from harness.people.residences import RESIDES, residence, residences_in
from harness.policy.load import find_register
from harness.policy.model import Origin
from harness.policy.scenarios import ScenarioRef, find_duplicates, read_scenarios

_SENTENCE = re.compile(rf"^(?P<residence>.*{RESIDES}.*)$", re.MULTILINE)

# What it takes to look into a channel.
_CHANNEL_NEEDS = {
    "outbound": (Capability.WIRING, Capability.SETTLE),
    "mail": (Capability.WIRING, Capability.SETTLE),
    "storage": (Capability.STORAGE,),
    "record": (Capability.RECORDS,),
}


Places = dict[str, dict[int, tuple[ScenarioKey, ...]]]
"""Scenarios by file and by the line on which the scenario or outline begins: the rows of an outline, in their order."""


@dataclass(frozen=True, slots=True)
class Features:
    """The scenarios of the feature files, read independently of pytest.

    Attributes:
        refs: As they were parsed.
        keys: The same, as reports know them.
        duplicates: Names that stand twice in one file; pytest-bdd would drop one of the two.
    """

    refs: tuple[ScenarioRef, ...]
    keys: tuple[ScenarioKey, ...]
    duplicates: tuple[str, ...]

    @property
    def places(self) -> Places:
        """The keys by their places."""
        found: Places = {}
        for ref, key in zip(self.refs, self.keys, strict=True):
            lines = found.setdefault(ref.file, {})
            lines[ref.scenario_line] = (*lines.get(ref.scenario_line, ()), key)
        return found


def features_folder() -> Path:
    """The features room: the folder the register lies in."""
    return find_register().parent


def read_features(folder: Path) -> Features:
    """Read every scenario of the features room.

    Raises:
        UsageError: A feature file cannot be parsed.
    """
    refs = tuple(read_scenarios(folder, _jurisdictions, _SENTENCE))
    duplicates = tuple(f"{one.name!r} in {one.file}, lines {one.lines}" for one in find_duplicates(refs))
    return Features(refs, tuple(_key(ref) for ref in refs), duplicates)


def _key(ref: ScenarioRef) -> ScenarioKey:
    unknown = sorted(set(ref.needs) - set(Capability))
    if unknown:
        raise UsageError(
            f"{ref.file}:{ref.line}: no target can have the capability {unknown[0]!r} ({ref.name}).",
            cause="a slip in a tag @needs-...",
            remedy=f"one of: {', '.join(Capability)}",
        )
    implied = [str(need) for channel in ref.channels for need in _CHANNEL_NEEDS.get(channel, ())]
    origin = ref.origin or Origin.POLICY
    needs = tuple(dict.fromkeys([*implied, *ref.needs]))
    return ScenarioKey(
        id=ref.id,
        feature=ref.feature,
        file=ref.file,
        line=ref.line,
        rule=ref.rule,
        name=ref.name,
        clauses=ref.clauses,
        origin=origin,
        channels=ref.channels,
        needs=needs,
        jurisdictions=tuple(sorted(ref.jurisdictions)),
        digest=digest_of(ref.clauses, origin, ref.channels, needs, ref.steps),
    )


@cache
def _jurisdictions(sentence: str) -> frozenset[str]:
    return frozenset(code for place in residences_in(sentence) for code in residence(place).jurisdictions)
