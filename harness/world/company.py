"""A simulated group company: it receives shares of personal data for e-mail marketing, and mails the people in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from html import escape
from typing import Final

from harness.errors import HarnessError
from harness.world.mailbox import MailServer, ReceivedMail
from harness.world.recipients import Arrival, RecipientServer

MARKETING: Final = "email-marketing"

# Python would otherwise split a long link in a header into encoded words, which few mail programs decode there.
_POLICY = SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person on the mailing list, according to the latest share.

    Attributes:
        subject_id: The service's identifier of the person for this company.
        email: The address for the company's mails.
        display_name: Name for the greeting; may be empty.
        unsubscribe_url: The link for the company's mails, or ``None`` if the share has none.
        arrival: Number of the arrival with that share.
    """

    subject_id: str
    email: str
    display_name: str
    unsubscribe_url: str | None
    arrival: int


class Company:
    """The group company of some residences, in one world.

    It acts only on the shares it received: it mails the people in them until the share is withdrawn, and includes the
    link from the share in each mail.

    Args:
        recipient: Its recipient id.
        world_key: Its world.
        recipients: The server that receives its deliveries.
        mail: The server for its mails.
    """

    def __init__(self, recipient: str, world_key: str, *, recipients: RecipientServer, mail: MailServer) -> None:
        self.recipient = recipient
        self.world_key = world_key
        self._recipients = recipients
        self._mail = mail
        self._domain = f"{re.sub(r'[^a-z0-9]+', '-', recipient.lower()).strip('-') or 'company'}.example"

    def deliveries(self) -> list[Arrival]:
        """The accepted deliveries for e-mail marketing, in order of arrival, without repeated deliveries."""
        arrived = self._recipients.arrivals(self.world_key, self.recipient, MARKETING)
        return [arrival for arrival in arrived if arrival.accepted and arrival.repeats is None]

    def mailing_list(self) -> dict[str, Subscriber]:
        """The people it may mail, by subject id: shared, and not withdrawn since."""
        subscribers: dict[str, Subscriber] = {}
        for arrival in self.deliveries():
            if arrival.subject_id is None:
                continue
            email = arrival.subject.get("email")
            if arrival.kind == "withdraw":
                subscribers.pop(arrival.subject_id, None)
            elif arrival.kind == "share" and isinstance(email, str):
                subscribers[arrival.subject_id] = Subscriber(
                    subject_id=arrival.subject_id,
                    email=email,
                    display_name=str(arrival.subject.get("display_name") or ""),
                    unsubscribe_url=arrival.unsubscribe_url,
                    arrival=arrival.number,
                )
        return subscribers

    def subscriber(self, email: str) -> Subscriber | None:
        """The person with that address on the mailing list (ignoring case), or ``None``."""
        for subscriber in self.mailing_list().values():
            if subscriber.email.casefold() == email.casefold():
                return subscriber
        return None

    def send_marketing_mail(self, email: str, *, at: datetime | None = None) -> ReceivedMail:
        """Mails an advertisement to a person on the mailing list, with an unsubscribe link (RFC 2369, RFC 8058).

        Args:
            email: Address of the person.
            at: Date of the mail; the present time by default.

        Returns:
            The mail as it arrived in the person's inbox.

        Raises:
            HarnessError: The address is not on the mailing list.
        """
        subscriber = self.subscriber(email)
        if subscriber is None:
            raise HarnessError(
                f"The address {email} is not on the mailing list of {self.recipient}.",
                cause="The service sent it no share about this person, or withdrew the share.",
                remedy="Let the person consent first, and wait until the target has settled.",
            )
        return self._send(subscriber, at or datetime.now(UTC))

    def send_campaign(self, *, at: datetime | None = None) -> list[ReceivedMail]:
        """Mails an advertisement to everybody on the mailing list, like :meth:`send_marketing_mail`."""
        return [self._send(subscriber, at or datetime.now(UTC)) for subscriber in self.mailing_list().values()]

    def _send(self, subscriber: Subscriber, at: datetime) -> ReceivedMail:
        message = self._advertisement(subscriber, at)
        self._mail.send(message, sender=f"bounce@{self._domain}", to=[subscriber.email])
        for mail in reversed(self._mail.mail_for(subscriber.email)):
            if mail.header("Message-ID") == message["Message-ID"]:
                return mail
        raise HarnessError(f"The mail of {self.recipient} to {subscriber.email} was sent, but did not arrive.")

    def _advertisement(self, subscriber: Subscriber, at: datetime) -> EmailMessage:
        link = subscriber.unsubscribe_url
        greeting = f"Hello {subscriber.display_name}".strip()
        message = EmailMessage(policy=_POLICY)
        message["From"] = Address(self.recipient, "news", self._domain)
        message["To"] = subscriber.email
        message["Subject"] = "New this season"
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(domain=self._domain)
        if link:
            message["List-Unsubscribe"] = f"<{link}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        way_out = f"Unsubscribe: {link}\n" if link else ""
        message.set_content(f"{greeting},\n\nthe new televisions are in the shops.\n\n{way_out}")
        way_out = f'<p><a href="{escape(link)}">Unsubscribe</a></p>' if link else ""
        message.add_alternative(
            f"<p>{escape(greeting)},</p><p>the new televisions are in the shops.</p>{way_out}", subtype="html"
        )
        return message
