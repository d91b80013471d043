"""The assurance API: what the service opens to an auditor in a test environment."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Path, Request, Response

from reference_impl import VERSION
from reference_impl.domain.age import AgeRegister, AgeRule
from reference_impl.domain.entities import Disclosure, Hold, HoldScope
from reference_impl.domain.transfer import AdequacyDecision, GroundKind, Safeguard, TransferRegister, Validity
from reference_impl.http import models
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, Token
from reference_impl.service.holds import HoldOrder
from reference_impl.service.ports import NotThere, ObjectStorage, ProviderClient, Unauthenticated, Wiring
from reference_impl.service.service import Service

CONTRACT = "1.2.0"
CAPABILITIES = [
    "wiring",
    "settle",
    "clock",
    "staff-access",
    "storage",
    "records",
    "worlds",
    "transfer-register",
    "mail-intake",
    "guardian-mail",
    "holds",
    "age-register",
    "backups",
    "guardian-reports",
    "identity-providers",
]


class World(Protocol):
    """An open world."""

    id: str
    service: Service


class Worlds(Protocol):
    """Every open world of this process."""

    def open(self, now: datetime, wiring: Wiring, register: TransferRegister | None) -> World:
        """A new world, empty of people."""

    def find(self, world_id: str) -> World | None:
        """An open world."""

    def close(self, world_id: str) -> bool:
        """Throw a world away; False where there is none."""


WORLDS = "shes.worlds"
"""Key of the ASGI scope; only requests at the service's own address bear it."""


async def admit(request: Request, token: Token) -> None:
    """Let the auditor in: with the agreed token, where one was agreed."""
    wanted = request.app.state.assurance_token
    if wanted is not None and not secrets.compare_digest((token or "").encode(), wanted.encode()):
        raise Unauthenticated("The assurance API asks for its token")


async def worlds(request: Request) -> Worlds:
    """All worlds; inside a world there is nothing of the kind."""
    found: Worlds | None = request.scope.get(WORLDS)
    if found is None:
        raise NotThere
    return found


CurrentWorlds = Annotated[Worlds, Depends(worlds)]
_WorldId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]
_PlaceId = Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_HoldId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]
_BackupId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]
_PartName = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]

description = APIRouter(tags=["assurance"])
router = APIRouter(tags=["assurance"], prefix="/assurance/v1", dependencies=[Depends(admit)])


@description.get("/.well-known/shes-assurance", response_model_exclude_none=True, dependencies=[Depends(worlds)])
def describe(request: Request, here: CurrentService) -> models.ServiceDescription:
    """What the service is and what it can do for an auditor."""
    about = here.description
    return models.ServiceDescription(
        contract=CONTRACT,
        service=models.ServiceName(name="SHES account service, reference", version=VERSION),
        capabilities=CAPABILITIES if request.app.state.assurance else [],
        retention=models.Retention(
            period=about.retention.period,
            time_zone=about.retention.time_zone,
            purge_window=about.retention.window,
            other=[models.Lifetime.model_validate(lifetime) for lifetime in about.lifetimes.values()],
        ),
        **_ages(here.ages.ages).model_dump(),
        recipients=[models.Recipient.model_validate(recipient) for recipient in about.recipients],
    )


@router.post("/worlds", status_code=201, responses=errors(400, 401, 409, 422))
def open_world(body: models.WorldOrder, all_worlds: CurrentWorlds) -> models.World:
    """Open a world of its own data, clock and wiring."""
    stated = _register(body.transfer_register) if "transfer_register" in body.model_fields_set else None
    world = all_worlds.open(body.now, _wiring(body.wiring), stated)
    return models.World(world_id=world.id, base_url=world.service.context.base_url, now=world.service.context.now())


@router.delete("/worlds/{world_id}", status_code=204, responses=errors(401, 404, 422))
def close_world(world_id: _WorldId, all_worlds: CurrentWorlds) -> None:
    """Close a world and throw its data away."""
    if not all_worlds.close(world_id):
        raise NotThere("There is no such world")


@router.put("/wiring", status_code=204, responses=errors(400, 401, 422))
def wire(body: models.Wiring, here: CurrentService) -> None:
    """Say where mail and deliveries go."""
    here.wire(_wiring(body))


