"""The code that a check depends on: where it lies, and whether it is the same as before."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from harness.suite.features import features_folder
from harness.suite.lock import FILE_NAME as LOCK_NAME

_UNUSED = frozenset({"register", LOCK_NAME})
"""What lies beside the features and does not change how scenarios run."""
_GROUPS = frozenset({"pytest11", "shes_audit.targets"})


def rooms() -> dict[str, Path]:
    """The packages that judge and that are judged, by name: all that hand in plugins or bundled targets."""
    names = {
        entry.module.partition(".")[0] for entry in distribution("shes-audit").entry_points if entry.group in _GROUPS
    }
    specs = {name: find_spec(name) for name in sorted(names)}
    return {name: Path(next(iter(spec.submodule_search_locations or ()))) for name, spec in specs.items() if spec}


def digest() -> str:
    """A digest of every file of these packages and of the features that can change how scenarios run."""
    found = sha256(sys.version.encode())
    folder = features_folder()
    for root in (*rooms().values(), folder):
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            if "__pycache__" in parts or (root == folder and parts[0] in _UNUSED) or not path.is_file():
                continue
            found.update(f"{'/'.join(parts)}\0".encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()
