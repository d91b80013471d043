#!/bin/sh
# Expected: a table filtered to leave a person out, and written again, does not hold that person's address.
# Seen: a dictionary-encoded column keeps its whole dictionary when rows are filtered. Feather and Parquet files
# written from it hold the address of a person who is in no row. Decoding the column first leaves it out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, feather, parquet

ERASED = "anna@shop.example"
addresses = pa.array([ERASED, "ben@shop.example", "cleo@shop.example"])
table = pa.table({"address": addresses.dictionary_encode(), "number": [1, 2, 3]})
kept = table.filter(compute.field("number") > 1)
decoded = kept.set_column(0, "address", kept["address"].cast(pa.string()))
assert ERASED not in kept["address"].to_pylist()

seen = []
for columns in (kept, decoded):
    feather.write_feather(columns, f"{sys.argv[1]}/feather", compression="uncompressed")
    parquet.write_table(columns, f"{sys.argv[1]}/parquet", compression="none")
    seen += [ERASED.encode() in Path(sys.argv[1], name).read_bytes() for name in ("feather", "parquet")]
print(f"pyarrow {pa.__version__}: filtered-out address in the Feather file, in the Parquet file:", *seen[:2])
print("  the same after decoding the column:", *seen[2:])
sys.exit(seen != [True, True, False, False])
PYTHON
