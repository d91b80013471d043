"""E-mail addresses as names of people."""

from __future__ import annotations

import unicodedata


def address_key(email: str) -> str:
    """Equal for two spellings of an address that differ in letter case only.

    One letter is folded to one letter at most, so that "ß" and "ss" stay two addresses.
    """
    folded = (letter.casefold() for letter in unicodedata.normalize("NFC", email))
    return "".join(
        fold if len(fold) == 1 else letter
        for fold, letter in zip(folded, unicodedata.normalize("NFC", email), strict=True)
    )
