"""A sample of violating services under the real features: seen by the clause, and no false alarm.

`make selfcheck` does this for all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.evidence.model import Outcome
from harness.evidence.raw import FILE_NAME, read_raw
from harness.target.process import Started
from reference_impl.violations.program import argv

ROOT = Path(__file__).parents[2]


HIDES_ITS_OUTBOX = """
from reference_impl.store.places import Places
from reference_impl.violations.program import main

Places._outbox = lambda self: b"[]"
main(["serve", "benign-keeps-nothing-sent"])
"""


PURGES_AT_ONCE = """
from reference_impl.domain.calendar import RetentionRule
from reference_impl.violations.program import main

RetentionRule.purge_due_at = lambda self, deleted_at: deleted_at
main(["serve", "benign-gone"])
"""
SAYS_THAT_IT_PURGED = """
from reference_impl.service.deletion import Deletions
from reference_impl.service.ports import NotThere
from reference_impl.violations.program import main

def gone(self, receipt_id):
    raise NotThere("Gone")

Deletions.receipt = gone
main(["serve", "4.5-no-rights"])
"""
A_COPY = "--shes-scenario=04-retention.feature::A copy of the data is provided after deletion"
SEVERAL_PURGED = "--shes-scenario=04-retention.feature::Purging two accounts leaves other accounts unchanged"


def audited(name: str, clause: str, out: Path) -> set[Outcome]:
    return seen([*argv(), "serve", name], out, f"--shes-clause={clause}")


def seen(target: list[str], out: Path, option: str) -> set[Outcome]:
    with Started(target, out / "target.log") as server:
        program = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
        options = [f"--shes-target={server.url}", option, f"--shes-out={out}"]
        subprocess.run([*program, *options], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return {one.outcome for one in read_raw(out / FILE_NAME).scenarios}


@pytest.mark.parametrize(
    ("name", "clause"), [("4.3-secure-delete-off", "4.3"), ("7.2-leap-day", "7.2")], ids=lambda value: value
)
def test_a_violation_is_seen(name: str, clause: str, tmp_path: Path) -> None:
    assert Outcome.VIOLATED in audited(name, clause, tmp_path)


def test_one_server_shows_them_as_they_are_alone(tmp_path: Path) -> None:
    # Of these parts one stands before the service, one is its mail server, one counts what it did before.
    names = ["8.CA.18-publishes-no", "8.NV.1-odd-subjects-refused", "5.2-logged-once"]
    command = [sys.executable, "-m", "harness.cli", "selfcheck", "-n", "1", "--out", str(tmp_path)]
    result = subprocess.run(
        [*command, *(f"--fault={name}" for name in names)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    found = json.loads((tmp_path / "selfcheck.json").read_text())["faults"]
    assert {one["id"] for one in found if one["killed"]} == set(names)


def test_mail_by_webhook_alone_is_no_violation(tmp_path: Path) -> None:
    assert audited("benign-mail-by-webhook", "8.NV.1", tmp_path) == {Outcome.PASSED}
    for one in read_raw(tmp_path / FILE_NAME).scenarios:
        assert any("/inbound-mail -> 204" in piece.title for piece in one.evidence), one.scenario.name


def test_a_benign_variant_is_no_violation(tmp_path: Path) -> None:
    assert audited("benign-log-without-accounts", "4.3", tmp_path) == {Outcome.PASSED}


def test_an_outbox_that_keeps_nothing_sent_is_no_violation(tmp_path: Path) -> None:
    assert seen([*argv(), "serve", "benign-keeps-nothing-sent"], tmp_path, SEVERAL_PURGED) == {Outcome.PASSED}


def test_an_outbox_that_shows_nothing_at_all_proves_nothing(tmp_path: Path) -> None:
    assert seen([sys.executable, "-c", HIDES_ITS_OUTBOX], tmp_path, SEVERAL_PURGED) == {Outcome.INCONCLUSIVE}
    (one,) = read_raw(tmp_path / FILE_NAME).scenarios
    assert "outbox" in one.reason


def test_who_purged_at_once_has_nothing_to_give_a_copy_of(tmp_path: Path) -> None:
    assert seen([sys.executable, "-c", PURGES_AT_ONCE], tmp_path, A_COPY) == {Outcome.NOT_APPLICABLE}


def test_who_only_says_so_is_found_out_by_what_is_stored(tmp_path: Path) -> None:
    assert seen([sys.executable, "-c", SAYS_THAT_IT_PURGED], tmp_path, A_COPY) == {Outcome.VIOLATED}


def test_a_copy_may_take_a_while(tmp_path: Path) -> None:
    assert seen([*argv(), "serve", "benign-answers-later"], tmp_path, A_COPY) == {Outcome.PASSED}
