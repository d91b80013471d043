"""A value of SQLite is found wherever it lies in the pages: live, deleted, in the log, in the journal."""

import gzip
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.people import PeopleFactory, find_traces

FEMKE = PeopleFactory("sqlite").person("Femke", "NL")
EMAIL = FEMKE.email
SIZES = st.sampled_from([512, 1024, 4096, 8192, 65536])


def found(data: bytes) -> bool:
    return "email" in {trace.kind for trace in find_traces(data, FEMKE.canaries)}


def database(folder: Path, size: int, *, mode: str = "DELETE", encoding: str = "UTF-8") -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "db", isolation_level=None)
    for pragma in (f"page_size = {size}", f"encoding = '{encoding}'", "secure_delete = OFF", f"journal_mode = {mode}"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, who TEXT, text)")
    connection.executemany("INSERT INTO note (who, text) VALUES (?, ?)", [("nobody", "." * n) for n in range(0, 90, 7)])
    return connection


def note(before: int, after: int) -> str:
    return "".join(chr(97 + n % 23) for n in range(before)) + EMAIL + "z" * after


@settings(deadline=None, max_examples=50)
@given(SIZES, st.integers(-40, 40), st.integers(1, 3), st.integers(0, 3000), st.booleans())
def test_a_value_is_found_at_every_limit_between_pages(
    size: int, beside: int, pages: int, after: int, live: bool
) -> None:
    # Where the part in the row itself ends is known only after the length: every limit is met within some pages.
    before = max(0, size * pages + beside)
    with TemporaryDirectory() as name, closing(database(Path(name), size)) as connection:
        for shift in range(0, 60, 20):
            connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [note(before + shift, after)])
        if not live:
            connection.execute("DELETE FROM note WHERE who = 'x'")
        assert found((Path(name) / "db").read_bytes())


def live(folder: Path, size: int, text: str) -> bytes:
    with closing(database(folder, size)) as connection:
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [text])
    return (folder / "db").read_bytes()


def deleted(folder: Path, size: int, text: str) -> bytes:
    with closing(database(folder, size)) as connection:
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [text])
        connection.execute("DELETE FROM note WHERE who = 'x'")
    return (folder / "db").read_bytes()


def in_the_log(folder: Path, size: int, text: str) -> bytes:
    with closing(database(folder, size, mode="WAL")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [text])
        connection.execute("DELETE FROM note WHERE who = 'x'")
        connection.execute("INSERT INTO note (who, text) VALUES ('y', ?)", ["y" * 300])
        return (folder / "db-wal").read_bytes()


def in_the_journal(folder: Path, size: int, text: str) -> bytes:
    with closing(database(folder, size, mode="PERSIST")) as connection:
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [text])
        connection.execute("PRAGMA secure_delete = ON").fetchall()
        connection.execute("UPDATE note SET text = ? WHERE who = 'x'", ["n" * len(text)])
        journal = bytearray((folder / "db-journal").read_bytes())
    # A finished journal has its first bytes cleared; one that was left by a crash has them.
    journal[:8] = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    journal[20:28] = (512).to_bytes(4, "big") + size.to_bytes(4, "big")
    return bytes(journal)


@pytest.mark.parametrize("size", [512, 4096])
@pytest.mark.parametrize("where", [live, deleted, in_the_log, in_the_journal])
def test_no_offset_within_two_pages_is_missed(where: Callable[[Path, int, str], bytes], size: int) -> None:
    # Of one length altogether: where a page ends within a value depends on its length.
    apart = 0
    for before in range(0, 2 * size, len(EMAIL) // 2):
        with TemporaryDirectory() as name:
            data = where(Path(name), size, note(before, 2 * size + 500 - before))
        # SQLite writes its list of free pages over the beginning of the first page of a deleted value.
        left = any(EMAIL[:end].encode() in data and EMAIL[end:].encode() in data for end in range(2, len(EMAIL) - 1))
        apart += left and EMAIL.encode() not in data
        assert found(data) or not left, before
    assert apart, "no page ended within the address, so nothing was tested"


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
@pytest.mark.parametrize("pack", [zlib.compress, gzip.compress, lambda data: zlib.compress(data)[2:-4]])
def test_a_packed_value_over_several_pages_is_found(pack, encoding: str) -> None:  # type: ignore[no-untyped-def]
    noise = "".join(f"{number * number:x}" for number in range(4000))
    with TemporaryDirectory() as name, closing(database(Path(name), 1024, encoding=encoding)) as connection:
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [pack((noise + EMAIL).encode())])
        data = (Path(name) / "db").read_bytes()
        assert found(data)
        assert found(gzip.compress(b"x" * 777 + data))


def test_a_damaged_file_stops_nothing() -> None:
    with TemporaryDirectory() as name, closing(database(Path(name), 512)) as connection:
        connection.execute("INSERT INTO note (who, text) VALUES ('x', ?)", [note(3000, 300)])
        data = (Path(name) / "db").read_bytes()
    for cut in range(0, len(data), 333):
        find_traces(data[:cut], FEMKE.canaries)
        find_traces(data[:16] + data[16 + cut % 400 :], FEMKE.canaries)
