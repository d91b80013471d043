"""Desks that do not read mail as people send it."""

from __future__ import annotations

from dataclasses import replace

from reference_impl.domain.entities import RequestKind
from reference_impl.inbound.smtp import SmtpServer
from reference_impl.service.intake import Desk, Letter
from reference_impl.service.privacy_desk import PrivacyDesk


class SetsAside(SmtpServer):
    """Treats some mail as if a machine had sent it."""

    DESK = Desk.SUPPORT

    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        """The mail, without effect if it is set aside."""
        letter = super().letter(desk, sender, raw)
        return replace(letter, automatic=True) if desk is self.DESK and self.sets_aside(letter, raw) else letter

    def sets_aside(self, letter: Letter, raw: bytes) -> bool:
        """Whether the mail is set aside."""
        raise NotImplementedError


class ExactPrefix(PrivacyDesk):
    """Does not recognise the subject of a request below the prefix of a reply or a forwarded mail."""

    KIND = RequestKind.OBJECTION
    PREFIX = "re:"

    def kind(self, letter: Letter) -> RequestKind | None:
        """The kind of request, except where the prefix hides it."""
        kind = super().kind(letter)
        return None if kind is self.KIND and letter.subject.lower().startswith(self.PREFIX) else kind
