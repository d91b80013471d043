"""A restore undoes no decision: every entity is declared, and everything declared outlives every restore."""

from __future__ import annotations

import itertools
import typing
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from reference_impl.bootstrap import Parts, World, build
from reference_impl.bootstrap.parts import Shared, WorldClock
from reference_impl.domain import entities
from reference_impl.domain.entities import Account, Hold, Person, VerificationCode
from reference_impl.domain.instants import EARLIEST
from reference_impl.service.context import Context
from reference_impl.service.decisions import AS_IN_BACKUP, CARRIED, Ledger, all_rows
from reference_impl.service.ports import ObjectStorage, Transaction, Wiring
from reference_impl.store import mapping
from reference_impl.store.migrate import migrate

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=400)


class Drawer:
    """A bucket in memory."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, storage: ObjectStorage, secret: bytes, name: str, content: bytes) -> None:
        self.objects[name] = content

    def get(self, storage: ObjectStorage, secret: bytes, name: str) -> bytes | None:
        return self.objects.get(name)

    def names(self, storage: ObjectStorage, prefix: str) -> list[str]:
        return sorted(name for name in self.objects if name.startswith(prefix))

    def remove(self, storage: ObjectStorage, name: str) -> None:
        del self.objects[name]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "shes.db"
    migrate(path)
    return path.read_bytes()


@pytest.fixture
def world(tmp_path: Path, template: bytes) -> Iterator[World]:
    (tmp_path / "shes.db").write_bytes(template)
    world = build(
        Shared.of(Parts(vault=Drawer)),
        world_id="",
        folder=tmp_path,
        database=tmp_path / "shes.db",
        logs=tmp_path / "logs",
        clock=WorldClock(NOW),
        base_url="http://shes.test",
        wiring=Wiring(object_storage=ObjectStorage("http://s3.test", "bucket", "", "", "")),
        durable=False,
        secret=b"secret",
    )
    yield world
    world.close()


_count = itertools.count(1)


def value(name: str, hint: Any) -> Any:
    """Something of that type, different each time where it can be."""
    if typing.get_args(hint) and type(None) in typing.get_args(hint):
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    number = next(_count)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[number % len(hint)]
    if typing.get_origin(hint) in (list, dict):
        return typing.get_origin(hint)()
    made = {
        str: f"{name} {number}",
        int: number,
        bool: bool(number % 2),
        datetime: LATER + timedelta(minutes=number),
        date: date(1990, 1, 1) + timedelta(days=number),
    }
    return made.get(hint, {"a": number})


def made(kind: type[Any], /, **stated: Any) -> Any:
    """An entity with every field filled in, but for numbers."""
    hints = typing.get_type_hints(kind)
    left_out = {"number", "entry_id", *stated}
    return kind(**{name: value(name, hint) for name, hint in hints.items() if name not in left_out}, **stated)


def person(name: str) -> Person:
    return Person(
        person_id=name,
        email=f"{name}@example.org",
        email_key=f"{name}@example.org",
        password_hash="",
        date_of_birth=date(1990, 5, 17),
        country="NL",
        language="nl",
        created_at=NOW,
        verified_at=NOW,
    )


def rows_about(tx: Transaction, person_id: str) -> list[Any]:
    """One row in each ledger."""
    rows: list[Any] = []
    for one in CARRIED:
        if isinstance(one, Ledger):
            stated: dict[str, Any] = dict(one.only)
            names = {field.name for field in fields(one.kind)}  # type: ignore[arg-type]
            if one.name == "purged":
                stated["person_id"] = f"gone {next(_count)}"
            elif "person_id" in names:
                stated["person_id"] = person_id
            if one.name == "held":
                # What is set apart is so under a hold on somebody who is purged.
                rows.append(made(Hold, person_id=None))
                tx.add(rows[-1])
                stated["hold_id"] = rows[-1].hold_id
            if one.name == "messages":
                stated |= {"state": entities.MessageState.HELD, "kind": entities.MessageKind.WITHDRAW}
            rows.append(made(one.kind, **stated))
            tx.add(rows[-1])
    return rows


def everything(context: Context) -> dict[str, list[Any]]:
    """All that outlives a restore, in no order."""
    with context.store.transaction() as tx:
        found = all_rows(tx, EARLIEST)
    del found["changed"]
    for row in found["accounts"]:
        del row["display_name"]
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def test_every_field_of_every_entity_is_declared_once() -> None:
    kept: dict[type[object], list[str]] = {}
    for one in CARRIED:
        kept.setdefault(one.kind, []).extend(one.fields)
    for kind in mapping._TABLES:
        declared = kept.get(kind, []) + list(AS_IN_BACKUP.get(kind, ()))
        if kind is Person:
            assert sorted(declared) == sorted(field.name for field in fields(Person))
        else:
            assert sorted(declared) == sorted(field.name for field in fields(kind)), kind  # type: ignore[arg-type]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("which", ["older", "newest"])
def test_everything_declared_outlives_a_restore(world: World, which: str, times: int) -> None:
    context, backups = world.service.context, world.service.backups
    with context.store.transaction() as tx:
        tx.add(person("ann"), person("bob"), person("cat"))
        first = [*rows_about(tx, "ann"), *rows_about(tx, "bob"), *rows_about(tx, "cat")]
    older = backups.make()
    with context.store.transaction() as tx:
        # Every row about Ann is another one, and so is everything decided about her.
        for row in reversed([one for one in first if not isinstance(one, Account)]):
            if getattr(row, "person_id", "ann") == "ann":
                tx.remove(row)
        account = tx.one(Account, person_id="ann")
        assert account is not None
        vars(account).update(vars(made(Account, account_id=account.account_id, person_id="ann")))
        tx.remove_all(Account, person_id="bob")
        ann = tx.one(Person, person_id="ann")
        assert ann is not None
        hints = typing.get_type_hints(Person)
        for name in {name for one in CARRIED if one.kind is Person for name in one.fields}:
            setattr(ann, name, value(name, hints[name]))
    newest = backups.make()
    with context.store.transaction() as tx:
        tx.remove_all(Account, person_id="ann")
        rows_about(tx, "ann")
        tx.add(made(VerificationCode, person_id="ann"))
    before = everything(context)

    for _ in range(times):
        backups.restore((older if which == "older" else newest).backup_id)
        assert everything(context) == before

    with context.store.transaction() as tx:
        assert not tx.all(VerificationCode)


def test_whoever_signed_up_since_the_backup_is_gone_and_display_names_are_back(world: World) -> None:
    context, backups = world.service.context, world.service.backups
    with context.store.transaction() as tx:
        tx.add(person("ann"), made(Account, person_id="ann", display_name="Ann"))
    backup = backups.make()
    with context.store.transaction() as tx:
        account = tx.one(Account, person_id="ann")
        assert account is not None
        account.display_name, account.country = "Annie", "JP"
        tx.add(person("dan"))
        rows_about(tx, "dan")

    backups.restore(backup.backup_id)

    with context.store.transaction() as tx:
        account = tx.one(Account)
        assert account is not None
        assert (account.display_name, account.country) == ("Ann", "JP")
        assert tx.one(Person, person_id="dan") is None
        for one in CARRIED:
            assert not (isinstance(one, Ledger) and not one.whole and tx.all(one.kind, person_id="dan"))


def test_a_person_purged_since_the_backup_stays_purged_at_the_second_restore(world: World) -> None:
    context, backups = world.service.context, world.service.backups
    with context.store.transaction() as tx:
        tx.add(person("ann"), person("bob"))
    backup = backups.make()
    world.service.scheduler._purge.purge(["ann"])

    for _ in range(2):
        backups.restore(backup.backup_id)
        with context.store.transaction() as tx:
            assert [one.person_id for one in tx.all(Person)] == ["bob"]
