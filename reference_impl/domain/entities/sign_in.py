"""Sign-ins, and proof of an e-mail address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reference_impl.domain.providers import Provider


@dataclass(eq=False, kw_only=True)
class AccessToken:
    """A sign-in that lasts; the token itself is not kept."""

    token_hash: str
    person_id: str
    expires_at: datetime


@dataclass(eq=False, kw_only=True)
class ProviderSignIn:
    """A sign-in by an identity provider that has begun. Whose it is is not known yet.

    Neither the state nor what the browser was given is kept.
    """

    state_hash: str
    browser_hash: str
    provider: Provider
    began_at: datetime


@dataclass(eq=False, kw_only=True)
class VerificationCode:
    """Proof to come that an address is the person's; the code itself is not kept."""

    code_hash: str
    person_id: str
    expires_at: datetime
