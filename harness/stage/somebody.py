"""What the parts of a stage need to know of a person."""

from __future__ import annotations

from typing import Protocol

from harness.people.canaries import Canaries


class Somebody(Protocol):
    """A person by name, address, and the values by which traces of the person are recognised."""

    @property
    def label(self) -> str:
        """What the scenario calls the person."""

    @property
    def email(self) -> str:
        """The person's address."""

    @property
    def canaries(self) -> Canaries:
        """Values by which traces of the person are recognised."""
