"""What a person does with the signal covers the contract; what a target does not offer is not assessed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.contract import operations
from harness.errors import NotApplicable
from harness.stage import Stage
from steps.consent import demand_offered
from steps.optout import everything


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
        demand_offered(stage("email-marketing"), purpose)

    demand_offered(stage(purpose), purpose)
    demand_offered(stage(), "email-marketing")
