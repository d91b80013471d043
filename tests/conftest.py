"""What all tests share: the same surroundings on every machine."""

from __future__ import annotations

import os
import signal

import pytest

# A shell starts a background job with SIGINT ignored, and all it starts inherits that; tests here interrupt processes.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What is printed depends on the terminal; tests read it, also in the processes that they start.
for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "TTY_COMPATIBLE"):
    os.environ.pop(name, None)
os.environ["COLUMNS"] = "120"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that nobody waits for it at the end."""
    items.sort(key=lambda item: item.path.parent.name != "fuzz")
