"""Where an absence in storage and something else are due at once, the bytes are searched first.

In some stores a question at the interface makes again what was deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FEATURES = sorted((Path(__file__).parents[2] / "features").glob("*.feature"))
ABSENCE = re.compile(r"none of .* (?:is|are) stored\b")


def looks(feature: Path) -> Iterator[list[str]]:
    """The sentences of each group of Thens."""
    group: list[str] = []
    for line in feature.read_text(encoding="utf-8").splitlines():
        step = re.fullmatch(r"\s+(Given|When|Then|And) (.*)", line)
        if step and step[1] == "And" and group:
            group.append(step[2])
            continue
        if group:
            yield group
        group = [step[2]] if step and step[1] == "Then" else []
    if group:
        yield group


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.stem)
def test_bytes_are_searched_before_the_interface_is_asked(feature: Path) -> None:
    for group in looks(feature):
        absences = [bool(ABSENCE.match(sentence)) for sentence in group]
        assert absences == sorted(absences, reverse=True), group
