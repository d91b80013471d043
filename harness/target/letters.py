"""Mail to the target, as anybody sends it: over SMTP, to one of its desks."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid
from typing import Any

from harness.contract import Capability
from harness.errors import TargetError
from harness.target.world import World, require

_SECONDS = 10.0
_REFUSED_FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class MailIntake:
    """Where the target takes mail in: an SMTP server, and the address of each desk."""

    host: str
    port: int
    desks: dict[str, str]

    def send(self, message: EmailMessage, *, sender: str, to: str) -> str:
        """Hand a message over.

        Returns:
            Why the server refuses it for good (RFC 5321, 5yz), or nothing where it has taken it.

        Raises:
            TargetError: The server is not there, or fails.
        """
        try:
            with smtplib.SMTP(self.host, self.port, local_hostname="sender.test", timeout=_SECONDS) as connection:
                connection.send_message(message, sender, [to])
                return ""
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[to]
        except smtplib.SMTPResponseException as refused:
            code, said = refused.smtp_code, _bytes(refused.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            raise TargetError(
                f"A mail to {to} was not taken: {error}.",
                cause="the target's mail server does not run, or refuses the mail",
                remedy="see Mail to the service in harness/contract/README.md",
            ) from error
        text = said.decode(errors="replace")
        if code < _REFUSED_FOR_GOOD:
            raise TargetError(f"A mail to {to} was not taken: {code} {text}.", cause="the target's mail server fails")
        return f"{code} {text}"


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def mail_intake(world: World) -> MailIntake:
    """Where a world takes mail in.

    Raises:
        NotAssessed: It takes none.
        TargetError: It does not say where.
    """
    require(world.description, Capability.MAIL_INTAKE)
    answer = world.call("readMailIntake")
    if not answer.ok:
        raise TargetError(
            f"The target offers `{Capability.MAIL_INTAKE}` and answered {answer.status} when asked where.",
            cause="the assurance API does not keep to the contract here",
            remedy="see readMailIntake in harness/contract/openapi.yaml",
        )
    desks: list[dict[str, Any]] = answer.field("desks")
    return MailIntake(str(answer.field("host")), int(answer.field("port")), {d["desk"]: d["address"] for d in desks})


def letter(*, sender: str, name: str, to: str, subject: str, text: str, at: datetime) -> EmailMessage:
    """A mail of a person, as a mail program writes it."""
    message = EmailMessage(policy=SMTPUTF8)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain="sender.test")
    message.set_content(text)
    return message
