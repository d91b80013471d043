"""Links to unsubscribe: nobody can work out another's (2.8)."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from urllib.parse import parse_qsl, urlencode, urlsplit

from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Mailbox
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.vocabulary import Seen, sight
from steps.mail import link

_ADDRESS = frozenset({"email", "email_local_part"})
_RANDOM = 16
"""Characters by which two links differ at least: 64 bits, where they are hexadecimal digits."""
_NUMBERS = 2000
"""Numbers of people whose hash is tried."""
_HASHES = (hashlib.md5, hashlib.sha1, hashlib.sha224, hashlib.sha256, hashlib.sha384, hashlib.sha512)
_PIECE = 10
"""Characters of a hash that nobody has by chance."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{1,12}(?![0-9A-Za-z])")
_NAMES = ("email", "e", "address", "user", "id", "account_id", "subject_id", "recipient", "u")
"""How a parameter may be called that names a person."""


@sight("{person}'s link to unsubscribe neither reveals nor reaches {other:person}'s", at_rest=True)
def cannot_be_guessed(mailbox: Mailbox, person: Actor, other: Actor) -> Iterator[Seen]:
    """Compares the links, and uses variants of the person's that name the other, whose consent stays in force.

    What differs between the links is long enough to be unguessable, is no number or hash of one, and neither contains
    nor hashes an address.
    """
    mine, others = link(mailbox, person), link(mailbox, other)
    evidence = mailbox.kept([mail for one in (person, other) for mail in mailbox.mails(one)])
    yield from _unguessable(mine, others, person, other, evidence)
    for title, url, form in _variants(mine, others, person, other):
        person.client.request("POST", url, data={"List-Unsubscribe": "One-Click", **form})
        read = done(other.consents.read(), f"{other.label} views the consents")
        yield Seen(
            channel=Channel.API,
            claim=f"{person.label}'s link {title} leaves {other.label}'s consent in force",
            holds=any(one["purpose"] == MARKETING and one["given"] is True for one in read.field("consents")),
            detail="It has ended.",
            evidence=[read.exchange, *evidence],
        )


def _unguessable(mine: str, others: str, person: Actor, other: Actor, evidence: list[str]) -> Iterator[Seen]:
    own, theirs = _differing(mine, others)
    yield Seen(
        channel=Channel.MAIL,
        claim=f"the links of {person.label} and {other.label} differ in at least {_RANDOM} characters",
        holds=min(len(own), len(theirs)) >= _RANDOM and not _same_places(own, theirs),
        detail=f"They differ in “{own}” and “{theirs}”.",
        evidence=evidence,
    )
    for actor, url in ((person, mine), (other, others)):
        made_of = _address_in(url, actor)
        numbered = next((number for number, pieces in _numbers() if any(one in url.lower() for one in pieces)), None)
        yield Seen(
            channel=Channel.MAIL,
            claim=f"{actor.label}'s link is derived from no address and no number",
            holds=not made_of and numbered is None,
            detail=f"It contains {made_of or f'a hash of the number {numbered}'}.",
            evidence=evidence,
        )


def _differing(mine: str, others: str) -> tuple[str, str]:
    """What two links do not have in common at their beginnings and ends."""
    start = _alike(mine, others)
    end = _alike(mine[start:][::-1], others[start:][::-1])
    return mine[start : len(mine) - end], others[start : len(others) - end]


def _alike(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _same_places(own: str, theirs: str) -> bool:
    """Whether most characters stand in the same places in both: random ones seldom do."""
    return sum(one == two for one, two in zip(own, theirs, strict=False)) > len(own) / 2


def _address_in(url: str, actor: Actor) -> str:
    """What a link shows of somebody's address, as it is or as a hash or the beginning of one."""
    kinds = {trace.kind for trace in find_traces(url.encode(), actor.canaries) if trace.kind in _ADDRESS}
    values = {value for kind in _ADDRESS for value in actor.canaries.values(kind)}
    spelled = {spelling for value in values for spelling in (value, value.lower(), value.upper())}
    if any(piece in url or piece in url.lower() for value in spelled for piece in _pieces(value)):
        kinds.add("a hash of the address")
    return ", ".join(sorted(kinds))


def _pieces(value: str) -> set[str]:
    """The beginnings of the hashes of a value, in hexadecimal digits and in Base64."""
    digests = [make(value.encode(), usedforsecurity=False).digest() for make in _HASHES]
    written = (
        form for one in digests for form in (one.hex(), b64encode(one).decode(), urlsafe_b64encode(one).decode())
    )
    return {one[:_PIECE] for one in written}


@cache
def _numbers() -> list[tuple[int, set[str]]]:
    """The hashes of the first numbers, in lower case."""
    return [(number, {one.lower() for one in _pieces(str(number))}) for number in range(_NUMBERS)]


def _variants(mine: str, others: str, person: Actor, other: Actor) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Links that somebody could make of their own to reach another: a title, the address, further form fields."""
    yield "with the other's address in the form", mine, dict.fromkeys(_NAMES, other.email)
    named = dict.fromkeys(_NAMES, other.email)
    yield "with the other's address added", f"{mine}{'&' if urlsplit(mine).query else '?'}{urlencode(named)}", {}
    for kind in ("email", "account id", "subject id"):
        for own in person.canaries.values(kind):
            for theirs in other.canaries.values(kind)[-1:]:
                if own in mine:
                    yield f"with the other's {kind} in place of the person's own", mine.replace(own, theirs), {}
    for digits in _NUMBER.finditer(mine):
        if digits[0] not in _NUMBER.findall(others):
            for step in (-1, 1):
                number = str(int(digits[0]) + step).zfill(len(digits[0]))
                url = f"{mine[: digits.start()]}{number}{mine[digits.end() :]}"
                yield f"with the number {number} in place of {digits[0]}", url, {}
    yield from _exchanged(mine, others)


def _exchanged(mine: str, others: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The person's link with one part of the other's, unless that part alone is long enough to be a secret."""
    own, theirs = urlsplit(mine), urlsplit(others)
    path, other_path = own.path.split("/"), theirs.path.split("/")
    if len(path) == len(other_path):
        for at, part in enumerate(other_path):
            if part != path[at] and len(part) < _RANDOM:
                changed = [*path[:at], part, *path[at + 1 :]]
                yield f"with “{part}” of the other's", own._replace(path="/".join(changed)).geturl(), {}
    query, other_query = dict(parse_qsl(own.query)), dict(parse_qsl(theirs.query))
    for name, value in other_query.items():
        if query.get(name) != value and len(value) < _RANDOM:
            yield f"with {name} of the other's", own._replace(query=urlencode({**query, name: value})).geturl(), {}
