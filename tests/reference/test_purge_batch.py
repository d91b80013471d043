"""Many purges at once: what they cost, and one that fails among them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.purge import NOW, left_in, load
from reference_impl.bootstrap import Parts, World, build
from reference_impl.bootstrap.parts import Shared, WorldClock
from reference_impl.service.ports import Wiring

ACCOUNTS, DUE = 60, 20


@pytest.fixture(scope="module")
def shared() -> Shared:
    return Shared.of(Parts())


@pytest.fixture
def tags(tmp_path: Path) -> list[str]:
    """What is unique about each person who is to be purged."""
    return load(tmp_path / "shes.db", ACCOUNTS, DUE)


@pytest.fixture
def open_world(tmp_path: Path, shared: Shared, tags: list[str]) -> Iterator[Callable[[], World]]:
    opened = []

    def open_one() -> World:
        world = build(
            shared,
            world_id="",
            folder=tmp_path,
            database=tmp_path / "shes.db",
            logs=tmp_path / "logs",
            clock=WorldClock(NOW),
            base_url="http://shes.test",
            wiring=Wiring(),
            durable=False,
            secret=b"secret",
        )
        opened.append(world)
        return world

    yield open_one
    for world in opened:
        world.close()


def people_in(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM sony_accounts").fetchone()
    connection.close()
    return int(count)


def test_all_who_are_due_go_and_nobody_else(open_world: Callable[[], World], tmp_path: Path, tags: list[str]) -> None:
    assert left_in(tmp_path / "shes.db", tags)
    world = open_world()
    assert world.service.scheduler.settle(60).settled
    world.close()
    assert left_in(tmp_path / "shes.db", tags) == 0
    assert people_in(tmp_path / "shes.db") == ACCOUNTS - DUE


def test_no_statement_of_a_purge_reads_a_whole_table(open_world: Callable[[], World]) -> None:
    world = open_world()
    statements: set[str] = set()
    with world.service.context.store.tables() as tables:  # type: ignore[attr-defined]
        connection = tables.connection.driver_connection
    connection.set_trace_callback(statements.add)
    assert world.service.scheduler.settle(60).settled
    connection.set_trace_callback(None)
    queries = [text for text in statements if re.match("SELECT|UPDATE|DELETE", text)]
    assert any(text.startswith("DELETE FROM sony_accounts") for text in queries)
    plans = {text: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")] for text in queries}
    whole = {text[:200] for text, plan in plans.items() if any(map(_reads_a_whole_table, plan))}
    assert whole == set()


def test_a_purge_that_fails_keeps_no_other_and_is_tried_again(
    open_world: Callable[[], World], tmp_path: Path, tags: list[str]
) -> None:
    bad = tags[7]
    with sqlite3.connect(tmp_path / "shes.db") as connection:
        # Not an instant, so the row cannot be read.
        connection.execute("UPDATE shes_accounts SET created_at = 'yesterday' WHERE account_id = ?", (f"acc_{bad}",))
    connection.close()
    world = open_world()
    rest = world.service.scheduler.settle(2)
    assert not rest.settled
    assert rest.pending == ["a purge that failed and is tried again: ValueError"]
    world.close()
    assert left_in(tmp_path / "shes.db", [bad])
    assert left_in(tmp_path / "shes.db", [tag for tag in tags if tag != bad]) == 0
    assert bad not in "".join(file.read_text() for file in (tmp_path / "logs").iterdir())

    with sqlite3.connect(tmp_path / "shes.db") as connection:
        connection.execute("UPDATE shes_accounts SET created_at = closed_at WHERE account_id = ?", (f"acc_{bad}",))
    connection.close()
    world = open_world()
    assert world.service.scheduler.settle(60).settled
    world.close()
    assert left_in(tmp_path / "shes.db", tags) == 0


def test_the_log_of_a_request_that_ends_after_the_purge_says_nothing(
    open_world: Callable[[], World], tags: list[str]
) -> None:
    world = open_world()
    account_id = f"acc_{tags[0]}"
    world.log.record("request", account_id=account_id)
    world.log.record("request", account_id="acc_somebody-else")
    borne = {account_id: (NOW - timedelta(days=1), NOW)}
    world.log.scrub(borne)
    world.log.record("request", account_id=account_id)
    (file,) = world.log.files()
    assert account_id not in file.read_text()
    assert "acc_somebody-else" in file.read_text()


def _reads_a_whole_table(step: str) -> bool:
    # The list of the people's ids is a virtual table, and is read as a whole.
    return step.startswith("SCAN") and "VIRTUAL TABLE" not in step
