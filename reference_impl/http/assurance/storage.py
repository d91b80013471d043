"""Storage and backups."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Response

from reference_impl.http.assurance.access import assurance_router
from reference_impl.http.models import storage
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.ports import NotThere

router = assurance_router()

_PlaceId = Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_BackupId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]
_PartName = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


@router.get("/storage", responses=errors(401))
def list_storage(here: CurrentService) -> storage.StoragePlaces:
    """Every place in which the service keeps data."""
    return storage.StoragePlaces(places=[storage.StoragePlace.model_validate(place) for place in here.storage.places()])


@router.get(
    "/storage/{place_id}/{part_name}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **errors(401, 404, 422)},
)
def read_storage(place_id: _PlaceId, part_name: _PartName, here: CurrentService) -> Response:
    """The stored bytes of one part, as they lie on the disk."""
    content = here.storage.read(place_id, part_name)
    if content is None:
        raise NotThere
    return Response(content, media_type="application/octet-stream")


@router.get("/backups", responses=errors(401, 409))
def list_backups(here: CurrentService) -> storage.Backups:
    """The backups in the object storage."""
    return storage.Backups(backups=[storage.Backup.model_validate(backup) for backup in here.backups.all()])


@router.post("/backups", status_code=201, responses=errors(401, 409))
def make_backup(here: CurrentService) -> storage.Backup:
    """Copy everything into the object storage."""
    return storage.Backup.model_validate(here.backups.make())


@router.post("/backups/{backup_id}/restoration", responses=errors(401, 404, 409, 422))
def restore_backup(backup_id: _BackupId, here: CurrentService) -> storage.Backup:
    """Restore a backup, except what must not come back."""
    backup = here.backups.restore(backup_id)
    here.scheduler.wake()
    return storage.Backup.model_validate(backup)
