"""A person's SHES account."""

from __future__ import annotations

from typing import Any

from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.stage.actor.details import Details
from harness.target.http import Answer


class ShesAccount:
    """What a person does with the SHES account.

    Attributes:
        receipt: The receipt of its deletion; empty before.
    """

    def __init__(self, client: Client, person: Person, details: Details) -> None:
        """There is no account yet."""
        self.receipt: dict[str, Any] = {}
        self._client = client
        self._person = person
        self._details = details

    def create(self, email: str | None = None, **more: Any) -> Answer:
        """Create the account; its id becomes one of the person's identifiers.

        Args:
            email: The address; by default the one that the person uses everywhere.
            more: Further members, known to the contract or not.
        """
        form = {
            **more,
            "email": email or self._person.email,
            "display_name": self._details.display_name,
            "country": self._details.country,
            "postal_code": self._details.postal_code,
        }
        answer = self._client.call("createShesAccount", json=form)
        if answer.ok:
            self._person.canaries.assigned("account id", str(answer.field("account_id")))
        return answer

    def read(self, token: str | None = None) -> Answer:
        """Look at the account."""
        return self._client.call("readShesAccount", token=token)

    def change(self, token: str | None = None, **changes: str) -> Answer:
        """Change ``display_name``, ``country`` or ``postal_code``."""
        answer = self._client.call("changeShesAccount", json=changes, token=token)
        if answer.ok:
            for name, value in changes.items():
                setattr(self._details, name, value)
        return answer

    def delete(self, reason: str = "") -> Answer:
        """Delete the account; the receipt is kept."""
        answer = self._client.call("deleteShesAccount", json={"reason": reason} if reason else {})
        if answer.ok:
            self.receipt = answer.json()
        return answer

    def read_receipt(self) -> Answer:
        """Look at how far the deletion has got."""
        path = {"receipt_id": str(self.receipt["receipt_id"])}
        return self._client.call("readDeletionReceipt", path=path, signed_in=False)
