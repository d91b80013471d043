"""Remembering refusals for age, without keeping who was refused (clause 7.4)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Refusal
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction


class Refusals:
    """Keeps a digest of the address for a few days, under a key that lies in no place of storage.

    Without the key nobody can tell whose digest it is, not even by trying addresses.
    """

    LIFE = timedelta(days=7)

    def __init__(self, context: Context) -> None:
        self._context = context

    def remember(self, tx: Transaction, email: str) -> None:
        """Remember that the address has been refused."""
        mark = self.mark(email)
        tx.remove_all(Refusal, mark=mark)
        tx.add(Refusal(mark=mark, until=self._context.now() + self.LIFE))

    def remembers(self, tx: Transaction, email: str) -> bool:
        """Whether the address was refused recently."""
        found = tx.one(Refusal, mark=self.mark(email))
        return found is not None and found.until > self._context.now()

    def expire(self, tx: Transaction, now: datetime) -> None:
        """Forget expired refusals."""
        tx.remove(*tx.until(Refusal, "until", now))

    def mark(self, email: str) -> str:
        """The keyed digest of the address."""
        return hmac.new(self._context.secret, address_key(email).encode(), hashlib.sha256).hexdigest()
