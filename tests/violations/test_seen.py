"""A sample of violating services under the real features: seen by the clause, and no false alarm.

`make selfcheck` does this for all of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.evidence.model import Outcome
from harness.evidence.raw import FILE_NAME, read_raw
from harness.target.process import started
from reference_impl.violations.program import argv

ROOT = Path(__file__).parents[2]


def audited(name: str, clause: str, out: Path) -> set[Outcome]:
    with started([*argv(), "serve", name], out / "target.log") as url:
        program = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
        options = [f"--shes-target={url}", f"--shes-clause={clause}", f"--shes-out={out}"]
        subprocess.run([*program, *options], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return {one.outcome for one in read_raw(out / FILE_NAME).scenarios}


@pytest.mark.parametrize(
    ("name", "clause"), [("4.3-secure-delete-off", "4.3"), ("7.2-leap-day", "7.2")], ids=lambda value: value
)
def test_a_violation_is_seen(name: str, clause: str, tmp_path: Path) -> None:
    assert Outcome.VIOLATED in audited(name, clause, tmp_path)


def test_mail_by_webhook_alone_is_no_violation(tmp_path: Path) -> None:
    assert audited("benign-mail-by-webhook", "8.NV.1", tmp_path) == {Outcome.PASSED}
    for one in read_raw(tmp_path / FILE_NAME).scenarios:
        assert any("/inbound-mail -> 204" in piece.title for piece in one.evidence), one.scenario.name


def test_a_benign_variant_is_no_violation(tmp_path: Path) -> None:
    assert audited("benign-log-without-accounts", "4.3", tmp_path) == {Outcome.PASSED}
