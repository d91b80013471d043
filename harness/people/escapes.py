"""What can be undone in bytes: escapes of single letters, broken lines, digits that hold other bytes."""

from __future__ import annotations

import html
import quopri
import re
from binascii import Error, a2b_base64, unhexlify
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

Spans = Iterable[tuple[int, int]]


class Undo(NamedTuple):
    """Something to undo: its name, where bytes are that it concerns, and what stood there before."""

    name: str
    spans: Callable[[bytes], Spans]
    original: Callable[[bytes], bytes]


def _matches(expression: bytes) -> Callable[[bytes], Spans]:
    """Where an expression matches. It begins with one letter: a repeated group would take twenty times as long."""
    pattern = re.compile(expression)
    return lambda data: map(re.Match.span, pattern.finditer(data))


def _line_breaks(data: bytes) -> Iterator[tuple[int, int]]:
    """Where a line is broken that could have a value on both sides of the break."""
    # An expression that begins with either of two letters would take four times as long.
    for start, end in _NEW_LINES(data.replace(b"\r", b"\n")):
        if data[start - 1 : start] not in _BOUNDS and data[end : end + 1] not in _BOUNDS:
            yield start, end


_CONTROLS = bytes({*range(32), 127} - {*b"\t\r\n"})
_BOUNDS = frozenset(bytes([byte]) for byte in b'{}[]<>",' + _CONTROLS)
"""What no value has in it."""
_NEW_LINES = _matches(rb"\n[\n \t]*")


def _runs(letters: bytes, fewest: int) -> Callable[[bytes], Spans]:
    """Where that many letters or more stand together: up to ten times as fast as an expression that says the same."""
    marks = bytes(byte in letters for byte in range(256))
    enough = b"\x01" * fewest

    def spans(data: bytes) -> Iterator[tuple[int, int]]:
        marked = data.translate(marks)
        start = marked.find(enough)
        while start >= 0:
            end = marked.find(b"\x00", start)
            end = end if end >= 0 else len(marked)
            yield start, end
            start = marked.find(enough, end)

    return spans


# -- escapes ---------------------------------------------------------------------------------------------------------


def _percent(escaped: bytes) -> bytes:
    if b"u" in escaped or b"U" in escaped:
        return _utf16(escaped, _PERCENT_UNITS)
    return unhexlify(escaped.translate(None, b"%"))


_PERCENT_UNITS = re.compile(rb"%[uU]([0-9a-fA-F]{4})")


def _utf16(escaped: bytes, units: re.Pattern[bytes]) -> bytes:
    return unhexlify(b"".join(units.findall(escaped))).decode("utf-16-be", "replace").encode()


_SOFT = b"= \t\r\n"


def _quoted_printable(escaped: bytes) -> bytes:
    return unhexlify(escaped.translate(None, _SOFT))


