"""The methods by which a target receives mail: SMTP, a webhook, an IMAP mailbox. One class for each."""

from __future__ import annotations

import imaplib
import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from typing import Any, Protocol, Self
from urllib.parse import quote

from harness.errors import TargetError
from harness.target.world import World

_SECONDS = 10.0
_REFUSED_FOR_GOOD = 500
_FAILING = frozenset({408, 429})
"""HTTP statuses by which a server requests a retry without refusing (RFC 9110, RFC 6585)."""

_SEE = "see Mail to the service in harness/contract/README.md"
_SCHEMA = "see MailIntake in harness/contract/openapi.yaml"


class MailWay(Protocol):
    """A method by which a target receives mail."""

    @property
    def answers(self) -> bool:
        """Whether the sender learns immediately if the mail is refused."""

    @property
    def secret(self) -> str:
        """The secret that reports must not show; empty if there is none."""

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """Hand a message over.

        Returns:
            Why it is permanently refused; empty if it was accepted.

        Raises:
            TargetError: The server cannot be reached, or fails.
        """

    def left_unread(self, message: EmailMessage) -> str:
        """For a method without a response: why a message counts as refused, now that the target has settled.

        Returns:
            A reason; empty if the message was read.

        Raises:
            TargetError: The server cannot be reached, or fails.
        """


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server of the target (RFC 5321). It refuses permanently with 5yz."""

    host: str
    port: int
    answers = True
    secret = ""

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """From the target's declaration."""
        return cls(str(told["host"]), int(told["port"]))

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """As :meth:`MailWay.send`."""
        try:
            with smtplib.SMTP(self.host, self.port, local_hostname=host_of(sender), timeout=_SECONDS) as connection:
                international = [] if _in_ascii(message) else ["SMTPUTF8", "BODY=8BITMIME"]
                connection.sendmail(sender, [to], _as_sent(message), international)
                return ""
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[to]
        except smtplib.SMTPResponseException as refused:
            code, said = refused.smtp_code, _bytes(refused.smtp_error)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise _not_taken(to, str(error), "the target's mail server is not running, or refuses the mail") from error
        text = said.decode(errors="replace")
        if code < _REFUSED_FOR_GOOD:
            raise _not_taken(to, f"{code} {text}", "the target's mail server fails")
        return f"{code} {text}"

    def left_unread(self, message: EmailMessage) -> str:
        """Empty: the server has responded."""
        return ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address to which a mail provider posts whole messages. It refuses permanently with 4xx."""

    world: World
    url: str
    authorization: str
    answers = True

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """From the target's declaration."""
        return cls(world, str(told["url"]), str(told.get("authorization") or ""))

    @property
    def secret(self) -> str:
        """The credentials, without the scheme."""
        return self.authorization.rpartition(" ")[2]

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """As :meth:`MailWay.send`."""
        headers = {
            "Content-Type": "message/rfc822",
            # A header is ASCII; an address may contain any character.
            "SHES-Envelope-Sender": quote(sender, safe="@"),
            "SHES-Envelope-Recipient": quote(to, safe="@"),
        }
        if self.authorization:
            headers["Authorization"] = self.authorization
        answer = self.world.http.request(
            "POST",
            self.url,
            name="the webhook for mail",
            trace_id=self.world.trace_id,
            headers=headers,
            data=_as_sent(message),
        )
        if answer.ok:
            return ""
        if 400 <= answer.status < 500 and answer.status not in _FAILING:
            return f"{answer.status} {answer.text}"
        raise _not_taken(to, f"the webhook answered {answer.status}", "it requests a retry, or another address")

    def left_unread(self, message: EmailMessage) -> str:
        """Empty: the server has responded."""
        return ""


