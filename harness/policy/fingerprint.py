"""Fingerprints of sentences, by which a text can be recognised without a copy of it.

The fingerprint of a sentence is the SHA-256 of its normalised words. Changes that leave the words intact are ignored:
Unicode compatibility forms, the shape of quotation marks and dashes, invisible characters, white space, line ends, list
markers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_SAME_CHARACTER = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_LIST_MARKER = re.compile(r"[•‣◦▪▫●○■□·∙*-]+")


def normalise(text: str) -> str:
    """The text in its plainest form: NFKC, straight quotes, plain hyphens, no invisible characters.

    White space is unchanged, except for compatibility forms such as the no-break space.
    """
    # Quotes first: NFKC would turn the acute accent into a space and a combining accent.
    plain = unicodedata.normalize("NFKC", text.translate(_SAME_CHARACTER)).translate(_SAME_CHARACTER)
    return "".join(character for character in plain if unicodedata.category(character) != "Cf")


def words_of(text: str) -> list[str]:
    """The normalised words of a text, in order; list markers and free-standing dashes are not words."""
    return [word for word in normalise(text).split() if not _LIST_MARKER.fullmatch(word)]


def fingerprint_of_words(words: Iterable[str]) -> str:
    """SHA-256, in 64 hexadecimal digits, of normalised words joined by single spaces, in UTF-8."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def fingerprint(text: str) -> str:
    """SHA-256, in 64 hexadecimal digits, of a sentence in its normalised form."""
    return fingerprint_of_words(words_of(text))
