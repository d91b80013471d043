"""What a person does with the signal covers the contract; what a target does not offer is not assessed."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.contract import Capability, operations
from harness.errors import NotApplicable
from harness.stage import Stage
from steps.consent import demand_offered
from steps.optout import everything, is_opted_out


def stage(*purposes: str) -> Stage:
    recipients = [SimpleNamespace(purposes=frozenset(purposes))]
    return cast("Any", SimpleNamespace(service=SimpleNamespace(description=SimpleNamespace(recipients=recipients))))


def test_there_is_a_deed_for_each_operation_that_takes_the_access_token() -> None:
    found = everything()

    assert len(found) > 10
    assert found.keys() <= operations().keys()
    assert not found.keys() & {"deleteShesAccount", "setPersonalInformation"}


@pytest.mark.parametrize("purpose", ["personalisation", "profiling"])
def test_what_nobody_is_declared_for_is_not_applicable(purpose: str) -> None:
    with pytest.raises(NotApplicable):
        demand_offered(stage("email-marketing").service, purpose)

    demand_offered(stage(purpose).service, purpose)
    demand_offered(stage().service, "email-marketing")


@pytest.mark.parametrize(
    ("shown", "out", "by_signal", "not_out"),
    [
        ({"opted_out": False, "source": "none"}, False, False, True),
        ({"opted_out": True, "source": "signal"}, True, True, False),
        ({"opted_out": True, "source": "request"}, True, False, False),
        ({"opted_out": True, "source": "none"}, False, False, False),
        ({"opted_out": True, "source": "signal", "since": "2026-03-17T00:00:00Z"}, False, False, False),  # later
        ({}, False, False, False),
    ],
)
def test_who_is_opted_out_is_what_the_account_shows(
    shown: dict[str, Any], out: bool, by_signal: bool, not_out: bool
) -> None:
    choices = SimpleNamespace(status=200, ok=True, exchange="exchange", field=lambda _choice: shown)
    person: Any = SimpleNamespace(label="Cal", choices=SimpleNamespace(read=lambda: choices))
    service: Any = SimpleNamespace(description=SimpleNamespace(capabilities={Capability.CLOCK}))
    clock: Any = SimpleNamespace(now=datetime(2026, 3, 16, tzinfo=UTC))

    def holds(origin: str | None = None, *, denied: bool = False) -> bool:
        return is_opted_out(service, clock, person, "sale_and_sharing", origin, denied=denied).holds

    assert (holds(), holds("signal"), not holds(denied=True)) == (out, by_signal, not_out)
