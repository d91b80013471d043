"""The audited service, as one scenario has it: a world of its own at the target."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from harness.evidence.recorder import Recorder
from harness.stage.answers import done
from harness.stage.opening import OPENING
from harness.stage.wiring import Wiring
from harness.target.discovery import Description
from harness.target.http import Answer, Http
from harness.target.world import World, beginning, open_world


class Service:
    """The world at the target. Every exchange with it is kept as evidence.

    Attributes:
        description: What the target is and can do.
        wiring: Where it sends things to.
        now: The time it is in the world, as the harness last set it; until it is opened, when it will open.
        ages: The ages that the target goes by in this world, as ``AgeRegister`` of the contract.
    """

    def __init__(
        self, http: Http, description: Description, wiring: Wiring, evidence: Recorder, opening: datetime
    ) -> None:
        """The world is opened when it is first needed; ``opening`` is the time it then is, unless a step sets it.

        A target with one clock for all scenarios opens at :data:`~harness.stage.opening.OPENING` or later instead.
        """
        self.description = description
        self.wiring = wiring
        self.now = beginning(http, description, opening, OPENING)
        self.ages = {name: list(description.declared.get(name, ())) for name in ("age_thresholds", "majority_ages")}
        self._http = http
        self._world: World | None = None
        self._wired: dict[str, Any] = {}
        http.observer = evidence.exchange
        evidence.redact(http.token or "", "the assurance API's token")

    @property
    def opened(self) -> bool:
        """Whether anything has happened in the world yet."""
        return self._world is not None

    @property
    def world(self) -> World:
        """The world at the target, opened on first use."""
        if self._world is None:
            self._wired = self.wiring.document()
            self._world = open_world(
                self._http,
                self.description,
                now=self.now,
                wiring=self._wired,
                trace_id=secrets.token_hex(16),
            )
        return self._world

    def call(self, operation_id: str, **arguments: Any) -> Answer:
        """Call an operation in the world. See :meth:`harness.target.world.World.call`."""
        return self.world.call(operation_id, **arguments)

    def request(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send a request to an address that the target gave, without any sign-in."""
        return self._http.request(method, url, trace_id=self.world.trace_id, **arguments)

    def wire(self, what: str, **more: Any) -> None:
        """Wire more in the open world, by the names of the contract.

        Args:
            what: In words, for when it fails.
            more: What to wire.

        Raises:
            HarnessError: The target does not take it.
        """
        self.wiring.add(**more)
        self._wired = self.wiring.document()
        done(self.call("wire", json=self._wired), f"the target is wired to {what}")

    def rewire(self, what: str) -> None:
        """Wire the world again if a party outside has another address now; before it is opened there is no need.

        Args:
            what: In words, for when it fails.

        Raises:
            HarnessError: The target does not take it.
        """
        if self.opened and self.wiring.document() != self._wired:
            self.wire(what)

    def move_to(self, moment: datetime) -> None:
        """Move the world's time forward, and let the target do what has become due."""
        self.now = moment
        self.world.set_clock(moment)
        self.settle()

    def wait(self, span: timedelta) -> None:
        """Let time pass in the world."""
        self.move_to(self.now + span)

    def settle(self) -> None:
        """Wait until the target is at rest: the barrier before anything may be said to be absent."""
        self.world.settle()

    def close(self) -> None:
        """Close the world."""
        if self._world is not None:
            self._world.close()
