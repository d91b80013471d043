"""Finding what a sentence means, and what somebody may have meant by one that does not exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache

from harness.errors import UsageError
from harness.vocabulary.declarations import Declaration, Role, declared
from harness.vocabulary.forms import Form
from harness.vocabulary.performance import Performance

_ROLES = {
    "given": (Role.SETTING, Role.PAST, Role.AFFIRMED, Role.DENIED),
    "when": (Role.PRESENT,),
    "then": (Role.AFFIRMED, Role.DENIED),
}
"""The roles that a form can have behind a keyword."""
_MOST = 3


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
    plain = {form.plain: _bare(form.plain) for one in ([keyword] if keyword else _ROLES) for _, _, form in forms(one)}
    wanted = _bare(sentence)
    scores = {text: _likeness(wanted, bare) for text, bare in plain.items()}
    return sorted((text for text, score in scores.items() if score > 0), key=lambda text: -scores[text])[:_MOST]


def unknown(sentence: str, keyword: str, place: str) -> UsageError:
    """The error for a sentence that nothing declares."""
    near = nearest(sentence, keyword)
    return UsageError(
        f"{place}: no sentence of the vocabulary reads: {keyword.capitalize()} {sentence}",
        cause="a slip of the pen, another tense, or a word that no noun knows",
        remedy=("the nearest are: " + " | ".join(near) if near else "") or "see `shes-audit words`",
    )


def _bare(text: str) -> list[str]:
    """The words of a sentence that are neither names, numbers nor placeholders."""
    return re.findall(r"[a-z][a-z'-]+", re.sub(r"\{\w+\}|\b[A-Z0-9][\w.]*", " ", text))


def _likeness(wanted: list[str], bare: list[str]) -> float:
    shared = len(set(wanted) & set(bare))
    return shared + difflib.SequenceMatcher(None, wanted, bare).ratio() if shared else 0.0
