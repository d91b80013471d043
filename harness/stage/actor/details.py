"""What a person states about themselves now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Details:
    """Differ from what the person began with after a move, under a new name or in another language.

    Attributes:
        display_name: The name in the SHES account.
        country: Where the person lives, ISO 3166-1 alpha-2.
        postal_code: Of the place where the person lives.
        language: In which the person reads, BCP 47.
    """

    display_name: str
    country: str
    postal_code: str
    language: str
