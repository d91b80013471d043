"""The output folder of a run, which one process at a time writes to."""

from __future__ import annotations

import fcntl
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

from harness.errors import UsageError

FILE_NAME = "raw.jsonl"
"""The raw report in it."""
LOCK_NAME = "writer.lock"


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Reserve a folder for this process; the operating system releases it however the process ends.

    Raises:
        UsageError: The folder cannot be written to, or another process writes to it; the message names that process.
    """
    check_writable(folder)
    try:
        file = (folder / LOCK_NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise UsageError(
                f"Another run is writing to {folder}: {file.read().strip() or 'it does not say which'}.",
                cause="two runs were given one output folder",
                remedy="wait until it has ended, or choose another folder with --out",
            ) from None
        except OSError as error:
            raise unwritable(folder, error) from error
        file.truncate(0)
        command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
        file.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, {command}\n")
        file.flush()
        try:
            yield
        finally:
            # The file stays: if it were removed, a third process could lock another file of the same name.
            file.truncate(0)


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
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> UsageError:
    """The error for a folder that cannot be written to."""
    return UsageError(
        f"Nothing can be written to {folder}: {error.strerror or error}",
        cause="not a folder, write-protected, or the disk is full",
        remedy="choose another folder with --out",
    )
