"""The journal: a line for each scenario that ran, so that an interrupted check can be taken up again."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from pydantic import ValidationError

from harness.errors import UsageError
from harness.evidence.model import Model
from harness.selfcheck.model import Ran

FILE_NAME = "selfcheck.jsonl"


class Head(Model):
    """The first line: what must be the same for the others to count."""

    digest: str
    seed: int


class Journal:
    """Appends what ran, each line out of our hands at once.

    Args:
        folder: Where it lies.
        head: What this check depends on.
        resume: Whether what an earlier check wrote counts, if it has the same head; otherwise it is replaced.

    Attributes:
        ran: What counts of an earlier check.

    Raises:
        UsageError: The folder cannot be written to.
    """

    def __init__(self, folder: Path, head: Head, *, resume: bool) -> None:
        path = folder / FILE_NAME
        self.ran = _read(path, head) if resume else []
        try:
            self._file = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(
                f"Nothing can be written to {path}: {error.strerror}", remedy="give another folder with --out"
            ) from error
        self.write(head)
        for line in self.ran:
            self.write(line)

    def write(self, line: Head | Ran) -> None:
        """Append a line."""
        self._file.write(line.model_dump_json(exclude_defaults=True) + "\n")
        self._file.flush()

    def __enter__(self) -> Journal:
        """The journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()


def _read(path: Path, head: Head) -> list[Ran]:
    try:
        # What stands after the last end of a line was cut off.
        first, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        if Head.model_validate_json(first) != head:
            return []
        return [Ran.model_validate_json(line) for line in lines]
    except (OSError, ValueError, ValidationError):
        return []
