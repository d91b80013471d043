"""People, and what recipients know them as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class OptOutSource(StrEnum):
    """How a person opted out of sale and sharing."""

    NONE = "none"
    SIGNAL = "signal"
    SETTING = "setting"
    REQUEST = "request"


@dataclass(eq=False, kw_only=True)
class Person:
    """A Sony account: who can sign in. ``opted_out_at`` is kept here because a signal may precede the SHES account.

    ``changed_at``: when anything about the person last changed; the store sets it.
    """

    person_id: str
    email: str
    email_key: str
    password_hash: str
    date_of_birth: date
    country: str
    language: str
    created_at: datetime
    verified_at: datetime | None = None
    closed_at: datetime | None = None
    opted_out_at: datetime | None = None
    opt_out_source: OptOutSource = OptOutSource.NONE
    profiling_opted_out_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Pseudonym:
    """A person's pseudonym at a recipient: random, and different at each recipient."""

    subject_id: str
    person_id: str
    recipient: str
