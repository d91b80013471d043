#!/bin/sh
# Expected: decompressing two Zstandard frames in a row (as `zstd -c a b`, or a log that is appended to, makes them)
# gives both, or an error.
# Seen: decompress() gives the first and drops the rest without a word; stream_reader() with its default does give both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zstandard==0.25.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from io import BytesIO

import zstandard

frames = b"".join(zstandard.ZstdCompressor().compress(text) for text in (b"ben ", b"anna"))
whole = zstandard.ZstdDecompressor().decompress(frames)
streamed = zstandard.ZstdDecompressor().stream_reader(BytesIO(frames)).read()
print(f"python-zstandard {zstandard.__version__}: decompress() of two frames {whole!r}, stream_reader() {streamed!r}")
sys.exit((whole, streamed) != (b"ben ", b"ben anna"))
PYTHON
