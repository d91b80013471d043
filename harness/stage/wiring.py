"""Where the target of a scenario sends things to."""

from __future__ import annotations

from typing import Any

from harness.stage.outside import Outside
from harness.target.discovery import Description


class Wiring:
    """``Wiring`` of the contract: the servers of the harness that a world at the target is wired to."""

    def __init__(self, outside: Outside, key: str, description: Description) -> None:
        """Wire mails and deliveries; ``key`` is the scenario's own at the servers outside."""
        self._outside = outside
        self._key = key
        self._description = description
        self._more: dict[str, Any] = {}

    def add(self, **more: Any) -> None:
        """Wire more, by the names of the contract."""
        self._more.update(more)

    def document(self) -> dict[str, Any]:
        """All of it, as the contract writes it."""
        return {
            "mail": {"host": self._outside.mail.host, "port": self._outside.mail.port},
            "endpoints": [
                {
                    "recipient": recipient.id,
                    "purpose": purpose,
                    "url": self._outside.recipients.endpoint(self._key, recipient.id, purpose),
                }
                for recipient in self._description.recipients
                for purpose in sorted(recipient.purposes)
            ],
            **self._more,
        }
