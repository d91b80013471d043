"""Nouns that are phrases: each with words of other nouns in it, and a function that says what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from harness.stage import Stage
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS, Noun

Function = TypeVar("Function", bound=Callable[..., Any])


class Phrases:
    """A noun to which any module adds phrases, such as ``born on {day}``.

    Used as a decorator, it takes the form of a phrase. The decorated function is called with the stage, with what the
    sentence hands over (the person who acts, say), and with the words of the phrase by label.
    """

    def __init__(self, name: str, title: str) -> None:
        """Declare the noun.

        Args:
            name: How sentences refer to it.
            title: What it is, for people.

        Raises:
            ValueError: There is such a noun already.
        """
        if name in NOUNS:
            raise ValueError(f"the noun {name!r} is declared twice")
        self._name = name
        self._title = title
        self._functions: dict[Form, Callable[..., Any]] = {}
        self._declare()

    def __call__(self, text: str) -> Callable[[Function], Function]:
        """Add a phrase; the nouns in it must have been declared before."""

        def decorate(function: Function) -> Function:
            self._functions[Form(text)] = function
            self._declare()
            return function

        return decorate

    def _declare(self) -> None:
        # The group of the whole has a name for each label; the noun of a sentence must have none.
        patterns = [re.sub(r"\(\?P<\w+>", "(?:", form.pattern.pattern) for form in self._functions] or ["(?!)"]
        choices = tuple(form.plain for form in self._functions)
        within = frozenset(name for form in self._functions for name in form.labels.values())
        NOUNS[self._name] = Noun(self._name, "|".join(patterns), self._meaning, self._title, choices, within)

    def _meaning(self, stage: Stage, text: str) -> Callable[..., Any]:
        for form, function in self._functions.items():
            words = form.match(text)
            if words is not None:
                meanings = {label: NOUNS[form.labels[label]].meaning(stage, word) for label, word in words.items()}
                return partial(function, stage, **meanings)
        raise AssertionError(f"{text!r} is a phrase, or the sentence would not have been understood")
