"""The assurance API: what the service opens to an auditor in a test environment."""

from __future__ import annotations

from reference_impl.http.assurance import holds, records, registers, reports, storage, worlds
from reference_impl.http.assurance.access import WORLDS, World, Worlds

__all__ = ["ROUTERS", "WORLDS", "World", "Worlds"]

ROUTERS = (worlds.router, registers.router, reports.router, storage.router, records.router, holds.router)
