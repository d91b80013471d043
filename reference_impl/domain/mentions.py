"""E-mail addresses that a text names, in whatever language it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ADDRESS = re.compile(
    # A run that begins where it can, so that long texts are gone through once.
    r"""(?<![^\s<>()\[\]{}",;:|\\/@“”„«»‹›「」『』（）【】、。，；：！？・])
    (?P<local>[^\s<>()\[\]{}",;:|\\/@“”„«»‹›「」『』（）【】、。，；：！？・]+)@
    (?P<domain>[^\W_]+(?:[.-]+[^\W_]+)*)""",
    re.VERBOSE,
)
_MARKS = "'’‘`*_~.=?"
"""What text puts around an address, and hardly any address begins with."""

_PLAIN_END = re.compile(r"[\x21-\x7e]+$")
_PLAIN_START = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True, repr=False)
class Mentions:
    """Addresses that a text names.

    Attributes:
        addresses: Each that may be meant, in the order of the text: beside ``子femke@example.org`` also what is left of
            it without the letter of another script, for such scripts write no spaces.
        blanked: The text without them.
    """

    addresses: tuple[str, ...]
    blanked: str


def mentions(text: str) -> Mentions:
    """Find the addresses in a text."""
    found: dict[str, None] = {}

    def blank(match: re.Match[str]) -> str:
        locals_, domains = _readings(match["local"], _PLAIN_END), _readings(match["domain"], _PLAIN_START)
        found.update(dict.fromkeys(f"{local}@{domain}" for local in locals_ for domain in domains))
        # Letters that are no part of the narrowest reading are the writer's words.
        before = match["local"].removesuffix(locals_[-1])
        return f"{before}[address]{match['domain'].removeprefix(domains[-1])}"

    blanked = _ADDRESS.sub(blank, text)
    return Mentions(tuple(found), blanked)


def _readings(part: str, plain: re.Pattern[str]) -> list[str]:
    """A part of an address as it stands, without marks before it, and without letters of a script that is not Latin."""
    readings = [part, part.lstrip(_MARKS) or part]
    match = plain.search(readings[-1]) if plain is _PLAIN_END else plain.match(readings[-1])
    if match and match.group() != readings[-1]:
        whole = readings[-1]
        beside = whole[match.start() - 1] if plain is _PLAIN_END else whole[match.end()]
        if not unicodedata.name(beside, "").startswith("LATIN"):
            readings.append(match.group().strip(_MARKS))
    return [reading for reading in dict.fromkeys(readings) if reading]
