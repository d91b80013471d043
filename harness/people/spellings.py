"""How a value may be spelled, and the search for the spellings of several values in one pass."""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import re
import unicodedata
import uuid
from binascii import b2a_base64
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from itertools import accumulate, chain
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from harness.people import networks, notations
from harness.people.canaries import Canary
from harness.people.charsets import encoded, in_ascii
from harness.people.networks import network_address

_HASHES = (
    ("md5", hashlib.md5),
    ("sha1", hashlib.sha1),
    ("sha256", hashlib.sha256),
    ("sha384", hashlib.sha384),
    ("sha512", hashlib.sha512),
    ("sha3_256", hashlib.sha3_256),
    ("blake2b", hashlib.blake2b),
)
_DIGEST_BYTES = 6
_BEGINNING = 7
_LAST_BITS = bytes(byte & 0b11111 for byte in range(256))


class Find(NamedTuple):
    """A spelling of a canary's value, from ``start`` up to ``end`` in the bytes that were searched."""

    canary: Canary
    encoding: str
    start: int
    end: int


class Finder:
    """Finds values however they are spelled, in one pass for all of them (Aho-Corasick).

    An automaton finds spellings by their beginnings, of which it sees five bits a byte: one of whole spellings takes
    longer to build than to search with, and so does one that tells 256 bytes apart. Either case of a letter ends with
    the same five bits.

    Attributes:
        longest: Length of the longest spelling in bytes.
    """

    def __init__(self, canaries: Iterable[Canary]) -> None:
        both = [(canary, _spellings(canary.value, postal=canary.kind == _POSTAL)) for canary in canaries]
        self._groups = [(canary, spellings[number]) for number in (0, 1) for canary, spellings in both]
        groups = [spellings for _, spellings in self._groups]
        self._firsts = list(accumulate((len(one.spelled) for one in groups), initial=0))
        # A DFA searches twice as fast, and takes five times as long to build.
        beginnings = list(chain.from_iterable(one.beginnings for one in groups))
        self._automaton = BytesAhoCorasick(beginnings, implementation=Implementation.ContiguousNFA)
        self.longest = max(one.longest for one in groups)

    def search(self, data: bytes) -> Iterator[Find]:
        """Every spelling of every value, also where one overlaps another."""
        for number, start, _ in self._automaton.find_matches_as_indexes(data.translate(_LAST_BITS), overlapping=True):
            group = bisect_right(self._firsts, number) - 1
            canary, spellings = self._groups[group]
            place = number - self._firsts[group]
            spelling = spellings.spelled[place]
            end = start + len(spelling)
            there = data[start:end]
            if (there.lower() if spellings.caseless else there) == spelling and not (
                spellings.encodings[place] == _NOTATION and _goes_on(data, start, end)
            ):
                yield Find(canary, spellings.encodings[place], start, end)


_POSTAL, _NOTATION = "postal_code", "notation"
_WITHIN = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _goes_on(data: bytes, start: int, end: int) -> bool:
    """Whether digits or letters beside a number belong to it, so that it is another one."""
    return (start > 0 and data[start - 1] in _WITHIN) or (end < len(data) and data[end] in _WITHIN)


# Several places of storage are searched for the same values, one after the other.
finder = lru_cache(maxsize=32)(Finder)


def name_of(find: Find, there: bytes) -> str:
    """The name of the encoding found; the bytes found show whether the case of letters was changed."""
    folded = find.encoding == "plain" and there not in map(str.encode, _as_written(find.canary.value))
    return "case-folded" if folded else find.encoding


class _Spellings:
    """Spellings of a value, with the names of their encodings and the beginnings that are looked for.

    What is kept holds nothing that the garbage collector would have to go through.
    """

    def __init__(self, spelled: Iterable[tuple[bytes, str]], *, caseless: bool) -> None:
        self.caseless = caseless
        self.spelled: tuple[bytes, ...]
        self.encodings: tuple[str, ...]
        self.spelled, self.encodings = zip(*spelled, strict=True)
        self.beginnings = tuple([spelling[:_BEGINNING].translate(_LAST_BITS) for spelling in self.spelled])
        self.longest = max(map(len, self.spelled))


# Those of the people of one scenario, and what it found out about them.
@lru_cache(maxsize=256)
def _spellings(value: str, *, postal: bool = False) -> tuple[_Spellings, _Spellings]:
    """Those where the case of ASCII letters is all one, and the others."""
    address = network_address(value)
    if address is not None:
        return _of_network(address, value)
    forms, digests, number = _forms(value), list(_digests(value)), _uuid(value)
    others = [(text.lower().encode(), _NOTATION) for text in _notations(value, postal=postal)]
    return (
        _Spellings(chain(_caseless(value, forms, digests, number), others), caseless=True),
        _Spellings(_exact(forms, digests, number), caseless=False),
    )


def _notations(value: str, *, postal: bool) -> Iterable[str]:
    """Other notations of a day or a postal code."""
    one = notations.day(value)
    if one is not None:
        return notations.of_day(one)
    return notations.of_postal_code(value) if postal else ()


