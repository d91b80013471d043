"""Writes the raw report during the run, and reads it.

Each line ends with a member ``chain``: the SHA-256 of the ``chain`` of the line before followed by the line without
its own. So an edit of any line is found without a key. Somebody who writes every hash again is not: only what a
report says about itself, and the suite that is installed, can then contradict it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from pydantic import TypeAdapter, ValidationError

from harness.errors import UsageError
from harness.evidence.consistency import contradictions
from harness.evidence.folder import FILE_NAME, unwritable
from harness.evidence.model import (
    FORMAT,
    VERSION,
    Line,
    Model,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    TargetFound,
)

__all__ = ["FILE_NAME", "SCHEMA", "RawReport", "RawWriter", "raw_schema", "read_raw"]

SCHEMA = Path(__file__).with_name("raw.schema.json")
"""The JSON Schema of one line, for other programs that read raw reports."""

_LINE: TypeAdapter[RunStarted | TargetFound | ScenarioFinished | RunFinished] = TypeAdapter(Line)
_CHAIN = ',"chain":"'
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class RawReport:
    """A raw report that was read.

    Attributes:
        run: Its first line.
        target: Its second line; nothing in it if the target did not answer.
        scenarios: The scenarios, in the order of the features.
        end: Its last line; nothing if the run was cut off.
        notes: Defects of the file that could be ignored.
    """

    run: RunStarted
    scenarios: tuple[ScenarioFinished, ...]
    end: RunFinished | None = None
    notes: tuple[str, ...] = field(default=())
    target: TargetFound = field(default_factory=TargetFound)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the run is not complete, apart from what was not selected; nothing if it is."""
        if self.end is None:
            return ("the run was cut off",)
        if self.end.interrupted:
            return ("the run was interrupted",)
        return self.end.integrity


class RawWriter:
    """Appends lines to a raw report. Each line is flushed before the next scenario ends."""

    def __init__(self, folder: Path) -> None:
        """Start a raw report in a folder, replacing that of an earlier run.

        Raises:
            UsageError: The folder cannot be written to.
        """
        self.path = folder / FILE_NAME
        self._chain = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = self.path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(folder, error) from error

    def write(self, line: Model) -> None:
        """Append a line and flush it."""
        self.append(line.model_dump_json())

    def append(self, line: str) -> None:
        """Append a line that is JSON of a model already, and flush it."""
        self._chain = _chained(self._chain, line.encode())
        self._file.write(f'{line[:-1]}{_CHAIN}{self._chain}"}}\n')
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> RawWriter:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def read_raw(path: Path) -> RawReport:
    """Read a raw report, and check that it agrees with itself. An incomplete last line is ignored, with a note.

    Raises:
        UsageError: There is no such file, it is not a raw report of a supported version, it was edited, or it
            contradicts itself.
    """
    try:
        # Bytes: a run that was killed may have left an incomplete character, and only "\n" ends a line.
        *lines, rest = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageError(
            f"The raw report {path} cannot be read: {error.strerror or error}",
            cause="no such file, or not a raw report",
            remedy=f"give the {FILE_NAME} in the output folder of a run",
        ) from error
    run: RunStarted | None = None
    target: TargetFound | None = None
    end: RunFinished | None = None
    scenarios: list[ScenarioFinished] = []
    notes = [f"line {len(lines) + 1} is incomplete and was ignored"] if rest else []
    for number, line in enumerate(_lines(path, lines), start=1):
        match line:
            case RunStarted() if number == 1:
                run = line
            case TargetFound() if number == 2:
                target = line
            case ScenarioFinished() if run is not None and end is None:
                scenarios.append(line)
            case RunFinished() if run is not None and end is None:
                end = line
            case _:
                raise _not_ours(path, number, "it is out of place")
    if run is None:
        raise _not_ours(path, 1, "it is empty")
    if rest and end is not None:
        raise _not_ours(path, len(lines) + 1, "it comes after the last line")
    wrong = next(contradictions(run, target, scenarios, end), "")
    if wrong:
        raise UsageError(
            f"The raw report {path} contradicts itself: {wrong}.",
            cause="it was edited after the run",
            remedy="run the audit again",
        )
    order = {key.id: place for place, key in enumerate(run.parsed)}
    scenarios.sort(key=lambda one: order.get(one.scenario.id, len(order)))
    return RawReport(run, tuple(scenarios), end, tuple(notes), target or TargetFound())


def _lines(path: Path, lines: Sequence[bytes]) -> Iterator[RunStarted | TargetFound | ScenarioFinished | RunFinished]:
    """Each line as a model; one that is not linked to the line before is refused."""
    chain = ""
    for number, whole in enumerate(lines, start=1):
        head, mark, tail = whole.rpartition(_CHAIN.encode())
        text = head + b"}" if mark else whole
        try:
            line = _LINE.validate_json(text, strict=True)
        except ValidationError as error:
            raise _not_ours(path, number, _first_fault(error)) from error
        # What the models write again as it stands has nothing twice and nothing that JSON does not know.
        if line.model_dump_json().encode() != text and (fault := _fault_of_json(text)):
            raise _not_ours(path, number, fault)
        chain = _chained(chain, text)
        if tail != f'{chain}"}}'.encode():
            raise UsageError(
                f"The raw report {path} was edited: line {number} does not follow from the lines before.",
                cause="a line was changed, removed, added or moved after the run",
                remedy="run the audit again",
            )
        yield line


def _chained(chain: str, line: bytes) -> str:
    return sha256(chain.encode() + line).hexdigest()


def _first_fault(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}"[:_LONGEST_REASON]


def _fault_of_json(text: bytes) -> str:
    """What a careful reader of JSON refuses: a member that is there twice, a number that is none."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            raise ValueError(f"the member {next(name for name in names if names.count(name) > 1)!r} is there twice")
        return found

    def number(digits: str) -> float:
        if not isfinite(value := float(digits)):
            raise ValueError(f"{digits} is not a number of JSON")
        return value

    try:
        json.loads(text.decode(), object_pairs_hook=members, parse_constant=number, parse_float=number)
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""


def raw_schema() -> dict[str, Any]:
    """The JSON Schema of one line, from the models."""
    schema = _LINE.json_schema(mode="serialization")
    for model in (RunStarted, TargetFound, ScenarioFinished, RunFinished):
        of_line = schema["$defs"][model.__name__]
        of_line["properties"]["chain"] = {
            "description": "SHA-256, in hexadecimal, of the chain of the line before, followed by the line without "
            "this member; it is the last one.",
            "pattern": "^[0-9a-f]{64}$",
            "title": "Chain",
            "type": "string",
        }
        of_line["required"] = [*of_line.get("required", ()), "chain"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of a raw report ({FORMAT} version {VERSION})",
        **schema,
    }


def _not_ours(path: Path, number: int, fault: str) -> UsageError:
    return UsageError(
        f"{path} is not a raw report ({FORMAT} version {VERSION}); line {number} does not match: {fault}",
        cause="another file, an empty one, one that was edited, or one from another version of shes-audit",
        remedy=f"give the {FILE_NAME} in the output folder of a run of this version",
    )
