#!/bin/sh
# Expected: with PRAGMA secure_delete=ON, a row deleted from an FTS5 table leaves no word of it in the file.
# Seen: the word stays, through VACUUM as well, until FTS5's own 'optimize'. FTS5 has a switch of its own,
# 'secure-delete', that has to be set before the deletion.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import apsw


def words_left(name, fts5_switch):
    """Whether the deleted word is in the file: after the deletion, after VACUUM, after 'optimize'."""
    file = Path(sys.argv[1], name)
    database = apsw.Connection(str(file))
    database.execute("PRAGMA secure_delete=ON")
    database.execute("CREATE VIRTUAL TABLE note USING fts5(body)")
    if fts5_switch:
        database.execute("INSERT INTO note(note, rank) VALUES ('secure-delete', 1)")
    database.execute("INSERT INTO note VALUES ('ring annamaria back'), ('ring ben back')")
    database.execute("DELETE FROM note WHERE rowid = 1")
    seen = ["annamaria" in file.read_text("latin-1")]
    for statement in ("VACUUM", "INSERT INTO note(note) VALUES ('optimize')"):
        database.execute(statement)
        seen.append("annamaria" in file.read_text("latin-1"))
    return seen


pragma_alone, with_switch = words_left("a.db", False), words_left("b.db", True)
print(f"SQLite {apsw.sqlite_lib_version()}, FTS5, secure_delete=ON: deleted word in the file after")
print("  DELETE, VACUUM, 'optimize':", *pragma_alone)
print("  the same with FTS5's own secure-delete:", *with_switch)
sys.exit((pragma_alone, with_switch) != ([True, True, False], [False, False, False]))
PYTHON
