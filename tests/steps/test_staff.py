"""What the sights on staff and enquiries see, where no service of the reference breaks just that promise."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from harness.people.person import PeopleFactory
from steps.enquiries import is_shared
from steps.staff import Refused, View, Views, view_is_refused

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize("granted", [True, False])
def test_a_view_without_a_purpose_is_refused(granted: bool) -> None:
    answer = SimpleNamespace(exchange="exchange")
    service: Any = SimpleNamespace(world=SimpleNamespace(records=lambda _name: (answer, [])))
    views = Views([View("account", "JP", "support agent", "", NOON)] if granted else [])

    assert view_is_refused(service, views, Refused()).holds is not granted


def test_a_view_that_was_refused_is_not_in_the_ledger() -> None:
    answer, entries = SimpleNamespace(exchange="exchange"), [{"account_id": "another"}]
    service: Any = SimpleNamespace(world=SimpleNamespace(records=lambda _name: (answer, entries)))

    assert view_is_refused(service, Views(), Refused({"account"})).holds
    entries.append({"account_id": "account"})
    assert not view_is_refused(service, Views(), Refused({"account"})).holds


@pytest.mark.parametrize("reveals", [True, False])
def test_a_delivery_must_not_reveal_an_enquiry(reveals: bool) -> None:
    femke: Any = PeopleFactory("enquiries").person("Femke", "the Netherlands")
    text = femke.free_text("enquiry")
    deliveries = [SimpleNamespace(body=f"{{'text': {text if reveals else femke.email!r}}}".encode())]
    recipients: Any = SimpleNamespace(arrivals=lambda **_which: deliveries, keep=lambda _arrivals: [])

    seen = is_shared(recipients, femke)
    assert (seen.holds, seen.control) == (reveals, True)
