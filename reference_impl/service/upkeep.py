"""Destroying data that is no longer needed: of living accounts (4.6), and of legal holds that have ended (4.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from reference_impl.domain.entities import (
    AccessToken,
    Disposal,
    Message,
    Person,
    PrivacyRequest,
    ProviderSignIn,
    RequestStatus,
    UnsubscribeLink,
    VerificationCode,
)
from reference_impl.domain.upkeep import LIFETIMES, Leftover
from reference_impl.service.context import Context
from reference_impl.service.holds import Holds
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import Purge


class Upkeep:
    """A job of every hour. Each method destroys what was needed last at an instant or before, and counts it."""

    EVERY = timedelta(hours=1)

    def __init__(self, context: Context, purge: Purge, holds: Holds) -> None:
        self._context = context
        self._holds = holds
        self._purge = purge
        self._last_run: datetime | None = None

    def run(self, now: datetime) -> None:
        """Destroy what is due, when the last time is long enough ago."""
        if self._last_run is not None and now - self._last_run < self.EVERY:
            return
        jobs: Mapping[Leftover, Callable[[Transaction, datetime], int]] = {
            Leftover.ACCESS_TOKEN: self.access_tokens,
            Leftover.MESSAGE_CONTENT: self.messages,
            Leftover.PRIVACY_REQUEST: self.privacy_requests,
            Leftover.PROVIDER_SIGN_IN: self.provider_sign_ins,
            Leftover.UNSUBSCRIBE_LINK: self.unsubscribe_links,
            Leftover.VERIFICATION_CODE: self.verification_codes,
        }
        with self._context.store.transaction() as tx:
            self._holds.release_ended(tx)
            for kind, job in jobs.items():
                self.enter(tx, kind, job(tx, self.needed_until(kind, now)))
        self.enter_alone(Leftover.ABANDONED_SIGN_UP, self.sign_ups(self.needed_until(Leftover.ABANDONED_SIGN_UP, now)))
        self.enter_alone(Leftover.LOG_ENTRY, self.log(self.needed_until(Leftover.LOG_ENTRY, now)))
        self._last_run = now

    def needed_until(self, kind: Leftover, now: datetime) -> datetime:
        """What was needed last then, or before, has to go now."""
        return now - LIFETIMES[kind].span

    def access_tokens(self, tx: Transaction, until: datetime) -> int:
        """A token is needed for as long as it is accepted, which is its whole lifetime."""
        return self._remove(tx, tx.until(AccessToken, "expires_at", until + LIFETIMES[Leftover.ACCESS_TOKEN].span))

    def messages(self, tx: Transaction, until: datetime) -> int:
        """Mails and deliveries that were delivered or cancelled; that they were stays in the ledger."""
        return self._remove(tx, tx.until(Message, "ended_at", until))

    def privacy_requests(self, tx: Transaction, until: datetime) -> int:
        """Requests that were answered, and those that nobody ever proved."""
        # An opt-out works on, and with it the request that it rests on.
        answered = [one for one in tx.until(PrivacyRequest, "answered_at", until) if one.kind.needs_proof]
        unproved = tx.until(PrivacyRequest, "created_at", until, status=RequestStatus.UNVERIFIED)
        return self._remove(tx, [*answered, *unproved])

    def provider_sign_ins(self, tx: Transaction, until: datetime) -> int:
        """Sign-ins by a provider that nobody ended."""
        return self._remove(tx, tx.until(ProviderSignIn, "began_at", until))

    def unsubscribe_links(self, tx: Transaction, until: datetime) -> int:
        """Links under a consent that has ended. While it runs, an old link still does what it says."""
        return self._remove(tx, tx.until(UnsubscribeLink, "ended_at", until))

    def verification_codes(self, tx: Transaction, until: datetime) -> int:
        """Codes that were used or are too old: of sign-ups, and of requests, which stay without them."""
        # A code of a sign-up says itself how long it lives, or since when it is used.
        spent = self._remove(tx, tx.until(VerificationCode, "expires_at", self._context.now()))
        requests = [one for one in tx.until(PrivacyRequest, "created_at", until) if one.code_hash]
        for request in requests:
            request.code_hash = None
        return spent + len(requests)

    def sign_ups(self, until: datetime) -> int:
        """People who never verified their address, with all that hangs on them."""
        with self._context.store.transaction() as tx:
            abandoned = tx.until(Person, "created_at", until, verified_at=None)
        failed = self._purge.run([person.person_id for person in abandoned])
        return len(abandoned) - len(failed)

    def log(self, until: datetime) -> int:
        """Days of the log."""
        return self._context.log.expire(until + timedelta(days=1))

    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        """Enter into the ledger what was destroyed, and let no byte of it stay."""
        if items:
            tx.add(Disposal(kind=kind, items=items, disposed_at=self._context.now()))
            tx.leave_nothing()

    def enter_alone(self, kind: Leftover, items: int) -> None:
        """As :meth:`enter`, in a transaction of its own."""
        if items:
            with self._context.store.transaction() as tx:
                self.enter(tx, kind, items)

    @staticmethod
    def _remove(tx: Transaction, things: Sequence[object]) -> int:
        tx.remove(*things)
        return len(things)
