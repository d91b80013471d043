"""The search for a person's traces in bytes: an answer, a mail, a partner's inbox, a log, an export, a database file.

Every value is looked for in many spellings, all in one pass. What may be spelled in countless ways, as
escapes mixed with plain letters or lines broken anywhere, is undone first and searched as another view of the same
bytes, two layers deep (a percent-encoded address in a quoted-printable mail, what base64 holds in compressed form).
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import html
import json
import re
import unicodedata
import uuid
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from harness.people.canaries import Canaries, Canary

_HASHES = ("md5", "sha1", "sha256", "sha384", "sha512", "sha3_256", "blake2b")
_DIGEST_BYTES = 10
_DEPTH = 2
_BEGINNING = 8
_MARGIN = 512
"""Bytes around something undone that are searched with it, or a multiple that holds the longest spelling."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A value of a person, found.

    Attributes:
        person: Label of the person.
        kind: Kind of the canary ("email", "password", "account_id", ...).
        encoding: How it is spelled there: "plain", "case-folded", "utf-16-le", "base64", "sha256 hex", ...; with what
            had to be undone first in front ("quoted-printable/percent/plain").
        offset: Position in bytes where it begins; in JSON-like data, within the text at ``path``.
        path: JSON pointer (RFC 6901) to the text, for JSON-like data.
    """

    person: str
    kind: str
    encoding: str
    offset: int
    path: str = ""


def find_traces(data: bytes, canaries: Canaries | Iterable[Canaries]) -> list[Trace]:
    """Finds what identifies a person, or any of several people, in bytes of whatever kind.

    Found are: the value as UTF-8 (in composed and decomposed form, letter case aside) and UTF-16; percent-encoded,
    quoted-printable, JSON- and HTML-escaped, also in part; base64 (standard and URL-safe, at any position of a longer
    text); hexadecimal; what base64 or hexadecimal digits hold, and what zlib or gzip has compressed; base32 and base85,
    backwards, in ROT13 and as a list of numbers; its unsalted MD5, SHA-1, SHA-2, SHA-3 and BLAKE2 (as it is, and
    trimmed in lower case), raw, hexadecimal or base64, also cut to 80 bits; UUIDs as their sixteen bytes; international
    domains as punycode. Not found is what is encrypted or salted.

    Returns:
        The traces by position. Of traces of one person within one another the longest is kept (the address, not its
        local part too).
    """
    return [Trace(hit.canary.person, hit.canary.kind, hit.encoding, hit.start) for hit in _hits(data, canaries)]


def find_traces_in(obj: Any, canaries: Canaries | Iterable[Canaries]) -> list[Trace]:
    """As :func:`find_traces`, in JSON-like data: mappings (keys too), sequences, texts, bytes, numbers."""
    paths: list[str] = []
    starts: list[int] = []
    parts: list[bytes] = []
    length = 0
    for path, leaf in _leaves(obj, ""):
        paths.append(path)
        starts.append(length)
        parts.append(leaf)
        length += len(leaf) + len(_GAP)
    found = []
    for hit in _hits(_GAP.join(parts), canaries):
        leaf_number = bisect_right(starts, hit.start) - 1
        offset = hit.start - starts[leaf_number]
        found.append(Trace(hit.canary.person, hit.canary.kind, hit.encoding, offset, paths[leaf_number]))
    return found


_GAP = b"\x00\xff\x00"


def _leaves(obj: Any, path: str) -> Iterator[tuple[str, bytes]]:
    if isinstance(obj, bytes | bytearray | memoryview):
        yield path, bytes(obj)
    elif isinstance(obj, Mapping):
        for key, value in obj.items():
            below = f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"
            yield below, str(key).encode("utf-8", "surrogatepass")
            yield from _leaves(value, below)
    elif isinstance(obj, Iterable) and not isinstance(obj, str):
        for number, value in enumerate(obj):
            yield from _leaves(value, f"{path}/{number}")
    elif obj is not None:
        yield path, str(obj).encode("utf-8", "surrogatepass")


# --- spellings --------------------------------------------------------------------------------------------------------


class _Spellings:
    """Spellings of a value, with the names of their encodings.

    An automaton finds them by their first bytes: to build one of all their bytes takes longer than to search with it.
    What is kept holds nothing that the garbage collector would have to go through.
    """

    def __init__(self, encodings: dict[bytes, str]) -> None:
        self.encodings = encodings
        self.longest = max(map(len, encodings))
        self.begun: dict[bytes, tuple[bytes, ...]] = {}
        for spelling in encodings:
            beginning = spelling[:_BEGINNING]
            self.begun[beginning] = (*self.begun.get(beginning, ()), spelling)


# Those of the people of one scenario, and what it found out about them.
@lru_cache(maxsize=256)
def _spellings(value: str) -> tuple[_Spellings, _Spellings]:
    """Those where the case of ASCII letters is all one, and the others."""
    caseless: dict[bytes, str] = {}
    exact: dict[bytes, str] = {}
    for spelling, encoding in _caseless(value):
        caseless.setdefault(spelling.lower(), encoding)
    for spelling, encoding in _exact(value):
        exact.setdefault(spelling, encoding)
    return _Spellings(caseless), _Spellings(exact)


class _Find(NamedTuple):
    canary: Canary
    encoding: str
    start: int
    end: int


class _Search:
    """Finds spellings of several values in one pass for all of them (Aho-Corasick)."""

    def __init__(self, wanted: Sequence[tuple[Canary, _Spellings]]) -> None:
        self.longest = max(one.longest for _, one in wanted)
        self._owners = [owner for owner in wanted for _ in owner[1].begun]
        self._begun = [spellings for _, one in wanted for spellings in one.begun.values()]
        # A DFA searches twice as fast, and takes ten times as long to build.
        beginnings = [beginning for _, one in wanted for beginning in one.begun]
        self._automaton = BytesAhoCorasick(beginnings, implementation=Implementation.ContiguousNFA)

    def __call__(self, data: bytes) -> Iterator[_Find]:
        for number, start, _ in self._automaton.find_matches_as_indexes(data, overlapping=True):
            canary, named = self._owners[number]
            for spelling in self._begun[number]:
                if data.startswith(spelling, start):
                    yield _Find(canary, named.encodings[spelling], start, start + len(spelling))


class _Finder:
    """Finds values however they are spelled."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        both = [(canary, *_spellings(canary.value)) for canary in canaries]
        self._caseless = _Search([(canary, caseless) for canary, caseless, _ in both])
        self._exact = _Search([(canary, exact) for canary, _, exact in both])
        self.longest = max(self._caseless.longest, self._exact.longest)

    def search(self, data: bytes) -> Iterator[_Find]:
        yield from self._caseless(data.lower())
        yield from self._exact(data)


