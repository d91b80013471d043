"""What is packed in bytes is searched too, however often, and what is not is named."""

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import cramjam
import lz4.frame
import pytest
from backports import zstd
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from harness.people import Canaries, PeopleFactory, find_traces, libraries, packed
from harness.people.search import not_searched

FEMKE = PeopleFactory("packed").person("Femke", "NL")
MEMBER = b'{"pad": [%s], "email": "%s"}\n' % (b",".join(b"%d" % n for n in range(300)), FEMKE.email.encode())


def _zip(method: int) -> Callable[[bytes], bytes]:
    def pack(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.writestr("first.txt", b"nobody " * 20)
            archive.writestr("export.json", data)
            archive.writestr("last.txt", b"nobody either " * 20)
        return out.getvalue()

    return pack


def _tar(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in (("a", b"nobody"), ("b", data)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def _deflate(wbits: int, level: int = 6) -> Callable[[bytes], bytes]:
    def pack(data: bytes) -> bytes:
        packer = zlib.compressobj(level, zlib.DEFLATED, wbits)
        return packer.compress(data) + packer.flush()

    return pack


def _zigzag(number: int) -> bytes:
    number, out = number << 1, b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def _avro(codec: str, pack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def text(value: bytes) -> bytes:
        return _zigzag(len(value)) + value

    def whole(data: bytes) -> bytes:
        mark, block = b"sixteen bytes ..", pack(data)
        head = _zigzag(2) + text(b"avro.schema") + text(b'"bytes"') + text(b"avro.codec") + text(codec.encode())
        first = _zigzag(1) + text(pack(b"nobody at all, nobody at all, nobody")) + mark
        return b"Obj\x01" + head + b"\x00" + mark + first + _zigzag(1) + text(block) + mark

    return whole


def _lzma_member(data: bytes) -> bytes:
    return _zip(zipfile.ZIP_LZMA)(data)


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "zip, stored": _zip(zipfile.ZIP_STORED),
    "zip, deflated": _zip(zipfile.ZIP_DEFLATED),
    "zip, bzip2": _zip(zipfile.ZIP_BZIP2),
    "zip, lzma": _lzma_member,
    "tar": _tar,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zstd": zstd.compress,
    "lz4": lz4.frame.compress,
    "snappy": lambda data: bytes(cramjam.snappy.compress(data)),
    **{f"zlib, window {bits}, level {level}": _deflate(bits, level) for bits in range(9, 16) for level in (1, 6, 9)},
    "deflate": _deflate(-15),
    "deflate, small window": _deflate(-9),
    "base64": base64.b64encode,
    "base64 in lines": base64.encodebytes,
    "base64 in JSON": lambda data: json.dumps({"data": base64.encodebytes(data).decode()}).encode(),
    "hex": lambda data: data.hex().encode(),
    "avro, deflate": _avro("deflate", _deflate(-15)),
    "avro, snappy": _avro("snappy", lambda data: bytes(cramjam.snappy.compress_raw(data)) + b"crc."),
    "avro, bzip2": _avro("bzip2", bz2.compress),
    "avro, zstandard": _avro("zstandard", zstd.compress),
}
ONLY_AT_THE_BEGINNING = {"deflate", "deflate, small window"}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_person_is_found_in_what_is_packed(packing: str) -> None:
    data = PACKINGS[packing](MEMBER)
    assert "email" in {trace.kind for trace in find_traces(data, FEMKE.canaries)}
    if packing not in ONLY_AT_THE_BEGINNING:
        noise = random.Random(packing)
        assert find_traces(noise.randbytes(999) + b"\n" + data + b"\n" + noise.randbytes(999), FEMKE.canaries)
    assert find_traces(PACKINGS[packing](MEMBER.replace(b"@", b"#")[:-60]), FEMKE.canaries) == []


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(sorted(PACKINGS)), min_size=2, max_size=4))
@example(["deflate", "avro, deflate"])
@example(["deflate", "avro, snappy"])
@example(["deflate", "zip, stored"])
@example(["deflate", "tar"])
@example(["base64", "tar", "base64"])
@example(["gzip", "base64", "zip, stored", "base64 in JSON"])
def test_a_person_is_found_in_what_is_packed_in_something_packed(layers: list[str]) -> None:
    # The name of a member that is stored ends in digits of base64, so what they hold does not begin with the deflate.
    assume(
        not any(
            first in ONLY_AT_THE_BEGINNING and second in {"base64", "base64 in lines"} and third == "zip, stored"
            for first, second, third in zip(layers, layers[1:], layers[2:], strict=False)
        )
    )
    data = MEMBER
    for layer in layers:
        data = PACKINGS[layer](data)
    assert {trace.kind for trace in find_traces(data, FEMKE.canaries)} & {"email", "email_local_part"}


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz", "zstd", "lz4", "snappy", "deflate", "zip, deflated"])
def test_a_person_is_found_deep_in_a_long_stream(packing: str) -> None:
    noise = random.Random(packing)
    line = json.dumps({"at": "2026-03-16", "what": [noise.random() for _ in range(40)]}).encode() + b"\n"
    data = line * 9000 + MEMBER + line * 500
    assert len(data) > packed.WINDOW + (2 << 20)
    assert "email" in {trace.kind for trace in find_traces(PACKINGS[packing](data), FEMKE.canaries)}


def test_a_value_that_two_windows_share_is_found() -> None:
    email = FEMKE.email.encode()
    for cut in range(1, len(email), 7):
        data = b"." * (packed.WINDOW - cut) + email + b"." * 5000
        assert "email" in {trace.kind for trace in find_traces(gzip.compress(data, 1), FEMKE.canaries)}, cut


def test_a_bomb_is_named_and_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_MOST", 6 << 20)
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)) + b"bomb")
    assert find_traces(bomb, FEMKE.canaries) == []
    assert not_searched(bomb) == ["1 gzip stream (far more in it than there is around it)"]


