"""The list of seeded violations: enough of them, of different kinds, each a small change."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from reference_impl.bootstrap import Parts
from reference_impl.violations.catalogue import VIOLATIONS
from reference_impl.violations.model import Kind, Violation

ROOT = Path(__file__).parents[2]
CLAUSES = tomllib.loads((ROOT / "gate.toml").read_text())["require"]
SEEDED = [one for one in VIOLATIONS if one.clause]


@cache
def listed() -> list[dict[str, Any]]:
    program = [sys.executable, "-m", "reference_impl.violations", "list"]
    found: list[dict[str, Any]] = json.loads(subprocess.run(program, capture_output=True, check=True).stdout)
    return found


def test_the_program_lists_them_all() -> None:
    assert [one["id"] for one in listed()] == [one.id for one in VIOLATIONS]
    for one in listed():
        assert set(one) == {"id", "clause", "title", "kind", "also", "parts", "module"}
        assert one["id"] in {found.id for found in import_module(one["module"]).VIOLATIONS}
        assert not one["module"].endswith(".catalogue")
        assert one["title"][0].isupper()
        assert one["kind"] in set(Kind)
        for other in one["also"]:
            assert other["clause"] in CLAUSES
            assert other["clause"] != one["clause"]
            assert len(other["reason"].split()) > 3


def test_each_has_a_name_of_its_own_that_begins_with_its_clause() -> None:
    names = [one["id"] for one in listed()]
    assert len(set(names)) == len(names)
    for one in listed():
        assert re.fullmatch(rf"{re.escape(one['clause'] or 'benign')}-[a-z0-9-]+", one["id"])


@pytest.mark.parametrize("clause", CLAUSES)
def test_each_clause_is_broken_in_several_ways(clause: str) -> None:
    kinds = defaultdict(list)
    for one in listed():
        if one["clause"] == clause:
            kinds[one["kind"]].append(one["id"])
    assert len(kinds) >= 3, dict(kinds)


def test_there_are_benign_variants() -> None:
    benign = [one for one in listed() if one["clause"] is None]
    assert len(benign) >= 3
    assert all(one["kind"] == Kind.BENIGN and not one["also"] for one in benign)


def test_every_kind_of_mistake_is_there() -> None:
    assert {one["kind"] for one in listed()} == set(Kind)


@pytest.mark.parametrize("violation", SEEDED, ids=lambda one: one.id)
def test_a_violation_is_one_part_that_is_otherwise(violation: Violation) -> None:
    (name,) = violation.instead
    assert getattr(violation.parts(), name) is not getattr(Parts(), name)


def test_no_two_are_the_same() -> None:
    changes = [tuple(one.instead.values()) for one in VIOLATIONS]
    assert len(set(changes)) == len(changes)
