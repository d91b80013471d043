"""Finding what a sentence means, and what somebody may have meant by one that does not exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from harness.errors import UsageError
from harness.vocabulary.declarations import Declaration, Role, declared
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS
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


def forms(keyword: str) -> Iterable[tuple[Declaration, Role, Form]]:
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
    plain = {form.plain for one in ([keyword] if keyword else _ROLES) for _, _, form in forms(one)}
    # Some words are a noun in one sentence and fixed in another, and some of a form may be left out: the best counts.
    readings = [_bare(sentence), _bare(_without_nouns(sentence))]
    scores = {
        text: max(_likeness(one, variant) for one in readings for variant in (text, re.sub(r"\[.*?\]", "", text)))
        for text in plain
    }
    return sorted((text for text, score in scores.items() if score > _LEAST), key=lambda text: -scores[text])[:_MOST]


def unknown(sentence: str) -> str:
    """What to say of a sentence that nothing declares: that there is none, and the nearest that there are."""
    near = nearest(sentence)
    return f"No sentence of the vocabulary reads {sentence!r}. " + (
        f"The nearest: {' | '.join(near)}." if near else "`shes-audit words` lists all."
    )


def _without_nouns(sentence: str) -> str:
    """A sentence without the words that a noun can be, as far as they can be counted."""
    choices = {choice for one in NOUNS.values() for choice in one.choices if "{" not in choice}
    # The longest first: one word may begin with another.
    for choice in sorted(choices, key=len, reverse=True):
        sentence = re.sub(rf"\b{re.escape(choice)}(?!\w)", " ", sentence)
    return sentence


def _bare(text: str) -> str:
    """The fixed words of a sentence or form: neither names, numbers nor placeholders."""
    return " ".join(re.findall(r"[a-z][a-z'-]*", re.sub(r"\{\w+\}|\b[A-Z0-9][\w.]*", " ", text)))


def _likeness(wanted: str, form: str) -> float:
    return difflib.SequenceMatcher(None, wanted, _bare(form)).ratio()
