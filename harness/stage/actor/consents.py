"""A person's consents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.stage.actor.details import Details
from harness.stage.answers import done
from harness.target.http import Answer


class Consents:
    """What a person consents to, purpose by purpose."""

    def __init__(self, client: Client, person: Person, details: Details) -> None:
        """Nothing is consented to yet."""
        self._client = client
        self._person = person
        self._details = details

    def text(self, purpose: str) -> dict[str, Any]:
        """The text the person is asked to agree to, in their language.

        Raises:
            HarnessError: The target shows none.
        """
        language = {"language": self._details.language}
        answer = self._client.call("readConsentText", path={"purpose": purpose}, params=language, signed_in=False)
        return done(answer, f"{self._person.label} reads the consent text").json()

    def give(self, purpose: str, text: Mapping[str, Any] | None = None, *, product_app: str = "") -> Answer:
        """Agree to one purpose, to a ``ConsentText`` of the contract; by default to the one that is shown now.

        Args:
            purpose: What to agree to.
            text: The text that was shown.
            product_app: The product app in which it was shown; by default it is the account's website.
        """
        text = text or self.text(purpose)
        declaration = {"text_version": text["version"], "language": text["language"]}
        if product_app:
            declaration["product_app"] = product_app
        return self._client.call("giveConsent", path={"purpose": purpose}, json=declaration)

    def withdraw(self, purpose: str, token: str | None = None) -> Answer:
        """Withdraw one consent in the account."""
        return self._client.call("withdrawConsent", path={"purpose": purpose}, token=token)

    def read(self, token: str | None = None) -> Answer:
        """Look at the state of all consents."""
        return self._client.call("readConsents", token=token)
