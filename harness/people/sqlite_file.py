"""Values in the files of SQLite that lie in pieces there: a long one is cut into pages with four bytes in between.

Live rows are read by SQLite itself. Whatever else the pages still hold, in a database, a write-ahead log or a rollback
journal, is put together along the numbers by which one page names the next (https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick

_DATABASE = b"SQLite format 3\x00"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
MAGICS = (_DATABASE, *_LOGS, _JOURNAL)
"""How the files begin that are read here."""

_WITH_VALUES = frozenset({2, 10, 13})
"""First bytes of pages whose cells hold values."""
_FIRST_HEADER = 100
_MOST_ENTRIES = 4
"""Cells for which a value is put together whole: of several that name a page, all but one do so by chance or of old."""
_MOST_PAGES = 1 << 16
_AT_A_LIMIT = 1024
"""Bytes on either side of a limit between pages: more than the spelling of a very long name takes."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages in a file.

    Attributes:
        data: The bytes in which it lies.
        usable: Bytes of a page that hold anything.
        at: Where the versions of each page lie, by its number, in order.
        places: Where each page begins, and its number, in order.
        count: Of the pages of the database, as far as is known.
        ends: Where the last page of each transaction begins, in a log.
    """

    data: bytes
    usable: int
    at: Mapping[int, Sequence[int]]
    places: Sequence[tuple[int, int]]
    count: int
    ends: Sequence[int] = ()

    def version(self, number: int, seen_from: int) -> int | None:
        """Where a page lies as another one means it: as of the same transaction, or of the last one that wrote it."""
        versions = self.at.get(number)
        if not versions:
            return None
        transaction = bisect_left(self.ends, seen_from)
        end = self.ends[transaction] if transaction < len(self.ends) else len(self.data)
        return versions[max(bisect_right(versions, end) - 1, 0)]

    def next(self, offset: int) -> int:
        """The number of the page that continues this one."""
        return int.from_bytes(self.data[offset : offset + 4], "big")

    def content(self, offset: int) -> bytes:
        """What a page holds of a long value."""
        return self.data[offset + 4 : offset + self.usable]

    def page_of(self, position: int) -> tuple[int, int] | None:
        """Where the page begins in which a position is, and its number."""
        place = bisect_right(self.places, (position, _MOST_NUMBER)) - 1
        return self.places[place] if place >= 0 else None


_MOST_NUMBER = 1 << 32


def values(data: bytes, start: int) -> Iterator[bytes]:
    """The values that no stretch of a file shows whole, and those that may be packed themselves.

    Args:
        data: Bytes in which the file lies.
        start: Where it begins.
    """
    pages = _pages(data, start)
    if pages is None:
        return
    parts = {offset: number for offset, number in pages.places if _may_continue(pages, offset, number)}
    if data.startswith(_DATABASE, start):
        image = data[start : start + len(pages.places) * _page_size(data, start)]
        yield from _live(image, pages.usable - _BESIDE_A_VALUE, in_pieces=bool(parts))
    yield from _chains(pages, parts)
    yield from _cut_by_the_list(pages)


def _pages(data: bytes, start: int) -> _Pages | None:
    if data.startswith(_DATABASE, start):
        return _of_database(data, start)
    return _of_journal(data, start) if data.startswith(_JOURNAL, start) else _of_log(data, start)


def is_page(data: bytes, start: int, position: int) -> bool:
    """Whether a page of the log or journal that begins at ``start`` begins at a position, as another file could."""
    if data.startswith(_JOURNAL, start):
        sector, size = (int.from_bytes(data[start + at : start + at + 4], "big") for at in (20, 24))
        return (position - start - sector) % (size + 8) == 4
    size = int.from_bytes(data[start + 8 : start + 12], "big")
    return data.startswith(_LOGS, start) and (position - start - 32) % (size + 24) == 24


def _page_size(data: bytes, start: int) -> int:
    size = int.from_bytes(data[start + 16 : start + 18], "big")
    return 65536 if size == 1 else size


def _is_size(size: int) -> bool:
    return 512 <= size <= 65536 and not size & (size - 1)


def _of_database(data: bytes, start: int) -> _Pages | None:
    size = _page_size(data, start)
    if not _is_size(size):
        return None
    count = (len(data) - start) // size
    # Older writers state no number of pages.
    stated = int.from_bytes(data[start + 28 : start + 32], "big")
    count = min(count, stated or count)
    if not count:
        return None
    places = [(start + number * size, number + 1) for number in range(count)]
    return _Pages(data, size - data[start + 20], {number: (offset,) for offset, number in places}, places, count)


_BEFORE_LOGGED = 24


def _of_log(data: bytes, start: int) -> _Pages | None:
    """A write-ahead log: 32 bytes, then for each page 24 and the page."""
    size = int.from_bytes(data[start + 8 : start + 12], "big")
    return _recorded(data, start + 32, size, before=_BEFORE_LOGGED, after=0) if _is_size(size) else None


def _of_journal(data: bytes, start: int) -> _Pages | None:
    """A rollback journal: a sector, then for each page its number, the page and a checksum."""
    sector = int.from_bytes(data[start + 20 : start + 24], "big")
    size = int.from_bytes(data[start + 24 : start + 28], "big")
    return _recorded(data, start + sector, size, before=4, after=4) if _is_size(size) else None


def _recorded(data: bytes, start: int, size: int, *, before: int, after: int) -> _Pages:
    at: dict[int, list[int]] = {}
    places, ends, count = [], [], 0
    for record in range(start, len(data) - before - size + 1, before + size + after):
        number, offset = int.from_bytes(data[record : record + 4], "big"), record + before
        at.setdefault(number, []).append(offset)
        places.append((offset, number))
        # In a log, the size of the database stands with the last page of a transaction.
        pages = int.from_bytes(data[record + 4 : offset], "big") >> 128 if before == _BEFORE_LOGGED else 0
        if pages:
            ends.append(offset)
        count = max(count, number, pages)
    return _Pages(data, size, at, places, count, ends)


# -- what pages still hold -------------------------------------------------------------------------------------------


def _chains(pages: _Pages, parts: Mapping[int, int]) -> Iterator[bytes]:
    """Every value over several pages, with the page before it as far as the number of the first of them."""
    if not parts:
        return
    named = _named(pages, parts)
    continued = {pages.version(pages.next(offset), offset) for offset in parts}
    for first in parts:
        beginnings = named.get(first, [])
        if beginnings or first not in continued:
            whole = b"".join(map(pages.content, _chain(pages, first, parts)))
            for beginning in beginnings[:_MOST_ENTRIES] or [b""]:
                yield beginning + whole
            head = pages.content(first)
            for beginning in beginnings[_MOST_ENTRIES:]:
                yield beginning + head


def _may_continue(pages: _Pages, offset: int, number: int) -> bool:
    """Whether a page can be part of a long value: it names another one or none, is not empty, no list of free ones."""
    after = pages.next(offset)
    if number == 1 or (after and after not in pages.at):
        return False
    return not _free_pages(pages, offset) and bool(pages.content(offset).strip(b"\x00"))


def _free_pages(pages: _Pages, offset: int) -> Sequence[int]:
    """The numbers of free pages that a page lists; none if it is no such list."""
    content = pages.content(offset)
    free = int.from_bytes(content[:4], "big")
    if not 0 < free < len(content) // 4:
        return ()
    numbers = [int.from_bytes(content[at : at + 4], "big") for at in range(4, 4 + 4 * free, 4)]
    return numbers if all(0 < one <= pages.count for one in numbers) else ()


def _cut_by_the_list(pages: _Pages) -> Iterator[bytes]:
    """The end of each list of free pages, with the beginning of each page that it lists.

    The first page of a deleted value may become the list. What it held at its end stays, but not the number of the page
    that continued it, which is one of those listed.
    """
    for offset, _ in pages.places:
        for number in _free_pages(pages, offset):
            free = pages.version(number, offset)
            if free is not None:
                yield pages.content(offset)[-_AT_A_LIMIT:] + pages.content(free)[:_AT_A_LIMIT]


def _named(pages: _Pages, parts: Mapping[int, int]) -> dict[int, list[bytes]]:
    """By page, what stands before its number in each page of cells, whether the cell is live or only left there."""
    numbers = sorted(set(parts.values()))
    automaton = BytesAhoCorasick([number.to_bytes(4, "big") for number in numbers])
    named: dict[int, list[bytes]] = {}
    for which, position, _ in automaton.find_matches_as_indexes(pages.data, overlapping=True):
        place = pages.page_of(position)
        if place is None:
            continue
        offset, number = place
        header = offset + (_FIRST_HEADER if number == 1 else 0)
        if not header < position < offset + pages.usable or pages.data[header] not in _WITH_VALUES:
            continue
        first = pages.version(numbers[which], offset)
        if first is not None and first in parts:
            named.setdefault(first, []).append(pages.data[header:position])
    return named


def _chain(pages: _Pages, first: int, parts: Mapping[int, int]) -> Iterator[int]:
    seen: set[int] = set()
    offset: int | None = first
    while offset is not None and offset in parts and offset not in seen and len(seen) < _MOST_PAGES:
        yield offset
        seen.add(offset)
        offset = pages.version(pages.next(offset), offset)


# -- what SQLite reads -----------------------------------------------------------------------------------------------


_COLUMNS = """
    SELECT one.name, its.name, its.type FROM sqlite_schema AS one JOIN pragma_table_xinfo(one.name) AS its
    WHERE one.type = 'table'