_JSON_UNITS = re.compile(rb"u([0-9a-fA-F]{4})")
_SIGNS = {b"/": b"/", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_ONE = rb"(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8}))"
_LONG = re.compile(rb"\\+" + _ONE)


def _backslashed(escaped: bytes) -> bytes:
    """Escapes of JSON and of programming languages, of one kind in a row."""
    kind = escaped.lstrip(b"\\")[:2]
    if kind[:1] in _SIGNS:
        return b"".join(_SIGNS[bytes([letter])] for letter in escaped.replace(b"\\", b""))
    if kind[:1] == b"u" and kind != b"u{":
        return _utf16(escaped, _JSON_UNITS)
    return _LONG.sub(_long, escaped)


def _long(match: re.Match[bytes]) -> bytes:
    byte, octal, braced, wide = match.groups()
    if byte is not None or octal is not None:
        return bytes([int(byte, 16) if byte is not None else int(octal, 8)])
    number = int(braced or wide, 16)
    return chr(number).encode("utf-8", "replace") if number < 0x110000 else b""


def _entities(escaped: bytes) -> bytes:
    return html.unescape(escaped.decode()).encode("utf-8", "replace")


_WORD = re.compile(rb"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]*)\?=")


def _encoded_words(escaped: bytes) -> bytes:
    """Encoded words (RFC 2047), of which the spaces in between do not count."""
    return b"".join(map(_encoded_word, _WORD.finditer(escaped)))


def _encoded_word(match: re.Match[bytes]) -> bytes:
    charset, kind, text = match.groups()
    try:
        plain = quopri.decodestring(text, header=True) if kind in b"qQ" else a2b_base64(text + b"===")
    except Error:
        return b""
    try:
        return plain.decode(charset.partition(b"*")[0].decode("ascii")).encode()
    except (LookupError, ValueError):
        return plain


ESCAPES = (
    Undo("unwrapped", _line_breaks, lambda _: b""),
    Undo(
        "percent",
        _matches(rb"%(?:[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*|[uU][0-9A-Fa-f]{4}(?:%[uU][0-9A-Fa-f]{4})*)"),
        _percent,
    ),
    Undo(
        "quoted-printable",
        _matches(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)(?:=[0-9A-Fa-f]{2}|=[ \t]*\r?\n)*"),
        _quoted_printable,
    ),
    Undo(
        "json-escaped",
        _matches(
            rb"\\\\*(?:[/nrt](?:\\+[/nrt])*|u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*|"
            + _ONE
            + rb"(?:\\+"
            + _ONE
            + rb")*)"
        ),
        _backslashed,
    ),
    Undo("html-escaped", _matches(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});"), _entities),
    Undo(
        "encoded words",
        _matches(rb"=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]*\?=(?:\s+=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]*\?=)*"),
        _encoded_words,
    ),
)
"""Spellings of single letters, or of none, in the middle of others."""


# -- digits ----------------------------------------------------------------------------------------------------------


class Holder(NamedTuple):
    """Digits that hold other bytes: their name, where they are, and what they may hold, by where they begin."""

    name: str
    spans: Callable[[bytes], Spans]
    contents: Callable[[bytes], Iterable[bytes]]


def _hex_digits(digits: bytes) -> Iterable[bytes]:
    return (unhexlify(digits[: len(digits) // 2 * 2]),)


_STANDARD = bytes.maketrans(b"-_", b"+/")
GAP = b"\x00\xff\x00"
"""Stands between bytes that do not belong together; no value is found across it."""
_SEVERAL = 48
"""Digits from which on they are read from each of the four in which the first bytes can lie: letters stand before."""
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_FEWEST_CAPITALS = 3
"""Capitals that two digits in five are: fewer in a run are those of names and numbers of things."""


def _base64_digits(digits: bytes) -> Iterable[bytes]:
    if len(digits) - len(digits.translate(None, _CAPITALS)) < _FEWEST_CAPITALS:
        return ()
    digits = digits.translate(_STANDARD)
    return [_base64(digits[skipped:]) for skipped in range(4 if len(digits) >= _SEVERAL else 1)]


def _base64(digits: bytes) -> bytes:
    return a2b_base64(digits[: len(digits) // 4 * 4] if len(digits) % 4 == 1 else digits + b"=" * (-len(digits) % 4))


_HEXADECIMAL = b"0123456789ABCDEFabcdef"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
HOLDERS = (
    Holder("hex", _runs(_HEXADECIMAL, 40), _hex_digits),
    Holder("base64", _runs(_BASE64, 24), _base64_digits),
)
"""Digits that hold other bytes: what is found in those has nothing to do with what stands beside the digits."""

_FEWEST_LETTERS = 12


def is_text(data: bytes) -> bool:
    """Whether bytes are so much like text that there may be escapes in them; an eighth of random ones are controls.

    Zeros do not count: archives fill the space between texts with them.
    """
    data = data.replace(b"\x00", b"")
    return (len(data) - len(data.translate(None, _CONTROLS))) * _FEWEST_LETTERS <= len(data)


# Most of a database file is nothing at all.
BLANK = Undo("blank", _runs(b"\x00", 64), lambda _: bytes(64))
