"""Raw reports of this build and of older ones, for comparison only: those of version 1 are read without any check."""

from __future__ import annotations

import json
from pathlib import Path

from harness.evidence.model import Digests, RunFinished, RunStarted, ScenarioFinished, TargetFound
from harness.evidence.raw import RawReport, read_raw

_OF_TARGET = ("service", "contract", "capabilities", "declared")


def read(path: Path) -> RawReport:
    """Read a raw report.

    Args:
        path: The file; that of a run that ended.
    """
    first, *lines = (json.loads(line) for line in path.read_bytes().split(b"\n")[:-1])
    if first["version"] != 1:
        return read_raw(path)
    target = TargetFound.model_validate({name: first.pop(name) for name in _OF_TARGET})
    for key in (*first["parsed"], *(line["scenario"] for line in lines[:-1])):
        key["digest"] = ""
    run = RunStarted.model_validate(first | {"version": 2, "suite": Digests(features="", policy="", steps="")})
    scenarios = tuple(ScenarioFinished.model_validate(line) for line in lines[:-1])
    return RawReport(run, scenarios, RunFinished.model_validate(lines[-1]), target=target)
