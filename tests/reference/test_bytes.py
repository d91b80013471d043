"""What a database file keeps of deleted rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reference_impl.domain.entities import Person
from reference_impl.store.database import Database
from reference_impl.store.migrate import migrate

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def person(dice: random.Random, number: int) -> Person:
    name = f"person-{number}-{dice.randbytes(8).hex()}{'x' * dice.randrange(80)}@example.org"
    return Person(
        person_id=f"prs_{dice.randbytes(16).hex()}",
        email=name,
        email_key=name,
        password_hash="no password",
        date_of_birth=date(1990, 5, 17),
        country="NL",
        language="nl",
        created_at=NOW,
    )


def left_behind(database: Database) -> set[str]:
    """Let many people come and some of them go; what the bytes still say of those who went."""
    dice = random.Random(5)
    here, gone = [], []
    for number in range(250):
        with database.transaction() as tx:
            tx.add(someone := person(dice, number))
            here.append(someone)
        if number % 2:
            leaving = here.pop(dice.randrange(len(here)))
            with database.transaction() as tx:
                tx.remove_all(Person, person_id=leaving.person_id)
                tx.leave_nothing()
            gone.append(leaving)
    assert database.remains_due
    assert database.erase_remains()
    assert not database.remains_due
    assert database.journal.stat().st_size == 0
    content = database.path.read_bytes()
    assert all(person.email.encode() in content for person in here)
    return {value for person in gone for value in (person.person_id, person.email) if value.encode() in content}


@pytest.fixture
def open_database(tmp_path: Path) -> Callable[..., Database]:
    def opened(*, secure_delete: bool) -> Database:
        path = tmp_path / f"{secure_delete}.db"
        migrate(path)
        return Database(path, secure_delete=secure_delete, durable=False)

    return opened


def test_nothing_is_left_when_it_matters(open_database: Callable[..., Database]) -> None:
    database = open_database(secure_delete=True)
    assert left_behind(database) == set()
    database.close()


def test_something_is_left_otherwise(open_database: Callable[..., Database]) -> None:
    database = open_database(secure_delete=False)
    assert left_behind(database)
    database.close()


def test_copies_in_free_space_go_too(open_database: Callable[..., Database]) -> None:
    # Overwriting what is deleted does not reach the copies that SQLite leaves where it moves rows between pages. They
    # are rare, so here the free space is filled by deleting without overwriting.
    database = open_database(secure_delete=False)
    left = left_behind(database)
    database.close()
    database = Database(database.path)
    assert database.erase_remains()
    content = database.path.read_bytes()
    assert left
    assert not [value for value in left if value.encode() in content]
    database.close()


def test_a_journal_left_by_a_dead_process_is_erased_at_the_start(
    open_database: Callable[..., Database], tmp_path: Path
) -> None:
    database = open_database(secure_delete=True)
    someone = person(random.Random(1), 1)
    with database.transaction() as tx:
        tx.add(someone)
    with database.transaction() as tx:
        tx.remove_all(Person, person_id=someone.person_id)
    copy = tmp_path / "after.db"
    copy.write_bytes(database.path.read_bytes())
    journal = copy.with_name("after.db-wal")
    journal.write_bytes(database.journal.read_bytes())
    database.close()
    assert someone.email.encode() in journal.read_bytes()
    again = Database(copy)
    assert journal.read_bytes() == b""
    assert someone.email.encode() not in copy.read_bytes()
    again.close()


def test_the_migrations_make_the_tables_of_the_mapping(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from reference_impl.store.mapping import metadata

    migrate(tmp_path / "new.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
