"""Opening and closing worlds."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from reference_impl.bootstrap.parts import Shared, World, WorldClock, build
from reference_impl.domain.transfer import TransferRegister
from reference_impl.service.ports import Wiring
from reference_impl.store.migrate import migrate

DATABASE = "shes.db"


@dataclass(frozen=True)
class Ground:
    """What a site stands on.

    Attributes:
        scratch: Folder for data that is thrown away at the end.
        template: A migrated and empty database file.
        address: Its address, absolute, without a slash at its end.
    """

    scratch: Path
    template: Path
    address: str


class OpenWorlds:
    """Every open world of a site.

    Args:
        shared: What they have in common.
        ground: What the site stands on; each world has a folder below its scratch, thrown away with the world.
    """

    def __init__(self, shared: Shared, ground: Ground) -> None:
        self._shared = shared
        self._ground = ground
        self._lock = Lock()
        self._open: dict[str, World] = {}

    def open(self, now: datetime, wiring: Wiring, register: TransferRegister | None) -> World:
        """A new world, empty of people, whose clock stands at ``now``."""
        world_id = secrets.token_hex(8)
        folder = self._ground.scratch / world_id
        folder.mkdir()
        shutil.copyfile(self._ground.template, folder / DATABASE)
        world = build(
            self._shared,
            world_id=world_id,
            folder=folder,
            database=folder / DATABASE,
            logs=folder / "logs",
            clock=WorldClock(now),
            base_url=f"{self._ground.address}/worlds/{world_id}",
            wiring=wiring,
            # Thrown away with the world.
            secret=secrets.token_bytes(32),
            durable=False,
        )
        try:
            if register is not None:
                world.service.state_register(register)
        except Exception:
            self._throw_away(world)
            raise
        with self._lock:
            self._open[world_id] = world
        return world

    def find(self, world_id: str) -> World | None:
        """An open world."""
        return self._open.get(world_id)

    def close(self, world_id: str) -> bool:
        """Throw a world away; False where there is none."""
        with self._lock:
            world = self._open.pop(world_id, None)
        if world is None:
            return False
        self._throw_away(world)
        return True

    def close_all(self) -> None:
        """Throw all away."""
        for world_id in list(self._open):
            self.close(world_id)

    @staticmethod
    def _throw_away(world: World) -> None:
        world.close()
        shutil.rmtree(world.folder, ignore_errors=True)


def make_template(path: Path) -> Path:
    """A migrated and empty database file."""
    migrate(path)
    return path
