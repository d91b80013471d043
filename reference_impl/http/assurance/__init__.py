"""The assurance API: what the service opens to an auditor in a test environment."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from reference_impl.http.assurance import description, holds, records, registers, reports, storage, worlds
from reference_impl.http.assurance.access import WORLDS, World, Worlds, admit

__all__ = ["WORLDS", "World", "Worlds", "description_router", "router"]

description_router = APIRouter(tags=["assurance"])
description_router.include_router(description.router)

router = APIRouter(tags=["assurance"], prefix="/assurance/v1", dependencies=[Depends(admit)])
for _part in (worlds, registers, reports, storage, records, holds):
    router.include_router(_part.router)
