"""Legal holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class HoldGround(StrEnum):
    """The grounds for a legal hold (clauses 3.5, 4.2)."""

    LEGAL_OBLIGATION = "legal-obligation"
    LEGAL_CLAIM = "legal-claim"
    AUTHORITY_ORDER = "authority-order"
    COMPLAINT = "complaint"


class HoldScope(StrEnum):
    """What a legal hold can cover."""

    CONTACT = "contact"
    RESIDENCE = "residence"
    DATE_OF_BIRTH = "date-of-birth"
    CONSENTS = "consents"
    DISCLOSURES = "disclosures"
    CORRESPONDENCE = "correspondence"


@dataclass(eq=False, kw_only=True)
class Hold:
    """A legal hold on an account: the entry of its ledger. ``scope`` holds values of :class:`HoldScope`.

    ``person_id`` is None from the purge on; ``account_id`` and ``receipt_id`` are None when nothing is held any longer.
    The times of the deletion are kept for the receipt.
    """

    hold_id: str
    person_id: str | None
    account_id: str | None
    ground: HoldGround
    reference: str
    authority: str
    scope: list[str]
    placed_at: datetime
    until: datetime
    lifted_at: datetime | None = None
    receipt_id: str | None = None
    deleted_at: datetime | None = None
    purge_due_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class HeldRecord:
    """What a hold has kept from a purge."""

    number: int | None = None
    hold_id: str
    scope: HoldScope
    data: Any
