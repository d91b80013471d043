"""Backups, and who is back after a restore."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_bdd import given, then, when

from harness.clock import parse_instant
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel, EvidenceKind
from harness.people.search import find_traces
from harness.stage import Stage
from harness.stage.answers import done
from harness.target.http import Answer
from steps.registration import KEPT_OUT
from steps.words import says

_BACKUP = "backup"


@pytest.fixture
def backups() -> list[Answer]:
    """What the target answered to the making of each backup, the oldest first."""
    return []


@pytest.fixture
def objects_of_backup() -> set[str]:
    """Names of the objects that came to the bucket while backups were made."""
    return set()


@given(says("the service has object storage for its backups"))
def has_object_storage(stage: Stage) -> None:
    """A bucket of the harness's own, in which nothing expires by itself."""
    stage.object_storage.wire()


@given(says("a backup was made"))
def backup_was_made(stage: Stage, backups: list[Answer], objects_of_backup: set[str]) -> None:
    """Of everything at rest; it has come to the bucket."""
    stage.service.settle()
    before = set(stage.object_storage.objects())
    backups.append(done(stage.service.call("makeBackup"), "a backup is made"))
    objects_of_backup.update(set(stage.object_storage.objects()) - before)
    if not objects_of_backup:
        raise HarnessError(
            "No object came to the bucket with the backup.",
            cause="the target keeps its backups elsewhere, or makes none",
            remedy="see `object_storage` in harness/contract/openapi.yaml",
        )


@when(says("the backup is restored"))
def backup_is_restored(stage: Stage, backups: list[Answer]) -> None:
    """The oldest one, as after the loss of the database."""
    if parse_instant(str(backups[0].field("expires_at"))) <= stage.clock.now:
        raise NotApplicable("The backup is kept for too short a time to be restored by now.")
    backup_id = str(backups[0].field("backup_id"))
    done(stage.service.call("restoreBackup", path={"backup_id": backup_id}), "the backup is restored")
    stage.service.settle()


@when(says("a backup's declared time has passed"))
def backups_expire(stage: Stage) -> None:
    """By the service's own declaration."""
    lifetime = stage.service.description.lifetime(_BACKUP)
    if lifetime is None:
        raise HarnessError("The service makes backups, and does not declare how long it keeps them.")
    stage.clock.move_to(stage.clock.now + lifetime + timedelta(hours=1))


@then(says("no object in the bucket shows {name:Name}"))
def bucket_shows_nobody(stage: Stage, backups: list[Answer], name: str) -> None:
    """What lies there is encrypted; what is in it only a restore can tell."""
    actor = stage.cast.person(name)
    objects = stage.object_storage.objects()
    if not objects and all(parse_instant(str(one.field("expires_at"))) <= stage.clock.now for one in backups):
        raise NotApplicable(
            "No backup lasts until the purge is done, so none could bring anybody back.",
            cause="the target takes longer for a purge than it keeps backups",
        )
    if not objects:
        raise HarnessError("The bucket is empty, so its showing nobody proves nothing.")
    whole = {key: key.encode() + b" " + content for key, content in objects.items()}
    shows = sorted(key for key, content in whole.items() if find_traces(content, actor.person.canaries))
    lines = "\n".join(f"{key}: {len(content)} bytes" for key, content in objects.items())
    stage.evidence.check(
        Channel.STORAGE,
        f"no object in the bucket shows {name}",
        not shows,
        detail=f"{', '.join(shows)} does.",
        evidence=[stage.evidence.keep(EvidenceKind.STORAGE, "the bucket for backups", lines)],
    )


@then(says("no backup of that time is left"))
def no_backup_left(stage: Stage, backups: list[Answer], objects_of_backup: set[str]) -> None:
    """It is not listed, cannot be restored, and its object is not in the bucket."""
    stage.service.settle()
    backup_id = str(backups[0].field("backup_id"))
    listed = stage.service.call("listBackups")
    ids = [str(one.get("backup_id")) for one in listed.json().get("backups", ())] if listed.ok else []
    restored = stage.service.call("restoreBackup", path={"backup_id": backup_id})
    left = sorted(objects_of_backup & stage.object_storage.objects().keys())
    stage.evidence.check(
        Channel.STORAGE,
        "no backup of that time is left",
        backup_id not in ids and restored.status in KEPT_OUT and not left,
        detail=f"Listed: {backup_id in ids}; restoring was answered with {restored.status}; left: {', '.join(left)}.",
        evidence=[listed.exchange, restored.exchange],
    )