@router.post("/settle", responses=errors(400, 401, 422))
def settle(body: models.SettleOrder, here: CurrentService) -> models.Settled:
    """Come to rest: nothing is due, nothing is on its way."""
    rest = here.scheduler.settle(body.timeout_seconds)
    return models.Settled(settled=rest.settled, pending=rest.pending, next_due_at=rest.next_due_at)


@router.get("/clock", responses=errors(401))
def read_clock(here: CurrentService) -> models.Clock:
    """The time it is in this world."""
    return models.Clock(now=here.context.now())


@router.put("/clock", responses=errors(400, 401, 409, 422))
def set_clock(body: models.Clock, here: CurrentService) -> models.Clock:
    """Move the time forward."""
    return models.Clock(now=here.move_clock(body.now))


@router.get("/mail-intake", response_model_exclude_none=True, responses=errors(401, 404))
def read_mail_intake(here: CurrentService) -> models.MailIntake:
    """Where mail to the service is taken in."""
    if not here.intake.ways:
        raise NotThere
    first, *others = (models.MailWay.model_validate(way) for way in here.intake.ways)
    desks = [models.MailDesk(desk=desk, address=address) for desk, address in here.intake.desks.items()]
    return models.MailIntake(**first.model_dump(), desks=desks, alternatives=others)


@router.get("/transfer-register", responses=errors(401))
def read_register(here: CurrentService) -> models.TransferRegister:
    """The transfer register in force."""
    register = here.context.register
    return models.TransferRegister(
        recipients=[models.RecipientCountry(id=name, country=country) for name, country in register.countries.items()],
        adequacy=[
            models.AdequacyDecision(
                country=decision.country,
                reference=decision.reference,
                valid_from=decision.validity.start,
                valid_until=decision.validity.end,
                certified_recipients=None if decision.certified is None else sorted(decision.certified),
            )
            for decision in register.adequacy
        ],
        safeguards=[
            models.Safeguard.model_validate(
                {
                    "recipient": safeguard.recipient,
                    "kind": safeguard.kind.value,
                    "reference": safeguard.reference,
                    "valid_from": safeguard.validity.start,
                    "valid_until": safeguard.validity.end,
                }
            )
            for safeguard in register.safeguards
        ],
    )


@router.put("/transfer-register", status_code=204, responses=errors(400, 401, 409, 422))
def state_register(body: models.TransferRegister, here: CurrentService) -> None:
    """State the facts of law and contract that the service goes by from now on."""
    here.state_register(_register(body))


@router.get("/guardian-reports", responses=errors(401))
def open_reports(here: CurrentService) -> models.OpenReports:
    """Reports of parents and guardians that staff have not looked at yet."""
    return models.OpenReports(
        reports=[
            models.OpenReport(report_id=report.report_id, child_email=person.email, received_at=report.received_at)
            for report, person in here.guardians.open_reports()
        ]
    )


@router.put("/guardian-reports/{report_id}/finding", status_code=204, responses=errors(400, 401, 404, 422))
def find(report_id: _WorldId, body: models.Finding, here: CurrentService) -> None:
    """Find, as staff would, whether a report is founded."""
    here.guardians.find(report_id, founded=body.founded)


@router.get("/age-register", response_model_exclude_none=True, responses=errors(401))
def read_ages(here: CurrentService) -> models.AgeRegister:
    """The ages that the service goes by."""
    return _ages(here.ages.ages)


@router.put("/age-register", status_code=204, responses=errors(400, 401, 422))
def state_ages(body: models.AgeRegister, here: CurrentService) -> None:
    """State the ages that the service goes by from now on."""
    here.state_ages(
        AgeRegister(
            tuple(AgeRule(**entry.model_dump()) for entry in body.age_thresholds),
            tuple(AgeRule(**entry.model_dump()) for entry in body.majority_ages),
        )
    )


@router.get("/storage", responses=errors(401))
def list_storage(here: CurrentService) -> models.StoragePlaces:
    """Every place in which the service keeps data."""
    return models.StoragePlaces(places=[models.StoragePlace.model_validate(place) for place in here.storage.places()])


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


