"""What the sights on staff and enquiries see, where no service of the reference breaks just that promise."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from harness.people.person import PeopleFactory
from steps.enquiries import is_shared
from steps.staff import can_view_without


class Ledger:
    """A back office that grants or refuses a view, and a ledger that records it or not."""

    def __init__(self, *, grants: bool, records: bool) -> None:
        self.entries = [{"account_id": "account"}, {"account_id": "another"}]
        self.stated: dict[str, str] = {}
        self._grants, self._records = grants, records

    def access_as_staff(self, account_id: str, **stated: str) -> SimpleNamespace:
        self.stated = stated
        self.entries += [{"account_id": account_id}] * self._records
        return SimpleNamespace(ok=self._grants, status=200 if self._grants else 400, exchange="view")

    def records(self, _name: str) -> tuple[SimpleNamespace, list[dict[str, str]]]:
        return SimpleNamespace(exchange="ledger"), list(self.entries)


@pytest.mark.parametrize("records", [True, False])
@pytest.mark.parametrize("grants", [True, False])
def test_a_view_without_a_purpose_is_refused_and_not_in_the_ledger(grants: bool, records: bool) -> None:
    ledger = Ledger(grants=grants, records=records)
    service: Any = SimpleNamespace(world=ledger)
    canaries = SimpleNamespace(values=lambda _kind: ["account"])
    femke: Any = SimpleNamespace(canaries=canaries, account=SimpleNamespace(receipt={"id": "closed"}))

    assert can_view_without(service, femke, "purpose").holds is (grants or records)
    assert set(ledger.stated) == {"place", "role"}


@pytest.mark.parametrize("reveals", [True, False])
def test_a_delivery_must_not_reveal_an_enquiry(reveals: bool) -> None:
    femke: Any = PeopleFactory("enquiries").person("Femke", "the Netherlands")
    text = femke.free_text("enquiry")
    deliveries = [SimpleNamespace(body=f"{{'text': {text if reveals else femke.email!r}}}".encode())]
    recipients: Any = SimpleNamespace(arrivals=lambda **_which: deliveries, keep=lambda _arrivals: [])

    seen = is_shared(recipients, femke)
    assert (seen.holds, seen.control) == (reveals, True)
