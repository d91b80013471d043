"""The bundled target as a separate process: started, awaited, and stopped by its starter."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from queue import Empty, Queue
from typing import IO, BinaryIO, Self

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


def bundled_reference(out: Path) -> Started:
    """The bundled reference, not started yet.

    Args:
        out: The output folder of the run, for its messages.

    Raises:
        UsageError: The extra that it requires is missing.
    """
    return Started(bundled("reference"), out / "target.log")


class Started:
    """A target that runs as a process of its own, from when it is entered until it is left.

    Entering it does not wait for the target: it gets ready while the caller does something else.

    Args:
        command: Starts a program that prints one line of JSON with its ``url`` and ends when its input is closed.
        log: File for its messages, in a folder that is created if missing; none by default. It is removed if empty.
    """

    def __init__(self, command: Sequence[str], log: Path | None = None) -> None:
        self._command = list(command)
        self._log = log
        self._first: Queue[bytes] = Queue()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            errors = stack.enter_context(_opened(self._log)) if self._log else subprocess.DEVNULL
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
            )
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()
        try:
            self._process.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._log is not None and self._log.exists() and not self._log.stat().st_size:
            self._log.unlink()

    @cached_property
    def url(self) -> str:
        """Its address, as soon as it has one.

        Raises:
            TargetError: It did not start.
        """
        try:
            url: str = json.loads(self._first.get(timeout=_START_LIMIT))["url"]
        except (Empty, ValueError, KeyError, TypeError) as error:
            cause = "no output within the time limit"
            if not isinstance(error, Empty):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    cause = f"it ended with exit code {self._process.wait(_STOP_LIMIT)}"
            raise TargetError(
                "The bundled target did not start.",
                cause=cause,
                remedy=f"read {self._log}" if self._log else "start it manually with `shes-audit serve`",
            ) from error
        return url

    def dismiss(self) -> None:
        """Tell it to end, without waiting until it has ended."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process.terminate()

    def _read(self, output: IO[bytes]) -> None:
        with output:
            self._first.put(output.readline())
            # Read to the end: the program would block on a full pipe.
            for _ in output:
                pass


def _opened(log: Path) -> BinaryIO:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        return log.open("ab")
    except OSError as error:
        raise UsageError(
            f"Nothing can be written to {log}: {error.strerror}",
            cause="not a file, write-protected, or the disk is full",
            remedy="choose another folder with --out",
        ) from error
