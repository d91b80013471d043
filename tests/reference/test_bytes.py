"""What a database file keeps of deleted rows."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from reference_impl.domain.entities import Person
from reference_impl.store.database import Database
from reference_impl.store.migrate import migrate
from reference_impl.store.scrub import DatabaseFile

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


class Town:
    """People who come, change and go at random, in a few thousand steps. Every value of theirs holds their tag."""

    TAG = re.compile(rb"tag-[0-9a-f]{16}")

    def __init__(self, seed: int, path: Path) -> None:
        self.dice = random.Random(seed)
        self.here: list[str] = []
        self.gone: set[str] = set()
        migrate(path)
        self.database = Database(path, durable=False)

    def live(self) -> None:
        for _ in range(60):
            with self.database.tables() as connection:
                for _ in range(100):
                    acts = (self.come, self.come, self.rename, self.rename, self.go, self.go)
                    self.dice.choice(acts)(connection)
            self.dice.choice((self.rest, self.rest, self.erase, self.reopen, self.die))()

    def come(self, connection: Connection) -> None:
        tag = f"tag-{self.dice.randbytes(8).hex()}"
        account = (
            "INSERT INTO sony_accounts (person_id, email, email_key, password_hash, date_of_birth, country, language,"
            " created_at, opt_out_source) VALUES (?, ?, ?, '', '1990-05-17', 'NL', 'nl', '', 'none')"
        )
        # The place in each index is a random one.
        connection.exec_driver_sql(account, (tag, self.words(tag), f"{self.dice.randbytes(4).hex()} {self.words(tag)}"))
        self.write(connection, tag)
        self.here.append(tag)

    def write(self, connection: Connection, tag: str) -> None:
        message = (
            "INSERT INTO outbox (message_id, lane, person_id, kind, recipient, purpose, body, state, created_at,"
            " next_try_at, tries) VALUES (?, ?, ?, '', '', '', ?, 'delivered', '', '', 1)"
        )
        name = f"{self.dice.randbytes(8).hex()} {tag}"
        # A body may be longer than a page.
        connection.exec_driver_sql(message, (name, name, tag, self.words(tag, self.dice.choice((300, 300, 9000)))))

    def rename(self, connection: Connection) -> None:
        if self.here:
            tag = self.dice.choice(self.here)
            change = "UPDATE outbox SET body = ? WHERE person_id = ?"
            connection.exec_driver_sql(change, (self.words(tag, self.dice.choice((100, 900))), tag))

    def go(self, connection: Connection) -> None:
        if self.here:
            tag = self.here.pop(self.dice.randrange(len(self.here)))
            connection.exec_driver_sql("DELETE FROM outbox WHERE person_id = ?", (tag,))
            connection.exec_driver_sql("DELETE FROM sony_accounts WHERE person_id = ?", (tag,))
            self.gone.add(tag)

    def rest(self) -> None:
        self.database.come_to_rest()

    def erase(self) -> None:
        assert self.database.erase_remains()

    def reopen(self) -> None:
        self.database.close()
        self.database = Database(self.database.path, durable=False)

    def die(self) -> None:
        heir = self.database.path.with_name(f"{self.dice.randbytes(4).hex()}.db")
        shutil.copyfile(self.database.path, heir)
        shutil.copyfile(self.database.journal, f"{heir}-wal")
        self.database.close()
        self.database = Database(heir, durable=False)

    def words(self, tag: str, most: int = 300) -> str:
        return " ".join([tag] * (1 + self.dice.randrange(most) // 20))

    def left(self) -> set[str]:
        """Tags of people who went and are still in the file."""
        found = {tag.decode() for tag in self.TAG.findall(self.database.read())}
        assert found >= set(self.here)
        return self.gone & found


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Callable[[int], set[str]]]:
    """Let a town live, and see what is left of who went."""
    towns = []

    def lived(seed: int) -> set[str]:
        towns.append(town := Town(seed, tmp_path / f"{seed}.db"))
        town.live()
        town.erase()
        assert town.database.journal.stat().st_size == 0
        return town.left()

    yield lived
    for town in towns:
        town.database.close()


# With the last two, copies stay in the gaps of pages where these are not overwritten.
SEEDS = (0, 1, 8, 9)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_left_of_whoever_went(live: Callable[[int], set[str]], seed: int) -> None:
    assert live(seed) == set()


def test_copies_stay_in_the_gaps_of_pages_unless_they_are_overwritten(
    live: Callable[[int], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DatabaseFile, "scrub", lambda *_: None)
    assert any(live(seed) for seed in SEEDS)


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
