"""SHES accounts, and their deletion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class Account:
    """A SHES account. ``my_sony_id_at``: since when the person is known to have a My Sony ID (clause 2.7)."""

    account_id: str
    person_id: str
    display_name: str
    country: str
    subdivision: str | None
    postal_code: str
    created_at: datetime
    closed_at: datetime | None = None
    my_sony_id_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class ProductApp:
    """What a person has set in the app of a product, and how they use the product (clause 2.6).

    Attributes:
        personalisation: Whether the usage may personalise the marketing at all.
        categories: The kinds of usage that may.
        usage: ``category`` and ``detail`` of each usage, as the app reported them.
    """

    number: int | None = None
    person_id: str
    app_id: str
    personalisation: bool
    categories: list[str]
    usage: list[dict[str, str]]
    stated_at: datetime


@dataclass(eq=False, kw_only=True)
class Deletion:
    """A deleted account whose data is to be purged. ``receipt_id`` is None where an erasure was asked for instead."""

    person_id: str
    receipt_id: str | None
    reason: str | None
    deleted_at: datetime
    purge_due_at: datetime


@dataclass(eq=False, kw_only=True)
class Tombstone:
    """Somebody was purged, whom a backup may still hold. It lasts no longer than that backup."""

    person_id: str
    purged_at: datetime
