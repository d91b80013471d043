"""Who may use the assurance API, and the worlds that it opens."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Request

from reference_impl.domain.transfer import TransferRegister
from reference_impl.http.requests import Token
from reference_impl.service.ports import NotThere, Unauthenticated, Wiring
from reference_impl.service.service import Service


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
        raise Unauthenticated("The assurance API requires its token")


async def all_worlds(request: Request) -> Worlds:
    """All worlds; inside a world there is nothing of the kind."""
    found: Worlds | None = request.scope.get(WORLDS)
    if found is None:
        raise NotThere
    return found


CurrentWorlds = Annotated[Worlds, Depends(all_worlds)]


def assurance_router() -> APIRouter:
    """A router of the assurance API; it admits auditors only."""
    return APIRouter(tags=["assurance"], prefix="/assurance/v1", dependencies=[Depends(admit)])
