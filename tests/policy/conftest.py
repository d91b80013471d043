"""A small policy of our own, with its register."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.policy.load import load_register
from harness.policy.model import Register

REAL = Path(__file__).parents[2] / "features" / "register"
SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A register that a test may break; feature files go beside it."""
    folder = tmp_path / "features" / "register"
    shutil.copytree(SMALL, folder)
    shutil.copy(REAL / "register.schema.json", folder)
    return folder


@pytest.fixture
def small(small_folder: Path) -> Register:
    return load_register(small_folder)


@pytest.fixture
def small_text() -> str:
    return (SMALL / "policy.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def real() -> Register:
    return load_register(REAL)


@pytest.fixture
def write_feature(small_folder: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "small.feature") -> Path:
        file = small_folder.parent / name
        file.write_text(text, encoding="utf-8")
        return file

    return write
