"""The bundled target as a separate process: started, awaited, and stopped by its starter."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from queue import Empty, Queue
from typing import IO, BinaryIO

from harness import extras
from harness.errors import TargetError, UsageError

_GROUP = "shes_audit.targets"
_START_LIMIT = 30.0
_STOP_LIMIT = 5.0


def bundled(name: str) -> list[str]:
    """The command line that starts a bundled target.

    Args:
        name: Name of an entry point in the group ``shes_audit.targets``, such as ``reference``.

    Raises:
        UsageError: None with that name is installed, or the extra that it requires is missing.
    """
    for entry in entry_points(group=_GROUP, name=name):
        extras.require(entry)
        command: list[str] = entry.load()()
        return command
    raise UsageError(
        f"There is no bundled target {name!r}.",
        cause="the installation is incomplete",
        remedy="run `make audit`, or give a target with --target",
    )


@contextlib.contextmanager
def started(command: Sequence[str], log: Path | None = None) -> Iterator[str]:
    """Run a target for as long as the context lasts.

    Args:
        command: Starts a program that prints one line of JSON with its ``url`` and ends when its input is closed.
        log: File for its messages; none by default.

    Yields:
        Its address.

    Raises:
        TargetError: It did not start.
    """
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(_opened(log)) if log else subprocess.DEVNULL
        process = subprocess.Popen(
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        )
        try:
            yield _address(process, log)
        finally:
            _stop(process)


def _opened(log: Path) -> BinaryIO:
    try:
        return log.open("ab")
    except OSError as error:
        raise UsageError(
            f"Nothing can be written to {log}: {error.strerror}",
            cause="not a file, write-protected, or the disk is full",
            remedy="choose another folder with --out",
        ) from error


def _address(process: subprocess.Popen[bytes], log: Path | None) -> str:
    first: Queue[bytes] = Queue()

    def read(output: IO[bytes]) -> None:
        with output:
            first.put(output.readline())
            # Read to the end: the program would block on a full pipe.
            for _ in output:
                pass

    threading.Thread(target=read, args=(process.stdout,), daemon=True).start()
    try:
        url: str = json.loads(first.get(timeout=_START_LIMIT))["url"]
    except (Empty, ValueError, KeyError, TypeError) as error:
        cause = "no output within the time limit"
        if not isinstance(error, Empty):
            with contextlib.suppress(subprocess.TimeoutExpired):
                cause = f"it ended with exit code {process.wait(_STOP_LIMIT)}"
        raise TargetError(
            "The bundled target did not start.",
            cause=cause,
            remedy=f"read {log}" if log else "start it manually with `shes-audit serve` and read its output",
        ) from error
    return url


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    process.terminate()
    try:
        process.wait(_STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
