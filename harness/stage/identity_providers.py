"""The identity providers that people sign in by, played by the harness."""

from __future__ import annotations

from datetime import UTC, datetime

from harness.contract import Capability, operations
from harness.evidence.recorder import Recorder
from harness.stage.clock import Clock
from harness.stage.service import Service
from harness.target.world import require
from harness.world.issuers import PROVIDERS, IssuerServer, ProviderAccount


class IdentityProviders:
    """The providers of one scenario."""

    def __init__(self, server: IssuerServer, key: str, service: Service, clock: Clock, evidence: Recorder) -> None:
        """The target is registered nowhere yet; ``key`` is the scenario's own at the server."""
        self._server = server
        self._key = key
        self._service = service
        self._clock = clock
        self._evidence = evidence
        self._wired = False

    def wire(self) -> None:
        """Register the target with every provider; a second time changes nothing.

        Raises:
            NotApplicable: Nobody can sign in to it by a provider.
        """
        require(self._service.description, Capability.IDENTITY_PROVIDERS)
        if self._wired:
            return
        callback = self._service.world.base_url + operations()["endProviderSignIn"].path
        wired = [self._server.open(self._key, provider, redirect_uri=callback, now=self.now) for provider in PROVIDERS]
        self._wired = True
        for one in wired:
            self._evidence.redact(one["client_secret"], f"the target's secret with {one['provider']}")
        self._service.wire("identity providers", identity_providers=wired)

    def sign_up(self, provider: str, account: ProviderAccount) -> str:
        """Give somebody an account at a provider; returns what their browser is known by there."""
        return self._server.sign_up(self._key, provider, account)

    def agree(self, url: str, session: str) -> str:
        """See :meth:`harness.world.issuers.IssuerServer.agree`."""
        return self._server.agree(url, session)

    def given(self, provider: str, account: ProviderAccount) -> list[str]:
        """Codes and tokens about somebody that a provider has given out."""
        return self._server.given(self._key, provider, account)

    def asked(self, provider: str) -> list[dict[str, str]]:
        """The parameters of every request for authorization that came to a provider, in order."""
        return self._server.asked(self._key, provider)

    def now(self) -> datetime:
        """The time of the world."""
        # A target whose clock nobody moves goes by the true time.
        return self._clock.now if Capability.CLOCK in self._service.description.capabilities else datetime.now(UTC)
