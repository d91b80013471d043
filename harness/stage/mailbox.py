"""Mails that people receive."""

from __future__ import annotations

from collections.abc import Iterable

from harness.evidence.model import EvidenceKind
from harness.evidence.recorder import Recorder
from harness.stage.answers import missing
from harness.stage.moment import Marker
from harness.stage.somebody import Somebody
from harness.world.mailbox import MailServer, ReceivedMail


class Mailbox:
    """Everybody's inbox in one scenario."""

    def __init__(self, server: MailServer, evidence: Recorder) -> None:
        """Mails that came before this scenario do not count."""
        self._server = server
        self._evidence = evidence
        self._before = server.count()
        self._kept: dict[int, str] = {}
        self._used_codes: set[str] = set()

    def mails(self, somebody: Somebody, *, since: Marker | None = None) -> list[ReceivedMail]:
        """Mails in a person's inbox, the oldest first; each is kept as evidence."""
        after = since.mails if since else self._before
        found = [one for one in self._server.mail_for(somebody.email) if one.number > after]
        for one in found:
            if one.number not in self._kept:
                self._kept[one.number] = self._evidence.keep(
                    EvidenceKind.MAIL,
                    f"mail to {somebody.label}: {one.subject}",
                    _readable(one),
                )
        return found

    def kept(self, mails: Iterable[ReceivedMail]) -> list[str]:
        """Ids of the evidence for mails that :meth:`mails` found."""
        return [self._kept[one.number] for one in mails]

    def any_since(self, since: Marker) -> bool:
        """Whether any mail at all arrived since a moment: the control for an empty inbox."""
        return self._server.count() > since.mails

    def newest_code(self, somebody: Somebody) -> str:
        """The code in the newest mail to a person that has one not used yet.

        Raises:
            TargetError: No such mail came.
        """
        for mail in reversed(self.mails(somebody)):
            if mail.code and mail.code not in self._used_codes:
                self._used_codes.add(mail.code)
                somebody.canaries.assigned("code", mail.code)
                self._evidence.redact(mail.code, f"{somebody.label}'s code")
                return mail.code
        raise missing(f"A mail with a code for {somebody.label}")


def _readable(mail: ReceivedMail) -> str:
    """A mail with all of it decoded: in an encoded one neither an auditor nor the redaction could read anything."""
    # Parsing a header takes long, and most have nothing to decode.
    headers = [f"{name}: {mail.message[name] if '=?' in value else value}" for name, value in mail.message.raw_items()]
    return "\n\n".join(part for part in ("\n".join(headers), mail.text, mail.html) if part)
