"""The clock of a scenario's world."""

from __future__ import annotations

from datetime import datetime

from harness.stage.service import Service


class Clock:
    """The world's time, which only the harness moves.

    Attributes:
        stood: When the clock stood before.
    """

    def __init__(self, service: Service) -> None:
        """The clock of a service's world."""
        self.stood: set[datetime] = set()
        self._service = service

    @property
    def now(self) -> datetime:
        """The time it is in the world, as the harness last set it."""
        return self._service.now

    def begin_at(self, moment: datetime) -> None:
        """Say what time it is. Before anything has happened the world is opened at this time."""
        if self._service.opened:
            self.move_to(moment)
        else:
            self._service.now = moment

    def move_to(self, moment: datetime) -> None:
        """Move the world's time forward, and let the target do what has become due."""
        self.stood.add(self.now)
        self._service.move_to(moment)