@router.get("/records/consents", responses=errors(401))
def read_consents(here: CurrentService) -> models.ConsentRecords:
    """The consent ledger."""
    return models.ConsentRecords(
        entries=[models.ConsentRecord.model_validate(entry) for entry in here.records.consents()]
    )


@router.get("/records/privacy-requests", responses=errors(401))
def read_requests(here: CurrentService) -> models.RequestRecords:
    """The ledger of requests."""
    return models.RequestRecords(
        entries=[models.RequestRecord.model_validate(entry) for entry in here.records.requests()]
    )


@router.get("/records/enquiries", responses=errors(401))
def read_enquiries(here: CurrentService) -> models.EnquiryRecords:
    """The ledger of enquiries."""
    return models.EnquiryRecords(
        entries=[
            models.EnquiryRecord(
                enquiry_id=entry.enquiry_id,
                account_id=account_id,
                channel=entry.channel,
                language=entry.language,
                received_at=entry.received_at,
                answered_at=entry.answered_at,
            )
            for entry, account_id in here.records.enquiries()
        ]
    )


@router.get("/records/processing", responses=errors(401))
def read_processing(here: CurrentService) -> models.ProcessingRecords:
    """The record of processing."""
    return models.ProcessingRecords(
        entries=[models.ProcessingRecord.model_validate(entry) for entry in here.records.processing()]
    )


@router.get("/records/disclosures", responses=errors(401))
def read_disclosures(here: CurrentService) -> models.DisclosureRecords:
    """The ledger of what left, to whom, and on what ground."""
    return models.DisclosureRecords(entries=list(_disclosures(here.records.disclosures())))


@router.get("/records/holds", responses=errors(401))
def read_holds(here: CurrentService) -> models.HoldRecords:
    """The ledger of legal holds."""
    return models.HoldRecords(entries=[_hold(entry) for entry in here.records.holds()])


@router.get("/records/disposals", responses=errors(401))
def read_disposals(here: CurrentService) -> models.DisposalRecords:
    """The ledger of what was destroyed because it was needed no more."""
    return models.DisposalRecords(
        entries=[models.DisposalRecord.model_validate(entry) for entry in here.records.disposals()]
    )


@router.post("/holds", status_code=201, responses=errors(400, 401, 404, 422))
def place_hold(body: models.HoldOrder, here: CurrentService) -> models.HoldRecord:
    """Place a legal hold on part of an account's data."""
    order = HoldOrder(
        body.account_id, body.ground.kind, body.ground.reference, body.authority, tuple(body.scope), body.until
    )
    return _hold(here.holds.place(order))


@router.post("/holds/{hold_id}/lifting", responses=errors(401, 404, 422))
def lift_hold(hold_id: _HoldId, here: CurrentService) -> models.HoldRecord:
    """End a legal hold before its time."""
    hold = here.holds.lift(hold_id)
    here.scheduler.wake()
    return _hold(hold)


@router.get("/backups", responses=errors(401, 409))
def list_backups(here: CurrentService) -> models.Backups:
    """The backups in the object storage."""
    return models.Backups(backups=[models.Backup.model_validate(backup) for backup in here.backups.all()])


@router.post("/backups", status_code=201, responses=errors(401, 409))
def make_backup(here: CurrentService) -> models.Backup:
    """Copy everything into the object storage."""
    return models.Backup.model_validate(here.backups.make())


@router.post("/backups/{backup_id}/restoration", responses=errors(401, 404, 409, 422))
def restore_backup(backup_id: _BackupId, here: CurrentService) -> models.Backup:
    """Set everything back to a backup, but for what must not come back."""
    backup = here.backups.restore(backup_id)
    here.scheduler.wake()
    return models.Backup.model_validate(backup)


def _hold(entry: Hold) -> models.HoldRecord:
    return models.HoldRecord(
        hold_id=entry.hold_id,
        account_id=entry.account_id,
        ground=models.GroundOfHold(kind=entry.ground, reference=entry.reference),
        authority=entry.authority,
        scope=[HoldScope(scope) for scope in entry.scope],
        placed_at=entry.placed_at,
        until=entry.until,
        lifted_at=entry.lifted_at,
    )


