"""Backups and restores."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from harness.clock import parse_instant
from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel, EvidenceKind
from harness.people.search import find_traces, not_searched
from harness.stage import Actor, Cast, ObjectStorage, Recorder, Service, Stage
from harness.stage.answers import done
from harness.stage.storage import LIMIT
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, setting, sight, words
from steps.account import rename
from steps.decisions import Before, standing
from steps.registration import KEPT_OUT
from steps.storage import places

_WITNESS = "Witness"
_BETWEEN = timedelta(hours=1)
"""Between two backups."""


@dataclass
class Backups:
    """The backups of a scenario.

    Attributes:
        made: What the target answered to the making of each, the oldest first.
        objects: Names of the objects that came to the bucket with them.
        witness: Somebody who changes the display name after each, by whom it shows whether a restore has any effect.
    """

    made: list[Answer] = field(default_factory=list)
    objects: set[str] = field(default_factory=set)
    witness: Actor | None = None


@setting("the service backs up to object storage")
def backs_up(object_storage: ObjectStorage) -> None:
    """To a bucket of the harness, in which nothing expires by itself."""
    object_storage.wire()


@deed(past="a backup has been made")
def is_made(service: Service, cast: Cast, object_storage: ObjectStorage, backups: Backups) -> Answer:
    """After the service has settled; the backup has reached the bucket.

    Somebody without a part in the scenario has an account before, and changes the display name afterwards.
    """
    if backups.witness is None:
        backups.witness = cast.add(_WITNESS, cast.everyone[0].person.residence)
        backups.witness.join()
    service.settle()
    before = object_storage.keys()
    answer = done(service.call("makeBackup"), "a backup is made")
    backups.made.append(answer)
    backups.objects.update(object_storage.keys() - before)
    if not backups.objects:
        raise HarnessError(
            "No object came to the bucket with the backup.",
            cause="the target keeps its backups elsewhere, or makes none",
            remedy="see `object_storage` in harness/contract/openapi.yaml",
        )
    done(rename(backups.witness), "somebody changes the display name after the backup")
    return answer


words("which_backup", "a backup, by its age", {"the backup": False, "the older of two backups": True})
words("times", "how often something is done", {"twice": 2})


@deed("{which_backup} is restored[ {times}]")
def is_restored(stage: Stage, backups: Backups, before: Before, which_backup: bool, times: int | None = None) -> None:
    """As after a loss of the database. Of two backups, the newer one is made now, an hour later by the service's clock.

    What was changed since the backup is seen to be gone, and what was there before to be back: a restore without effect
    undoes no decision either. Everybody who has an account then signs in.
    """
    service, oldest = stage.service, backups.made[0]
    if parse_instant(str(oldest.field("expires_at"))) <= stage.clock.now:
        raise NotApplicable("The backup is kept for too short a time to be restored by now.")
    if which_backup:
        if Capability.CLOCK in service.description.capabilities:
            stage.clock.move_to(stage.clock.now + _BETWEEN)
        is_made(service, stage.cast, stage.object_storage, backups)
    service.settle()
    people = [one for one in stage.cast.everyone if one.canaries.values("account id") and one is not backups.witness]
    before.update({one.label: standing(stage, one) for one in people})
    for number in range(times or 1):
        if number:
            done(rename(somebody(backups)), "somebody changes the display name after the restore")
        done(service.call("restoreBackup", path={"backup_id": str(oldest.field("backup_id"))}), "a backup is restored")
        service.settle()
        _demand_effect(stage.evidence, backups)
    for one in people:
        if before[one.label].open:
            one.session.sign_in()


def somebody(backups: Backups) -> Actor:
    """Who changes the display name after each backup."""
    assert backups.witness is not None  # there is no backup without
    return backups.witness


def _demand_effect(evidence: Recorder, backups: Backups) -> None:
    witness = somebody(backups)
    done(witness.session.sign_in(), "somebody who had an account before the backup signs in")
    shown = done(witness.account.read(), "and views the account")
    name = shown.field("display_name")
    evidence.check(
        Channel.API,
        "the restore brings back the state of the backup",
        name == witness.person.name,
        detail=(
            "Somebody changed the display name after the backup, and the account still shows the new name."
            if name == witness.details.display_name
            else "The account shows neither the display name of the backup nor the later one."
        ),
        evidence=[shown.exchange],
    )


@places("the backups")
def _in_backups(stage: Stage, person: Actor) -> Seen:
    """Nothing in the bucket shows the person: no version of an object, no metadata or tag, no unfinished upload.

    The encrypted content is tested by a restore.
    """
    objects = stage.object_storage.contents()
    made = stage.part(Backups).made
    if not objects and all(parse_instant(str(one.field("expires_at"))) <= stage.clock.now for one in made):
        raise NotApplicable(
            "No backup lasts until the purge is complete, so none could bring anybody back.",
            cause="the target takes longer for a purge than it keeps backups",
        )
    shows = sorted({one.name for one in objects if find_traces(one.whole, person.canaries)})
    lines = []
    for one in objects:
        closed = not_searched(one.whole)
        lines.append(f"{one.name}: {len(one.content)} bytes{'; not searched: ' * bool(closed)}{', '.join(closed)}")
    stage.evidence.observe(LIMIT.format("the bucket for backups"))
    return Seen(
        channel=Channel.STORAGE,
        holds=bool(shows),
        detail=f"{', '.join(shows)} does.",
        evidence=[stage.evidence.keep(EvidenceKind.STORAGE, "the bucket for backups", "\n".join(lines))],
        control=bool(objects),
        lacking="the bucket is empty",
    )


@sight(denied="no backup of that time remains", at_rest=True)
def is_left(service: Service, object_storage: ObjectStorage, backups: Backups) -> Seen:
    """The first backup is not listed, cannot be restored, and has no object in the bucket, in no version."""
    backup_id = str(backups.made[0].field("backup_id"))
    listed = service.call("listBackups")
    ids = [str(one.get("backup_id")) for one in listed.json().get("backups", ())] if listed.ok else []
    restored = service.call("restoreBackup", path={"backup_id": backup_id})
    left = sorted(backups.objects & object_storage.keys())
    return Seen(
        channel=Channel.STORAGE,
        holds=backup_id in ids or restored.status not in KEPT_OUT or bool(left),
        detail=f"Listed: {backup_id in ids}; restoring was answered with {restored.status}; left: {', '.join(left)}.",
        evidence=[listed.exchange, restored.exchange],
        control=bool(backups.objects),
        lacking="no object of a backup was ever seen in the bucket",
    )
