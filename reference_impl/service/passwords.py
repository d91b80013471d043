"""Passwords: Argon2id at the parameters that OWASP's Password Storage Cheat Sheet gives as a minimum."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError


class Passwords:
    """Hashes and checks passwords. Checking one of nobody costs as much as checking one of somebody."""

    # Of the sheet's equal choices, the one that is quickest where memory is slow.
    time_cost = 5
    memory_cost = 7 * 1024

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=self.time_cost, memory_cost=self.memory_cost, parallelism=1)
        self._nobody = self._hasher.hash("of nobody")

    def hash(self, password: str) -> str:
        """The form in which a password is kept."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; ``kept`` is None where there is no such person."""
        try:
            self._hasher.verify(kept or self._nobody, password)
        except VerificationError:
            return False
        return kept is not None
