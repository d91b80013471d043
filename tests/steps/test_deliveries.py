"""Which members of a delivery nobody asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from harness.world.recipients import Arrival
from steps.deliveries import completed, undeclared_members

SHARE: dict[str, Any] = {
    "delivery_id": "d",
    "sent_at": "2026-03-16T10:17:23Z",
    "recipient": "sony-europe-bv",
    "purpose": "personalisation",
    "kind": "share",
    "subject": {"subject_id": "s", "email": "femke@example.org"},
    "product_usage": [{"category": "viewing", "detail": "films"}],
    "basis": {"kind": "consent", "text_version": "2024-02"},
}


def arrival(body: dict[str, Any], purpose: str = "personalisation") -> Arrival:
    at = datetime(2026, 3, 16, tzinfo=UTC)
    return Arrival(1, at, "world", "sony-europe-bv", purpose, "POST", "/", {}, json.dumps(body).encode(), 202, True)


def test_what_the_contract_names_is_no_more_than_was_asked_for() -> None:
    assert not undeclared_members(arrival(SHARE))
    assert not undeclared_members(arrival({**SHARE, "unsubscribe_url": None, "segment": ""}))


@pytest.mark.parametrize(
    "more",
    [
        {"segment": "regular"},
        {"subject": {"subject_id": "s", "tags": ["viewing"]}},
        {"product_usage": [{"category": "viewing", "detail": "films", "times": 3}]},
    ],
)
def test_a_member_is_found_however_deep(more: dict[str, Any]) -> None:
    assert undeclared_members(arrival({**SHARE, **more}))


def test_a_profile_goes_with_profiling_alone() -> None:
    assert undeclared_members(arrival({**SHARE, "interests": ["viewing"]}))
    assert not undeclared_members(arrival({**SHARE, "interests": ["viewing"]}, "profiling"))


def test_a_withdraw_bears_the_subject_id_alone() -> None:
    bare = {name: SHARE[name] for name in ("delivery_id", "sent_at", "recipient", "purpose")} | {"kind": "withdraw"}
    assert not undeclared_members(arrival({**bare, "subject": {"subject_id": "s"}}))
    assert undeclared_members(arrival({**bare, "subject": SHARE["subject"]}))
    assert undeclared_members(arrival({**bare, "subject": {"subject_id": "s"}, "product_usage": [{"category": "x"}]}))


def test_a_lost_answer_counts_with_the_attempt_that_repeats_it() -> None:
    once = arrival({**SHARE, "kind": "withdraw"})
    lost = replace(once, status=None)
    other = arrival({**SHARE, "kind": "withdraw", "delivery_id": "e"})
    assert [completed(one) for one in ([], [once], [lost], [lost, lost], [lost, once])] == [0, 1, 1, 1, 1]
    assert [completed(one) for one in ([once, once], [lost, once, once], [lost, other], [once, other])] == [2, 2, 2, 2]
