"""When a right that fails is denied, and when a failure shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from harness.contract import Capability
from harness.errors import RightDenied, TargetError
from harness.evidence.recorder import Recorder
from harness.stage import Service
from harness.stage.insistence import Insistence
from harness.target.http import Answer

CAPABLE = frozenset(Capability)


def answer(status: int, operation: str = "deleteShesAccount") -> Answer:
    return Answer(operation, status, {}, b"{}")


class World:
    """A service of which only the time and one other operation matter."""

    def __init__(self, *, others: int = 200, capabilities: frozenset[Capability] = CAPABLE) -> None:
        self.now = self.began = datetime(2026, 3, 16, tzinfo=UTC)
        self.others = others
        self.description: Any = type("Description", (), {"capabilities": capabilities})

    def wait(self, span: timedelta) -> None:
        self.now += span

    def call(self, operation_id: str, **_: Any) -> Answer:
        return answer(self.others, operation_id)


def use(world: World, results: list[int], *, sign_in: int | None = None) -> Answer:
    """Use a right whose attempts end in these statuses, one after the other; the last one for ever."""
    ends: Iterator[int] = iter(results)
    last = results[-1]

    def attempt() -> Answer:
        status = next(ends, last)
        if status >= 500:
            raise TargetError(f"deleteShesAccount: the target failed with status {status}.")
        return answer(status)

    renew = None if sign_in is None else lambda: answer(sign_in, "signIn")
    return Insistence(cast("Service", world), Recorder()).upon("deleteShesAccount", "Femke", attempt, renew=renew)


def test_what_works_at_once_is_not_repeated() -> None:
    world = World()

    assert use(world, [200, 500]).status == 200
    assert use(world, [409, 500]).status == 409
    assert world.now == world.began


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_right_that_fails_for_good_is_denied(status: int) -> None:
    world = World()

    with pytest.raises(RightDenied, match=rf"5 attempts over 8 days failed.*{status}") as denied:
        use(world, [status], sign_in=201)

    assert denied.value.clauses == {"4.1", "4.5"}
    assert world.now - world.began > timedelta(days=8)


def test_without_a_clock_the_attempts_follow_each_other() -> None:
    with pytest.raises(RightDenied, match="5 attempts failed"):
        use(World(capabilities=frozenset()), [500])


@pytest.mark.parametrize("fine_later", [1, 4])
def test_a_failure_that_passes_shows_nothing(fine_later: int) -> None:
    with pytest.raises(TargetError, match="failed with status 500"):
        use(World(), [500] * fine_later + [200])


def test_a_person_who_is_told_to_try_later_does() -> None:
    assert use(World(), [429, 200]).status == 200


def test_where_nothing_else_works_it_shows_nothing() -> None:
    with pytest.raises(TargetError):
        use(World(others=404), [500])
    with pytest.raises(TargetError):
        use(World(), [500], sign_in=401)
