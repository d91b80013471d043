"""Regenerates the JSON Schema of a raw report's line: ``python -m harness.evidence.raw_schema``."""

from __future__ import annotations

import json

from harness.evidence.raw import SCHEMA, raw_schema

if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(raw_schema(), indent=1) + "\n", encoding="utf-8")