# Several places of storage are searched for the same values, one after the other.
_finder = lru_cache(maxsize=32)(_Finder)


def _caseless(value: str) -> Iterator[tuple[bytes, str]]:
    for text in _forms(value):
        encoded = text.encode()
        yield encoded, "plain"
        yield encoded.hex().encode(), "hex"
        for codec in ("utf-16-le", "utf-16-be"):
            yield text.encode(codec), codec
    for text in _as_written(value):
        for name, disguise in _DISGUISES.items():
            yield disguise(text), name
    for name, digest in _digests(value):
        yield digest.hex().encode(), f"{name} hex"
    if (number := _uuid(value)) is not None:
        yield number.hex.encode(), "uuid"
        yield str(number).encode(), "uuid"


def _exact(value: str) -> Iterator[tuple[bytes, str]]:
    for text in _forms(value):
        for spelling in {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}:
            yield from _base64(spelling, "")
    for name, digest in _digests(value):
        yield digest, f"{name} raw"
        # A hash stands alone; what wraps more than it is undone before.
        yield from _base64(digest, f"{name} ", ways=1)
    if (number := _uuid(value)) is not None:
        for order in (number.bytes, number.bytes_le):
            yield order, "uuid bytes"
            yield from _base64(order, "uuid ")


_DISGUISES: dict[str, Callable[[str], bytes]] = {
    "backwards": lambda text: text[::-1].encode(),
    "rot13": lambda text: codecs.encode(text, "rot13").encode(),
    "base32": lambda text: base64.b32encode(text.encode()).rstrip(b"="),
    "base85": lambda text: base64.b85encode(text.encode()),
    "ascii85": lambda text: base64.a85encode(text.encode()),
    "list of numbers": lambda text: ",".join(map(str, text.encode())).encode(),
    "list of numbers, spaced": lambda text: ", ".join(map(str, text.encode())).encode(),
}
"""What takes a value out of sight without keeping it from anybody, applied to the whole of it."""

