"""Views of bytes: as they are, and with what may be spelled in countless ways undone, two layers deep."""

from __future__ import annotations

import html
import re
import zlib
from binascii import a2b_base64, unhexlify
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

_DEPTH = 2

GAP = b"\x00\xff\x00"
"""Stands between bytes that do not belong together; no value is found across it."""


_Spans = Iterable[tuple[int, int]]


class _Undo(NamedTuple):
    """Something to undo: its name, where bytes are that it concerns, and what stood there before."""

    name: str
    spans: Callable[[bytes], _Spans]
    original: Callable[[bytes], bytes]


def _matches(expression: bytes) -> Callable[[bytes], _Spans]:
    """Where an expression matches. It begins with one letter: a repeated group would take twenty times as long."""
    pattern = re.compile(expression)
    return lambda data: map(re.Match.span, pattern.finditer(data))


def _line_breaks(data: bytes) -> _Spans:
    # An expression that begins with either of two letters would take four times as long.
    return _NEW_LINES(data.replace(b"\r", b"\n"))


_NEW_LINES = _matches(rb"\n[\n \t]*")


def _runs(letters: bytes, fewest: int) -> Callable[[bytes], _Spans]:
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


def _json_escapes(escaped: bytes) -> bytes:
    if escaped.endswith(b"/"):
        return b"/"
    units = re.findall(rb"u([0-9a-fA-F]{4})", escaped)
    return unhexlify(b"".join(units)).decode("utf-16-be", "replace").encode()


def _html_escapes(escaped: bytes) -> bytes:
    return html.unescape(escaped.decode()).encode("utf-8", "replace")


_HEX_MARKS = b"%= \t\r\n"


def _hex_escapes(escaped: bytes) -> bytes:
    return unhexlify(escaped.translate(None, _HEX_MARKS))


