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

_ITEM = re.compile(r"(?P<label>[^:]{1,40}):(?P<value>.*)")
_PREFIXES = re.compile(
    r"(?:\s*(?:re|r[eé]f|fwd?|aw|wg|antw|betr|doorst|tr|rv|sv|vs|回复|回覆|答复|转发|轉寄|返信|転送)\s*(?:\[\d+\])?\s*:)+",
    re.IGNORECASE,
)
"""What mail programs put before the subject of a reply or a forwarded mail."""
_EMPHASIS = " *_"
"""What mail programs make of bold letters in plain text."""
_LABELS = {label.casefold(): label for label in NEVADA_NEEDS}


def plain(subject: str) -> str:
    """A subject without what people and their programs write in different ways.

    These are case, dashes, spaces, a full stop at the end, and what precedes a reply or a forwarded mail.
    """
    normal = unicodedata.normalize("NFKC", subject)
    prefixes = _PREFIXES.match(normal)
    own = normal[prefixes.end() :] if prefixes else normal
    dashes = re.sub(r"[\u2010-\u2015\u2212-]+", "-", own)
    return re.sub(r"\s+", " ", dashes).strip(" .").casefold()


def items(text: str) -> dict[str, str]:
    """What the lines of a mail name, by label: ``Postal code: 89501``."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _ITEM.fullmatch(line)
        label = _LABELS.get(re.sub(r"\s+", " ", match["label"]).strip(_EMPHASIS).casefold()) if match else None
        if match and label:
            found.setdefault(label, match["value"].strip().strip(_EMPHASIS))
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
