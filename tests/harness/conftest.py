"""What the tests of the harness share: a miniature of a target, and a features room of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.miniature import Miniature, running
from tests.harness.room import Room


@pytest.fixture
def miniature() -> Iterator[Miniature]:
    with running(Miniature()) as one:
        yield one


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)
