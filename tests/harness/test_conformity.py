"""An answer outside the contract is named by operation and member."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.evidence.recorder import Recorder
from harness.target.conformity import breaches
from harness.target.http import Exchange

RECEIPT = {
    "receipt_id": "r",
    "status": "scheduled",
    "deleted_at": "2026-03-16T10:17:23Z",
    "purge_due_at": "2026-09-16T10:17:23+02:00",
}


@pytest.mark.parametrize("more", [{}, {"purged_at": None}, {"held_until": "2027-01-01T00:00:00Z"}, {"unknown": [None]}])
def test_what_the_contract_allows(more: dict[str, Any]) -> None:
    assert not [*breaches("deleteShesAccount", 200, json.dumps({**RECEIPT, **more}).encode())]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("receipt_id", None),
        ("status", "gone"),
        ("deleted_at", None),
        ("deleted_at", "yesterday"),
        ("purge_due_at", "2026-09-16T10:17:23"),
        ("purge_due_at", 1789000000),
        ("purged_at", "2026-02-30T00:00:00Z"),
    ],
)
def test_what_it_does_not_allow_is_named_by_its_member(member: str, value: object) -> None:
    (found,) = breaches("deleteShesAccount", 200, json.dumps({**RECEIPT, member: value}).encode())

    assert found.startswith(f"`{member}`: ")


def test_what_it_says_nothing_of_is_not_looked_at() -> None:
    assert not [*breaches("deleteShesAccount", 418, b"{}"), *breaches("GET http://x/", 200, b"{}")]
    assert [*breaches("deleteShesAccount", 200, b"<html>")] == ["the body is not JSON"]
    assert [*breaches("deleteShesAccount", 404, b"{}")], "problem details"


def test_the_newest_answer_that_does_not_match_is_named() -> None:
    recorder = Recorder()
    for body in ({**RECEIPT, "status": None}, {**RECEIPT, "receipt_id": 7}, RECEIPT):
        answered = ({"Content-Type": "application/json"}, json.dumps(body).encode())
        recorder.exchange(Exchange("POST", "/", {}, "", 200, *answered, 0.0, operation="deleteShesAccount"))

    assert recorder.breaches().startswith("deleteShesAccount answered 200 with `receipt_id`: 7 is not")
    assert "`status`" in recorder.breaches(["e1"])
    assert recorder.breaches(["e3", "e9"]) == ""
