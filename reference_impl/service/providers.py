"""Signing in by an identity provider (clauses 1.2, 7.4).

The Sony account is always required: the provider route asks for no date of birth, and the age gate must hold on every
route. Nothing that a provider states is kept.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from reference_impl.domain.entities import ProviderSignIn
from reference_impl.domain.providers import Provider, vouched_address
from reference_impl.service.context import Context, digest
from reference_impl.service.people import person_at
from reference_impl.service.ports import (
    Attempt,
    IdentityProviders,
    NotThere,
    ProviderClient,
    Refused,
    Transaction,
    Unauthenticated,
)
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import too_young
from reference_impl.service.signin import SignIn

CALLBACK = "/v1/identity-providers/callback"
"""Below the address of the service: where providers send people back to."""


def sony_account_required() -> Refused:
    """The refusal of a person with a provider's identity but without a Sony account."""
    return Refused("sony-account-required", "Create a Sony account first; it is required to sign in")


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """The address for the person's browser, and a secret for this browser only."""

    authorization_url: str
    browser: str


@dataclass(frozen=True, slots=True, repr=False)
class Return:
    """What a browser brings back from a provider (RFC 6749, section 4.1.2; RFC 9207). Anything may be missing."""

    state: str | None
    code: str | None
    issuer: str | None
    browser: str | None


class ProviderSignIns:
    """Begins and ends sign-ins by a provider.

    Of one that goes on only the hash of its state is stored, with the provider and the time. Nonce and verifier are
    derived from the state with the service's secret, so reading the database is not enough to use them.
    """

    LIFE = timedelta(minutes=10)
    """The time allowed for signing in at the provider."""

    def __init__(
        self,
        context: Context,
        providers: IdentityProviders,
        refusals: Refusals,
        sign_in: SignIn,
    ) -> None:
        self._context = context
        self._providers = providers
        self._refusals = refusals
        self._sign_in = sign_in

    def offered(self) -> list[Provider]:
        """Providers by which people can sign in."""
        return [client.provider for client in self._context.wiring.identity_providers]

    def begin(self, provider: Provider) -> Begun:
        """Begin a sign-in.

        Raises:
            NotThere: The provider is not offered.
            ProviderError: It fails.
        """
        client = self.client(provider)
        state, browser = self._context.randomness.token(), self._context.randomness.token()
        url = self._providers.authorization_url(client, self.attempt(state))
        with self._context.store.transaction() as tx:
            tx.add(
                ProviderSignIn(
                    state_hash=digest(state),
                    browser_hash=digest(browser),
                    provider=provider,
                    began_at=self._context.now(),
                )
            )
        return Begun(url, browser)

    def end(self, back: Return, *, signal: bool) -> tuple[str, int]:
        """An access token and its life in seconds. ``signal``: an opt-out preference signal came along.

        Raises:
            Refused: The sign-in was not begun here, by this browser and lately, or was ended before; the provider does
                not vouch for anybody; or it does, and the person has no Sony account that may sign in.
            ProviderError: The provider fails.
        """
        client = self.take(back)
        if not back.code or back.issuer not in (None, client.issuer):
            raise Refused("provider-sign-in-declined", "The identity provider did not sign you in")
        claims = self._providers.vouch(client, self.attempt(back.state or ""), back.code, self._context.now())
        with self._context.store.transaction() as tx:
            person_id = self.person(tx, client.provider, claims)
        try:
            return self._sign_in.let_in(person_id, signal=signal)
        except Unauthenticated:
            # Closed in this very moment.
            raise sony_account_required() from None

    def client(self, provider: Provider) -> ProviderClient:
        """The service's registration with a provider.

        Raises:
            NotThere: Nothing.
        """
        for client in self._context.wiring.identity_providers:
            if client.provider is provider:
                return client
        raise NotThere("This identity provider is not offered")

    def attempt(self, state: str) -> Attempt:
        """The secrets of a sign-in, made of its state."""
        nonce, verifier = (self._derived(purpose, state) for purpose in ("nonce", "verifier"))
        return Attempt(state, nonce, verifier, self._context.base_url + CALLBACK)

    def take(self, back: Return) -> ProviderClient:
        """Whom the browser comes back from; the sign-in can be ended this once.

        Raises:
            Refused: Nobody began it, or not this browser, or too long ago.
        """
        mark = digest(back.state or "")
        # In its turn: of two browsers that come with the same state, one is too late.
        with self._context.change(mark) as tx:
            found = tx.one(ProviderSignIn, state_hash=mark)
            if found is not None:
                tx.remove(found)
        if (
            found is None
            or found.began_at + self.LIFE <= self._context.now()
            or not hmac.compare_digest(found.browser_hash, digest(back.browser or ""))
        ):
            raise Refused("provider-sign-in-unknown", "This sign-in was not started here or has expired; start again")
        return self.client(found.provider)

    def person(self, tx: Transaction, provider: Provider, claims: Mapping[str, object]) -> str:
        """Id of the person whom a provider vouches for.

        Raises:
            Refused: They have no Sony account that may sign in, or are said to be too young.
        """
        address = vouched_address(claims)
        if address is None:
            raise Refused("email-not-vouched-for", "The identity provider does not confirm an e-mail address of yours")
        person = person_at(tx, address)
        if person is not None and self._sign_in.may_sign_in(person):
            return person.person_id
        if self._refusals.remembers(tx, address):
            raise too_young()
        return self.stranger(tx, provider, address, claims)

    def stranger(self, tx: Transaction, provider: Provider, address: str, claims: Mapping[str, object]) -> str:
        """A person without a Sony account is refused.

        Raises:
            Refused: Always.
        """
        raise sony_account_required()

    def _derived(self, purpose: str, state: str) -> str:
        made = hmac.new(self._context.secret, f"provider sign-in: {purpose}: {state}".encode(), hashlib.sha256)
        return urlsafe_b64encode(made.digest()).rstrip(b"=").decode()
