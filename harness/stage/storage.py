"""People's traces in the stored bytes of the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.evidence.model import EvidenceKind
from harness.evidence.recorder import Recorder
from harness.people import keys
from harness.people.search import Trace, find_traces, not_searched
from harness.stage.service import Service
from harness.stage.somebody import Somebody
from harness.target.world import StoredPart

DATABASE = frozenset({"database", "journal"})
"""Kinds of storage places that make up a database: what was written last may lie in its journal alone."""

LIMIT = "what is encrypted, or hashed with a salt or a key, is not recognised in the places searched: {}"
"""What no search of stored bytes finds, for the statement."""


class Storage:
    """The storage places of the target, and whom each has shown in this scenario."""

    def __init__(self, service: Service, evidence: Recorder) -> None:
        """No place has shown anybody yet."""
        self._service = service
        self._evidence = evidence
        self._shown: dict[str, set[str]] = {}

    def parts(self) -> tuple[StoredPart, ...]:
        """The stored bytes of every place, as they are now. See :meth:`harness.target.world.World.storage`.

        What a key in one of the places opens counts as stored in the clear.
        """
        parts = self._service.world.storage()
        opened = (
            replace(parts[number], name=f"{parts[number].name}, opened with a key in storage", content=plain)
            for number, plain in keys.opened([part.content for part in parts])
        )
        return (*parts, *opened)

    def traces(self, somebody: Somebody, parts: Iterable[StoredPart] | None = None) -> dict[str, list[Trace]]:
        """A person's traces in stored bytes, by place. Places that show some are remembered."""
        found: dict[str, list[Trace]] = {}
        for part in parts if parts is not None else self.parts():
            traces = find_traces(part.content, somebody.canaries)
            if traces:
                found.setdefault(part.place, []).extend(traces)
        self._shown.setdefault(somebody.label, set()).update(found)
        return found

    def shown(self, somebody: Somebody) -> frozenset[str]:
        """Places that have shown a trace of a person so far."""
        return frozenset(self._shown.get(somebody.label, ()))

    def keep(self, somebody: Somebody, parts: Iterable[StoredPart], found: dict[str, list[Trace]]) -> str:
        """Keep what a look into storage showed of one person, place by place; returns the id of the evidence."""
        sizes: dict[str, int] = {}
        closed: dict[str, list[str]] = {}
        for part in parts:
            sizes[part.place] = sizes.get(part.place, 0) + len(part.content)
            closed.setdefault(part.place, []).extend(not_searched(part.content))
            if part.engine:
                self._evidence.observe(f"{part.place} is kept by {part.engine}")
        lines = []
        for place, size in sizes.items():
            kinds = sorted({f"{trace.kind} ({trace.encoding})" for trace in found.get(place, ())})
            lines.append(f"{place}: {size} bytes; {', '.join(kinds) or 'no trace'}")
            if closed[place]:
                lines.append(f"{place}: not searched: {', '.join(closed[place])}")
                self._evidence.observe(f"in {place}, not searched: {', '.join(closed[place])}")
        if sizes:
            self._evidence.observe(LIMIT.format(", ".join(sizes)))
        return self._evidence.keep(EvidenceKind.STORAGE, f"storage, searched for {somebody.label}", "\n".join(lines))
