"""The world outside the target, which all scenarios of a process share."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.world.bucket import BucketServer
from harness.world.issuers import IssuerServer
from harness.world.mailbox import MailServer
from harness.world.recipients import RecipientServer


@dataclass(frozen=True, slots=True)
class Outside:
    """Servers that the target's mails, deliveries and backups go to, and providers that people sign in by."""

    mail: MailServer
    recipients: RecipientServer
    buckets: BucketServer = field(default_factory=BucketServer)
    issuers: IssuerServer = field(default_factory=IssuerServer)