@dataclass(frozen=True, slots=True)
class ImapBox:
    """A mailbox that the target reads (RFC 9051, RFC 3501). It accepts everything; an unread message was refused."""

    host: str
    port: int
    user: str
    password: str
    mailbox: str
    answers = False

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """From the target's declaration."""
        signs_in = (str(told["user"]), str(told["password"]))
        return cls(str(told["host"]), int(told["port"]), *signs_in, str(told.get("mailbox") or "INBOX"))

    @property
    def secret(self) -> str:
        """The password."""
        return self.password

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """Append the message, as a delivering server does (RFC 5321, section 4.4). Never refused."""
        delivered = f"Return-Path: <{sender}>\r\nDelivered-To: {to}\r\n".encode() + _as_sent(message)
        # No flags, and the mailbox's own time.
        self._do(lambda box: box.append(_quoted(self.mailbox), "", "", delivered), f"append a mail to {to}")
        return ""

    def left_unread(self, message: EmailMessage) -> str:
        """Whether the message is there without the flag that marks it as seen."""

        def look(box: imaplib.IMAP4) -> tuple[str, list[Any]]:
            opened, said = box.select(_quoted(self.mailbox), readonly=True)
            wanted = ("UNSEEN", "HEADER", "Message-ID", _quoted(str(message["Message-ID"])))
            return box.search(None, *wanted) if opened == "OK" else (opened, said)

        found = self._do(look, "check whether a mail was read")
        return "it was left unread in the IMAP mailbox" if any(found) else ""

    def _do(self, job: Callable[[imaplib.IMAP4], tuple[str, list[Any]]], what: str) -> list[Any]:
        """Sign in, do the job and sign out."""
        try:
            with imaplib.IMAP4(self.host, self.port, timeout=_SECONDS) as box:
                box.login(_quoted(self.user), self.password)
                status, said = job(box)
        except (OSError, imaplib.IMAP4.error) as error:
            status, said = "", [str(error)]
        if status != "OK":
            words = " ".join(part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in said)
            raise TargetError(
                f"The IMAP mailbox of the target did not permit to {what}: {words}.",
                cause="it is not running, or credentials or mailbox differ from the target's declaration",
                remedy=_SEE,
            )
        return said


_WAYS: Mapping[str, Callable[[Mapping[str, Any], World], MailWay]] = {
    "smtp": Smtp.of,
    "webhook": Webhook.of,
    "imap": ImapBox.of,
}
"""By ``kind`` in the contract."""


def way_of(told: list[Mapping[str, Any]], world: World) -> MailWay:
    """The first of a target's methods that the harness supports. A method without a kind is SMTP.

    Raises:
        TargetError: It supports none, or the declaration is incomplete.
    """
    kinds = [str(one.get("kind", "smtp")) for one in told]
    for kind, one in zip(kinds, told, strict=True):
        if kind in _WAYS:
            try:
                return _WAYS[kind](one, world)
            except (KeyError, TypeError, ValueError) as error:
                raise TargetError(
                    f"The target's declaration of mail intake by {kind} is incomplete: {error}.",
                    cause="a member is missing, or of the wrong type",
                    remedy=_SCHEMA,
                ) from error
    raise TargetError(
        f"The target receives mail by {' or '.join(kinds)}, which the harness does not support.",
        cause="the kind is misspelled, or from a later version of the contract",
        remedy=f"offer one of {', '.join(_WAYS)}; {_SCHEMA}",
    )


def host_of(address: str) -> str:
    """The domain of an address in ASCII form: a target must not recognise the auditor by the auditor's own domain."""
    return address.rpartition("@")[2].encode("idna").decode("ascii")


def _as_sent(message: EmailMessage) -> bytes:
    """The bytes on the wire: headers in ASCII if possible, in UTF-8 if an address requires it (RFC 6532)."""
    return message.as_bytes(policy=policy.SMTP if _in_ascii(message) else policy.SMTPUTF8)


def _in_ascii(message: EmailMessage) -> bool:
    """Whether all addresses of a message are ASCII."""
    return all(address.addr_spec.isascii() for name in ("From", "To") for address in message[name].addresses)


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _quoted(text: str) -> str:
    """An IMAP quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _not_taken(to: str, why: str, cause: str) -> TargetError:
    return TargetError(f"A mail to {to} was not accepted: {why}.", cause=cause, remedy=_SEE)
