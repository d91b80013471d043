"""A person's privacy choices."""

from __future__ import annotations

from harness.stage.actor.client import Client
from harness.target.http import Answer


class PrivacyChoices:
    """What a person's account is opted out of."""

    def __init__(self, client: Client) -> None:
        """The choices made with this client."""
        self._client = client

    def read(self) -> Answer:
        """Look at what the account is opted out of."""
        return self._client.call("readPrivacyChoices")

    def set_personal_information(self, *, enabled: bool) -> Answer:
        """Switch the setting 'Personal Information' on or off."""
        return self._client.call("setPersonalInformation", json={"enabled": enabled})
