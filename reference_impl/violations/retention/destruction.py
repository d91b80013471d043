"""Clause 4.3: data from which the person can be identified is left after the purge."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Deletion,
    Disclosure,
    Message,
    MessageKind,
    OptOutSource,
    Person,
)
from reference_impl.service.accounts import AccountChange, Accounts
from reference_impl.service.deletion import Deletions
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import JournalPurger, LedgerPurger, OutboxPurger, PeoplePurger
from reference_impl.store.logs import LogFiles
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted
from reference_impl.violations.shared.kept_events import keep_event

_KEPT_ON = Also("4.1", "data due for purging after six months is still present")


_NOT_ERASED = Also("4.5", "an erasure requested after the deletion leaves it as well")


_NOT_HELD = Also("4.2", "data that no hold covers is found after the purge")


_OF_ONE_ACCOUNT = Also("4.4", "data of the deleted account is still found")


_OF_ACCOUNTS = (
    _KEPT_ON,
    _NOT_ERASED,
    _NOT_HELD,
    _OF_ONE_ACCOUNT,
    Also("7.4", "data of a child whose account was closed is still found"),
    Also("7.5", "data of a reported child is still found"),
)


_OF_EVERYBODY = (*_OF_ACCOUNTS, Also("4.6", "data that is no longer needed is still found"))


class _JournalKept(JournalPurger):
    def purge_journal(self) -> bool:
        return True


class _ReasonsCounted(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        deletion = super().delete(person_id, reason)
        if reason:
            with self._context.store.transaction() as tx:
                keep_event(tx, self._context, "statistics", {"reason": reason})
        return deletion


class _AddressHashed(PeoplePurger):
    """Keeps a hash of the e-mail address to recognise returning people."""

    def hashed(self, email: str) -> str:
        return hashlib.sha256(email.encode()).hexdigest()

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        gone = tx.all(Person, person_id=people)
        super().purge(tx, people)
        for person in gone:
            keep_event(tx, self._context, "suppression-list", self.hashed(person.email))


class _AddressHashedInBase64(_AddressHashed):
    def hashed(self, email: str) -> str:
        return base64.b64encode(hashlib.sha1(email.lower().encode(), usedforsecurity=False).digest()).decode()


class _AddressHashedInCapitals(_AddressHashed):
    def hashed(self, email: str) -> str:
        return hashlib.md5(email.strip().lower().encode(), usedforsecurity=False).hexdigest().upper()


class _AsciiDomainKept(PeoplePurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        gone = tx.all(Person, person_id=people)
        super().purge(tx, people)
        for person in gone:
            name, _, domain = person.email.partition("@")
            if not domain.isascii():
                keep_event(tx, self._context, "address-for-old-servers", f"{name}@{domain.encode('idna').decode()}")


class _AddressInUtf16(PeoplePurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        gone = tx.all(Person, person_id=people)
        super().purge(tx, people)
        for person in gone:
            wide = person.email.encode("utf-16-le").decode("latin-1")
            keep_event(tx, self._context, "archive", None, lane=wide)


class _SharesKept(OutboxPurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        for message in tx.all(Message, person_id=people, kind=MessageKind.SHARE):
            message.person_id = None
        super().purge(tx, people)


class _OddNamesKept(OutboxPurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        for message in tx.all(Message, person_id=people, kind=MessageKind.SHARE):
            if not str(message.body).isascii():
                message.person_id = None
        super().purge(tx, people)


class _NamesKept(Accounts):
    def change(self, person_id: str, change: AccountChange) -> tuple[Person, Account]:
        _, before = self.read(person_id)
        if change.display_name not in (None, before.display_name):
            with self._context.store.transaction() as tx:
                keep_event(tx, self._context, "display-name-history", before.display_name)
        return super().change(person_id, change)


class _LogForEver(LogFiles):
    def expire(self, ended_by: datetime) -> int:
        return 0

    def scrub(self, borne: Mapping[str, tuple[datetime, datetime]]) -> None:
        return


class _ConsentsArchived(LedgerPurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        for entry in tx.all(ConsentEntry, person_id=people):
            keep_event(tx, self._context, "proof-of-consent", {"account": entry.account_id, "purpose": entry.purpose})
        super().purge(tx, people)


class _SubjectsKept(LedgerPurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        tx.change_all(Disclosure, {"person_id": None}, person_id=people)
        super().purge(tx, people)


class _BornWhereAndWhen(PeoplePurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        gone = [(one.date_of_birth.isoformat(), one.country) for one in tx.all(Person, person_id=people)]
        super().purge(tx, people)
        for born, country in gone:
            keep_event(tx, self._context, "demographics", {"born": born, "country": country})


class _TicketsKept(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("POST /v1/enquiries") and answer.status < 300:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "ticket", {"from": request.json()["email"]})


class _SuppressionList(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        super().opt_out(tx, person, source)
        keep_event(tx, self._context, "suppression-list", person.email)


VIOLATIONS = (
    Violation(
        "4.3-secure-delete-off",
        "4.3",
        "The database does not overwrite deleted data",
        Kind.MISSING,
        {"secure_delete": False},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-journal-kept",
        "4.3",
        "Rows are deleted, but the database journal retains them",
        Kind.HALF_DONE,
        {"journal_purger": _JournalKept},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-reasons-counted",
        "4.3",
        "Reasons for leaving are kept verbatim for statistics",
        Kind.HALF_DONE,
        {"deletions": _ReasonsCounted},
        also=(_KEPT_ON, _NOT_HELD, _OF_ONE_ACCOUNT),
    ),
    Violation(
        "4.3-address-hashed",
        "4.3",
        "The SHA-256 hash of the e-mail address is kept to recognise returning people",
        Kind.STALE,
        {"people_purger": _AddressHashed},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-address-hashed-base64",
        "4.3",
        "The SHA-1 hash of the lower-case e-mail address is kept in base64",
        Kind.ODD_NAME,
        {"people_purger": _AddressHashedInBase64},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-address-hashed-capitals",
        "4.3",
        "The MD5 hash of the e-mail address is kept in upper-case hexadecimal",
        Kind.ODD_NAME,
        {"people_purger": _AddressHashedInCapitals},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-address-in-utf-16",
        "4.3",
        "The e-mail address is kept in an archive encoded as UTF-16",
        Kind.ODD_NAME,
        {"people_purger": _AddressInUtf16},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-ascii-domain-kept",
        "4.3",
        "The ASCII form of internationalised e-mail domains is kept",
        Kind.ODD_NAME,
        {"people_purger": _AsciiDomainKept},
    ),
    Violation(
        "4.3-shares-kept-in-outbox",
        "4.3",
        "The outbox keeps the content of shares and removes only the reference to the person",
        Kind.HALF_DONE,
        {"outbox_purger": _SharesKept},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-odd-names-kept-in-outbox",
        "4.3",
        "The outbox is not purged of shares with non-ASCII names",
        Kind.ODD_NAME,
        {"outbox_purger": _OddNamesKept},
    ),
    Violation(
        "4.3-former-names-kept",
        "4.3",
        "Former display names are kept in a history that is never purged",
        Kind.STALE,
        {"accounts": _NamesKept},
        also=(_KEPT_ON,),
    ),
    Violation(
        "4.3-log-for-ever",
        "4.3",
        "The log is kept indefinitely and is never scrubbed",
        Kind.MISSING,
        {"log": _LogForEver},
        also=_OF_EVERYBODY,
    ),
    Violation(
        "4.3-consents-archived",
        "4.3",
        "Consents are kept under the account id as evidence",
        Kind.HALF_DONE,
        {"ledger_purger": _ConsentsArchived},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-ledger-keeps-subjects",
        "4.3",
        "The disclosure ledger removes names from its entries but keeps the subject ids",
        Kind.LYING_LEDGER,
        {"ledger_purger": _SubjectsKept},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-demographics-kept",
        "4.3",
        "Dates of birth of former customers are kept for statistics",
        Kind.HALF_DONE,
        {"people_purger": _BornWhereAndWhen},
    ),
    Violation(
        "4.3-tickets-kept",
        "4.3",
        "Support keeps a ticket with the e-mail address of the enquirer",
        Kind.HALF_DONE,
        {"application": intercepted(_TicketsKept)},
        also=(_KEPT_ON,),
    ),
    Violation(
        "4.3-suppression-list",
        "4.3",
        "The e-mail addresses of people who opt out are kept on a list indefinitely",
        Kind.HALF_DONE,
        {"opt_outs": _SuppressionList},
        also=(_KEPT_ON,),
    ),
)
