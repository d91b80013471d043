"""What counts as having happened since the last When."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from harness.evidence.recorder import Recorder
from harness.stage import Mailbox, Moment


def test_mail_of_an_earlier_scenario_of_the_process_proves_nothing() -> None:
    arrived = [3]
    server: Any = SimpleNamespace(count=lambda: arrived[0])
    outside: Any = SimpleNamespace(mail=server, recipients=SimpleNamespace(arrivals=lambda _key: []))
    mailbox, moment = Mailbox(server, Recorder()), Moment(outside, "key")

    assert not mailbox.any_since(moment.since)

    arrived[0] = 4
    assert mailbox.any_since(moment.since)

    moment.mark()
    assert not mailbox.any_since(moment.since)