"""
_ENCODING, _UTF8 = slice(56, 60), b"\x00\x00\x00\x01"
_BESIDE_A_VALUE = 35
"""Bytes of a page that are never a value's."""


def _live(image: bytes, longest: int, *, in_pieces: bool) -> Iterator[bytes]:
    """Values of live rows that are bytes, or longer than that.

    Where no page continues another one and text is in UTF-8, the file shows every text as it is: then only columns are
    read that are declared for bytes, or for nothing.
    """
    plain = image[_ENCODING] == _UTF8
    # A database beside a write-ahead log cannot be opened in memory, unless its head says that there is none.
    image = image[:18] + b"\x01\x01" + image[20:]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        try:
            connection.deserialize(image)
            columns = connection.execute(_COLUMNS).fetchall()
        except sqlite3.Error:
            return
        tables: dict[str, list[str]] = {}
        for table, column, declared in columns:
            if in_pieces or not plain or not declared or b"BLOB" in declared.upper():
                tables.setdefault(_quoted(table), []).append(_quoted(column))
        for table, names in tables.items():
            yield from _of_table(connection, table, names, longest if plain else 0)


def _of_table(connection: sqlite3.Connection, table: str, columns: Sequence[str], longest: int) -> Iterator[bytes]:
    wanted = " OR ".join(f"typeof({one}) = 'blob' OR length({one}) > {longest}" for one in columns)
    try:
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {wanted}"):
            yield from (value for value in row if isinstance(value, bytes))
    except sqlite3.Error:
        # A table of an extension, or a damaged one: the pages are searched all the same.
        return


def _quoted(name: bytes) -> str:
    return '"' + name.decode().replace('"', '""') + '"'
