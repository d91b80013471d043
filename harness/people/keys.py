"""What a key opens that lies in the same storage as what it should protect: that is no encryption."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, unhexlify
from collections.abc import Iterator, Sequence
from itertools import islice

from harness.people.escapes import HOLDERS

_NAMED = (b"key", b"Key", b"KEY", b"secret", b"SECRET")
_TOKEN = re.compile(rb"[A-Za-z0-9_]{0,16}\\*[\"']?\s{0,2}[:=]\s{0,2}\\*[\"']?([A-Za-z0-9+/_-]{22,64}={0,2})")
_SIZES = frozenset({16, 24, 32})
_MOST_KEYS, _MOST_SEALED = 16, 1000
_FERNET = re.compile(rb"gAAAA[A-Za-z0-9_-]{60,}={0,2}")
_NONCE, _FEWEST_SEALED = 12, 36


def opened(contents: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """What the keys open that are called so in any of the contents: Fernet tokens, and AES-GCM behind its nonce.

    Args:
        contents: The bytes of all places of storage.

    Returns:
        In which of them it lies, and what it holds.
    """
    keys = list(islice(dict.fromkeys(key for content in contents for key in _keys(content)), _MOST_KEYS))
    if not keys:
        return
    # Loaded only here: most storage has no keys.
    from cryptography.exceptions import InvalidTag
    from cryptography.fernet import Fernet, InvalidToken
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    fernets = [Fernet(_urlsafe(key)) for key in keys if len(key) == 32]
    ciphers = [AESGCM(key) for key in keys]
    for number, content in enumerate(contents):
        for token in _FERNET.findall(content):
            for fernet in fernets:
                try:
                    yield number, fernet.decrypt(token)
                except InvalidToken:
                    continue
        for sealed in islice(_sealed(content), _MOST_SEALED):
            for cipher in ciphers:
                try:
                    yield number, cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
                except InvalidTag:
                    continue


def _urlsafe(key: bytes) -> bytes:
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(key)


def _keys(content: bytes) -> Iterator[bytes]:
    for name in _NAMED:
        position = content.find(name)
        while position >= 0:
            position += len(name)
            if match := _TOKEN.match(content, position):
                yield from _bytes_of(match[1])
            position = content.find(name, position)


def _bytes_of(text: bytes) -> Iterator[bytes]:
    """Keys that a text may be in hexadecimal or base64."""
    for decode in (unhexlify, lambda one: a2b_base64(one.translate(_STANDARD) + b"==")):
        try:
            key = decode(text)
        except (Error, ValueError):
            continue
        if len(key) in _SIZES:
            yield key


_STANDARD = bytes.maketrans(b"-_", b"+/")


def _sealed(content: bytes) -> Iterator[bytes]:
    for holder in HOLDERS:
        for start, end in holder.spans(content):
            yield from (part for part in holder.contents(content[start:end]) if len(part) >= _FEWEST_SEALED)