def _of_network(address: IPv4Address | IPv6Address, value: str) -> tuple[_Spellings, _Spellings]:
    texts = [text.encode() for text in networks.texts(address)]
    digests = [found for text in (value, address.exploded) for found in _digests(text)]
    caseless = [(spelling, "network") for text in texts for spelling in (text, text.decode().encode("utf-16-le"))]
    exact = [found for text in texts for found in _base64(text)]
    if packed := networks.packed(address):
        exact.append((packed, "network bytes"))
    for name, digest in digests:
        caseless.append((digest.hex().encode(), f"{name} hex"))
        exact += (digest, f"{name} raw"), *_base64(digest, f"{name} base64", ways=1)
    return _Spellings(caseless, caseless=True), _Spellings(exact, caseless=False)


_Digests = Sequence[tuple[str, bytes]]


def _caseless(
    value: str, forms: Iterable[str], digests: _Digests, number: uuid.UUID | None
) -> Iterator[tuple[bytes, str]]:
    for lowered, text in {text.encode().lower(): text for text in forms}.items():
        yield lowered, "plain"
        for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            yield text.encode(codec).lower(), codec
    for text in forms:
        yield text.encode().hex().encode(), "hex"
    for text in _as_written(value):
        for spelling, name in _disguises(text):
            yield spelling.lower(), name
    if not value.isascii():
        for folded in in_ascii(value):
            yield folded.encode(), "ascii"
    for name, digest in digests:
        yield digest.hex().encode(), f"{name} hex"
    if number is not None:
        yield number.hex.encode(), "uuid"
        yield str(number).encode(), "uuid"


def _exact(forms: Iterable[str], digests: _Digests, number: uuid.UUID | None) -> Iterator[tuple[bytes, str]]:
    for text in forms:
        if not text.isascii():
            yield from encoded(text)
        for spelling in {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")}:
            yield from _base64(spelling)
    for name, digest in digests:
        yield digest, f"{name} raw"
        # A hash stands alone; what wraps more than it is undone before.
        yield from _base64(digest, f"{name} base64", ways=1)
    if number is not None:
        for order in (number.bytes, number.bytes_le):
            yield order, "uuid bytes"
            yield from _base64(order, "uuid base64")


def _disguises(text: str) -> Iterator[tuple[bytes, str]]:
    """What takes a value out of sight without keeping it from anybody, applied to the whole of it."""
    encoded = text.encode()
    yield text[::-1].encode(), "backwards"
    yield encoded.translate(_ROT13), "rot13"
    yield base64.b32encode(encoded).rstrip(b"="), "base32"
    digits = base64.b85encode(encoded)
    yield digits, "base85"
    yield digits.translate(_ASCII85), "ascii85"
    numbers = ",".join(map(str, encoded)).encode()
    yield numbers, "list of numbers"
    yield numbers.replace(b",", b", "), "list of numbers, spaced"


_ROT13 = bytes(ord(codecs.encode(chr(byte), "rot13")) for byte in range(256))
_DIGITS85 = base64.b85encode(b"".join(digit.to_bytes(4, "big") for digit in range(85)))[4::5]
_ASCII85 = bytes.maketrans(_DIGITS85, bytes(range(ord("!"), ord("u") + 1)))
"""Base85 and Ascii85 are the same numbers in different digits."""

_URLSAFE = bytes.maketrans(b"+/", b"-_")


def _base64(value: bytes, name: str = "base64", ways: int = 3) -> Iterator[tuple[bytes, str]]:
    """The letters of ``value`` that stay the same whatever stands around it, for each of the three ways it can lie."""
    for before in range(ways):
        # A whole number of bytes in three fills four letters with theirs alone.
        stable = b2a_base64(bytes(before) + value, newline=False)[(0, 2, 3)[before] : (before + len(value)) * 8 // 6]
        yield stable, name
        if (urlsafe := stable.translate(_URLSAFE)) != stable:
            yield urlsafe, f"{name}url"


def _forms(value: str) -> frozenset[str]:
    """A text as written, and with the case of its letters, also those beyond ASCII, changed."""
    return frozenset(fold(text) for text in _as_written(value) for fold in (str, str.lower, str.upper, str.casefold))


@lru_cache(maxsize=1024)
def _as_written(value: str) -> frozenset[str]:
    """A text in both Unicode normal forms, and with an international domain in its two forms."""
    texts = {value, *_other_domain_form(value)}
    return frozenset(
        texts | {unicodedata.normalize(form, text) for text in texts if not text.isascii() for form in ("NFC", "NFD")}
    )


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
        encoded = text.encode()
        for name, digest in _HASHES:
            yield name, digest(encoded, usedforsecurity=False).digest()[:_DIGEST_BYTES]


def _uuid(value: str) -> uuid.UUID | None:
    if not re.fullmatch(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}", value):
        return None
    return uuid.UUID(value)
