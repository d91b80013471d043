"""Further ledgers: notices, accesses by staff, disposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reference_impl.domain.upkeep import Leftover


class Occasion(StrEnum):
    """An occasion on which a person provides data."""

    REGISTRATION = "registration"
    ACCOUNT = "account"
    MOVE = "move"


@dataclass(eq=False, kw_only=True)
class NoticeTold:
    """The notice in force when a person provided data."""

    entry_id: int | None = None
    person_id: str
    occasion: Occasion
    topic: str
    version: str
    language: str
    country: str
    subdivision: str | None
    told_at: datetime


@dataclass(eq=False, kw_only=True)
class StaffAccess:
    """That a member of staff has seen an account, from where and what for."""

    entry_id: int | None = None
    person_id: str
    account_id: str
    place: str
    role: str
    purpose: str
    at: datetime


@dataclass(eq=False, kw_only=True)
class Disposal:
    """Ledger entry: a number of items of a kind, no longer needed, were destroyed. It names nobody."""

    number: int | None = None
    kind: Leftover
    items: int
    disposed_at: datetime
