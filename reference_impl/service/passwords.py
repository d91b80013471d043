"""Passwords, kept as Argon2id hashes."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError


class Passwords:
    """Hashes and checks passwords at the cost that OWASP's Password Storage Cheat Sheet gives as a minimum.

    Checking a password costs the same whether or not the person exists.
    """

    # Of the equivalent settings in the cheat sheet, the fastest on machines with slow memory.
    time_cost = 5
    memory_cost = 7 * 1024

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=self.time_cost, memory_cost=self.memory_cost, parallelism=1)
        self._nobody = self._hasher.hash("of nobody")

    def hash(self, password: str) -> str:
        """The form in which a password is kept."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one; ``kept`` is None if there is no such person."""
        try:
            self._hasher.verify(kept or self._nobody, password)
        except VerificationError:
            return False
        return kept is not None


class WorldPasswords(Passwords):
    """Passwords at Argon2's lowest cost, for worlds: these hold synthetic people only and are thrown away.

    The service at its own address keeps the real cost. An audit would otherwise spend half its waiting on hashing.
    """

    time_cost = 1
    memory_cost = 8
