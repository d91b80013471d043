"""One database: transactions, and what becomes of the bytes."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    create_engine,
    delete,
    event,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from reference_impl.domain.entities import Deletion, Message, MessageState
from reference_impl.service.ports import Transaction
from reference_impl.store import mapping
from reference_impl.store.scrub import MOST_PAGES, DatabaseFile

T = TypeVar("T")


class _Session(Session):
    leaves_work = False
    leaves_remains = False


@event.listens_for(_Session, "before_flush")
def _note_work(session: _Session, *_: object) -> None:
    changed = itertools.chain(session.new, session.dirty)
    session.leaves_work |= any(isinstance(thing, (Message, Deletion)) for thing in changed)


class SqlTransaction:
    """A :class:`~reference_impl.service.ports.Transaction` on a SQLAlchemy session."""

    def __init__(self, session: _Session) -> None:
        self._session = session

    def add(self, *things: object) -> None:
        """Keep new things, in this order: a row must not come before the one that it points to."""
        for thing in things:
            self._session.add(thing)
            self._session.flush()

    def remove(self, thing: object) -> None:
        """Delete one thing now, so that its place is free within the transaction."""
        self._session.delete(thing)
        self._session.flush()

    def remove_all(self, kind: type[object], /, **equal: object) -> None:
        """Delete all things of a kind whose fields have these values."""
        self._session.execute(delete(kind).where(*_conditions(kind, _shape(equal))), _values(equal))

    def change_all(self, kind: type[object], fields: Mapping[str, object], /, **equal: object) -> None:
        """Set fields of all things of a kind whose fields have these values."""
        changed = update(kind).where(*_conditions(kind, _shape(equal))).values(**fields)
        self._session.execute(changed, _values(equal))

    def one(self, kind: type[T], /, **equal: object) -> T | None:
        """The first thing whose fields have these values."""
        return self._session.scalars(_select_one(kind, _shape(equal)), _values(equal)).first()

    def all(self, kind: type[T], /, **equal: object) -> list[T]:
        """All things of a kind whose fields have these values, oldest first."""
        return list(self._session.scalars(_select_all(kind, _shape(equal)), _values(equal)))

    def until(self, kind: type[T], field: str, instant: datetime, /, **equal: object) -> list[T]:
        """All things of a kind whose field is an instant no later than this one, oldest first."""
        found = _select_until(kind, field, _shape(equal))
        return list(self._session.scalars(found, {_INSTANT: instant, **_values(equal)}))

    def leave_nothing(self) -> None:
        """What this transaction deletes must not be found in any byte."""
        self._session.leaves_remains = True

    def lane_heads(self) -> list[Message]:
        """The oldest pending message of each lane."""
        return list(self._session.scalars(_select_lane_heads()))

    def purges_due(self, now: datetime) -> list[str]:
        """Ids of the people whose data is due to be purged, without a pending message that is due."""
        return list(self._session.scalars(_select_purges_due(), {_INSTANT: now}))

    def next_due_at(self, now: datetime) -> datetime | None:
        """When the next pending message or purge after ``now`` becomes due."""
        found = [self._session.scalar(query, {_INSTANT: now}) for query in _select_next_due()]
        return min((instant for instant in found if instant is not None), default=None)


class Database:
    """A SQLite database in a file. One connection, one transaction at a time: every decision is serialised.

    Args:
        path: The file; its tables are there already.
        secure_delete: Leave nothing of deleted content. Off, it stays in the file until SQLite needs the space.
        durable: Survive the loss of power, too. A world that is thrown away does not need it.

    Attributes:
        on_work: Called after a commit that may have left something to do.
        remains_due: Whether a transaction deleted what must not be found in any byte, and :meth:`erase_remains` is due.
    """

    JOURNAL_BYTES = 4 << 20
    """By how much the journal may grow before it is copied into the file and restarted."""

    def __init__(self, path: Path, *, secure_delete: bool = True, durable: bool = True) -> None:
        self.path = path
        self.on_work: Callable[[], None] = lambda: None
        self.remains_due = False
        self._secure_delete = secure_delete
        self._durable = durable
        self._lock = RLock()
        self._file = DatabaseFile(path, scrubs=secure_delete, durable=durable)
        self._connection: sqlite3.Connection | None = self._connect()
        self._keeper: sqlite3.Connection | None = None
        self._kept_changes = 0
        self._replaced = 0
        self._journal_limit = self.JOURNAL_BYTES
        self._engine = _engine(self._connection)
        # A service that was killed may have done so between a purge and what belongs to it.
        self.erase_remains()

    @property
    def journal(self) -> Path:
        """SQLite's write-ahead log."""
        return self._file.journal

    @property
    def changes(self) -> int:
        """How many rows were ever changed: where it has not grown, nothing has changed."""
        with self._lock:
            return self._open().total_changes + self._replaced

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin, and commit at the end, or roll back when an exception leaves."""
        with self._lock:
            self._open()
            with _Session(self._engine, expire_on_commit=False) as session:
                yield SqlTransaction(session)
                session.commit()
            self.remains_due |= session.leaves_remains
            if self._file.journal_size() > self._journal_limit:
                self.erase_remains()
        if session.leaves_work:
            self.on_work()

    @contextmanager
    def tables(self) -> Iterator[Connection]:
        """A transaction that changes the tables themselves."""
        with self._lock, self._engine.begin() as connection:
            yield connection

    def come_to_rest(self) -> None:
        """Copy the journal into the database file.

        A reader is left standing at the journal's end. Because of it SQLite does not restart the journal, and what
        was written stays in it until a purge, or until it has grown too long.
        """
        with self._lock:
            connection = self._open()
            if self._keeper is not None and self._kept_changes == connection.total_changes:
                return
            self._release_keeper()
            self._keeper = self._connect()
            self._keeper.execute("BEGIN")
            self._keeper.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            self._kept_changes = connection.total_changes
            self._file.checkpoint(connection, truncate=False)

    def erase_remains(self) -> bool:
        """Leave no byte of what was deleted, and cut the journal to nothing. False when that could not be done now."""
        with self._lock:
            connection = self._open()
            self._release_keeper()
            done = self._file.checkpoint(connection, truncate=True)
            self.remains_due &= not done
            # While somebody reads, the journal grows; it is not looked through again at every commit.
            self._journal_limit = self._file.journal_size() + self.JOURNAL_BYTES
            return done

    def read(self) -> bytes:
        """The bytes of the file as they lie on the disk."""
        with self._lock:
            self._open()
            return self._file.read()

    def snapshot(self) -> bytes:
        """A copy of everything, as it stands between two transactions."""
        with self._lock, closing(sqlite3.connect(":memory:")) as copy:
            self._open().backup(copy)
            return copy.serialize()

    def replace(self, content: bytes) -> None:
        """Replace everything with a copy."""
        # A copy says that its journal lies beside it; it has none.
        alone = content[:18] + b"\x01\x01" + content[20:]
        with self._lock, closing(sqlite3.connect(":memory:")) as copy:
            connection = self._open()
            self._release_keeper()
            copy.deserialize(alone)
            copy.backup(connection)
            self._replaced += 1

    def close(self) -> None:
        """Release every handle. The database cannot be used afterwards."""
        with self._lock:
            if self._connection is not None:
                # SQLite copies at the last closing what the journal still holds.
                self.erase_remains()
                self._engine.dispose()
                self._connection.close()
                self._connection = None
                self._file.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the database is closed")
        return self._connection

    def _release_keeper(self) -> None:
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def _connect(self) -> sqlite3.Connection:
        # isolation_level "DEFERRED" begins a transaction at the first write; the lock above does the rest.
        connection = sqlite3.connect(self.path, timeout=5, check_same_thread=False, isolation_level="DEFERRED")
        for pragma in (
            "journal_mode = WAL",
            "wal_autocheckpoint = 0",
            f"max_page_count = {MOST_PAGES}",
            "foreign_keys = ON",
            f"secure_delete = {'ON' if self._secure_delete else 'OFF'}",
            f"synchronous = {'FULL' if self._durable else 'OFF'}",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection


# Statements are built once for each shape: building one takes longer than running it.

_Build = TypeVar("_Build", bound=Callable[..., Any])


def _once(build: _Build) -> _Build:
    # The type of functools.cache takes no class for hashable.
    return cast(_Build, cache(build))


_INSTANT = "instant"

_Shape = tuple[tuple[str, bool | None], ...]
"""By which fields is selected: with each, whether any of several values will do; None where it is to be empty."""


def _shape(equal: Mapping[str, object]) -> _Shape:
    return tuple((name, None if value is None else isinstance(value, (list, tuple))) for name, value in equal.items())


def _values(equal: Mapping[str, object]) -> dict[str, object]:
    return {f"is_{name}": value for name, value in equal.items() if value is not None}


@_once
def _conditions(kind: type[object], shape: _Shape) -> tuple[ColumnElement[bool], ...]:
    return tuple(_condition(mapping.table_of(kind).c[name], many) for name, many in shape)


def _condition(column: ColumnElement[Any], many: bool | None) -> ColumnElement[bool]:
    if many is None:
        return column.is_(None)
    value: BindParameter[Any] = bindparam(f"is_{column.key}", expanding=many)
    return column.in_(value) if many else column == value


@_once
def _select_one(kind: type[T], shape: _Shape) -> Select[T]:
    return select(kind).where(*_conditions(kind, shape)).limit(1)


@_once
def _select_all(kind: type[T], shape: _Shape) -> Select[T]:
    return select(kind).where(*_conditions(kind, shape)).order_by(*mapping.table_of(kind).primary_key)


@_once
def _select_until(kind: type[T], field: str, shape: _Shape) -> Select[T]:
    table = mapping.table_of(kind)
    found = select(kind).where(table.c[field] <= bindparam(_INSTANT), *_conditions(kind, shape))
    # By the instant first: to sort by the key alone, SQLite would read the whole table in the key's order.
    return found.order_by(table.c[field], *table.primary_key)


@_once
def _select_lane_heads() -> Select[Message]:
    outbox = mapping.table_of(Message)
    first = select(func.min(outbox.c.number)).where(outbox.c.state == MessageState.PENDING).group_by(outbox.c.lane)
    return select(Message).where(outbox.c.number.in_(first)).order_by(outbox.c.number)


@_once
def _select_purges_due() -> Select[str]:
    outbox, deletions = mapping.table_of(Message), mapping.table_of(Deletion)
    unsent = exists().where(
        outbox.c.person_id == deletions.c.person_id,
        outbox.c.state == MessageState.PENDING,
        outbox.c.next_try_at <= bindparam(_INSTANT),
    )
    return select(deletions.c.person_id).where(deletions.c.purge_due_at <= bindparam(_INSTANT), ~unsent)


@_once
def _select_next_due() -> tuple[Select[datetime], ...]:
    outbox, deletions = mapping.table_of(Message), mapping.table_of(Deletion)
    next_try = select(func.min(outbox.c.next_try_at)).where(
        outbox.c.state == MessageState.PENDING, outbox.c.next_try_at > bindparam(_INSTANT)
    )
    next_purge = select(func.min(deletions.c.purge_due_at)).where(deletions.c.purge_due_at > bindparam(_INSTANT))
    return next_try, next_purge


def _readable_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@_once
def _first_engine() -> Engine:
    engine = create_engine("sqlite://", json_serializer=_readable_json)
    # The dialect finds out about SQLite at its first connection.
    engine.connect().close()
    return engine


def _engine(connection: sqlite3.Connection) -> Engine:
    # All worlds share a dialect and the statements compiled for it: compiling costs more than anything else here.
    first = _first_engine()
    pool = StaticPool(lambda: cast(DBAPIConnection, connection), dialect=first.dialect)
    engine = Engine(pool, first.dialect, first.url)
    return engine.execution_options(compiled_cache=_COMPILED)


_COMPILED: dict[Any, Any] = {}
