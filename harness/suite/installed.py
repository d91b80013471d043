"""The suite as it is installed: what a report must have been made with to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from harness.evidence.model import Digests, ScenarioKey
from harness.policy.load import find_register, load_register
from harness.policy.model import Register
from harness.suite.lock import FILE_NAME, Lock, read_lock

_VOCABULARY = "shes_audit.vocabulary"
_CODE = frozenset({".feature", ".py", ".ini", ".toml", ".cfg"})
_DATA = frozenset({".yaml", ".json"})


@dataclass(frozen=True, slots=True)
class Suite:
    """The installed suite.

    Attributes:
        register: The policy register.
        keys: Every scenario, in the order of the features.
        digests: What register, features and steps are, in short.
        lock: What a review has accepted; nothing if there is no lock.
    """

    register: Register
    keys: tuple[ScenarioKey, ...]
    digests: Digests
    lock: Lock | None


def load_suite(register: Register | None = None, keys: Iterable[ScenarioKey] | None = None) -> Suite:
    """The suite that is installed.

    Args:
        register: The policy register; located and read if not given.
        keys: Every scenario; read from the feature files if not given.

    Raises:
        UsageError: The register, a feature file or the lock cannot be read.
    """
    # Imported here: it takes longer than all the rest of a command that reads a report which is no good.
    from harness.suite.features import read_features

    register = register or load_register(find_register())
    folder = register.path.parent
    return Suite(
        register=register,
        keys=tuple(read_features(folder).keys if keys is None else keys),
        digests=digests_of(register.path),
        lock=read_lock(folder / FILE_NAME),
    )


def digests_of(register: Path) -> Digests:
    """What lies in the folder of a register and beside it, and the modules that declare sentences, in short."""
    features = register.parent
    beside = (path for path in _files(features, _CODE) if register not in path.parents)
    return Digests(
        features=_digest((features, path) for path in beside),
        policy=_digest((register, path) for path in _files(register, _DATA)),
        steps=_digest((room, path) for room in vocabulary() for path in _files(room, {".py"})),
    )


def _files(folder: Path, endings: Iterable[str]) -> Iterator[Path]:
    wanted = frozenset(endings)
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix in wanted and path.is_file())


def vocabulary() -> Iterator[Path]:
    """The folders of the packages that declare sentences."""
    for name in sorted({entry.module.partition(".")[0] for entry in entry_points(group=_VOCABULARY)}):
        package = find_spec(name)
        yield from map(Path, (package.submodule_search_locations or ()) if package else ())


def _digest(files: Iterable[tuple[Path, Path]]) -> str:
    found = sha256()
    for folder, path in files:
        found.update(f"{path.relative_to(folder).as_posix()}\0".encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()
