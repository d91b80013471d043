"""Locates and reads the policy register."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from harness import geography
from harness.errors import UsageError
from harness.policy.model import (
    Channel,
    Clause,
    DerivedPart,
    Level,
    Origin,
    Passage,
    Policy,
    Reading,
    Region,
    Register,
    Section,
)

ENVIRONMENT_VARIABLE = "SHES_AUDIT_REGISTER"
ENTRY_POINT_GROUP = "shes_audit.register"
SCHEMA_FILE = "register.schema.json"
POLICY_FILE = "policy.yaml"
PASSAGES_FILE = "passages.yaml"
SEEN_FILE = "seen.yaml"
"""Written by ``shes-audit selfcheck --record``; optional."""

# The C loader, if available, is about ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_REGION = re.compile(r"[A-Z]{3,}(-[A-Z]+)*")


def find_register() -> Path:
    """The folder of the register.

    The environment variable ``SHES_AUDIT_REGISTER`` names it; otherwise it is the folder ``register`` of a package
    named by an entry point of the group ``shes_audit.register``, or ``features/register`` below the working directory.

    Raises:
        UsageError: There is none.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named)
    here = Path("features", "register")
    for candidate in (*_packaged(), here):
        if candidate.is_dir():
            return candidate
    raise UsageError(
        "The policy register was not found.",
        cause=f"The package that contains it is not installed, and there is no folder {here}.",
        remedy=f"Install the project, run the command in its root, or set {ENVIRONMENT_VARIABLE} to the folder.",
    )


def _packaged() -> Iterator[Path]:
    for entry_point in entry_points(group=ENTRY_POINT_GROUP):
        package = find_spec(entry_point.module)
        for location in (package.submodule_search_locations or []) if package else []:
            yield Path(location, "register")


def load_register(path: Path) -> Register:
    """The register in a folder, checked against its JSON Schema and for consistency between files.

    Args:
        path: A folder with ``policy.yaml``, ``passages.yaml``, ``register.schema.json`` and the section files.

    Raises:
        UsageError: A file is missing or malformed; the message names file, row and field.
    """
    schema = _schema(path / SCHEMA_FILE)
    about = _read(path / POLICY_FILE, schema, "policy")
    seen = _read(path / SEEN_FILE, schema, "seen") if (path / SEEN_FILE).exists() else {}
    sections, clauses = [], []
    for name in about["sections"]:
        content = _read(path / name, schema, "section")
        sections.append(Section(content["section"], content["title"]))
        clauses += [
            _clause(row, content["section"], path / name, seen.get(row["id"], {})) for row in content["clauses"]
        ]
    rows = _read(path / PASSAGES_FILE, schema, "passages")["passages"]
    passages = [Passage(**row | {"clauses": tuple(row.get("clauses", ()))}) for row in rows]
    register = Register(
        path=path,
        policy=Policy(
            publisher=about["publisher"],
            account_name=about["account"]["name"],
            account_short_name=about["account"]["short_name"],
            language=about["language"],
            last_updated=date.fromisoformat(about["last_updated"]),
        ),
        sections=tuple(sections),
        clauses=tuple(clauses),
        passages=tuple(passages),
        regions=tuple(_region(path, row) for row in about["regions"]),
    )
    _check(register)
    for clause_id in seen.keys() - set(register.ids):
        raise _broken(path / SEEN_FILE, f"no row {clause_id}")
    return register


def _region(path: Path, row: Mapping[str, Any]) -> Region:
    as_of = date.fromisoformat(row["as_of"])
    if "members" in row:
        return Region(row["code"], row["name"], as_of, row["source"], frozenset(row["members"]))
    if row["code"] not in geography.areas():
        raise _broken(path / POLICY_FILE, f"regions: {row['code']} has no members, and is not in harness/geography")
    area = geography.area(row["code"])
    return Region(area.code, row["name"], as_of, area.source, geography.members(area.code, as_of))


def _schema(file: Path) -> dict[str, Any]:
    try:
        schema: dict[str, Any] = json.loads(_text(file))
    except ValueError as error:
        raise _broken(file, str(error)) from None
    return schema


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"A file of the policy register cannot be read: {file}.",
            cause=str(error),
            remedy=f"Restore the file, or set {ENVIRONMENT_VARIABLE} to another register.",
        ) from None


def _broken(file: Path, cause: str) -> UsageError:
    return UsageError(f"The policy register is malformed in {file}.", cause=cause, remedy="Correct the file.")


def _read(file: Path, schema: Mapping[str, Any], kind: str) -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    text = _text(file)
    try:
        content = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _broken(file, " ".join(str(error).split())) from None
    except ValueError as error:
        raise _broken(file, str(error)) from None
    validator = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema.get("$defs", {})})
    fault = best_match(validator.iter_errors(content))
    if fault is not None:
        raise _broken(file, f"{_where(content, list(fault.absolute_path))}: {fault.message}")
    return content


def _where(content: Any, path: list[str | int]) -> str:
    """Row and field of an error, such as ``row 4.1, field channels[0]``."""
    row, field = "", path
    if len(path) > 1 and isinstance(number := path[1], int):
        entry = content[path[0]][number]
        names = entry if isinstance(entry, dict) else {}
        row, field = f"row {names.get('id') or names.get('code') or f'number {number + 1}'}", path[2:]
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in field).lstrip(".")
    return ", ".join(part for part in (row, words and f"field {words}") if part) or "the file as a whole"


def _clause(row: Mapping[str, Any], section: str, file: Path, seen: Mapping[str, str]) -> Clause:
    if row["id"].rpartition(".")[0] != section:
        raise _broken(file, f"row {row['id']}, field id: does not belong to section {section}")
    return Clause(
        id=row["id"],
        section=section,
        title=row["title"],
        obligation=row["obligation"],
        protects=tuple(row["protects"]),
        level=Level(row["level"]),
        origin=Origin(row["origin"]),
        channels=tuple(Channel(channel) for channel in row["channels"]),
        law=tuple(row["law"]),
        violated_by=tuple(row["violated_by"]),
        excludes=tuple(row.get("excludes", ())),
        varies_by=row.get("varies_by"),
        derived=tuple(
            DerivedPart(Origin(part["origin"]), part["text"], part["why"]) for part in row.get("derived", ())
        ),
        readings=tuple(
            Reading(part["passage"], tuple(part["readings"]), part["tested"], part["why"])
            for part in row.get("readings", ())
        ),
        seen={Channel(channel): fault for channel, fault in seen.items()},
    )


def _check(register: Register) -> None:
    """Check the consistency between files, which a schema cannot express.

    Raises:
        UsageError: An id occurs twice, a passage is bound to an unknown clause, or a clause names an unknown region.
    """
    double = [clause_id for clause_id, count in Counter(clause.id for clause in register.clauses).items() if count > 1]
    if double:
        raise _broken(register.path, f"row {double[0]}, field id: occurs twice")
    known = set(register.ids)
    for passage in register.passages:
        for clause_id in set(passage.clauses) - known:
            raise _broken(register.path / PASSAGES_FILE, f"{passage.place}, field clauses: no row {clause_id}")
    regions = {region.code for region in register.regions}
    for clause in register.clauses:
        for code in (*clause.protects, *clause.excludes):
            if _REGION.fullmatch(code) and code not in regions:
                raise _broken(register.path, f"row {clause.id}: {code} is not a region of {POLICY_FILE}")