def _hex_digits(digits: bytes) -> bytes:
    return unhexlify(digits[: len(digits) // 2 * 2])


_STANDARD = bytes.maketrans(b"-_", b"+/")


def _base64_digits(digits: bytes) -> bytes:
    whole = digits[: len(digits) // 4 * 4] if len(digits) % 4 == 1 else digits + b"=" * (-len(digits) % 4)
    return a2b_base64(whole.translate(_STANDARD))


_HEXADECIMAL = b"0123456789ABCDEFabcdef"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
_HOLDERS = (
    _Undo("hex", _runs(_HEXADECIMAL, 40), _hex_digits),
    _Undo("base64", _runs(_BASE64, 24), _base64_digits),
)
"""Digits that hold other bytes: what is found in those has nothing to do with what stands beside the digits."""

_ESCAPES = (
    _Undo("unwrapped", _line_breaks, lambda _: b""),
    _Undo("percent", _matches(rb"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"), _hex_escapes),
    _Undo(
        "quoted-printable",
        _matches(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)(?:=[0-9A-Fa-f]{2}|=[ \t]*\r?\n)*"),
        _hex_escapes,
    ),
    _Undo("json-escaped", _matches(rb"\\(?:/|\\*u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*)"), _json_escapes),
    _Undo(
        "html-escaped", _matches(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});"), _html_escapes
    ),
)
"""Spellings of single letters, or of none, in the middle of others."""


# One expression for both would not begin with one letter.
_PACKED = (_matches(rb"\x1f\x8b\x08"), _matches(rb"\x78[\x01\x5e\x9c\xda]"))
"""How gzip (RFC 1952) and zlib (RFC 1950) begin."""
_MOST_UNPACKED = 1 << 20


def _unpacked(data: bytes, start: int) -> bytes:
    """What was compressed there; nothing where it only looks so."""
    try:
        # 32 beyond the window: whichever of the two it is.
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data[start : start + _MOST_UNPACKED], _MOST_UNPACKED)
    except zlib.error:
        return b""


# Most of a database file is nothing at all.
_BLANK = _Undo("blank", _runs(b"\x00", 64), lambda _: bytes(64))


@dataclass(frozen=True, slots=True)
class View:
    """Bytes with something undone.

    They come in stretches, in turn as they stand in the view above, and undone (or a gap).

    Attributes:
        data: The bytes.
        above: The view in which something was undone; nothing for bytes as they were given.
        undone: What was undone so far.
        positions: Where each stretch begins.
        sources: Where each stretch lies in the view above.
    """

    data: bytes
    above: View | None = None
    undone: tuple[str, ...] = ()
    positions: Sequence[int] = ()
    sources: Sequence[int] = ()

    def source(self, position: int) -> int:
        """Where the byte at ``position`` lies in the bytes as they were given."""
        if self.above is None:
            return position
        stretch = bisect_right(self.positions, position) - 1
        return self.above.source(self.sources[stretch] + position - self.positions[stretch])

    def is_copy(self, start: int, end: int) -> bool:
        """Whether the view above shows the same bytes, so that what is found in them is found there."""
        if not self.undone:
            return False
        after = bisect_right(self.positions, start)
        return after % 2 == 1 and (after == len(self.positions) or end <= self.positions[after])

    def without(self, undo: _Undo, margin: int) -> View | None:
        """What lies within ``margin`` bytes of something that is undone here, or nothing where there is none."""
        data, original = self.data, undo.original
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = done = 0
        for start, end in undo.spans(data):
            if start - done > 2 * margin or (not parts and start > margin):
                if parts:
                    parts += data[done : done + margin], GAP
                    positions += length, length + margin
                    sources += done, done + margin
                    length += margin + len(GAP)
                done = start - margin
            plain = original(data[start:end])
            parts += data[done:start], plain
            replaced = length + start - done
            positions += length, replaced
            sources += done, start
            length = replaced + len(plain)
            done = end
        if not parts:
            return None
        parts.append(data[done : done + margin])
        positions.append(length)
        sources.append(done)
        return View(b"".join(parts), self, (*self.undone, undo.name), positions, sources)

    def held(self, undo: _Undo) -> View | None:
        """What digits hold here and did not hold in the view above, or nothing where there are none."""
        data, original, spans = self.data, undo.original, undo.spans(self.data)
        if self.undone:
            spans = [span for span in spans if not self.is_copy(*span)]
        return self._apart(undo.name, [(start, original(data[start:end])) for start, end in spans])

    def unpacked(self) -> View | None:
        """What is compressed here, or nothing where nothing is."""
        starts = sorted(start for matches in _PACKED for start, _ in matches(self.data))
        return self._apart("compressed", ((start, _unpacked(self.data, start)) for start in starts))

    def _apart(self, name: str, found: Iterable[tuple[int, bytes]]) -> View | None:
        """Bytes found at some positions, without what stands beside them."""
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = 0
        for start, part in found:
            if part:
                # The stretch that stands as in the view above is empty.
                positions += length, length
                sources += start, start
                parts += part, GAP
                length += len(part) + len(GAP)
        return View(b"".join(parts), self, (*self.undone, name), positions, sources) if parts else None


# One thing is searched for several people, one after the other.
@lru_cache(maxsize=32)
def all_views(data: bytes, margin: int) -> Sequence[View]:
    """Bytes as they are, and every view with something undone, each after the view that it was made from.

    Args:
        data: The bytes.
        margin: Bytes around something undone that a view shows too.
    """
    return list(_views(_filled(View(data)), margin))


def _filled(view: View) -> View:
    """The same with long stretches of nothing cut short."""
    below = view.without(_BLANK, len(view.data))
    return replace(below, undone=()) if below is not None else view


def _views(view: View, margin: int) -> Iterator[View]:
    yield view
    if len(view.undone) < _DEPTH:
        below = [view.unpacked()]
        below += [view.held(undo) for undo in _HOLDERS if undo.name not in view.undone]
        below += [view.without(undo, margin) for undo in _ESCAPES if undo.name not in view.undone]
        for one in below:
            if one is not None:
                yield from _views(one, margin)
