"""Other character sets in which a text may stand, and the letters that are left of it in plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

_CHARSETS = (
    *("latin-1", "cp1252", "iso8859-15", "cp850", "cp437", "mac-roman"),
    *("iso8859-2", "cp1250", "cp852", "mac-latin2", "iso8859-3", "iso8859-4", "cp1257", "iso8859-13", "iso8859-16"),
    *("iso8859-5", "cp1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic"),
    *("iso8859-6", "cp1256", "iso8859-7", "cp1253", "iso8859-8", "cp1255", "iso8859-9", "cp1254"),
    *("iso8859-11", "cp874", "cp1258"),
    *("shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "johab", "iso2022_kr"),
    *("gb18030", "hz", "big5", "cp950", "big5hkscs", "utf-7"),
)
"""Those of Python's in which names are written. The ones that agree about a text give the same bytes."""
_MODES = re.compile(rb"^(?:\x1b\$[@B]|\x1b\$\)C\x0e|~\{)|(?:\x1b\([BJ]|\x0f|~\})$")
"""How a text switches to another set and back (ISO 2022, HZ): what stands around it decides whether it does."""
_FEWEST_ASCII = 8
"""Letters below which a text in plain ASCII could be a word."""


def encoded(text: str) -> Iterator[tuple[bytes, str]]:
    """A text beyond ASCII in every character set that has its letters, and misread once and twice in between."""
    for charset in _that_have("".join(sorted({letter for letter in text if not letter.isascii()}))):
        spelled = _MODES.sub(b"", text.encode(charset))
        if len(spelled) > 1:
            yield spelled, charset
    yield from _encoded_twice(text)


@lru_cache(maxsize=1024)
def _that_have(letters: str) -> tuple[str, ...]:
    """The character sets that have all of these, without those that another one agrees with about them."""
    found: dict[bytes, str] = {}
    for charset in _CHARSETS:
        try:
            found.setdefault(letters.encode(charset), charset)
        except UnicodeError:
            continue
    return tuple(found.values())


def _encoded_twice(text: str) -> Iterator[tuple[bytes, str]]:
    """UTF-8 that was read as one byte a letter and written as UTF-8 again, once or twice."""
    for table in (None, _WINDOWS):
        misread = text
        for times in (2, 3):
            misread = misread.encode().decode("latin-1")
            if table is not None:
                misread = misread.translate(table)
            yield misread.encode(), f"utf-8, {times} times"


def _windows() -> dict[int, str]:
    """What the set of Windows has where Latin-1 has controls; a byte that it lacks stays, as in browsers."""
    letters = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: letter for byte, letter in letters if letter}


_WINDOWS = _windows()
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "å": "aa", "ø": "oe"})


def in_ascii(text: str) -> Iterator[str]:
    """What names become in addresses of pages, file names and logins: without accents, or transliterated.

    Letters of scripts other than the Latin one may be set apart ("shan-tian"). Short ones are no trace.
    """
    letters = [anyascii(letter) for letter in text]
    separators = ("", "-", "_", " ", ".") if any(len(one) > 1 for one in letters) and not _is_latin(text) else ("",)
    forms = {separator.join(part for part in letters if part.strip()).lower() for separator in separators}
    forms.add("".join(letters).lower())
    forms.add(anyascii(text.translate(_GERMAN)).lower())
    composed = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    if _is_latin(text):
        forms.add(composed)
    yield from (form for form in forms if len(form) >= _FEWEST_ASCII)


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())
