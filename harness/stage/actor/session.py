"""Signing in with a password."""

from __future__ import annotations

from harness.evidence.recorder import Recorder
from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.target.http import Answer


class Session:
    """A person's sign-ins.

    Attributes:
        tokens: Access tokens that the target gave, the newest last.
    """

    def __init__(self, client: Client, person: Person, evidence: Recorder) -> None:
        """Not signed in yet."""
        self.tokens: list[str] = []
        self._client = client
        self._person = person
        self._evidence = evidence

    def sign_in(self) -> Answer:
        """Sign in; a token that comes of it is kept."""
        return self.sign_in_with(self._person.password)

    def sign_in_with(self, password: str, email: str | None = None) -> Answer:
        """Sign in with a password that may be wrong, or with the address spelled in another way."""
        credentials = {"email": email or self._person.email, "password": password}
        return self.begun_by(self._client.call("signIn", json=credentials, signed_in=False))

    def begun_by(self, answer: Answer) -> Answer:
        """Keep the access token that an answer gives, if it is a success; returns the answer."""
        if answer.ok:
            token = str(answer.field("access_token"))
            self.tokens.append(token)
            self._client.token = token
            self._person.canaries.assigned("access token", token)
            self._evidence.redact(token, f"{self._person.label}'s access token")
        return answer
