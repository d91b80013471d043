"""Opening and closing worlds, their wiring and their clock."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from reference_impl.http.assurance.access import CurrentWorlds, assurance_router
from reference_impl.http.assurance.registers import stated_register
from reference_impl.http.models import wiring, worlds
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.ports import NotThere, ObjectStorage, ProviderClient, Wiring

router = assurance_router()

_WorldId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]


@router.post("/worlds", status_code=201, responses=errors(400, 401, 409, 422))
def open_world(body: worlds.WorldOrder, here: CurrentWorlds) -> worlds.World:
    """Open a world of its own data, clock and wiring."""
    stated = stated_register(body.transfer_register) if "transfer_register" in body.model_fields_set else None
    world = here.open(body.now, _stated_wiring(body.wiring), stated)
    return worlds.World(world_id=world.id, base_url=world.service.context.base_url, now=world.service.context.now())


@router.delete("/worlds/{world_id}", status_code=204, responses=errors(401, 404, 422))
def close_world(world_id: _WorldId, here: CurrentWorlds) -> None:
    """Close a world and throw its data away."""
    if not here.close(world_id):
        raise NotThere("There is no such world")


@router.put("/wiring", status_code=204, responses=errors(400, 401, 422))
def wire(body: wiring.Wiring, here: CurrentService) -> None:
    """Configure where mail and deliveries are sent."""
    here.wire(_stated_wiring(body))


@router.post("/settle", responses=errors(400, 401, 422))
def settle(body: worlds.SettleOrder, here: CurrentService) -> worlds.Settled:
    """Wait until nothing is due and nothing is in progress."""
    rest = here.scheduler.settle(body.timeout_seconds)
    return worlds.Settled(settled=rest.settled, pending=rest.pending, next_due_at=rest.next_due_at)


@router.get("/clock", responses=errors(401))
def read_clock(here: CurrentService) -> worlds.Clock:
    """The current time of this world."""
    return worlds.Clock(now=here.context.now())


@router.put("/clock", responses=errors(400, 401, 409, 422))
def set_clock(body: worlds.Clock, here: CurrentService) -> worlds.Clock:
    """Move the time forward."""
    return worlds.Clock(now=here.move_clock(body.now))


@router.get("/mail-intake", response_model_exclude_none=True, responses=errors(401, 404))
def read_mail_intake(here: CurrentService) -> wiring.MailIntake:
    """Where the service accepts mail."""
    if not here.intake.ways:
        raise NotThere
    first, *others = (wiring.MailWay.model_validate(way) for way in here.intake.ways)
    desks = [wiring.MailDesk(desk=desk, address=address) for desk, address in here.intake.desks.items()]
    return wiring.MailIntake(**first.model_dump(), desks=desks, alternatives=others)


def _stated_wiring(body: wiring.Wiring) -> Wiring:
    return Wiring(
        mail=(body.mail.host, body.mail.port) if "mail" in body.model_fields_set else None,
        object_storage=(
            ObjectStorage(**body.object_storage.model_dump()) if "object_storage" in body.model_fields_set else None
        ),
        identity_providers=tuple(ProviderClient(**entry.model_dump()) for entry in body.identity_providers),
        endpoints={(entry.recipient, entry.purpose.value): entry.url for entry in body.endpoints},
    )
