"""Backups, and restores that do not bring back purged or deleted data (clauses 4.1, 4.3, 4.5).

A backup cannot be changed, so what must not come back with it is written down beside the backups: the stop list.
It is kept up to date while there is a backup, and carried out after each restore. Like the backups it names people by
internal identifiers alone, and it is sealed.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Deletion,
    Disposal,
    Hold,
    Message,
    MessageState,
    OptOutSource,
    Person,
    Tombstone,
)
from reference_impl.domain.instants import parse, render
from reference_impl.domain.upkeep import LIFETIMES, Leftover
from reference_impl.service.consents import ConsentService
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.holds import Holds
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Conflict, NotThere, ObjectStorage, Transaction, Vault, VaultError
from reference_impl.service.purge import Purge
from reference_impl.service.sharing import Reconciler

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

    def __init__(
        self,
        context: Context,
        vault: Vault,
        purge: Purge,
        deletions: Deletions,
        consents: ConsentService,
        opt_outs: OptOuts,
        holds: Holds,
        reconciler: Reconciler,
    ) -> None:
        self._context = context
        self._vault = vault
        self._purge = purge
        self._deletions = deletions
        self._consents = consents
        self._opt_outs = opt_outs
        self._holds = holds
        self._reconciler = reconciler
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
        """Set everything back to a backup, and carry out at once what must not come back.

        Raises:
            Conflict: No object storage is configured.
            NotThere: There is no such backup.
            VaultError: The object storage does not answer.
        """
        self.keep_stop_list()
        storage = self._storage()
        backup = next((one for one in self.all() if one.backup_id == backup_id), None)
        content = self._vault.get(storage, self._context.secret, backup.name) if backup else None
        if backup is None or content is None:
            raise NotThere("There is no such backup")
        stops = json.loads(self._vault.get(storage, self._context.secret, self.STOP_LIST) or b"{}")
        with self._context.turns.alone():
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
        """Decisions against processing since an instant."""
        now = self._context.now()
        closed = [one for one in tx.until(Person, "closed_at", now) if one.closed_at and one.closed_at >= since]
        return {
            "purged": [stone.person_id for stone in tx.until(Tombstone, "purged_at", now)],
            "closed": [self._closing(tx, person) for person in closed],
            "withdrawn": [
                {"person_id": one.person_id, "purpose": one.purpose, "given_at": render(one.given_at)}
                for one in tx.until(ConsentEntry, "withdrawn_at", now)
                if one.withdrawn_at and one.withdrawn_at >= since
            ],
            "opted_out": [
                {"person_id": one.person_id, "source": one.opt_out_source}
                for one in tx.until(Person, "opted_out_at", now)
                if one.opted_out_at and one.opted_out_at >= since
            ],
            "lifted": [
                {"hold_id": one.hold_id, "lifted_at": render(one.lifted_at)}
                for one in tx.until(Hold, "lifted_at", now)
                if one.lifted_at and one.lifted_at >= since
            ],
            "pending": [one.message_id for one in tx.all(Message, ended_at=None)],
        }

    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        """Carry out the stop list on what was restored."""
        self.cancel_what_ended(tx, stops["pending"])
        for one in stops["lifted"]:
            hold = tx.one(Hold, hold_id=one["hold_id"])
            if hold is not None:
                hold.lifted_at = parse(one["lifted_at"])
                self._holds.release(tx, hold)
        for one in stops["withdrawn"]:
            if tx.one(ConsentEntry, person_id=one["person_id"], given_at=parse(one["given_at"]), withdrawn_at=None):
                self._consents.end(tx, one["person_id"], ConsentPurpose(one["purpose"]), WithdrawnBy.ACCOUNT)
                self._reconcile(tx, one["person_id"])
        for one in stops["opted_out"]:
            person = tx.one(Person, person_id=one["person_id"])
            if person is not None:
                self._opt_outs.opt_out(tx, person, OptOutSource(one["source"]))
        for one in stops["closed"]:
            self._close(tx, one)
        if stops["purged"]:
            self._purge.clear(tx, stops["purged"])

    def cancel_what_ended(self, tx: Transaction, pending: Collection[str]) -> None:
        """Let nothing leave that was on its way when the backup was made, and was so no longer before the restore.

        It was delivered or cancelled since; what is kept of that may be gone by now (4.6), so it is not asked for.
        """
        for message in tx.all(Message, ended_at=None):
            if message.message_id not in pending:
                message.state, message.ended_at = MessageState.CANCELLED, self._context.now()

    def _closing(self, tx: Transaction, person: Person) -> dict[str, Any]:
        deletion = tx.one(Deletion, person_id=person.person_id)
        return {
            "person_id": person.person_id,
            "deletion": deletion
            and {
                "receipt_id": deletion.receipt_id,
                "deleted_at": render(deletion.deleted_at),
                "purge_due_at": render(deletion.purge_due_at),
            },
        }

    def _close(self, tx: Transaction, closing: dict[str, Any]) -> None:
        person = tx.one(Person, person_id=closing["person_id"])
        if person is None:
            return
        if person.closed_at is None:
            self._deletions.close(tx, person, tx.one(Account, person_id=person.person_id))
        told = closing["deletion"]
        if told is not None:
            tx.remove_all(Deletion, person_id=person.person_id)
            tx.add(
                Deletion(
                    person_id=person.person_id,
                    receipt_id=told["receipt_id"],
                    reason=None,
                    deleted_at=parse(told["deleted_at"]),
                    purge_due_at=parse(told["purge_due_at"]),
                )
            )

    def _reconcile(self, tx: Transaction, person_id: str) -> None:
        person, account = tx.one(Person, person_id=person_id), tx.one(Account, person_id=person_id)
        if person is not None and account is not None:
            self._reconciler.reconcile(tx, person, account)

    def _storage(self) -> ObjectStorage:
        storage = self._context.wiring.object_storage
        if storage is None:
            raise Conflict("no-object-storage", "No object storage is configured")
        return storage
