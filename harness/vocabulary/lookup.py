"""Finding what a sentence means, and what somebody may have meant by one that does not exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from harness.errors import UsageError
from harness.vocabulary.declarations import Declaration, Role, declared
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS, reachable
from harness.vocabulary.performance import Performance

_ROLES = {
    "given": (Role.SETTING, Role.PAST, Role.AFFIRMED, Role.DENIED),
    "when": (Role.PRESENT,),
    "then": (Role.AFFIRMED, Role.DENIED),
}
"""The roles that a form can have behind a keyword."""
_GROUP = "shes_audit.vocabulary"
_MOST = 3
_LEAST = 0.4
"""How alike a form must be to be worth showing, from 0 to 1."""
_SAME_WORD = 0.8
"""How alike two words must be to count as one with a slip of the pen, from 0 to 1."""


def load() -> None:
    """Load the modules that declare sentences."""
    for entry in entry_points(group=_GROUP):
        for module in getattr(entry.load(), "pytest_plugins", ()):
            import_module(module)


@cache
def understand(keyword: str, sentence: str) -> Performance | None:
    """What a sentence means behind ``given``, ``when`` or ``then``; None where it means nothing.

    Raises:
        UsageError: It has two meanings: two declarations take it.
    """
    found = [
        Performance(sentence, declaration, role, words)
        for declaration, role, form in forms(keyword)
        if (words := form.match(sentence)) is not None
    ]
    if len(found) > 1:
        both = "; ".join(f"{one.declaration.forms[one.role].plain!r}" for one in found)
        raise UsageError(f"The sentence {sentence!r} has several meanings: {both}.", remedy="make the forms differ")
    return found[0] if found else None


@cache
def forms(keyword: str) -> Sequence[tuple[Declaration, Role, Form]]:
    """All forms that can stand behind a keyword."""
    roles = _ROLES[keyword]
    return [
        (declaration, role, form)
        for declaration in declared()
        for role, form in declaration.forms.items()
        if role in roles
    ]


def nearest(sentence: str, keyword: str = "") -> list[str]:
    """Forms that come near to a sentence, the nearest first.

    Args:
        sentence: What somebody wrote.
        keyword: Behind what it stands; all forms without one.
    """
    wanted = _fixed_words(sentence)
    scores = {
        form.plain: _likeness(wanted, form) for one in ([keyword] if keyword else _ROLES) for _, _, form in forms(one)
    }
    return sorted((text for text, score in scores.items() if score > _LEAST), key=lambda text: -scores[text])[:_MOST]


def unknown(sentence: str) -> str:
    """What to say of a sentence that nothing declares: that there is none, and the nearest that there are."""
    near = nearest(sentence)
    return f"No sentence of the vocabulary reads {sentence!r}. " + (
        f"The nearest: {' | '.join(near)}. `shes-audit words NOUN` lists the words for a noun in braces."
        if near
        else "`shes-audit words` lists all."
    )


def _fixed_words(text: str) -> list[str]:
    """The words of a sentence or form, without names, numbers and placeholders."""
    return re.findall(r"[a-z][a-z'-]*", re.sub(r"\{\w+\}|\b[A-Z0-9][\w.]*('s)?", " ", text))


def _likeness(wanted: list[str], form: Form) -> float:
    """How many words of a sentence the form can hold, and how many of its own the sentence has: their harmonic mean."""
    own = _fixed_words(re.sub(r"\[.*?\]", "", form.plain))
    possible = {*_fixed_words(form.plain), *_words_of_nouns(frozenset(form.labels.values()))}
    if not wanted or not own:
        return 0
    held = sum(_among(word, possible) for word in wanted) / len(wanted)
    present = sum(_among(word, wanted) for word in own) / len(own)
    return 2 * held * present / (held + present) if held and present else 0


@cache
def _words_of_nouns(names: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word for name in reachable(names) for choice in NOUNS[name].choices for word in _fixed_words(choice)
    )


def _among(word: str, words: Collection[str]) -> bool:
    """Whether a word is one of these, apart from a slip of the pen."""
    return word in words or bool(difflib.get_close_matches(word, words, 1, _SAME_WORD))
