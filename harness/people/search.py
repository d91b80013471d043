"""The search for a person's traces in bytes: an answer, a mail, a partner's inbox, a log, an export, a database file.

Every value is looked for in many spellings, all in one pass (:mod:`harness.people.spellings`). What may be spelled in
countless ways, as escapes mixed with plain letters or lines broken anywhere, is undone first and searched as another
view of the same bytes (:mod:`harness.people.views`), until nothing is left to undo: a percent-encoded address in a
quoted-printable mail, what base64 holds in compressed form, a database file in an archive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from harness.people.canaries import Canaries, Canary
from harness.people.escapes import GAP
from harness.people.spellings import finder, name_of
from harness.people.views import document

_MARGINS = (512, 1024)
"""Bytes around something undone that are searched with it: enough for the longest spelling that is not all escapes."""


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

    Found are values as text, in UTF-8 (composed and decomposed, letter case aside), UTF-16, UTF-32 and the character
    sets that Python has for their letters, also read in the wrong set once or twice; in ASCII ("vanarixolo"); base64,
    hexadecimal, base32, base85, backwards, ROT13 and as a list of numbers; their unsalted MD5, SHA-1, SHA-2, SHA-3 and
    BLAKE2 (as they are, and trimmed in lower case), raw, hexadecimal or base64, also cut to 48 bits; UUIDs as their
    sixteen bytes; international domains as punycode.

    All of these are also found percent-encoded, quoted-printable, as encoded words of mails, escaped as in JSON,
    programming languages and HTML, and with broken lines; in what base64 or hexadecimal digits hold; in zlib, gzip,
    bzip2, xz, LZMA, Zstandard, LZ4 and Snappy streams, deflate without a head at the beginning of anything, members of
    ZIP, blocks of Avro, TAR; in values of SQLite that lie over several pages, live or deleted; and in any of
    these within another.

    Not found is what is encrypted, or hashed with a salt or a key. :func:`not_searched` names what was not opened.

    Returns:
        The traces by position. Of traces of one person within one another the longest is kept (the address, not its
        local part too).
    """
    return [Trace(hit.canary.person, hit.canary.kind, hit.encoding, hit.start) for hit in _hits(data, canaries)]


def not_searched(data: bytes) -> list[str]:
    """What is packed in bytes and was not opened, or not to its end, in words: silence about it proves nothing."""
    return [f"{count} {what}" for what, count in sorted(document(bytes(data), _MARGINS[0]).unopened.items())]


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
        length += len(leaf) + len(GAP)
    found = []
    for hit in _hits(GAP.join(parts), canaries):
        leaf_number = bisect_right(starts, hit.start) - 1
        offset = hit.start - starts[leaf_number]
        found.append(Trace(hit.canary.person, hit.canary.kind, hit.encoding, offset, paths[leaf_number]))
    return found


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


class _Hit(NamedTuple):
    start: int
    end: int
    canary: Canary
    encoding: str


def _hits(data: bytes, canaries: Canaries | Iterable[Canaries]) -> list[_Hit]:
    several = [canaries] if isinstance(canaries, Canaries) else canaries
    wanted = tuple(canary for one in several for canary in one)
    if not wanted or not data:
        return []
    values = finder(wanted)
    margin = _MARGINS[values.longest > _MARGINS[0]]
    hits: list[_Hit] = []
    for view in document(bytes(data), margin):
        for find in values.search(view.data):
            if not view.is_copy(find.start, find.end):
                spelled = name_of(find, view.data[find.start : find.end])
                span = view.source(find.start), view.source(find.end - 1) + 1
                hits.append(_Hit(*span, find.canary, "/".join((*view.undone, spelled))))
    return _outermost(hits)


def _outermost(hits: list[_Hit]) -> list[_Hit]:
    """Those that lie in no other of the same person; of those at one place the most plainly spelled."""
    kept: list[_Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.encoding.count("/"))):
        if hit.end > reach.get(hit.canary.person, -1):
            reach[hit.canary.person] = hit.end
            kept.append(hit)
    return kept