def test_layers_without_end_are_named() -> None:
    data = MEMBER
    for _ in range(20):
        data = gzip.compress(data, mtime=0)
    assert find_traces(data, FEMKE.canaries) == []
    assert not_searched(data) == ["1 something in more than 12 layers"]


def _encrypted_zip() -> bytes:
    data = bytearray(_zip(zipfile.ZIP_DEFLATED)(MEMBER))
    data[6] |= 1
    return bytes(data)


CLOSED = {
    "1 7z archive (format)": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "1 ZIP member (encrypted)": _encrypted_zip(),
    "1 PGP message (encrypted)": b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n",
    "1 xz stream (broken off)": lzma.compress(random.Random(1).randbytes(9000))[:4000],
    "1 bzip2 stream (damaged)": bz2.compress(b"".join(b"%d " % n for n in range(400_000)), 1)[:-300] + bytes(300),
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_cannot_be_opened_is_named(name: str) -> None:
    assert not_searched(b"before " + CLOSED[name]) == [name]


def test_what_needs_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "library", lambda *_: None)
    for packing, name in (("zstd", "zstd stream"), ("lz4", "LZ4 stream"), ("snappy", "Snappy stream")):
        data = b"here: " + PACKINGS[packing](MEMBER * 3)
        assert not_searched(data) == [f"1 {name} (needs the extra `compression`)"]


def test_nothing_is_named_in_plain_and_in_random_bytes() -> None:
    for seed in range(5):
        assert not_searched(random.Random(seed).randbytes(200_000)) == []
    assert not_searched(MEMBER * 100) == []


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(PACKINGS)), st.data())
def test_no_bytes_stop_the_search(packing: str, data: st.DataObject) -> None:
    whole = bytearray(PACKINGS[packing](MEMBER))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    find_traces(bytes(whole[:cut]), FEMKE.canaries)
    find_traces(bytes(whole[cut:]), Canaries("nobody"))
