"""Who may act when: nothing about a person changes while something about that person is on its way out.

A decision to send and the sending itself are one turn of that person. So a share can never arrive after the answer to
a withdrawal, and the clock or the transfer register never move between a decision and what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Turns of single people, which exclude each other person by person, and turns alone, which exclude all."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._people: set[str] = set()
        self._alone = False

    @contextmanager
    def of(self, *people: str) -> Iterator[None]:
        """Wait for, and hold, the turns of these people. They come all at once, so nobody waits with a turn in hand."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone and self._people.isdisjoint(people))
            self._people.update(people)
        try:
            yield
        finally:
            with self._changed:
                self._people.difference_update(people)
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let everybody finish, and let nobody begin."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._alone = True
            self._changed.wait_for(lambda: not self._people)
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
