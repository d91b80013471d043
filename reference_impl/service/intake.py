"""Incoming mail, handled by the first clerk that recognises it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from reference_impl.service.context import Context


class Desk(StrEnum):
    """Mailboxes; the value is the local part of the address."""

    PRIVACY = "privacy"
    SUPPORT = "support"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """An incoming mail.

    Attributes:
        desk: Which it came to.
        sender: The address in ``From``; empty where there is none. Nobody has proved that the mail is from there.
        subject: Decoded.
        text: What a reader sees.
        automatic: Sent by a machine (RFC 3834), or nobody wants an answer.
        language: What ``Content-Language`` names first, where it does (RFC 3282).
    """

    desk: Desk
    sender: str
    subject: str
    text: str
    automatic: bool = False
    language: str | None = None


class Clerk(Protocol):
    """Handles some kinds of mail."""

    def take(self, letter: Letter) -> bool:
        """Handle the mail; False if it is for another clerk."""


@dataclass(frozen=True, slots=True)
class SmtpWay:
    """Mail comes in at an SMTP server."""

    host: str
    port: int
    kind: str = "smtp"


@dataclass(frozen=True, slots=True, repr=False)
class WebhookWay:
    """Mail is posted to an address, under a sign-in."""

    url: str
    authorization: str
    kind: str = "webhook"


class Incoming(Protocol):
    """The mail server. ``address`` is its host and port; None where it does not listen."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""


class MailIntake:
    """The desks of one world. The first clerk that recognises a mail handles it."""

    def __init__(self, context: Context, incoming: Incoming, domain: str, clerks: Sequence[Clerk]) -> None:
        self._context = context
        self._incoming = incoming
        self._domain = domain
        self._clerks = clerks

    WEBHOOK = "/inbound-mail"
    """Path of the webhook, below the address of the world."""

    @property
    def ways(self) -> Sequence[SmtpWay | WebhookWay]:
        """The ways by which mail comes in, the first choice first; none where the mail server does not run."""
        if self._incoming.address is None:
            return ()
        webhook = WebhookWay(f"{self._context.base_url}{self.WEBHOOK}", f"Bearer {self.webhook_token}")
        return (SmtpWay(*self._incoming.address), webhook)

    @property
    def webhook_token(self) -> str:
        """The token that a sender must present. It is not stored, but derived from the key of the world."""
        return hmac.new(self._context.secret, self.WEBHOOK.encode(), hashlib.sha256).hexdigest()

    @property
    def desks(self) -> Mapping[Desk, str]:
        """The mail address of each desk."""
        return {desk: f"{desk}@{self._domain}" for desk in Desk}

    def desk_at(self, address: str) -> Desk | None:
        """The desk at an address; None if there is none."""
        wanted = address.strip("<>").lower()
        return next((desk for desk, own in self.desks.items() if own == wanted), None)

    def receive(self, letter: Letter) -> None:
        """Handle a mail; automatic mail is ignored, or two machines might answer each other for ever."""
        answerable = not letter.automatic and "@" in letter.sender
        taken = answerable and any(clerk.take(letter) for clerk in self._clerks)
        self._context.log.record("mail", desk=letter.desk, taken=taken)
