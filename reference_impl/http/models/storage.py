"""Storage and backups."""

from __future__ import annotations

from reference_impl.http.models.base import Answer
from reference_impl.http.models.fields import Instant


class StoragePart(Answer):
    """One part; ``size`` is in bytes."""

    name: str
    size: int


class Engine(Answer):
    """The program that keeps a place."""

    name: str
    version: str
    overwrites_freed: bool


class StoragePlace(Answer):
    """A place in which the service keeps data."""

    id: str
    kind: str
    title: str
    parts: list[StoragePart]
    engine: Engine | None = None


class StoragePlaces(Answer):
    """All places."""

    places: list[StoragePlace]


class Backup(Answer):
    """A copy of all data at a moment."""

    backup_id: str
    made_at: Instant
    expires_at: Instant


class Backups(Answer):
    """All backups."""

    backups: list[Backup]
