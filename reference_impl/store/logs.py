"""The log: JSON lines, one file a day of the world's calendar, each deleted when its time is over (clause 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

import structlog
from ahocorasick_rs import AhoCorasick

from reference_impl.domain.instants import render
from reference_impl.service.ports import Clock

_FRESH = ".new"


class LogFiles:
    """Writes lines into a folder. What is handed in must not say who a person is, but for the assigned account id."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        self._lock = RLock()
        self._closed = False
        self._scrubbed: set[str] = set()
        self._logger = structlog.wrap_logger(
            self,
            processors=[self._stamp, structlog.processors.JSONRenderer(ensure_ascii=False)],
            wrapper_class=structlog.BoundLogger,
        )
        folder.mkdir(parents=True, exist_ok=True)
        for half_done in folder.glob(f"*{_FRESH}"):
            half_done.unlink()

    def record(self, event: str, **fields: object) -> None:
        """Write one line; fields that are None are left out."""
        with self._lock:
            if self._scrubbed.isdisjoint(value for value in fields.values() if isinstance(value, str)):
                self._logger.msg(event, **{name: value for name, value in fields.items() if value is not None})

    def msg(self, line: str) -> None:
        """Take one rendered line into today's file."""
        with self._lock:
            if not self._closed:
                with (self.folder / f"{self._clock.now():%Y-%m-%d}.jsonl").open("a", encoding="utf-8") as file:
                    file.write(line + "\n")

    def expire(self, ended_by: datetime) -> int:
        """Delete the files of days that had ended by then, and say how many."""
        with self._lock:
            over = [
                file
                for file in self.files()
                if datetime.combine(date.fromisoformat(file.stem) + timedelta(days=1), time(), UTC) <= ended_by
            ]
            for file in over:
                file.unlink()
            if over:
                self._scrubbed.clear()
        return len(over)

    def scrub(self, borne: Mapping[str, tuple[datetime, datetime]]) -> None:
        """Take out every line that holds one of the identifiers; each was borne between its two instants alone.

        Later lines about them, from requests still in progress, are not written.
        """
        with self._lock:
            self._scrubbed.update(borne)
            for file in self.files():
                wanted = [
                    identifier
                    for identifier, (since, until) in borne.items()
                    if f"{since:%Y-%m-%d}" <= file.stem <= f"{until:%Y-%m-%d}"
                ]
                if wanted:
                    self._scrub(file, wanted)

    def _scrub(self, file: Path, wanted: list[str]) -> None:
        search = AhoCorasick(wanted)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not search.find_matches_as_indexes(line)]
        if len(kept) < len(lines):
            fresh = file.with_suffix(_FRESH)
            fresh.write_text("".join(kept), encoding="utf-8")
            fresh.replace(file)

    def files(self) -> list[Path]:
        """The files as they are now, oldest first."""
        return sorted(self.folder.glob("*.jsonl"))

    def close(self) -> None:
        """Write nothing more."""
        with self._lock:
            self._closed = True

    def _stamp(self, logger: Any, method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
        return {"at": render(self._clock.now()), **event}
