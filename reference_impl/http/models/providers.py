"""Sign-in with an identity provider."""

from __future__ import annotations

from reference_impl.domain.providers import Provider
from reference_impl.http.models.base import Answer


class OfferedProvider(Answer):
    """One by which people can sign in."""

    provider: Provider


class OfferedProviders(Answer):
    """All of them."""

    providers: list[OfferedProvider]


class BegunSignIn(Answer):
    """The address to which the person's browser is sent next."""

    authorization_url: str
