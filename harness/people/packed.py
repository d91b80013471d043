"""What is packed in bytes: compressed streams, archives and database files, opened at any position.

Nothing in them is trusted: a window bounds the memory, a tally bounds the whole, and what cannot be opened is named.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, NamedTuple, TypeAlias

from ahocorasick_rs import BytesAhoCorasick, Implementation

from harness.people import libraries, sqlite_file
from harness.people.escapes import GAP

WINDOW = 4 << 20
"""Bytes of a stream that are held at a time."""
OVERLAP = 8 << 10
"""Bytes that two windows of a stream have in common: more than the longest spelling."""
_MOST, _MOST_TIMES = 256 << 20, 100
_FIRST_BITE, _BITE = 256, 1 << 16
_FEWEST = 16
"""Bytes below which what comes out of something broken is chance."""
_FEWEST_PACKED = 40
"""Bytes below which nothing that identifies anybody is packed without a sign of it, and tokens are many."""


@dataclass
class Tally:
    """What may still be unpacked of one document, and what was not opened.

    Attributes:
        left: Bytes that may still come out of it.
        unopened: What was not searched, or not to its end, and how often.
    """

    left: int
    unopened: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, data: bytes) -> Tally:
        """For a document: at most a hundred times what it has itself, because more is a bomb."""
        return cls(max(_MOST, _MOST_TIMES * len(data)))


class Unopened(Exception):
    """Why something was not opened; without a reason where it only looked like something packed."""


Pieces: TypeAlias = Generator[bytes, None, int]
"""What is packed somewhere, piece by piece; at last where it ends. Raises :class:`Unopened`.

After :data:`GAP` something else begins, which may be packed itself without any sign of it.
"""


class _Format(NamedTuple):
    name: str
    open: Callable[[bytes, int], Pieces]


# -- streams ---------------------------------------------------------------------------------------------------------


class _Inflater:
    """Deflate (RFC 1951), also within zlib (RFC 1950) and gzip (RFC 1952), with the interface of :mod:`bz2`."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_raw_deflate = partial(_Inflater, -zlib.MAX_WBITS)
_either_deflate = partial(_Inflater, zlib.MAX_WBITS | 32)
_xz = partial(lzma.LZMADecompressor, memlimit=32 * WINDOW)


def _pieces(
    make: Callable[[], Any] | None, data: bytes, start: int, end: int | None = None, head: bytes = b""
) -> Pieces:
    """A compressed stream, from ``start``; ``head`` stands in front of it in what the decompressor reads."""
    if make is None:
        raise Unopened(f"needs the extra `{libraries.EXTRA}`")
    inner: Any = make()
    whole, given = memoryview(data)[:end], 0
    bite, piece, position = _FIRST_BITE, head, start
    try:
        while not inner.eof:
            if not piece and inner.needs_input:
                piece = bytes(whole[position : position + bite])
                position += len(piece)
                bite = _BITE
            plain = inner.decompress(piece, WINDOW)
            if not plain and not piece and not inner.eof:
                raise Unopened("broken off" if given >= _FEWEST else "")
            piece = b""
            given += len(plain)
            if plain:
                yield plain
    except libraries.faults() as error:
        raise Unopened("damaged" if given >= _FEWEST else "") from error
    # LZ4 says None where there is nothing left.
    left: bytes = inner.unused_data or b""
    return position - len(left)


def _stream(make: Callable[[], Any]) -> Callable[[bytes, int], Pieces]:
    return lambda data, start: _pieces(make, data, start)


def _library_stream(find: Callable[[], Callable[[], Any] | None]) -> Callable[[bytes, int], Pieces]:
    return lambda data, start: _pieces(find(), data, start)


def _snappy(data: bytes, start: int) -> Pieces:
    """The framing format: chunks with a type, a length and, where they hold data, four bytes of checksum."""
    unpack = libraries.snappy_block()
    position = start
    while position + 4 <= len(data):
        kind, length = data[position], int.from_bytes(data[position + 1 : position + 4], "little")
        if 2 <= kind < 0x80 or position + 4 + length > len(data):
            break
        if kind == 0:
            yield _block(unpack, data[position + 8 : position + 4 + length])
        elif kind == 1:
            yield data[position + 8 : position + 4 + length]
        position += 4 + length
    return position


def _block(unpack: Callable[[bytes], bytes] | None, block: bytes) -> bytes:
    if unpack is None:
        raise Unopened(f"needs the extra `{libraries.EXTRA}`")
    try:
        return unpack(block)
    except libraries.faults() as error:
        raise Unopened("damaged") from error


# -- archives --------------------------------------------------------------------------------------------------------

