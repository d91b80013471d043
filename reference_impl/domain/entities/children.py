"""Reports about children, and refusals for age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class GuardianReport:
    """A parent or guardian says that a person is a child; nobody has looked at it yet."""

    report_id: str
    person_id: str
    reporter: str
    statement: str
    received_at: datetime


@dataclass(eq=False, kw_only=True)
class Refusal:
    """A refusal for age. ``mark`` recognises the same address without revealing it."""

    mark: str
    until: datetime
