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
from reference_impl.service.ports import Transaction


class Purger(Protocol):
    """Clears one store of one person."""

    def purge(self, tx: Transaction, person_id: str) -> None:
        """Leave nothing that points to the person."""


class PeoplePurger:
    """The person, the account, and whatever hangs on them."""

    KINDS: tuple[type[object], ...] = (
        AccessToken,
        VerificationCode,
        UnsubscribeLink,
        Pseudonym,
        PrivacyRequest,
        ProductApp,
        Deletion,
        Account,
        Person,
    )

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, person_id: str) -> None:
        """Delete the rows."""
        for kind in self.KINDS:
            tx.remove_all(kind, person_id=person_id)


class LedgerPurger:
    """The ledgers: consents, notices and accesses go; disclosures stay, about nobody."""

    KINDS: tuple[type[object], ...] = (ConsentEntry, NoticeTold, StaffAccess)

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, person_id: str) -> None:
        """Delete, and take out whom it was about."""
        for kind in self.KINDS:
            tx.remove_all(kind, person_id=person_id)
        for entry in tx.all(Disclosure, person_id=person_id):
            entry.person_id = None
            entry.subject_id = None


class OutboxPurger:
    """Messages sent and unsent. A withdrawal still on its way stays until it has arrived: it says a pseudonym alone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, person_id: str) -> None:
        """Delete the messages, and take the person off what must still arrive."""
        for message in tx.all(Message, person_id=person_id):
            if message.kind is MessageKind.WITHDRAW and message.state is MessageState.PENDING:
                message.person_id = None
            else:
                tx.remove(message)


class LogPurger:
    """The log."""

    LATE = timedelta(days=1)
    """More than a request can take that was under way when its account was closed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def purge(self, tx: Transaction, person_id: str) -> None:
        """Take out the lines that hold the account id. Nobody bears it before it is given, or after it is closed."""
        account = tx.one(Account, person_id=person_id)
        if account is not None:
            closed_at = account.closed_at or self._context.now()
            self._context.log.scrub([account.account_id], account.created_at, closed_at + self.LATE)


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

    BATCH = 50
    """People who are purged in one transaction."""

    def __init__(self, context: Context, purgers: Sequence[Purger], journal: JournalPurger) -> None:
        self._context = context
        self._purgers = purgers
        self._journal = journal
        self._failing: set[str] = set()

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        """Ids of the people to purge now: those about whom no message is due any more."""
        return tx.purges_due(now)

    def run(self, people: Sequence[str]) -> list[str]:
        """Purge these people; what could not be done and is to be tried again, in words without personal data."""
        undone = []
        for first in range(0, len(people), self.BATCH):
            batch = people[first : first + self.BATCH]
            try:
                self._purge(batch)
            except Exception:  # whatever is wrong with one of them must not keep the others
                undone += [word for person_id in batch for word in self._purge_alone(person_id)]
        return undone

    def _purge(self, people: Sequence[str]) -> None:
        with self._context.change(*people) as tx:
            for person_id in people:
                for purger in self._purgers:
                    purger.purge(tx, person_id)
            tx.leave_nothing()
        self._failing.difference_update(people)
        for _ in people:
            self._context.log.record("purged")

    def _purge_alone(self, person_id: str) -> list[str]:
        try:
            self._purge([person_id])
        except Exception as error:
            if person_id not in self._failing:
                self._failing.add(person_id)
                self._context.log.record("purge-failed", error=type(error).__name__)
            return [f"a purge that failed, to be tried again: {type(error).__name__}"]
        return []

    def finish(self) -> bool:
        """Erase what remains of what was purged; False while that is still to be done."""
        return not self._context.store.remains_due or self._journal.purge_journal()
