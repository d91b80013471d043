"""Mail that comes in: whoever knows what to do with it takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from reference_impl.service.context import Context


class Desk(StrEnum):
    """Where mail can be sent to; the part of the address before the @."""

    PRIVACY = "privacy"
    SUPPORT = "support"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A mail that came in.

    Attributes:
        desk: Which it came to.
        sender: The address in ``From``; empty where there is none. Nobody has proved that the mail is from there.
        subject: Decoded.
        text: What a reader sees.
        automatic: Sent by a machine (RFC 3834), or nobody wants an answer.
    """

    desk: Desk
    sender: str
    subject: str
    text: str
    automatic: bool = False


class Clerk(Protocol):
    """Knows what to do with some mails."""

    def take(self, letter: Letter) -> bool:
        """Deal with the mail; False: it is none of theirs."""


class Incoming(Protocol):
    """The mail server. ``address`` is its host and port; None where it does not listen."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""


class MailIntake:
    """The desks of one world. The first clerk who knows what to do with a mail takes it."""

    def __init__(self, context: Context, incoming: Incoming, domain: str, clerks: Sequence[Clerk]) -> None:
        self._context = context
        self._incoming = incoming
        self._domain = domain
        self._clerks = clerks

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port of the mail server; None where no mail is taken."""
        return self._incoming.address

    @property
    def desks(self) -> Mapping[Desk, str]:
        """The mail address of each desk."""
        return {desk: f"{desk}@{self._domain}" for desk in Desk}

    def receive(self, letter: Letter) -> None:
        """Deal with a mail; one that a machine sent is left alone, or two machines might answer each other forever."""
        answerable = not letter.automatic and "@" in letter.sender
        taken = answerable and any(clerk.take(letter) for clerk in self._clerks)
        self._context.log.record("mail", desk=letter.desk, taken=taken)
