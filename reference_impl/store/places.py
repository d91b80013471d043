"""Every place in which the service keeps data, as an auditor may look at them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reference_impl.domain.entities import Message
from reference_impl.service.ports import Part, Place
from reference_impl.store.database import Database
from reference_impl.store.logs import LogFiles


class Places:
    """Database file, its journal, the log, and the outbox in readable form."""

    def __init__(self, database: Database, log: LogFiles) -> None:
        self._database = database
        self._log = log

    def places(self) -> list[Place]:
        """All of them, with their parts as they are now."""
        journal = [self._database.journal] if self._database.journal.exists() else []
        outbox = self._outbox()
        return [
            Place(
                "database",
                "database",
                "Accounts, consents, ledgers, outbox",
                self._parts([self._database.path]),
                self._database.engine(),
            ),
            Place("journal", "journal", "Write-ahead log of the database", self._parts(journal)),
            Place("log", "log", "What the service did, without personal data; 30 days", self._parts(self._log.files())),
            Place("outbox", "outbox", "Messages queued and sent, as stored", (Part("messages.json", len(outbox)),)),
        ]

    def read(self, place_id: str, part_name: str) -> bytes | None:
        """The bytes of one part, or None where there is no such part."""
        if (place_id, part_name) == ("outbox", "messages.json"):
            return self._outbox()
        if (place_id, part_name) == ("database", self._database.path.name):
            return self._database.read()
        files = {"journal": [self._database.journal], "log": self._log.files()}.get(place_id, [])
        for file in files:
            if file.name == part_name:
                try:
                    return file.read_bytes()
                except FileNotFoundError:
                    return None
        return None

    def _outbox(self) -> bytes:
        with self._database.transaction() as tx:
            rows = [self._row(message) for message in tx.all(Message)]
        return json.dumps(rows, ensure_ascii=False, indent=1).encode()

    @staticmethod
    def _row(message: Message) -> dict[str, Any]:
        return {
            "message_id": message.message_id,
            "lane": message.lane,
            "kind": message.kind,
            "recipient": message.recipient,
            "purpose": message.purpose,
            "state": message.state,
            "tries": message.tries,
            "body": message.body,
        }

    @staticmethod
    def _parts(files: list[Path]) -> tuple[Part, ...]:
        parts = []
        for file in files:
            try:
                parts.append(Part(file.name, file.stat().st_size))
            except FileNotFoundError:
                continue
        return tuple(parts)
