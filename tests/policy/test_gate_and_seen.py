"""The project's own gate and ``seen.yaml`` fit each other."""

from __future__ import annotations

import tomllib
from pathlib import Path

from harness.policy.load import load_register
from harness.verdict.gate_file import read_gate

ROOT = Path(__file__).parents[2]


def test_a_check_was_seen_to_fail_in_each_channel_that_the_gate_requires() -> None:
    register = load_register(ROOT / "features" / "register")
    path = ROOT / "gate.toml"
    day = min(waiver["until"] for waiver in tomllib.loads(path.read_text(encoding="utf-8"))["unseen"])
    gate = read_gate(path, register, day)

    blind = {
        clause_id: blind
        for clause_id in gate.required
        if (
            blind := set(register.clause(clause_id).channels)
            - register.clause(clause_id).seen.keys()
            - gate.excused(clause_id, day)
        )
    }

    assert not blind, "shes-audit selfcheck --record"
