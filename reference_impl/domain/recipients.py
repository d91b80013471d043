"""Who receives personal data, and about whom (clause 2.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reference_impl.domain.residence import Residence


class Purpose(StrEnum):
    """Why personal data leaves."""

    EMAIL_MARKETING = "email-marketing"
    PERSONALISATION = "personalisation"
    PROFILING = "profiling"
    ADVERTISING = "advertising"
    SALE = "sale"


class Role(StrEnum):
    """What a recipient is to the service."""

    GROUP_COMPANY = "group-company"
    PROCESSOR = "processor"
    ADVERTISING_VENDOR = "advertising-vendor"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody the service sends personal data to; ``residences`` are countries of the people it is about."""

    id: str
    name: str
    role: Role
    country: str
    purposes: tuple[Purpose, ...]
    residences: tuple[str, ...]


class RecipientRouting:
    """Chooses the recipients of a purpose by the residence of the person."""

    def __init__(self, recipients: Iterable[Recipient]) -> None:
        self._recipients = tuple(recipients)

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Everybody, in the order of the register."""
        return self._recipients

    def for_residence(self, purpose: Purpose, residence: Residence) -> tuple[str, ...]:
        """Ids of those who receive data about a resident for the purpose."""
        return tuple(
            recipient.id
            for recipient in self._recipients
            if purpose in recipient.purposes and residence.country in recipient.residences
        )