_URLSAFE = bytes.maketrans(b"+/", b"-_")


def _base64(value: bytes, prefix: str, ways: int = 3) -> Iterator[tuple[bytes, str]]:
    """The letters of ``value`` that stay the same whatever stands around it, for each of the three ways it can lie."""
    for before in range(ways):
        whole = base64.b64encode(bytes(before) + value).rstrip(b"=")
        first = (0, 2, 3)[before]
        last = len(whole) - ((before + len(value)) % 3 != 0)
        stable = whole[first:last]
        yield stable, f"{prefix}base64"
        if (urlsafe := stable.translate(_URLSAFE)) != stable:
            yield urlsafe, f"{prefix}base64url"


def _forms(value: str) -> set[str]:
    """A text as written, and with the case of its letters, also those beyond ASCII, changed."""
    return {fold(text) for text in _as_written(value) for fold in (str, str.lower, str.upper, str.casefold)}


def _as_written(value: str) -> set[str]:
    """A text in both Unicode normal forms, and with an international domain in its two forms."""
    texts = {value, *_other_domain_form(value)}
    return texts | {unicodedata.normalize(form, text) for text in texts for form in ("NFC", "NFD")}


def _other_domain_form(value: str) -> Iterator[str]:
    local_part, at, domain = value.rpartition("@")
    if at and not domain.isascii():
        yield f"{local_part}@{domain.encode('idna').decode('ascii')}"
    elif at and "xn--" in domain:
        yield f"{local_part}@{domain.encode('ascii').decode('idna')}"


def _digests(value: str) -> Iterator[tuple[str, bytes]]:
    """Hashes of a text. Their first 80 bits tell it from every other, also where somebody has cut a hash short."""
    texts = _as_written(value)
    for text in texts | {text.strip().lower() for text in texts}:
        for name in _HASHES:
            yield name, hashlib.new(name, text.encode(), usedforsecurity=False).digest()[:_DIGEST_BYTES]


def _uuid(value: str) -> uuid.UUID | None:
    if not re.fullmatch(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}", value):
        return None
    return uuid.UUID(value)


# --- views ------------------------------------------------------------------------------------------------------------


class _Undo(NamedTuple):
    """Something to undo: its name, the bytes it concerns, and what stood there before."""

    name: str
    escape: re.Pattern[bytes]
    original: Callable[[bytes], bytes]


def _json_escapes(escaped: bytes) -> bytes:
    if escaped.endswith(b"/"):
        return b"/"
    units = re.findall(rb"u([0-9a-fA-F]{4})", escaped)
    return bytes.fromhex(b"".join(units).decode()).decode("utf-16-be", "replace").encode()


def _html_escapes(escaped: bytes) -> bytes:
    return html.unescape(escaped.decode()).encode("utf-8", "replace")


def _hex_escapes(escaped: bytes) -> bytes:
    return bytes.fromhex(re.sub(rb"[%=\s]", b"", escaped).decode())


def _hex_digits(digits: bytes) -> bytes:
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _base64_digits(digits: bytes) -> bytes:
    whole = digits[: len(digits) // 4 * 4] if len(digits) % 4 == 1 else digits + b"=" * (-len(digits) % 4)
    return base64.b64decode(whole, altchars=b"-_" if re.search(rb"[_-]", whole) else None)


# Each expression begins with one letter, which makes it some twenty times as fast as an expression in a repeated group.
_UNDO = (
    _Undo("hex", re.compile(rb"[0-9A-Fa-f]{40,}"), _hex_digits),
    _Undo("base64", re.compile(rb"[A-Za-z0-9+/_-]{24,}"), _base64_digits),
    _Undo("unwrapped", re.compile(rb"[\r\n][\r\n \t]*"), lambda _: b""),
    _Undo("percent", re.compile(rb"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"), _hex_escapes),
    _Undo(
        "quoted-printable",
        re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)(?:=[0-9A-Fa-f]{2}|=[ \t]*\r?\n)*"),
        _hex_escapes,
    ),
    _Undo("json-escaped", re.compile(rb"\\(?:/|\\*u[0-9a-fA-F]{4}(?:\\+u[0-9a-fA-F]{4})*)"), _json_escapes),
    _Undo(
        "html-escaped", re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});"), _html_escapes
    ),
)


