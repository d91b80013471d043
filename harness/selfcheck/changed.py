"""What a change in git touches: violations that were rewritten, and clauses whose scenarios run otherwise."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.errors import UsageError
from harness.policy.scenarios import ScenarioRef, read_scenarios
from harness.selfcheck.code import rooms
from harness.selfcheck.model import Fault
from harness.suite.lock import FILE_NAME as LOCK_NAME
from harness.vocabulary.lookup import load, understand

_FOR_PEOPLE = frozenset({".md", ".png", ".svg"})


@dataclass(frozen=True, slots=True)
class Change:
    """What changed.

    Attributes:
        modules: Modules of violations.
        clauses: Clauses whose scenarios, or the sentences of these, changed.
        core: Files that every scenario may depend on: modules of sentences share words and functions, so they too.
    """

    modules: frozenset[str]
    clauses: frozenset[str]
    core: tuple[str, ...]

    def names(self, faults: Iterable[Fault]) -> list[Fault]:
        """The violations that were rewritten, or whose clause runs otherwise."""
        return [one for one in faults if one.module in self.modules or one.clause in self.clauses]

    def touches(self, faults: Iterable[Fault]) -> list[Fault]:
        """The violations that the change may concern: all where the core changed."""
        return list(faults) if self.core else self.names(faults)


def since(revision: str, faults: Sequence[Fault], refs: Sequence[ScenarioRef], features: Path) -> Change:
    """What differs between a revision and the files as they are.

    Args:
        revision: As git names it.
        faults: Every seeded violation.
        refs: Every scenario as it is now.
        features: The features room.

    Raises:
        UsageError: git does not know the revision here.
    """
    features = features.resolve()
    top = Path(_git(features, "rev-parse", "--show-toplevel").strip())
    _git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}")
    listed = _git(top, "diff", "--name-only", "--no-renames", "-z", revision)
    listed += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    sentences = clauses_by_module(refs)
    homes = {fault.module for fault in faults}
    code = [*rooms().values(), features]
    modules: set[str] = set()
    clauses: set[str] = set()
    core: list[str] = []
    for path in sorted(top / name for name in listed.split("\0") if name):
        module = _module(path)
        if path.suffix == ".feature" and features in path.parents:
            continue
        if module in homes:
            modules.add(module)
        elif _counts(path, code, features):
            clauses |= sentences.get(module, set())
            core.append(path.relative_to(top).as_posix())
    clauses |= _clauses_rewritten(top, features, revision, refs)
    return Change(frozenset(modules), frozenset(clauses), tuple(core))


def _counts(path: Path, code: Sequence[Path], features: Path) -> bool:
    """Whether scenarios may depend on a file: not on what is for people, nor on the register or the lock."""
    inside = any(room in path.parents for room in code) or path.name in {"pyproject.toml", "requirements.lock"}
    beside = {features / "register", features / LOCK_NAME}
    return inside and path.suffix not in _FOR_PEOPLE and beside.isdisjoint({path, *path.parents})


def _module(path: Path) -> str:
    for name, folder in rooms().items():
        if folder in path.parents and path.suffix == ".py":
            return ".".join((name, *path.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
    return ""


def clauses_by_module(refs: Sequence[ScenarioRef]) -> dict[str, set[str]]:
    """The clauses whose scenarios use a sentence that a module declares."""
    load()
    found: dict[str, set[str]] = {}
    for ref in refs:
        for keyword, sentence in ref.sentences:
            performance = understand(keyword, sentence)
            if performance is not None:
                found.setdefault(performance.declaration.function.__module__, set()).update(ref.clauses)
    return found


def _clauses_rewritten(top: Path, features: Path, revision: str, refs: Sequence[ScenarioRef]) -> set[str]:
    """The clauses of scenarios that are new, gone, or not what they were."""
    below = features.relative_to(top).as_posix()
    with TemporaryDirectory() as folder:
        for name in _git(top, "ls-tree", "-r", "-z", "--name-only", revision, "--", below).split("\0"):
            if name.endswith(".feature"):
                copy = Path(folder) / Path(name).relative_to(below)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(_git(top, "show", f"{revision}:{name}"), encoding="utf-8")
        before = {_said(ref) for ref in read_scenarios(Path(folder))}
    now = {_said(ref) for ref in refs}
    return {clause for _, clauses, _ in before ^ now for clause in clauses}


def _said(ref: ScenarioRef) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return ref.tags, ref.clauses, ref.steps


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(
            f"git {arguments[0]} does not tell what changed: {done.stderr.strip() or 'no such revision'}",
            cause="this is no clone, or one without that revision",
            remedy="name another revision with --changed, or leave --changed out",
        )
    return done.stdout
