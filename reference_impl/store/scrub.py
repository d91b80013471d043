"""Checkpoints after which the database file holds nothing that was deleted, at the cost of the pages that changed.

``secure_delete`` overwrites deleted cells and freed pages. It is not enough: where SQLite moves rows between pages
of a b-tree, it leaves their bytes in the gap between a page's cell pointers and its cells. To SQLite these bytes mean
nothing (https://www.sqlite.org/fileformat2.html, "B-tree Pages"), so they are overwritten in the file.

A gap is filled only by a change of its page, and a changed page reaches the file only from the journal. It is therefore
enough to overwrite the gaps of the pages in the journal each time it is copied into the file, before it is restarted.
Nothing else may copy it: connections are opened with ``wal_autocheckpoint`` at 0, and the last one is closed only when
the journal is empty. A process that dies in between leaves the journal unchanged, and the next opening repeats this.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

MOST_PAGES = (1 << 25) - 1
"""Up to this size of a file, the first byte of a page tells a b-tree's: other pages begin with the number of a page, 32
bits long, whose first byte is then 0 or 1."""

_JOURNAL_HEADER, _FRAME_HEADER, _FILE_HEADER = 32, 24, 100
_PAGE_HEADERS = {2: 12, 5: 12, 10: 8, 13: 8}


class DatabaseFile:
    """The file beside SQLite's own handles.

    It is opened once: closing any handle of a file drops all POSIX locks of the process on it, SQLite's too.

    Args:
        path: The database file, in WAL mode and without auto-vacuum.
        scrubs: Overwrite what is in the gaps.
        durable: Flush it to the disk before the journal is cut.
    """

    def __init__(self, path: Path, *, scrubs: bool, durable: bool) -> None:
        self.journal = path.with_name(path.name + "-wal")
        self._scrubs = scrubs
        self._durable = durable
        self._handle = os.open(path, os.O_RDWR)

    def journal_size(self) -> int:
        """In bytes."""
        try:
            return self.journal.stat().st_size
        except FileNotFoundError:
            return 0

    def checkpoint(self, connection: sqlite3.Connection, *, truncate: bool) -> bool:
        """Copy the journal into the file, overwrite the gaps, and cut the journal to nothing if that is wanted.

        Nobody may write to the database meanwhile.

        Returns:
            Whether it was done as a whole. Where a reader still needs the journal, it stays.
        """
        size, numbers = _pages_in(self.journal) if self._scrubs else (0, [])
        busy, present, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        for number in numbers:
            self.scrub(number, size)
        if numbers and self._durable:
            os.fsync(self._handle)
        if busy or copied < present:
            return False
        if truncate:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return self.journal_size() == 0
        return True

    def read(self) -> bytes:
        """The bytes as they lie on the disk."""
        return os.pread(self._handle, os.fstat(self._handle).st_size, 0)

    def close(self) -> None:
        """Release the handle."""
        os.close(self._handle)

    def scrub(self, number: int, size: int) -> None:
        """Overwrite the gap of one page."""
        offset = (number - 1) * size
        page = os.pread(self._handle, size, offset)
        begin, end = _gap(page, _FILE_HEADER if number == 1 else 0)
        if any(page[begin:end]):
            os.pwrite(self._handle, bytes(end - begin), offset + begin)


def _pages_in(journal: Path) -> tuple[int, list[int]]:
    """Size of a page, and the numbers of all pages of which the journal holds bytes, valid or not."""
    try:
        content = journal.open("rb", buffering=0)
    except FileNotFoundError:
        return 0, []
    with content:
        size = int.from_bytes(content.read(_JOURNAL_HEADER)[8:12], "big")
        if not size:
            return 0, []
        handle = content.fileno()
        frames = range(_JOURNAL_HEADER, os.fstat(handle).st_size, _FRAME_HEADER + size)
        return size, sorted({int.from_bytes(os.pread(handle, 4, frame), "big") for frame in frames} - {0})


def _gap(page: bytes, header: int) -> tuple[int, int]:
    """Where the gap of a page begins and ends; nowhere in a page that is not a b-tree's, or not there."""
    length = _PAGE_HEADERS.get(page[header]) if page else None
    if length is None:
        return 0, 0
    cells = int.from_bytes(page[header + 3 : header + 5], "big")
    # 0 stands for 65536, which two bytes cannot say.
    content = int.from_bytes(page[header + 5 : header + 7], "big") or 1 << 16
    return header + length + 2 * cells, content
