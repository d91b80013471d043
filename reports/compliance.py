"""``compliance.json``: the verdicts for machines, and the JSON Schema that describes it."""

from __future__ import annotations

import json
from pathlib import Path

from harness.verdict.model import Compliance

SCHEMA_FILE = Path(__file__).parent / "schema" / "compliance.schema.json"


def make_compliance(compliance: Compliance) -> str:
    """The verdicts as JSON, with a line end."""
    return compliance.model_dump_json(indent=2) + "\n"


def make_schema() -> str:
    """The JSON Schema (2020-12) of what :func:`make_compliance` makes. ``SCHEMA_FILE`` contains it."""
    schema = Compliance.model_json_schema(mode="serialization")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Made from harness.verdict.model.Compliance by: python -m reports.compliance",
        **schema,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(make_schema(), encoding="utf-8")
