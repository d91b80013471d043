"""One database: transactions, and what becomes of the bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import cast

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import StaticPool

from reference_impl.service.ports import Engine, Transaction
from reference_impl.store.scrub import MOST_PAGES, DatabaseFile
from reference_impl.store.transaction import SqlTransaction


class Database:
    """A SQLite database in a file. One connection, one transaction at a time: every decision is serialised.

    Args:
        path: The file; its tables are there already.
        secure_delete: Leave nothing of deleted content. Off, it stays in the file until SQLite needs the space.
        durable: Survive the loss of power, too. A world that is thrown away does not need it.
        now: The time. With it, the store keeps at each person when anything about them last changed.

    Attributes:
        on_work: Called after a commit that may have left something to do.
        remains_due: Whether a transaction deleted what must not be found in any byte, and :meth:`erase_remains` is due.
    """

    JOURNAL_BYTES = 4 << 20
    """By how much the journal may grow before it is copied into the file and restarted."""

    def __init__(
        self,
        path: Path,
        *,
        secure_delete: bool = True,
        durable: bool = True,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.path = path
        self.on_work: Callable[[], None] = lambda: None
        self.remains_due = False
        self._secure_delete = secure_delete
        self._durable = durable
        self._now = now
        self._lock = RLock()
        self._file = DatabaseFile(path, scrubs=secure_delete, durable=durable)
        self._connection: sqlite3.Connection | None = self._connect()
        self._keeper: sqlite3.Connection | None = None
        self._kept_changes = 0
        self._replaced = 0
        self._journal_limit = self.JOURNAL_BYTES
        # A service that was killed may have done so between a purge and what belongs to it.
        self.erase_remains()

    @property
    def journal(self) -> Path:
        """SQLite's write-ahead log."""
        return self._file.journal

    def engine(self) -> Engine:
        """SQLite as it is here: whether it overwrites what it frees is decided by its build, and by us."""
        with self._lock:
            (secure,) = self._open().execute("PRAGMA secure_delete").fetchone()
        return Engine("SQLite", sqlite3.sqlite_version, bool(secure))

    @property
    def changes(self) -> int:
        """How many rows were ever changed: where it has not grown, nothing has changed."""
        with self._lock:
            return self._open().total_changes + self._replaced

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin, and commit at the end, or roll back when an exception leaves."""
        with self._lock:
            connection = self._open()
            # Commits, or rolls back when an exception leaves.
            with connection:
                tx = SqlTransaction(connection)
                yield tx
                tx.flush()
                if self._now is not None:
                    tx.date_changes(self._now())
            self.remains_due |= tx.leaves_remains
            if self._file.journal_size() > self._journal_limit:
                self.erase_remains()
        if tx.leaves_work:
            self.on_work()

    @contextmanager
    def tables(self) -> Iterator[Connection]:
        """A transaction that changes the tables themselves."""
        with self._lock:
            own = cast(DBAPIConnection, self._open())
            with create_engine("sqlite://", poolclass=StaticPool, creator=lambda: own).begin() as connection:
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