@router.get("/records/notices", responses=errors(401))
def read_notices(here: CurrentService) -> models.NoticeRecords:
    """The ledger of what people were told when they gave data."""
    return models.NoticeRecords(
        entries=[
            models.NoticeRecord(
                account_id=account_id,
                occasion=entry.occasion,
                topic=entry.topic,
                version=entry.version,
                language=entry.language,
                country=entry.country,
                subdivision=entry.subdivision,
                told_at=entry.told_at,
            )
            for entry, account_id in here.records.notices()
        ]
    )


@router.post("/staff-accesses", responses=errors(400, 401, 404, 422))
def access_account(body: models.StaffAccessOrder, here: CurrentService) -> models.ShesAccount:
    """Look at an account as a member of staff; the access is in the ledger before anything is shown."""
    return models.shes_account(*here.back_office.look(body.account_id, body.place, body.role, body.purpose))


@router.get("/records/accesses", responses=errors(401))
def read_accesses(here: CurrentService) -> models.StaffAccessRecords:
    """The ledger of accesses by staff."""
    return models.StaffAccessRecords(
        entries=[models.StaffAccessRecord.model_validate(entry) for entry in here.records.accesses()]
    )


@router.get("/records/transfers", responses=errors(401))
def read_transfers(here: CurrentService) -> models.TransferRecords:
    """The register of transfers: where data is, under which law it goes there, and on what basis."""
    return models.TransferRecords(
        places=[models.PlaceRecord.model_validate(place) for place in here.transfers.places()],
        entries=[
            models.TransferRecord(
                residences=list(entry.residences),
                recipient=entry.recipient,
                country=entry.country,
                purposes=list(entry.purposes),
                law=models.Law.model_validate(entry.law),
                basis=models.TransferBasis.model_validate(entry.basis),
                valid_from=entry.basis.validity.start,
                valid_until=entry.basis.validity.end,
                source=entry.law.source,
            )
            for entry in here.transfers.entries()
        ],
    )


def _disclosures(entries: Iterable[Disclosure]) -> Iterable[models.DisclosureRecord]:
    for entry in entries:
        rests_on = None
        if entry.ground_kind is not None and entry.ground_reference is not None:
            rests_on = models.GroundRecord(kind=entry.ground_kind, reference=entry.ground_reference)
        yield models.DisclosureRecord(
            delivery_id=entry.delivery_id,
            subject_id=entry.subject_id,
            recipient=entry.recipient,
            recipient_country=entry.recipient_country,
            purpose=entry.purpose,
            kind=entry.kind,
            state=entry.state,
            decided_at=entry.decided_at,
            delivered_at=entry.delivered_at,
            safeguard=rests_on,
        )


def _ages(register: AgeRegister) -> models.AgeRegister:
    return models.AgeRegister(
        age_thresholds=[models.AgeRule.model_validate(entry) for entry in register.thresholds],
        majority_ages=[models.AgeRule.model_validate(entry) for entry in register.majorities],
    )


def _wiring(body: models.Wiring) -> Wiring:
    return Wiring(
        mail=(body.mail.host, body.mail.port) if "mail" in body.model_fields_set else None,
        object_storage=(
            ObjectStorage(**body.object_storage.model_dump()) if "object_storage" in body.model_fields_set else None
        ),
        identity_providers=tuple(ProviderClient(**entry.model_dump()) for entry in body.identity_providers),
        endpoints={(entry.recipient, entry.purpose.value): entry.url for entry in body.endpoints},
    )


def _register(body: models.TransferRegister) -> TransferRegister:
    return TransferRegister(
        countries={entry.id: entry.country for entry in body.recipients},
        adequacy=tuple(
            AdequacyDecision(
                country=entry.country,
                reference=entry.reference,
                validity=Validity(entry.valid_from, entry.valid_until),
                certified=None if entry.certified_recipients is None else frozenset(entry.certified_recipients),
            )
            for entry in body.adequacy
        ),
        safeguards=tuple(
            Safeguard(
                entry.recipient,
                GroundKind(entry.kind),
                entry.reference,
                Validity(entry.valid_from, entry.valid_until),
            )
            for entry in body.safeguards
        ),
    )
