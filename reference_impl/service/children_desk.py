"""The desk for children: a mail is a report about each account whose address it names (clause 7.5)."""

from __future__ import annotations

from itertools import islice

from reference_impl.domain.address import address_key
from reference_impl.domain.mentions import Mentions, mentions
from reference_impl.service.guardians import Guardians, Report
from reference_impl.service.intake import Desk, Letter


class ChildrenDesk:
    """Handles the mails of one desk. A mail that names no address is no report."""

    MOST = 50
    """Addresses that one mail can report, or one mail could stop the sharing about everybody."""

    LONGEST = 2000
    """Letters that are kept of a mail, as of the form."""

    def __init__(self, guardians: Guardians) -> None:
        self._guardians = guardians

    def take(self, letter: Letter) -> bool:
        """Report whom the mail names."""
        if letter.desk is not Desk.CHILDREN:
            return False
        about = self.about(letter)
        if not about:
            return False
        self._guardians.receive(Report(letter.sender, about, self.statement(letter), letter.language or "en"))
        return True

    def about(self, letter: Letter) -> tuple[str, ...]:
        """The addresses that the mail reports, without the author's own."""
        own = address_key(letter.sender)
        named = (one for part in self.read(letter) for one in part.addresses if address_key(one) != own)
        return tuple(islice(dict.fromkeys(named), self.MOST))

    def statement(self, letter: Letter) -> str:
        """What staff read of the mail. It names nobody: another's address would stay when that person is purged."""
        *_, text = self.read(letter)
        return text.blanked[: self.LONGEST]

    def read(self, letter: Letter) -> list[Mentions]:
        """What subject and text name."""
        return [mentions(letter.subject), mentions(letter.text)]
