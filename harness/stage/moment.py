"""Before and after the last thing that happened in a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from harness.stage.outside import Outside


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment in a scenario: what arrived later has a greater number."""

    arrivals: int = 0
    mails: int = 0


class Moment:
    """The moment of the last thing that happened (the last When).

    Attributes:
        since: Its marker.
    """

    def __init__(self, outside: Outside, key: str) -> None:
        """Nothing has happened yet; ``key`` is the scenario's own at the servers outside."""
        # All scenarios of a process share the mail server; a key of their own keeps deliveries apart.
        self.since = Marker(mails=outside.mail.count())
        self._outside = outside
        self._key = key

    def mark(self) -> None:
        """Remember this moment: what arrives from now on is later."""
        arrivals = self._outside.recipients.arrivals(self._key)
        self.since = Marker(arrivals=max((one.number for one in arrivals), default=0), mails=self._outside.mail.count())
