"""Handing mails to an SMTP server."""

from __future__ import annotations

import smtplib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime

from reference_impl.service.ports import Mail, Outcome


class SmtpPostman:
    """One SMTP conversation for each mail."""

    SENDER = "no-reply@shes.example"
    SECONDS = 5.0

    def send(self, server: tuple[str, int], mail: Mail) -> Outcome:
        """Try once. An address that cannot be written into a mail, or that no server takes, is refused for good."""
        try:
            letter = self.letter(mail)
            with smtplib.SMTP(*server, timeout=self.SECONDS, local_hostname="shes.example") as smtp:
                smtp.send_message(letter, from_addr=self.SENDER, to_addrs=[mail.to])
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _ in refusal.recipients.values()]
            return Outcome.REFUSED if all(code >= 500 for code in codes) else Outcome.FAILED
        except smtplib.SMTPResponseException as error:
            return Outcome.REFUSED if error.smtp_code >= 500 else Outcome.FAILED
        except (smtplib.SMTPNotSupportedError, ValueError):
            return Outcome.REFUSED
        except (OSError, smtplib.SMTPException):
            return Outcome.FAILED
        return Outcome.ACCEPTED

    def letter(self, mail: Mail) -> EmailMessage:
        """The mail as a MIME message (RFC 5322, RFC 3834, RFC 6532).

        Raises:
            ValueError: The address cannot be written into a mail.
        """
        name, _, domain = mail.to.rpartition("@")
        letter = EmailMessage(SMTPUTF8)
        letter["From"] = Address("Sony account", addr_spec=self.SENDER)
        try:
            letter["To"] = Address(username=name, domain=domain)
        except (MessageError, AttributeError, LookupError) as error:
            # The last two: the standard library stumbles over some addresses, as one with a bracket for a domain.
            raise ValueError("the address cannot be written into a mail") from error
        letter["Subject"] = mail.subject
        letter["Date"] = format_datetime(mail.date)
        letter["Message-ID"] = f"<{mail.message_id}@shes.example>"
        letter["Auto-Submitted"] = "auto-generated"
        letter["SHES-Mail-Kind"] = mail.kind
        letter.set_content(mail.text, cte="quoted-printable")
        # After the content, which throws away what was said of another.
        letter["Content-Language"] = mail.language
        return letter
