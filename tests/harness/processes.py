"""What a process has started, and whether it is gone."""

from __future__ import annotations

import time
from pathlib import Path


def children(process: int) -> set[int]:
    """Everything a process has started, down to the last."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found |= {int(stat.parent.name)} | children(int(stat.parent.name))
    return found


def gone(processes: set[int]) -> bool:
    """Whether they end within a moment."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(Path(f"/proc/{one}").exists() for one in processes):
            return True
        time.sleep(0.05)
    return False
