#!/bin/sh
# Expected: DELETE followed by CHECKPOINT and VACUUM leaves nothing of the row in DuckDB's file.
# Seen: the address stays readable in the file. Copying the database into a new file leaves it out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import duckdb

ERASED = "anna@shop.example"
first, second = Path(sys.argv[1], "first.db"), Path(sys.argv[1], "second.db")
with duckdb.connect(str(first)) as database:
    database.execute("CREATE TABLE person(id INTEGER, address VARCHAR)")
    database.execute("INSERT INTO person SELECT i, 'person' || i || '@shop.example' FROM range(5000) t(i)")
    database.execute("INSERT INTO person VALUES (9999, ?)", [ERASED])
    database.execute("CHECKPOINT")
    database.execute("DELETE FROM person WHERE id = 9999")
    for statement in ("CHECKPOINT", "VACUUM", "CHECKPOINT"):
        database.execute(statement)
    rows = database.execute("SELECT count(*) FROM person WHERE address = ?", [ERASED]).fetchone()[0]
    database.execute(f"ATTACH '{second}' AS copied")
    database.execute("COPY FROM DATABASE first TO copied")
seen = [rows, *(ERASED.encode() in file.read_bytes() for file in (first, second))]
print(f"DuckDB {duckdb.__version__}: rows left {seen[0]}; address in the file {seen[1]}, in a copy {seen[2]}")
sys.exit(seen != [0, True, False])
PYTHON
