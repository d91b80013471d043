"""How long data of a living account is kept after it is last needed (clause 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Leftover(StrEnum):
    """A kind of data that is needed for a limited time."""

    ABANDONED_SIGN_UP = "abandoned-sign-up"
    ACCESS_TOKEN = "access-token"
    BACKUP = "backup"
    LOG_ENTRY = "log-entry"
    MESSAGE_CONTENT = "message-content"
    PRIVACY_REQUEST = "privacy-request"
    PROVIDER_SIGN_IN = "provider-sign-in"
    UNSUBSCRIBE_LINK = "unsubscribe-link"
    VERIFICATION_CODE = "verification-code"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a kind is kept after it was last needed; what is declared leaves a day for doing it."""

    kind: Leftover
    days: int

    SLACK = 1

    @property
    def within(self) -> str:
        """ISO 8601 duration within which it is gone, as the service declares."""
        return f"P{self.days + self.SLACK}D"

    @property
    def span(self) -> timedelta:
        """The time it is kept."""
        return timedelta(days=self.days)


LIFETIMES: dict[Leftover, Lifetime] = {
    kind: Lifetime(kind, days)
    for kind, days in {
        # As long as the code in the mail can be used.
        Leftover.ABANDONED_SIGN_UP: 7,
        Leftover.ACCESS_TOKEN: 30,
        Leftover.BACKUP: 30,
        Leftover.LOG_ENTRY: 31,
        Leftover.MESSAGE_CONTENT: 30,
        # An answer can be read, and asked about, for a while.
        Leftover.PRIVACY_REQUEST: 90,
        # Nobody can end it after minutes.
        Leftover.PROVIDER_SIGN_IN: 1,
        # CAN-SPAM asks that a link works for 30 days after the mail that carried it.
        Leftover.UNSUBSCRIBE_LINK: 60,
        Leftover.VERIFICATION_CODE: 7,
    }.items()
}
"""What the service keeps, and declares."""
