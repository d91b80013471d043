"""The desk for privacy: mails with a set subject are requests (clause 8.NV.1 and others)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from reference_impl.domain.entities import RequestKind
from reference_impl.service.choices import NEVADA_NEEDS, ChoiceForm, ChoiceRequests
from reference_impl.service.intake import Desk, Letter

SUBJECTS: Final = {
    "your nevada rights - shes account": RequestKind.NEVADA,
    "do not sell or share my personal information - shes account": RequestKind.SALE_AND_SHARING,
    "opt out of targeted advertising - shes account": RequestKind.TARGETED_ADVERTISING,
    "opt out of profiling - shes account": RequestKind.PROFILING,
    "objection to direct marketing - shes account": RequestKind.OBJECTION,
}
"""As :func:`plain` makes them."""

_ITEM = re.compile(r"\s*(?P<label>[^:]{1,40}?)\s*:(?P<value>.*)")
_LABELS = {label.casefold(): label for label in NEVADA_NEEDS}


def plain(subject: str) -> str:
    """A subject without what people write in different ways: case, dashes, spaces, a full stop at the end."""
    dashes = re.sub(r"[\u2010-\u2015\u2212-]+", "-", unicodedata.normalize("NFKC", subject))
    return re.sub(r"\s+", " ", dashes).strip(" .").casefold()


def items(text: str) -> dict[str, str]:
    """What the lines of a mail name, by label: ``Postal code: 89501``."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _ITEM.fullmatch(line)
        label = _LABELS.get(match["label"].casefold()) if match else None
        if match and label:
            found.setdefault(label, match["value"].strip())
    return found


class PrivacyDesk:
    """Handles the mails of one desk."""

    def __init__(self, requests: ChoiceRequests) -> None:
        self._requests = requests

    def take(self, letter: Letter) -> bool:
        """Start the request that the subject names."""
        kind = self.kind(letter)
        if kind is None:
            return False
        named = items(letter.text)
        # A request under the law of Nevada names the address that it is about; of any other, who wrote it is enough.
        email = named.get("E-mail", letter.sender) if kind is RequestKind.NEVADA else letter.sender
        self._requests.receive(ChoiceForm(kind, email, named), sender=letter.sender)
        return True

    def kind(self, letter: Letter) -> RequestKind | None:
        """The kind of request in the mail; None if it is no such request."""
        return SUBJECTS.get(plain(letter.subject)) if letter.desk is Desk.PRIVACY else None
