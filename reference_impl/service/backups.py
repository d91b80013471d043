"""Backups, and restores that undo no decision (clauses 4.1, 4.2, 4.3, 4.5, and the rights of section 8).

A backup cannot be changed, so what its restore must not undo is written down beside the backups: the stop list. It is
kept up to date while there is a backup, sealed like the backups, and carried out within each restore.
What it holds is declared in :mod:`reference_impl.service.decisions`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reference_impl.domain.entities import Disposal, Tombstone
from reference_impl.domain.instants import parse, render
from reference_impl.domain.upkeep import LIFETIMES, Leftover
from reference_impl.service.context import Context
from reference_impl.service.decisions import all_rows, put_all
from reference_impl.service.ports import Conflict, NotThere, ObjectStorage, Transaction, Vault, VaultError
from reference_impl.service.purge import Purge

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of all data at a moment, in the object storage."""

    backup_id: str
    made_at: datetime

    FOLDER = "backups/"
    _TIME = "%Y%m%dT%H%M%S.%fZ"

    @property
    def expires_at(self) -> datetime:
        """When it is destroyed."""
        return self.made_at + LIFETIMES[Leftover.BACKUP].span

    @property
    def name(self) -> str:
        """Of the object."""
        return f"{self.FOLDER}{self.made_at.strftime(self._TIME)}/{self.backup_id}"

    @classmethod
    def named(cls, name: str) -> Backup:
        """The backup that an object is."""
        time, _, backup_id = name.removeprefix(cls.FOLDER).partition("/")
        return cls(backup_id, datetime.strptime(time, cls._TIME).replace(tzinfo=UTC))


class Backups:
    """Makes, keeps, restores and destroys backups."""

    STOP_LIST = "stop-list"

    def __init__(self, context: Context, vault: Vault, purge: Purge) -> None:
        self._context = context
        self._vault = vault
        self._purge = purge
        self._known: tuple[ObjectStorage, list[Backup]] | None = None
        self._written: tuple[ObjectStorage, bytes] | None = None

    def make(self) -> Backup:
        """Copy everything into the object storage.

        Raises:
            Conflict: None is wired.
            VaultError: It does not answer.
        """
        storage = self._storage()
        backup = Backup(self._context.randomness.identifier("bkp"), self._context.now())
        self._vault.put(storage, self._context.secret, backup.name, self._context.store.snapshot())
        self._known = None
        return backup

    def all(self) -> list[Backup]:
        """Those that there are, oldest first."""
        storage = self._storage()
        if self._known is None or self._known[0] != storage:
            names = self._vault.names(storage, Backup.FOLDER)
            self._known = (storage, [Backup.named(name) for name in names])
        return self._known[1]

    def restore(self, backup_id: str) -> Backup:
        """Set everything back to a backup, but for decisions and what followed from them.

        Raises:
            Conflict: No object storage is configured.
            NotThere: There is no such backup.
            VaultError: The object storage does not answer.
        """
        storage = self._storage()
        backup = next((one for one in self.all() if one.backup_id == backup_id), None)
        content = self._vault.get(storage, self._context.secret, backup.name) if backup else None
        if backup is None or content is None:
            raise NotThere("There is no such backup")
        with self._context.turns.alone():
            self.keep_stop_list()
            stops = json.loads(self._vault.get(storage, self._context.secret, self.STOP_LIST) or b"{}")
            self._context.store.replace(content)
            with self._context.store.transaction() as tx:
                if stops:
                    self.stop_again(tx, stops)
                tx.leave_nothing()
        return backup

    def keep_up(self) -> None:
        """Destroy backups whose time is over, and keep the stop list.

        An object storage that is down holds up nothing else; it is tried again when something changes or time passes.
        """
        if self._context.wiring.object_storage is None:
            return
        try:
            self.expire()
            self.keep_stop_list()
        except VaultError:
            self._context.log.record("object-storage-failed")

    def expire(self) -> None:
        """Destroy the backups whose time is over, and forget whom only they still hold."""
        over = self.over(self._context.now())
        for backup in over:
            self._vault.remove(self._storage(), backup.name)
        if over:
            self._known = None
            with self._context.store.transaction() as tx:
                tx.add(Disposal(kind=Leftover.BACKUP, items=len(over), disposed_at=self._context.now()))
        backups = self.all()
        with self._context.store.transaction() as tx:
            # Who was purged at the very moment of a backup may be in it.
            until = backups[0].made_at - _MOMENT if backups else self._context.now()
            tx.remove(*tx.until(Tombstone, "purged_at", until))

    def over(self, now: datetime) -> list[Backup]:
        """Those whose time is over."""
        return [backup for backup in self.all() if backup.expires_at <= now]

    def keep_stop_list(self) -> None:
        """Store the stop list if it has changed."""
        backups = self.all()
        if not backups:
            return
        with self._context.store.transaction() as tx:
            content = json.dumps(self.stop_list(tx, backups[0].made_at)).encode()
        storage = self._storage()
        if self._written != (storage, content):
            self._vault.put(storage, self._context.secret, self.STOP_LIST, content)
            self._written = (storage, content)

    def stop_list(self, tx: Transaction, since: datetime) -> dict[str, Any]:
        """All that has been decided since an instant, as it stands now."""
        return {"since": render(since), **all_rows(tx, since)}

    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        """Put what is on the stop list in place of what was restored."""
        purged = [row["person_id"] for row in stops["purged"]]
        if purged:
            self._purge.clear(tx, purged)
        put_all(tx, parse(stops["since"]), stops)

    def _storage(self) -> ObjectStorage:
        storage = self._context.wiring.object_storage
        if storage is None:
            raise Conflict("no-object-storage", "No object storage is configured")
        return storage
