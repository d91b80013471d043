"""Which deliveries are about somebody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from harness.evidence.recorder import Recorder
from harness.people.canaries import Canaries
from harness.stage import Recipients
from harness.world.recipients import Arrival


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
    outside: Any = SimpleNamespace(recipients=server)
    description: Any = None
    recipients = Recipients(outside, "key", description, Recorder())

    assert recipients.arrivals(about=femke) == [named]
    assert recipients.arrivals(about=femke) == [named]

    femke.canaries.assigned("account_id", "acc-4711-of-femke")

    assert recipients.arrivals(about=femke) == [named, unnamed]
    assert femke.canaries.values("subject id") == ("of-this-company-1", "of-this-company-2")
