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
    """Somebody was refused for their age. ``mark`` tells the same address again, and nobody whose it is."""

    mark: str
    until: datetime
