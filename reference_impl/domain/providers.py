"""Identity providers: who they are, and what of their word counts (clauses 1.2, 7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Provider(StrEnum):
    """An identity provider that the policy names."""

    GOOGLE = "google"
    FACEBOOK = "facebook"
    AMAZON = "amazon"
    APPLE = "apple"


def vouched_address(claims: Mapping[str, object]) -> str | None:
    """The address that a provider says is the person's own, or None.

    An unverified claim to an address must not open somebody else's account. Apple writes the truth value
    as a word.
    """
    address = claims.get("email")
    return address if isinstance(address, str) and claims.get("email_verified") in (True, "true") else None
