"""What a person asks of the service: rights, questions, and reports of a child."""

from __future__ import annotations

from harness.people.person import Person
from harness.stage.actor.client import Client
from harness.stage.actor.details import Details
from harness.stage.mailbox import Mailbox
from harness.stage.scanner import LinkScanner
from harness.target.http import Answer

STATEMENT = "guardian statement"
"""The words of a parent or guardian who reports a child, as a kind of canary."""


class Requests:
    """A person's requests, which need no sign-in."""

    def __init__(
        self, client: Client, person: Person, details: Details, mailbox: Mailbox, scanner: LinkScanner
    ) -> None:
        """Nothing was asked yet."""
        self._scanner = scanner
        self._client = client
        self._person = person
        self._details = details
        self._mailbox = mailbox
        self._tokens: dict[str, str] = {}

    def submit(self, kind: str, **more: str) -> Answer:
        """Ask to use a right.

        Args:
            kind: A ``PrivacyRequestKind`` of the contract.
            more: What the request says beside the address.
        """
        form = {"kind": kind, "email": self._person.email, **more}
        answer = self._client.call("submitPrivacyRequest", json=form, signed_in=False)
        if answer.ok:
            self._person.canaries.assigned("request id", str(answer.field("request_id")))
        return answer

    def prove(self, submitted: Answer) -> Answer:
        """Prove identity by the code that was mailed, whose link scanners open before; returns the request after it."""
        request_id = str(submitted.field("request_id"))
        self._client.settle()
        self._scanner.open_links(self._mailbox.mails(self._person))
        code = self._mailbox.newest_code(self._person)
        path = {"request_id": request_id}
        verified = self._client.call("verifyPrivacyRequest", path=path, json={"code": code}, signed_in=False)
        token = verified.json().get("request_token") if verified.ok else None
        if token:
            self._person.canaries.assigned("request token", str(token))
            self._tokens[request_id] = str(token)
        if verified.ok and verified.field("status") == "pending" and token:
            self._client.settle()
            return self.read(verified)
        return verified

    def read(self, answer: Answer) -> Answer:
        """Look at a request that was proved, as it stands now."""
        request_id = str(answer.field("request_id"))
        token = self._tokens.get(request_id)
        return self._client.call("readPrivacyRequest", path={"request_id": request_id}, token=token, signed_in=False)

    def read_own(self) -> Answer:
        """Look, signed in, at the requests made so far."""
        return self._client.call("readOwnPrivacyRequests")

    def enquire(self, subject: str, text: str) -> Answer:
        """Ask something about the account."""
        form = {"email": self._person.email, "language": self._details.language, "subject": subject, "text": text}
        return self._client.call("submitEnquiry", json=form, signed_in=False)

    def report_child(self, address: str) -> Answer:
        """Report, as a parent or guardian, that a child gave data under an address."""
        form = {
            "email": self._person.email,
            "child_email": address,
            "statement": f"I am the guardian. {self._person.free_text(STATEMENT)}",
            "language": "en",
        }
        return self._client.call("reportChild", json=form, signed_in=False)
