"""Which deliveries are about somebody."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import requests

from harness.evidence.recorder import Recorder
from harness.people.canaries import Canaries
from harness.stage import Recipients
from harness.world.behaviours import ANSWER_LOST, NO_CONNECTION, OUTAGES
from harness.world.recipients import Arrival, RecipientServer


def recipients(seed: str = "", server: Any = None) -> Recipients:
    description: Any = None
    outside: Any = SimpleNamespace(recipients=server)
    return Recipients(outside, "key", description, Recorder(), seed)


def arrival(number: int, subject: dict[str, str]) -> Arrival:
    at = datetime(2026, 3, 16, tzinfo=UTC)
    body = json.dumps({"kind": "share", "subject": subject}).encode()
    return Arrival(number, at, "key", "sony-europe-bv", "profiling", "POST", "/", {}, body, 202, True)


def test_a_delivery_is_searched_again_for_what_has_been_learned_since() -> None:
    femke: Any = SimpleNamespace(label="Femke", email="femke@example.org", canaries=Canaries("Femke"))
    femke.canaries.made_up("email", femke.email)
    named, unnamed, other = (
        arrival(1, {"subject_id": "of-this-company-1", "email": "femke@example.org"}),
        arrival(2, {"subject_id": "of-this-company-2", "account": "acc-4711-of-femke"}),
        arrival(3, {"subject_id": "of-this-company-3"}),
    )
    server: Any = SimpleNamespace(arrivals=lambda _key: [named, unnamed, other])
    known = recipients(server=server)

    assert known.arrivals(about=femke) == [named]
    assert known.arrivals(about=femke) == [named]

    femke.canaries.assigned("account_id", "acc-4711-of-femke")

    assert known.arrivals(about=femke) == [named, unnamed]
    assert femke.canaries.values("subject id") == ("of-this-company-1", "of-this-company-2")


def test_a_recipient_is_unreachable_in_the_same_way_each_time_and_in_every_way_over_all_scenarios() -> None:
    first = {recipients(f"1/scenario {number}").outage[0] for number in range(100)}
    assert first == set(OUTAGES)
    for number in range(100):
        outage = list(recipients(f"1/scenario {number}").outage)
        assert outage == list(recipients(f"1/scenario {number}").outage)
        # What shows in the endpoint lasts as long as the outage.
        assert len(outage) == 1 if outage[0].host else set(outage) == {one for one in OUTAGES if not one.host}


def test_what_stopped_a_delivery_is_named() -> None:
    with RecipientServer() as server:
        known = recipients(server=server)
        assert known.obstacles(["vendor"]) == ""
        url = server.endpoint("key", "vendor", "advertising")
        known.take_down("vendor", [next(one for one in OUTAGES if one.status == 429)])
        requests.post(url, json={"kind": "withdraw"}, timeout=10)
        known.take_down("vendor", [NO_CONNECTION])
        assert known.obstacles(["company", "vendor"]) == (
            " The last failed attempt at vendor: a withdraw, refused with 429. For a time vendor refuses connections."
        )
        known.take_down("vendor", [ANSWER_LOST])
        with suppress(requests.ConnectionError):
            requests.post(url, json={"kind": "withdraw"}, timeout=10)
        assert "a withdraw, accepted, answer lost." in known.obstacles(["vendor"])
        kept = known.keep(known.arrivals(accepted=False))
        assert len(kept) == 2
