"""Writes the raw report during the run, and reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, TextIO

from pydantic import TypeAdapter, ValidationError

from harness.errors import UsageError
from harness.evidence.model import FORMAT, Line, Model, RunFinished, RunStarted, ScenarioFinished

FILE_NAME = "raw.jsonl"
SCHEMA = Path(__file__).with_name("raw.schema.json")
"""The JSON Schema of one line, for other programs that read raw reports."""

_LINE: TypeAdapter[RunStarted | ScenarioFinished | RunFinished] = TypeAdapter(Line)


@dataclass(frozen=True, slots=True)
class RawReport:
    """A raw report that was read.

    Attributes:
        run: Its first line.
        scenarios: The scenarios, in the order of the features.
        end: Its last line; nothing if the run was cut off.
        notes: Defects of the file that could be ignored.
    """

    run: RunStarted
    scenarios: tuple[ScenarioFinished, ...]
    end: RunFinished | None = None
    notes: tuple[str, ...] = field(default=())


class RawWriter:
    """Appends lines to a raw report. Each line is flushed before the next scenario ends."""

    def __init__(self, folder: Path) -> None:
        """Start a raw report in a folder, replacing that of an earlier run.

        Raises:
            UsageError: The folder cannot be written to.
        """
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = self.path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _unwritable(folder, error) from error

    def write(self, line: Model) -> None:
        """Append a line and flush it."""
        self.append(line.model_dump_json())

    def append(self, line: str) -> None:
        """Append a line that is JSON of a model already, and flush it."""
        self._file.write(line + "\n")
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


def check_writable(folder: Path) -> None:
    """Create a folder and check that a raw report can be written there. An existing report is left unchanged.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
        if (folder / FILE_NAME).exists():
            with (folder / FILE_NAME).open("r+b"):
                pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def read_raw(path: Path) -> RawReport:
    """Read a raw report. An incomplete last line is ignored, with a note.

    Raises:
        UsageError: There is no such file, or it is not a raw report of a supported version.
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
    end: RunFinished | None = None
    scenarios: list[ScenarioFinished] = []
    notes = [f"line {len(lines) + 1} is incomplete and was ignored"] if rest else []
    for number, text in enumerate(lines, start=1):
        try:
            line = _LINE.validate_json(text)
        except ValidationError as error:
            raise _not_ours(path, number) from error
        match line:
            case RunStarted() if number == 1:
                run = line
            case ScenarioFinished() if run is not None and end is None:
                scenarios.append(line)
            case RunFinished() if run is not None and end is None:
                end = line
            case _:
                raise _not_ours(path, number)
    if run is None:
        raise _not_ours(path, 1)
    order = {key.id: place for place, key in enumerate(run.parsed)}
    scenarios.sort(key=lambda one: order.get(one.scenario.id, len(order)))
    return RawReport(run, tuple(scenarios), end, tuple(notes))


def raw_schema() -> dict[str, Any]:
    """The JSON Schema of one line, from the models."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of a raw report ({FORMAT} version 1)",
        **_LINE.json_schema(mode="serialization"),
    }


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(
        f"Nothing can be written to {folder}: {error.strerror or error}",
        cause="not a folder, write-protected, or the disk is full",
        remedy="choose another folder with --out",
    )


def _not_ours(path: Path, number: int) -> UsageError:
    return UsageError(
        f"{path} is not a raw report ({FORMAT} version 1); line {number} does not match.",
        cause="another file, an empty one, or one from another version of shes-audit",
        remedy=f"give the {FILE_NAME} in the output folder of a run of this version",
    )
