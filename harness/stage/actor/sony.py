"""A person's Sony account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.stage.actor.details import Details
from harness.stage.mailbox import Mailbox
from harness.target.http import Answer


class SonyAccount:
    """What a person does with the Sony account."""

    def __init__(self, client: Client, person: Person, details: Details, mailbox: Mailbox) -> None:
        """There is no account yet."""
        self._client = client
        self._person = person
        self._details = details
        self._mailbox = mailbox

    def form(self) -> dict[str, str]:
        """What the person types to register (1.4)."""
        return {
            "email": self._person.email,
            "password": self._person.password,
            "date_of_birth": self._person.date_of_birth.isoformat(),
            "country": self._details.country,
            "language": self._details.language,
        }

    def register(self, form: Mapping[str, Any] | None = None) -> Answer:
        """Register, by default with just what the policy names."""
        return self._client.call("registerSonyAccount", json=dict(form or self.form()), signed_in=False)

    def verify_email(self, *, settled: bool = False) -> Answer:
        """Follow the link of the newest verification mail. ``settled``: the target has been at rest since it left."""
        if not settled:
            self._client.settle()
        code = self._mailbox.newest_code(self._person)
        return self._client.call("verifyEmail", json={"code": code}, signed_in=False)

    def read(self, token: str | None = None) -> Answer:
        """Look at the account."""
        return self._client.call("readSonyAccount", token=token)

    def correct_birth(self, born: date) -> Answer:
        """State another date of birth."""
        return self._client.call("correctSonyAccount", json={"date_of_birth": born.isoformat()})
