"""The ways by which mail comes in at a target: SMTP, a webhook, an IMAP box. One class for each."""

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
"""Statuses of HTTP by which a server asks for another try, and refuses nothing (RFC 9110, RFC 6585)."""

_SEE = "see Mail to the service in harness/contract/README.md"
_SCHEMA = "see MailIntake in harness/contract/openapi.yaml"


class MailWay(Protocol):
    """A way by which mail comes in."""

    @property
    def answers(self) -> bool:
        """Whether who sends is told at once if the mail is refused."""

    @property
    def secret(self) -> str:
        """What reports must not show; empty where there is nothing."""

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """Hand a message over.

        Returns:
            Why it is refused for good, or nothing where it was taken.

        Raises:
            TargetError: Nobody is there, or they fail.
        """

    def left_unread(self, message: EmailMessage) -> str:
        """Of a way that does not answer: why a message counts as refused, now that the target is at rest.

        Returns:
            A reason, or nothing where the message was read.

        Raises:
            TargetError: Nobody is there, or they fail.
        """


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server of the target (RFC 5321). It refuses for good with 5yz."""

    host: str
    port: int
    answers = True
    secret = ""

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """As the target tells of it."""
        return cls(str(told["host"]), int(told["port"]))

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """As :meth:`MailWay.send`."""
        try:
            with smtplib.SMTP(self.host, self.port, local_hostname=host_of(sender), timeout=_SECONDS) as connection:
                connection.send_message(message, sender, [to])
                return ""
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[to]
        except smtplib.SMTPResponseException as refused:
            code, said = refused.smtp_code, _bytes(refused.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            raise _not_taken(to, str(error), "the target's mail server does not run, or refuses the mail") from error
        text = said.decode(errors="replace")
        if code < _REFUSED_FOR_GOOD:
            raise _not_taken(to, f"{code} {text}", "the target's mail server fails")
        return f"{code} {text}"

    def left_unread(self, message: EmailMessage) -> str:
        """Nothing: it has answered."""
        return ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address to which a mail provider posts whole messages. It refuses for good with 4xx."""

    world: World
    url: str
    authorization: str
    answers = True

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """As the target tells of it."""
        return cls(world, str(told["url"]), str(told.get("authorization") or ""))

    @property
    def secret(self) -> str:
        """The sign-in, without the word for its kind."""
        return self.authorization.rpartition(" ")[2]

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """As :meth:`MailWay.send`."""
        headers = {
            "Content-Type": "message/rfc822",
            # A header holds ASCII, an address any letter.
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
        raise _not_taken(to, f"the webhook answered {answer.status}", "it asks for another try, or for another address")

    def left_unread(self, message: EmailMessage) -> str:
        """Nothing: it has answered."""
        return ""


@dataclass(frozen=True, slots=True)
class ImapBox:
    """A box that the target reads (RFC 9051, RFC 3501). It takes everything; what stays unread there was refused."""

    host: str
    port: int
    user: str
    password: str
    mailbox: str
    answers = False

    @classmethod
    def of(cls, told: Mapping[str, Any], world: World) -> Self:
        """As the target tells of it."""
        signs_in = (str(told["user"]), str(told["password"]))
        return cls(str(told["host"]), int(told["port"]), *signs_in, str(told.get("mailbox") or "INBOX"))

    @property
    def secret(self) -> str:
        """The password."""
        return self.password

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """Put the message down, as a server that delivers does (RFC 5321, section 4.4). Refuses nothing."""
        delivered = f"Return-Path: <{sender}>\r\nDelivered-To: {to}\r\n".encode() + _as_sent(message)
        # No flags, and the box's own time.
        self._do(lambda box: box.append(_quoted(self.mailbox), "", "", delivered), f"put a mail to {to} down")
        return ""

    def left_unread(self, message: EmailMessage) -> str:
        """Whether the message lies there without the flag that says it was seen."""

        def look(box: imaplib.IMAP4) -> tuple[str, list[Any]]:
            opened, said = box.select(_quoted(self.mailbox), readonly=True)
            wanted = ("UNSEEN", "HEADER", "Message-ID", _quoted(str(message["Message-ID"])))
            return box.search(None, *wanted) if opened == "OK" else (opened, said)

        found = self._do(look, "look whether a mail was read")
        return "it was left unread in the IMAP box" if any(found) else ""

    def _do(self, job: Callable[[imaplib.IMAP4], tuple[str, list[Any]]], what: str) -> list[Any]:
        """Sign in, do the job and leave."""
        try:
            with imaplib.IMAP4(self.host, self.port, timeout=_SECONDS) as box:
                box.login(_quoted(self.user), self.password)
                status, said = job(box)
        except (OSError, imaplib.IMAP4.error) as error:
            status, said = "", [str(error)]
        if status != "OK":
            words = " ".join(part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in said)
            raise TargetError(
                f"The IMAP box of the target did not let us {what}: {words}.",
                cause="it does not run, or sign-in or mailbox are not as the target tells",
                remedy=_SEE,
            )
        return said


_WAYS: Mapping[str, Callable[[Mapping[str, Any], World], MailWay]] = {
    "smtp": Smtp.of,
    "webhook": Webhook.of,
    "imap": ImapBox.of,
}
"""By ``kind`` of the contract."""


def way_of(told: list[Mapping[str, Any]], world: World) -> MailWay:
    """The first of a target's ways that the harness knows. A way without a kind is SMTP.

    Raises:
        TargetError: It knows none, or the way lacks what it needs.
    """
    kinds = [str(one.get("kind", "smtp")) for one in told]
    for kind, one in zip(kinds, told, strict=True):
        if kind in _WAYS:
            try:
                return _WAYS[kind](one, world)
            except (KeyError, TypeError, ValueError) as error:
                raise TargetError(
                    f"What the target tells of its mail intake by {kind} is not enough to send a mail: {error}.",
                    cause="a member is missing, or of another kind",
                    remedy=_SCHEMA,
                ) from error
    raise TargetError(
        f"The target takes mail in by {' or '.join(kinds)}, and the harness cannot send it so.",
        cause="the kind is misspelled, or of a later version of the contract",
        remedy=f"offer one of {', '.join(_WAYS)}; {_SCHEMA}",
    )


def host_of(address: str) -> str:
    """The domain of an address, as machines call it: a target must not know the auditor by one of its own."""
    return address.rpartition("@")[2].encode("idna").decode("ascii")


def _as_sent(message: EmailMessage) -> bytes:
    """The bytes on the wire: headers in ASCII where that can be, in UTF-8 where an address asks for it (RFC 6532)."""
    plain = all(address.addr_spec.isascii() for name in ("From", "To") for address in message[name].addresses)
    return message.as_bytes(policy=policy.SMTP if plain else policy.SMTPUTF8)


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _quoted(text: str) -> str:
    """A string of IMAP."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _not_taken(to: str, why: str, cause: str) -> TargetError:
    return TargetError(f"A mail to {to} was not taken: {why}.", cause=cause, remedy=_SEE)
