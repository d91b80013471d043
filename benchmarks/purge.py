"""``make bench-purge``: what a purge costs as the number of accounts grows, beside plain SQL on a copy of the file.

Writes its section of ``benchmarks/RESULTS.md``. Needs about 15 GB for a time, in the folder for temporary files.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ahocorasick_rs

from benchmarks import results
from reference_impl.bootstrap import Parts, build
from reference_impl.bootstrap.parts import Shared, WorldClock
from reference_impl.service.ports import Wiring
from reference_impl.store.migrate import migrate

ACCOUNTS = (1_000, 10_000, 100_000, 1_000_000)
DUE = 1_000
ROUNDS = 3
NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
_THEN = "2026-09-01T12:00:00.000000Z"
_CHUNK = 64 << 20

Row = tuple[object, ...]


def load(path: Path, accounts: int, due: int = DUE, seed: int = 1) -> list[str]:
    """Fill a fresh database file with people: all with an account, a consent, and what was sent about them.

    ``due`` of them, here and there, are to be purged at ``NOW``: all that there was about them is still there, as after
    a request for erasure. Of the others every hundredth has gone, too, and is to be purged later.

    Returns:
        The unique part of the values of each person who is due.
    """
    migrate(path)
    dice = random.Random(seed)
    leaving = set(dice.sample(range(accounts), due))
    due_tags = []
    connection = sqlite3.connect(path, isolation_level=None)
    # How the data gets there is not measured.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4000000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN")
    for first in range(0, accounts, 10_000):
        rows: dict[str, list[Row]] = {}
        for number in range(first, min(first + 10_000, accounts)):
            tag = dice.randbytes(16).hex()
            if number in leaving:
                due_tags.append(tag)
            gone = NOW if number in leaving else NOW + timedelta(days=30) if number % 100 == 0 else None
            for table, row in _person(tag, gone):
                rows.setdefault(table, []).append(row)
        for table, values in rows.items():
            places = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({places})", values)
    connection.execute("COMMIT")
    connection.close()
    return due_tags


_COLUMNS = {
    "sony_accounts": "person_id, email, email_key, password_hash, date_of_birth, country, language, created_at, "
    "verified_at, closed_at, opt_out_source",
    "shes_accounts": "account_id, person_id, display_name, country, postal_code, created_at, closed_at",
    "consents": "person_id, account_id, purpose, text_version, language, given_at, withdrawn_at",
    "pseudonyms": "subject_id, person_id, recipient",
    "unsubscribe_links": "token_hash, person_id",
    "access_tokens": "token_hash, person_id, expires_at",
    "deletions": "person_id, receipt_id, reason, deleted_at, purge_due_at",
    "outbox": "message_id, lane, person_id, kind, recipient, purpose, body, state, created_at, next_try_at, tries, "
    "ended_at",
    "disclosures": "delivery_id, person_id, subject_id, recipient, recipient_country, purpose, kind, state, "
    "decided_at, exposed",
}


def _person(tag: str, purge_due_at: datetime | None) -> Iterator[tuple[str, Row]]:
    person, subject, email = f"prs_{tag}", f"sub_{tag}", f"{tag}@example.org"
    closed = _THEN if purge_due_at else None
    company = "sony-europe-bv"
    yield "sony_accounts", (person, email, email, "x" * 97, "1990-05-17", "NL", "nl", _THEN, _THEN, closed, "none")
    yield "shes_accounts", (f"acc_{tag}", person, f"Name {tag}", "NL", "1012 AB", _THEN, closed)
    yield "consents", (person, f"acc_{tag}", "email-marketing", "1", "nl", _THEN, closed)
    yield "pseudonyms", (subject, person, company)
    yield "unsubscribe_links", (tag * 2, person)
    share = f'{{"subject":{{"subject_id":"{subject}","email":"{email}","display_name":"Name {tag}","language":"nl"}}}}'
    messages = [("mail", "person", f"mail/{person}", f'{{"to":"{email}"}}')]
    messages += [("share", company, f"{company}/email-marketing/{subject}", share)]
    if purge_due_at:
        due = f"{purge_due_at:%Y-%m-%dT%H:%M:%S.%fZ}"
        yield "deletions", (person, f"rcp_{tag}", f"Reason {tag}", _THEN, due)
        withdrawal = f'{{"subject":{{"subject_id":"{subject}"}}}}'
        messages += [("withdraw", company, f"{company}/email-marketing/{subject}", withdrawal)]
    else:
        yield "access_tokens", (tag[::-1] * 2, person, "2026-10-01T12:00:00.000000Z")
    for kind, recipient, lane, body in messages:
        key, purpose = f"{kind}_{tag[::-1]}", "email-marketing"
        yield "outbox", (key, lane, person, kind, recipient, purpose, body, "delivered", _THEN, _THEN, 1, _THEN)
        if recipient == company:
            yield "disclosures", (key, person, subject, company, "GB", purpose, kind, "delivered", _THEN, True)


@contextmanager
def copy_of(path: Path) -> Iterator[Path]:
    """A copy that is thrown away."""
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    try:
        yield Path(shutil.copyfile(path, folder / path.name))
    finally:
        shutil.rmtree(folder)


def by_service(path: Path, shared: Shared) -> float:
    """Seconds until the service has purged all who are due, and has come to rest."""
    world = build(
        shared,
        world_id="",
        folder=path.parent,
        database=path,
        logs=path.parent / "logs",
        clock=WorldClock(NOW),
        base_url="http://shes.test",
        wiring=Wiring(),
        durable=True,
        secret=b"of no consequence",
    )
    started = time.perf_counter()
    rest = world.service.scheduler.settle(3600)
    seconds = time.perf_counter() - started
    world.close()
    if not rest.settled:
        sys.exit(f"The purge did not come to its end: {rest.pending}")
    return seconds


def by_sql(path: Path, *, vacuum: bool) -> tuple[float, float]:
    """Seconds of deleting the same rows by their indexes, and of writing the file anew after that."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%person_id%'"
    names = {name for (name,) in connection.execute(tables)} - {"sony_accounts", "disclosures"}
    started = time.perf_counter()
    connection.execute("BEGIN")
    due = "SELECT person_id FROM deletions WHERE purge_due_at <= ?"
    connection.execute(f"CREATE TEMP TABLE due AS {due}", (f"{NOW:%Y-%m-%dT%H:%M:%S.%fZ}",))
    where = "WHERE person_id IN (SELECT person_id FROM due)"
    connection.execute(f"UPDATE disclosures SET person_id = NULL, subject_id = NULL {where}")
    for name in (*sorted(names), "sony_accounts"):
        connection.execute(f"DELETE FROM {name} {where}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    deleted = time.perf_counter()
    if vacuum:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    ended = time.perf_counter()
    connection.close()
    return deleted - started, ended - deleted


def left_in(path: Path, tags: list[str]) -> int:
    """How many times the bytes of the file still say one of the tags."""
    search = ahocorasick_rs.BytesAhoCorasick([tag.encode() for tag in tags])
    found, before = 0, b""
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            found += len(search.find_matches_as_indexes(before + chunk))
            before = chunk[1 - len(tags[0]) :]
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, the best of some rounds, and the bytes of the file."""

    accounts: int
    size: int
    service: float
    deleting: float
    vacuum: float


def measure(folder: Path, accounts: int, due: int = DUE, rounds: int = ROUNDS) -> Measured:
    """Measure all of it with so many accounts, and see that the service leaves nothing and plain SQL no rows."""
    shared = Shared.of(Parts())
    path = folder / f"{accounts}.db"
    tags = load(path, accounts, due)
    service, deleting, vacuum = [], [], []
    for round_ in range(rounds):
        with copy_of(path) as own:
            service.append(by_service(own, shared))
            if left := left_in(own, tags):
                sys.exit(f"The service left {left} traces of those who were purged")
        with copy_of(path) as own:
            deleted, written = by_sql(own, vacuum=round_ == 0)
            deleting.append(deleted)
            vacuum += [written] if round_ == 0 else []
    size = path.stat().st_size
    path.unlink()
    return Measured(accounts, size, min(service), min(deleting), min(vacuum))


def main() -> None:
    """Measure, and write the results down."""
    folder = Path(tempfile.mkdtemp(prefix="shes-audit-bench-"))
    measured: list[Measured] = []
    try:
        for accounts in ACCOUNTS:
            measured.append(measure(folder, accounts))
            sys.stderr.write(f"{measured[-1]}\n")
    finally:
        shutil.rmtree(folder)
    first = measured[0]
    rows = [
        (
            f"{one.accounts:,}",
            f"{one.size / 1e6:,.0f} MB",
            f"{one.service:.2f} s",
            f"**{one.service / first.service:.2f}**",
            f"{one.deleting / first.deleting:.2f}",
            f"{(one.deleting + one.vacuum) / (first.deleting + first.vacuum):.1f}",
            f"{one.service / one.deleting:.1f} ({one.deleting * 1000:.0f} ms)",
            f"{one.service / (one.deleting + one.vacuum):.2f} ({one.deleting + one.vacuum:.2f} s)",
        )
        for one in measured
    ]
    head = (
        "accounts",
        "file",
        "purge",
        f"purge / purge at {first.accounts:,}",
        "`DELETE` likewise",
        "`DELETE` and `VACUUM` likewise",
        "purge / `DELETE`",
        "purge / `DELETE` and `VACUUM`",
    )
    results.write(
        "The purge",
        [
            f"`make bench-purge` (`python -m benchmarks.purge`), {results.machine()}, {datetime.now(UTC):%Y-%m-%d}.",
            f"{DUE:,} accounts are due, scattered among all. After the purge no byte of the file tells of them.",
            "Plain `DELETE`s by index on a copy of the same file, in one transaction, do not see to that; with",
            f"`VACUUM` they do, and write the whole file anew. The best of {ROUNDS} rounds; `VACUUM` once.",
            "",
            *results.table(head, rows),
        ],
    )


if __name__ == "__main__":
    main()