_ZIP_HEADER = struct.Struct("<4xHHH4x4xIIHH")


def _zip_member(data: bytes, start: int) -> Pieces:
    """A member, from its own header: also of an archive that is cut off, or lies in another one."""
    if start + 30 > len(data):
        raise Unopened
    _, flags, method, packed, _, name, extra = _ZIP_HEADER.unpack_from(data, start)
    begin: int = start + 30 + name + extra
    if flags & 1:
        raise Unopened("encrypted")
    if method == 0:
        # It is searched where it lies.
        yield inflated(data[begin : begin + packed])
        return begin
    if method == 14:
        # Four bytes of version and length; then the properties with which the older format of LZMA begins.
        head = data[begin + 4 : begin + 9] + b"\xff" * 8
        limit = begin + packed if packed else None
        return (yield from _pieces(lzma.LZMADecompressor, data, begin + 9, limit, head))
    if method not in _ZIP_METHODS:
        raise Unopened(f"method {method}")
    return (yield from _pieces(_ZIP_METHODS[method](), data, begin))


_ZIP_METHODS: dict[int, Callable[[], Callable[[], Any] | None]] = {
    8: lambda: _raw_deflate,
    12: lambda: bz2.BZ2Decompressor,
    93: libraries.zstandard,
    95: lambda: _xz,
}


def _tar_member(data: bytes, start: int) -> Pieces:
    """A member that begins with its header, whose mark is at ``start``. It is searched where it lies."""
    head = data[max(start - 257, 0) : start]
    try:
        size = int(head[124:136].rstrip(b" \0"), 8)
    except ValueError:
        raise Unopened from None
    yield inflated(data[start + 255 : start + 255 + max(size, 0)])
    return start


def _avro(data: bytes, start: int) -> Pieces:
    """An object container file of Avro: a head with the codec, then blocks with a count, a length and a mark."""
    position, head = _avro_head(data, start + 4)
    mark = data[position : position + 16]
    position += 16
    codec = head.get(b"avro.codec", b"null")
    while position < len(data):
        _, position = _zigzag(data, position)
        length, position = _zigzag(data, position)
        block, position = data[position : position + max(length, 0)], position + max(length, 0)
        if len(mark) < 16 or data[position : position + 16] != mark:
            break
        if codec == b"snappy":
            yield _block(libraries.snappy_block(), block[:-4])
        elif codec in _AVRO_CODECS:
            yield from _pieces(_AVRO_CODECS[codec](), block, 0)
        elif codec == b"null":
            yield inflated(block)
        else:
            raise Unopened(f"codec {codec.decode('ascii', 'replace')}")
        yield GAP
        position += 16
    return start + 4


_AVRO_CODECS: dict[bytes, Callable[[], Callable[[], Any] | None]] = {
    b"deflate": lambda: _raw_deflate,
    b"bzip2": lambda: bz2.BZ2Decompressor,
    b"xz": lambda: _xz,
    b"zstandard": libraries.zstandard,
}


def _avro_head(data: bytes, position: int) -> tuple[int, dict[bytes, bytes]]:
    texts: list[bytes] = []
    while count := (found := _zigzag(data, position))[0]:
        position = found[1]
        if count < 0:
            _, position = _zigzag(data, position)
        for _ in range(2 * min(abs(count), 64)):
            length, position = _zigzag(data, position)
            texts.append(data[position : position + max(length, 0)])
            position += max(length, 0)
    return found[1], dict(zip(texts[::2], texts[1::2], strict=True))


def _zigzag(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    for byte in data[position : position + 10]:
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), position
    raise Unopened("damaged")


def _database(data: bytes, start: int) -> Pieces:
    """What a database file of SQLite shows in pieces only: values over several pages, and values packed themselves."""
    for value in sqlite_file.values(data, start):
        yield value
        yield GAP
    return start


def _closed(reason: str) -> Callable[[bytes, int], Pieces]:
    def refuse(_data: bytes, _start: int) -> Pieces:
        yield from ()
        raise Unopened(reason)

    return refuse


# -- what is where ---------------------------------------------------------------------------------------------------


def _zlib_heads() -> Iterator[bytes]:
    """The first two bytes of zlib, for each size of window and each level (RFC 1950, 2.2)."""
    for window in range(8):
        for level in range(4):
            head = (window << 12) | 0x0800 | level << 6
            yield (head + -head % 31).to_bytes(2, "big")


