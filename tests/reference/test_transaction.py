"""What a transaction of the reference's store promises about the things read and written in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reference_impl.domain import entities
from reference_impl.domain.entities import (
    Deletion,
    Disposal,
    HeldRecord,
    Hold,
    HoldGround,
    HoldScope,
    OptOutSource,
    Person,
)
from reference_impl.domain.upkeep import Leftover
from reference_impl.store import mapping
from reference_impl.store.database import Database
from reference_impl.store.migrate import migrate

NOW = datetime(2026, 3, 10, 12, 0, 0, 250, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    migrate(tmp_path / "shes.db")
    database = Database(tmp_path / "shes.db", durable=False)
    yield database
    database.close()


def person(name: str, **changed: object) -> Person:
    stated = {
        "person_id": name,
        "email": f"{name}@example.org",
        "email_key": f"{name}@example.org",
        "password_hash": "no password",
        "date_of_birth": date(1990, 5, 17),
        "country": "NL",
        "language": "nl",
        "created_at": NOW,
    }
    return Person(**{**stated, **changed})  # type: ignore[arg-type]


def kept(database: Database, *people: Person) -> None:
    with database.transaction() as tx:
        tx.add(*people)


def read(database: Database, name: str) -> Person | None:
    with database.transaction() as tx:
        return tx.one(Person, person_id=name)


def fail_in_between(database: Database) -> None:
    with database.transaction() as tx:
        tx.all(Person)[0].country = "FR"
        tx.add(person("bob"))
        raise KeyError


def test_every_field_of_every_entity_has_a_column() -> None:
    for name in entities.__all__:
        kind = getattr(entities, name)
        if kind in mapping._TABLES:
            assert {field.name for field in fields(kind)} == set(mapping.names_of(kind))


def test_a_thing_is_read_as_it_was_added(database: Database) -> None:
    added = person("ann", opt_out_source=OptOutSource.SIGNAL, opted_out_at=NOW)
    hold = Hold(
        hold_id="h1",
        person_id="ann",
        account_id=None,
        ground=HoldGround.COMPLAINT,
        reference="é",
        authority="",
        scope=["contact"],
        placed_at=NOW,
        until=NOW,
    )
    with database.transaction() as tx:
        tx.add(added, hold)
        tx.add(HeldRecord(hold_id="h1", scope=HoldScope.CONTACT, data=None))
    with database.transaction() as tx:
        for thing, found in ((added, tx.one(Person)), (hold, tx.one(Hold))):
            assert found is not thing
            assert found is not None
            assert vars(found) == vars(thing)
        assert [one.data for one in tx.all(HeldRecord)] == [None]


def test_within_a_transaction_a_row_is_one_object(database: Database) -> None:
    kept(database, person("ann"))
    with database.transaction() as tx:
        first = tx.one(Person, person_id="ann")
        assert first is not None
        first.country = "FR"
        assert tx.all(Person) == [first]
        assert first.country == "FR"


def test_a_change_is_seen_by_the_next_statement_and_kept(database: Database) -> None:
    kept(database, person("ann"))
    with database.transaction() as tx:
        found = tx.all(Person)[0]
        found.closed_at = NOW
        assert tx.one(Person, closed_at=None) is None
        # The place of the open account at this address is free.
        tx.add(person("bob", email_key="ann@example.org"))
        found.language = "fr"
    again = read(database, "ann")
    assert again is not None
    assert (again.closed_at, again.language) == (NOW, "fr")


def test_nothing_is_kept_of_a_transaction_that_an_exception_leaves(database: Database) -> None:
    kept(database, person("ann"))
    with pytest.raises(KeyError):
        fail_in_between(database)
    assert read(database, "bob") is None
    again = read(database, "ann")
    assert again is not None
    assert again.country == "NL"


def test_a_change_of_all_reaches_what_was_read(database: Database) -> None:
    kept(database, person("ann"), person("bob"), person("eve"))
    with database.transaction() as tx:
        ann, _, eve = tx.all(Person)
        ann.language = "fr"
        tx.change_all(Person, {"country": "BE"}, person_id=["ann", "bob"], language=["fr", "nl"])
        assert (ann.country, eve.country) == ("BE", "NL")
        ann.country = "NL"
    with database.transaction() as tx:
        assert [one.country for one in tx.all(Person)] == ["NL", "BE", "NL"]


@pytest.mark.parametrize("alone", [True, False])
def test_what_was_deleted_does_not_come_back(database: Database, alone: bool) -> None:
    kept(database, person("ann"), person("bob"))
    with database.transaction() as tx:
        ann, bob = tx.all(Person)
        ann.country = bob.country = "FR"
        if alone:
            tx.remove(ann)
        else:
            tx.remove_all(Person, person_id=("ann", "nobody"))
        ann.country = "BE"
        assert tx.all(Person) == [bob]
        tx.add(person("ann"))
    again = read(database, "ann")
    assert again is not None
    assert again.country == "NL"


@pytest.mark.parametrize("alone", [True, False])
def test_a_change_to_what_was_deleted_is_no_work(database: Database, alone: bool) -> None:
    deletion = Deletion(person_id="ann", receipt_id="rcp", reason=None, deleted_at=NOW, purge_due_at=NOW)
    with database.transaction() as tx:
        tx.add(person("ann"))
        tx.add(deletion)
    work: list[str] = []
    database.on_work = lambda: work.append("called")
    with database.transaction() as tx:
        read_again = tx.all(Deletion)[0]
        if alone:
            tx.remove(read_again)
        else:
            tx.remove_all(Deletion, person_id="ann")
        read_again.purge_due_at = NOW + timedelta(days=1)
    assert not work


def test_no_value_is_among_no_values(database: Database) -> None:
    kept(database, person("ann"))
    with database.transaction() as tx:
        assert tx.all(Person, person_id=[]) == []
        tx.remove_all(Person, person_id=())
        assert len(tx.all(Person)) == 1


def test_any_of_several_values_is_compared_as_it_is_stored(database: Database) -> None:
    kept(
        database, person("ann"), person("bob", created_at=NOW + timedelta(hours=1), opt_out_source=OptOutSource.SETTING)
    )
    with database.transaction() as tx:
        assert [one.person_id for one in tx.all(Person, created_at=[NOW])] == ["ann"]
        assert [one.person_id for one in tx.all(Person, date_of_birth=[date(1990, 5, 17)])] == ["ann", "bob"]
        assert [one.person_id for one in tx.all(Person, opt_out_source=[OptOutSource.SETTING])] == ["bob"]


def test_numbers_are_given_in_order(database: Database) -> None:
    with database.transaction() as tx:
        entries = [Disposal(kind=Leftover.BACKUP, items=items, disposed_at=NOW) for items in (3, 1, 2)]
        tx.add(*entries)
        assert [entry.number for entry in entries] == [1, 2, 3]
        assert tx.all(Disposal) == entries
