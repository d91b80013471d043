"""The product apps that a person uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.stage.actor.client import Client
from harness.target.http import Answer


class ProductApps:
    """What product apps and My Sony tell the target about a person, and the profile that it makes of that."""

    def __init__(self, client: Client) -> None:
        """The apps used with this client."""
        self._client = client

    def state(self, app: str, statement: Mapping[str, Any]) -> Answer:
        """Let the app of a product tell the person's preferences and usage (``ProductAppStatement``)."""
        return self._client.call("stateProductApp", path={"app_id": app}, json=dict(statement))

    def read(self) -> Answer:
        """Look at what product apps have told."""
        return self._client.call("readProductApps")

    def read_profile(self) -> Answer:
        """Look at the profile that the target has made."""
        return self._client.call("readProfile")

    def make_my_sony_id(self) -> Answer:
        """Make a My Sony ID, which My Sony then tells the target."""
        return self._client.call("makeMySonyId")

    def give_up_my_sony_id(self) -> Answer:
        """Give up the My Sony ID."""
        return self._client.call("giveUpMySonyId")