_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
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
_BLANK = _Undo("blank", re.compile(rb"\x00{64,}"), lambda _: bytes(64))


@dataclass(frozen=True, slots=True)
class _View:
    """Bytes with something undone, and for each stretch of them where it lies in the view that was undone."""

    data: bytes
    above: _View | None = None
    undone: tuple[str, ...] = ()
    positions: Sequence[int] = ()
    sources: Sequence[int] = ()

    def source(self, position: int) -> int:
        """Where the byte at ``position`` lies in the bytes as they were given."""
        if self.above is None:
            return position
        stretch = bisect_right(self.positions, position) - 1
        return self.above.source(self.sources[stretch] + position - self.positions[stretch])

    def without(self, undo: _Undo, margin: int) -> _View | None:
        """What lies within ``margin`` bytes of something that is undone here, or nothing where there is none."""
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = done = 0

        def add(part: bytes, source: int) -> None:
            nonlocal length
            positions.append(length)
            sources.append(source)
            parts.append(part)
            length += len(part)

        for match in undo.escape.finditer(self.data):
            near = match.start() - margin
            if near > done + margin or (near > 0 and not parts):
                if parts:
                    add(self.data[done : done + margin], done)
                    add(_GAP, done + margin)
                done = near
            add(self.data[done : match.start()], done)
            add(undo.original(match[0]), match.start())
            done = match.end()
        if not parts:
            return None
        add(self.data[done : done + margin], done)
        return _View(b"".join(parts), self, (*self.undone, undo.name), positions, sources)

    def unpacked(self) -> _View | None:
        """What is compressed here, or nothing where nothing is."""
        parts: list[bytes] = []
        positions: list[int] = []
        sources: list[int] = []
        length = 0
        for match in _PACKED.finditer(self.data):
            if part := _unpacked(self.data, match.start()):
                positions.append(length)
                sources.append(match.start())
                parts += part, _GAP
                length += len(part) + len(_GAP)
        return _View(b"".join(parts), self, (*self.undone, "compressed"), positions, sources) if parts else None


def _filled(view: _View) -> _View:
    """The same with long stretches of nothing cut short."""
    below = view.without(_BLANK, len(view.data))
    return replace(below, undone=()) if below is not None else view


def _views(view: _View, margin: int) -> Iterator[_View]:
    yield view
    if len(view.undone) < _DEPTH:
        if (below := view.unpacked()) is not None:
            yield from _views(below, margin)
        for undo in _UNDO:
            if undo.name not in view.undone and (below := view.without(undo, margin)) is not None:
                yield from _views(below, margin)


# One thing is searched for several people, one after the other.
@lru_cache(maxsize=32)
def _all_views(data: bytes, margin: int) -> Sequence[_View]:
    return list(_views(_filled(_View(data)), margin))


# --- hits -------------------------------------------------------------------------------------------------------------


class _Hit(NamedTuple):
    start: int
    end: int
    canary: Canary
    encoding: str


def _hits(data: bytes, canaries: Canaries | Iterable[Canaries]) -> list[_Hit]:
    several = [canaries] if isinstance(canaries, Canaries) else canaries
    wanted = tuple(canary for one in several for canary in one)
    if not wanted:
        return []
    finder = _finder(wanted)
    hits: list[_Hit] = []
    for view in _all_views(bytes(data), -(-finder.longest // _MARGIN) * _MARGIN):
        for canary, encoding, start, end in finder.search(view.data):
            spelled = _encoding(canary, encoding, view.data[start:end])
            span = view.source(start), view.source(end - 1) + 1
            hits.append(_Hit(*span, canary, "/".join((*view.undone, spelled))))
    return _outermost(hits)


def _encoding(canary: Canary, encoding: str, there: bytes) -> str:
    folded = encoding == "plain" and there not in map(str.encode, _as_written(canary.value))
    return "case-folded" if folded else encoding


def _outermost(hits: list[_Hit]) -> list[_Hit]:
    """Those that lie in no other of the same person; of those at one place the most plainly spelled."""
    kept: list[_Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.encoding.count("/"))):
        if hit.end > reach.get(hit.canary.person, -1):
            reach[hit.canary.person] = hit.end
            kept.append(hit)
    return kept
