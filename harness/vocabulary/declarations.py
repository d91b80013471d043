"""What is declared of a sentence: its forms, and the function that says what it means."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from harness.vocabulary.forms import Form

Function = TypeVar("Function", bound=Callable[..., Any])


class Role(StrEnum):
    """What a form is for."""

    SETTING = "given"
    PAST = "has happened"
    PRESENT = "when"
    AFFIRMED = "then"
    DENIED = "then not"


@dataclass(frozen=True, eq=False)
class Declaration:
    """A sentence in all its forms.

    Attributes:
        forms: A form for each role it has.
        function: What it means.
        at_rest: For a sight: whether the service must have come to rest before anybody looks.
    """

    forms: dict[Role, Form]
    function: Callable[..., Any]
    at_rest: bool = False

    @property
    def subject(self) -> str:
        """The domain noun whose module declares it."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def meaning(self) -> str:
        """What it means for the evidence, in words: the docstring of its function."""
        return inspect.cleandoc(self.function.__doc__ or "")


_DECLARED: list[Declaration] = []


def declared() -> Iterator[Declaration]:
    """Every declaration so far, in the order of the modules that were loaded."""
    yield from _DECLARED


def setting(given: str) -> Callable[[Function], Function]:
    """Declare what introduces somebody or something: a Given."""
    return _declare({Role.SETTING: given})


def deed(when: str | None = None, *, past: str | None = None) -> Callable[[Function], Function]:
    """Declare what somebody does.

    The function returns what the target answered: one answer, several, or nothing.

    Args:
        when: The present tense: the answer is kept for later steps, and judged by none.
        past: The past tense: every answer must be a success, and the service is at rest afterwards.
    """
    return _declare({Role.PRESENT: when, Role.PAST: past})


def sight(
    then: str | None = None, *, denied: str | None = None, at_rest: bool = False
) -> Callable[[Function], Function]:
    """Declare what can be seen.

    The function returns what it saw: one :class:`~harness.vocabulary.performance.Seen` or several.

    Args:
        then: The sentence as it is affirmed.
        denied: The sentence as it is denied.
        at_rest: Whether the service must have come to rest before anybody looks: the barrier of an absence.
    """
    return _declare({Role.AFFIRMED: then, Role.DENIED: denied}, at_rest=at_rest)


def _declare(forms: dict[Role, str | None], *, at_rest: bool = False) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        _DECLARED.append(Declaration({role: Form(text) for role, text in forms.items() if text}, function, at_rest))
        return function

    return decorate