_FORMATS: dict[bytes, _Format] = {
    **{head: _Format("zlib stream", _stream(_either_deflate)) for head in _zlib_heads()},
    b"\x1f\x8b\x08": _Format("gzip stream", _stream(_either_deflate)),
    **{b"BZh%d1AY&SY" % level: _Format("bzip2 stream", _stream(bz2.BZ2Decompressor)) for level in range(1, 10)},
    b"\xfd7zXZ\x00": _Format("xz stream", _stream(_xz)),
    b"\x5d\x00\x00": _Format("LZMA stream", _stream(partial(lzma.LZMADecompressor, lzma.FORMAT_ALONE, 32 * WINDOW))),
    b"\x28\xb5\x2f\xfd": _Format("zstd stream", _library_stream(libraries.zstandard)),
    b"\x04\x22\x4d\x18": _Format("LZ4 stream", _library_stream(libraries.lz4_frame)),
    b"\xff\x06\x00\x00sNaPpY": _Format("Snappy stream", _snappy),
    b"PK\x03\x04": _Format("ZIP member", _zip_member),
    b"ustar": _Format("TAR member", _tar_member),
    b"Obj\x01": _Format("Avro file", _avro),
    **{magic: _Format("SQLite file", _database) for magic in sqlite_file.MAGICS},
    b"\x02\x21\x4c\x18": _Format("LZ4 stream of the legacy format", _closed("format")),
    b"7z\xbc\xaf\x27\x1c": _Format("7z archive", _closed("format")),
    b"Rar!\x1a\x07": _Format("RAR archive", _closed("format")),
    b"LZIP\x01": _Format("lzip stream", _closed("format")),
    b"PGDMP": _Format("PostgreSQL dump of the custom format", _closed("format")),
    b"-----BEGIN PGP MESSAGE": _Format("PGP message", _closed("encrypted")),
    b"age-encryption.org/v1": _Format("age file", _closed("encrypted")),
    b"Salted__": _Format("file of OpenSSL", _closed("encrypted")),
    b"LUKS\xba\xbe": _Format("LUKS volume", _closed("encrypted")),
}


@cache
def _beginnings() -> tuple[BytesAhoCorasick, tuple[_Format, ...]]:
    return BytesAhoCorasick(list(_FORMATS), implementation=Implementation.DFA), tuple(_FORMATS.values())


def unpacked(data: bytes, tally: Tally, wanted: Callable[[int], bool]) -> Iterator[tuple[int, bytes]]:
    """Whatever is packed in bytes: where it begins, and what it holds, in windows.

    Args:
        data: The bytes.
        tally: Of the document.
        wanted: Whether to open what begins at a position.
    """
    automaton, formats = _beginnings()
    done, log = 0, -1
    for number, start, _ in automaton.find_matches_as_indexes(data, overlapping=True):
        if start < done or not wanted(start):
            continue
        if formats[number].open is _database:
            # The first page of a database, as a log of it shows it, is no database.
            if log >= 0 and sqlite_file.is_page(data, log, start):
                continue
            log = start
        done = yield from _windows(formats[number], data, start, tally)


def _windows(what: _Format, data: bytes, start: int, tally: Tally) -> Generator[tuple[int, bytes], None, int]:
    pieces = what.open(data, start)
    window: list[bytes] = []
    length, end, given = 0, start, False
    while True:
        try:
            piece = next(pieces)
        except StopIteration as ended:
            end = ended.value
            break
        except Unopened as why:
            if str(why):
                tally.unopened[f"{what.name} ({why})"] += 1
            elif not given:
                window = []
            break
        tally.left -= len(piece)
        if tally.left < 0:
            tally.unopened[f"{what.name} (far more in it than there is around it)"] += 1
            break
        given = True
        if piece is GAP:
            if any(window):
                yield start, b"".join(window)
            window, length = [], 0
            continue
        window.append(piece)
        length += len(piece)
        if length >= WINDOW:
            whole = b"".join(window)
            yield start, whole
            window = [whole[-OVERLAP:]]
            length = OVERLAP
    if any(window):
        yield start, b"".join(window)
    return end


def inflated(data: bytes) -> bytes:
    """What deflate without any header holds from the first byte on; nothing where it only could be."""
    # The two bits of a kind of block that there is not.
    if len(data) < _FEWEST_PACKED or data[0] & 6 == 6:
        return b""
    try:
        zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[:_FIRST_BITE], 1 + _FEWEST)
    except zlib.error:
        return b""
    parts: list[bytes] = []
    length = 0
    try:
        for piece in _pieces(_raw_deflate, data, 0):
            parts.append(piece)
            length += len(piece)
            if length > _MOST:
                break
    except Unopened as why:
        if not str(why):
            return b""
    return b"".join(parts) if length >= _FEWEST else b""
