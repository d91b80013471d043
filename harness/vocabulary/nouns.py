"""Typed nouns: what can stand in a sentence in place of a word in braces, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.stage import Stage

Meaning = Callable[[Stage, str], Any]


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of word.

    Attributes:
        name: How a sentence refers to it, in braces.
        pattern: The regular expression of its words, without named groups.
        meaning: What a word means on the stage of a scenario.
        title: What it is, for people.
        choices: All its words, where they can be counted.
        within: The names of the nouns that stand in braces in its words.
    """

    name: str
    pattern: str
    meaning: Meaning
    title: str
    choices: tuple[str, ...] = ()
    within: frozenset[str] = frozenset()


NOUNS: dict[str, Noun] = {}
"""Every noun by name."""


def reachable(names: Iterable[str]) -> set[str]:
    """These nouns, and all that stand in their words."""
    found: set[str] = set()
    pending = set(names)
    while pending:
        found |= pending
        pending = {inner for name in pending for inner in NOUNS[name].within} - found
    return found


def noun(name: str, pattern: str, title: str, meaning: Callable[[str], Any] | None = None) -> Callable[..., Any]:
    """Declare a noun by a pattern.

    Args:
        name: How sentences refer to it.
        pattern: The regular expression of its words, without named groups.
        title: What it is, for people.
        meaning: What a word means; without it, the function that the call decorates says so, given the stage too.
    """
    if meaning is not None:
        _add(Noun(name, pattern, lambda _stage, text: meaning(text), title))

    def decorate(function: Meaning) -> Meaning:
        _add(Noun(name, pattern, function, title))
        return function

    return decorate


def words(name: str, title: str, meanings: Mapping[str, Any]) -> None:
    """Declare a noun by all its words and what each means."""
    # The longest first: one word may begin with another.
    choices = sorted(meanings, key=len, reverse=True)
    pattern = "|".join(map(re.escape, choices))
    _add(Noun(name, pattern, lambda _stage, text: meanings[text], title, tuple(meanings)))


def _add(one: Noun) -> None:
    if one.name in NOUNS:
        raise ValueError(f"the noun {one.name!r} is declared twice")
    NOUNS[one.name] = one
