"""Destroying and de-identifying what is no longer needed (clauses 4.1, 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from reference_impl.domain.entities import (
    AccessToken,
    Account,
    ConsentEntry,
    Deletion,
    Disclosure,
    Enquiry,
    GuardianReport,
    Message,
    MessageKind,
    MessageState,
    NoticeTold,
    Person,
    PrivacyRequest,
    ProductApp,
    Pseudonym,
    StaffAccess,
    UnsubscribeLink,
    VerificationCode,
)
from reference_impl.service.context import Context
from reference_impl.service.people import bury
from reference_impl.service.ports import Transaction


class Purger(Protocol):
    """Removes people from one store."""

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Remove every reference to them. ``people``: their ids, never just one of them as a string."""


class PeoplePurger:
    """The person, the account, and everything that belongs to them."""

    KINDS: tuple[type[object], ...] = (
        AccessToken,
        VerificationCode,
        UnsubscribeLink,
        Pseudonym,
        PrivacyRequest,
        GuardianReport,
        ProductApp,
        Enquiry,
        Deletion,
        Account,
        Person,
    )

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Delete the rows."""
        for kind in self.KINDS:
            tx.remove_all(kind, person_id=people)


class LedgerPurger:
    """The ledgers: consents, notices and accesses are deleted; disclosures are anonymised."""

    KINDS: tuple[type[object], ...] = (ConsentEntry, NoticeTold, StaffAccess)

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Delete or anonymise the entries."""
        for kind in self.KINDS:
            tx.remove_all(kind, person_id=people)
        tx.change_all(Disclosure, {"person_id": None, "subject_id": None}, person_id=people)


class OutboxPurger:
    """Messages sent and unsent. A withdrawal still on its way stays until it has arrived: it says a pseudonym alone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Delete the messages, and take the person off what must still arrive."""
        outliving = {"kind": MessageKind.WITHDRAW, "state": MessageState.PENDING}
        tx.change_all(Message, {"person_id": None}, person_id=people, **outliving)
        tx.remove_all(Message, person_id=people)


class LogPurger:
    """The log."""

    LATE = timedelta(days=1)
    """More than a request can take that was under way when its account was closed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        """Take out the lines that hold the account id. Nobody bears it before it is given, or after it is closed."""
        now = self._context.now()
        self._context.log.scrub(
            {
                account.account_id: (account.created_at, (account.closed_at or now) + self.LATE)
                for account in tx.all(Account, person_id=people)
            }
        )


class JournalPurger:
    """What the database file and its journal still hold after the rows are gone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge_journal(self) -> bool:
        """Leave no byte of it; False when that could not be done now."""
        return self._context.store.erase_remains()


class Purge:
    """The scheduled job: every person whose time has come, in every store, down to the journal.

    Its cost follows the number of people whose time has come, and not of all.
    """

    BATCH = 200
    """People who are purged in one transaction."""

    def __init__(self, context: Context, purgers: Sequence[Purger], journal: JournalPurger) -> None:
        self._context = context
        self._purgers = purgers
        self._journal = journal
        self._failing: set[str] = set()

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        """Ids of the people to purge now: those due, without a pending message that is due."""
        return tx.purges_due(now)

    def run(self, people: Sequence[str]) -> list[str]:
        """Purge these people; what could not be done and is to be tried again, in words without personal data."""
        return [
            word
            for first in range(0, len(people), self.BATCH)
            for word in self._run(people[first : first + self.BATCH])
        ]

    def _run(self, people: Sequence[str]) -> list[str]:
        try:
            self.purge(people)
        except Exception as error:
            if len(people) > 1:
                # Whatever is wrong with one of them must not keep the others.
                half = len(people) // 2
                return self._run(people[:half]) + self._run(people[half:])
            if self._failing.isdisjoint(people):
                self._failing.update(people)
                self._context.log.record("purge-failed", error=type(error).__name__)
            return [f"a purge that failed and is tried again: {type(error).__name__}"]
        self._failing.difference_update(people)
        return []

    def purge(self, people: Sequence[str]) -> None:
        """Purge these people, all of them or none."""
        with self._context.change(*people) as tx:
            self.clear(tx, people)
            bury(self._context, tx, *people)
        self._context.log.record("purged", people=len(people))

    def clear(self, tx: Transaction, people: Sequence[str]) -> None:
        """Run every purger."""
        for purger in self._purgers:
            purger.purge(tx, people)
        tx.leave_nothing()

    def finish(self) -> bool:
        """Erase what remains of what was purged; False while that is still to be done."""
        return not self._context.store.remains_due or self._journal.purge_journal()
