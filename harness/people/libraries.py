"""The libraries that open what Python itself does not; without them the search names what it could not open."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

EXTRA = "compression"
"""The extra of the package that brings all of them."""


@cache
def library(*names: str) -> Any:
    """The first of some modules that is installed, or None. Imported when something asks for it."""
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


def zstandard() -> Callable[[], Any] | None:
    """Makes decompressors for Zstandard (RFC 8878)."""
    found = library("compression.zstd", "backports.zstd")
    make: Callable[[], Any] | None = found and found.ZstdDecompressor
    return make


def lz4_frame() -> Callable[[], Any] | None:
    """Makes decompressors for LZ4 frames."""
    found = library("lz4.frame")
    make: Callable[[], Any] | None = found and found.LZ4FrameDecompressor
    return make


def snappy_block() -> Callable[[bytes], bytes] | None:
    """Opens one block of Snappy, unless it says itself that it is far too long."""
    found = library("cramjam")
    if found is None:
        return None

    def opened(block: bytes) -> bytes:
        length = found.snappy.decompress_raw_len(block)
        if length > LONGEST_BLOCK:
            raise ValueError("too long")
        return bytes(found.snappy.decompress_raw(block))

    return opened


LONGEST_BLOCK = 64 << 20
"""Bytes of one block that is opened whole."""


def faults() -> tuple[type[Exception], ...]:
    """What the decompressors raise when there is nothing of theirs, or something else in the middle of it."""
    zstd, cramjam = library("compression.zstd", "backports.zstd"), library("cramjam")
    more = [found for found in (zstd and zstd.ZstdError, cramjam and cramjam.DecompressionError) if found]
    return (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError, *more)
