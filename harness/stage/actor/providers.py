"""Signing in by an identity provider."""

from __future__ import annotations

from datetime import date

from harness.evidence.recorder import Recorder
from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.stage.actor.session import Session
from harness.stage.identity_providers import IdentityProviders
from harness.target.cookies import Cookies
from harness.target.http import Answer
from harness.world.issuers import ProviderAccount


class Providers:
    """A person's accounts at identity providers.

    Attributes:
        cookies: What the person's browser keeps from the beginning of a sign-in to its end.
    """

    def __init__(
        self,
        client: Client,
        person: Person,
        session: Session,
        identity_providers: IdentityProviders,
        evidence: Recorder,
    ) -> None:
        """There are no accounts yet."""
        self.cookies = Cookies(identity_providers.now)
        self._client = client
        self._person = person
        self._session = session
        self._identity_providers = identity_providers
        self._evidence = evidence
        self._accounts: dict[str, tuple[ProviderAccount, str]] = {}

    def sign_up_at(self, provider: str, *, email: str | None = None, born: date | None = None) -> None:
        """Make an account at a provider, which tells more of the person than anybody needs.

        Args:
            provider: As the contract names it: ``google``.
            email: The verified address there; by default the one that the person uses everywhere.
            born: The date of birth there; by default the true one.
        """
        person, canaries = self._person, self._person.canaries
        account = ProviderAccount(
            subject=canaries.made_up("provider subject", person.free_text("subject").split()[-1].strip(".")),
            email=canaries.made_up("email", email or person.email),
            email_verified=True,
            name=person.name,
            more={
                "birthdate": (born or person.date_of_birth).isoformat(),
                "nickname": person.free_text("nickname"),
            },
        )
        self._accounts[provider] = (account, self._identity_providers.sign_up(provider, account))

    def is_known_at(self, provider: str) -> bool:
        """Whether the person has an account at a provider."""
        return provider in self._accounts

    def address_at(self, provider: str) -> str:
        """The person's address at a provider."""
        account, _ = self._accounts[provider]
        return account.email

    def begin(self, provider: str) -> Answer:
        """Begin to sign in; the answer names the address to follow."""
        path = {"provider": provider}
        return self._client.call("beginProviderSignIn", path=path, signed_in=False, cookies=self.cookies)

    def sign_in_by(self, provider: str) -> Answer:
        """Sign in, as far as the target lets the person; a token that comes of it is kept."""
        begun = self.begin(provider)
        if not begun.ok:
            return begun
        account, session = self._accounts[provider]
        back = self._identity_providers.agree(str(begun.field("authorization_url")), session)
        headers = {name: value for name, value in self._client.headers.items() if name != "Cookie"}
        answer = self._client.request("GET", back, name="endProviderSignIn", headers=headers, cookies=self.cookies)
        for value in self._identity_providers.given(provider, account):
            self._person.canaries.made_up("provider token", value)
            self._evidence.redact(value, f"a code or token that {provider} gave about {self._person.label}")
        return self._session.begun_by(answer)
