"""Clause 4.5: a deleted account is not closed, or not everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import requests

from reference_impl.domain.consent import WithdrawnBy
from reference_impl.domain.entities import (
    AccessToken,
    Account,
    Deletion,
    Disclosure,
    Message,
    MessageState,
    Person,
    RequestKind,
    RequestStatus,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.backups import Backup, Backups
from reference_impl.service.context import digest
from reference_impl.service.deletion import Deletions
from reference_impl.service.people import people_at
from reference_impl.service.ports import NotThere, Outcome, Postponed, Transaction, Unauthenticated
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.sharing import Reconciler
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.giving_up import ImpatientCourier, ImpatientDispatcher
from reference_impl.violations.shared.newsletter import Newsletter
from reference_impl.violations.shared.stubborn_dispatcher import StubbornDispatcher


class _OtherSessionsLive(SessionStore):
    def person(self, tx: Transaction, token: str | None) -> Person:
        found = tx.one(AccessToken, token_hash=digest(token)) if token else None
        person = tx.one(Person, person_id=found.person_id) if found else None
        if found is None or person is None or found.expires_at <= self._context.now():
            raise Unauthenticated
        return person

    def revoke_all(self, tx: Transaction, person_id: str) -> None:
        tx.remove(max(tx.all(AccessToken, person_id=person_id), key=lambda token: token.expires_at))


class _SignInForever(SignIn):
    def may_sign_in(self, person: Person) -> bool:
        return person.verified_at is not None


class _ClosedTomorrow(SignIn):
    def may_sign_in(self, person: Person) -> bool:
        return person.closed_at is None or self._context.now() < person.closed_at + timedelta(hours=12)


class _LateShares(StubbornDispatcher):
    def stubborn(self, person: Person, purpose: Purpose) -> bool:
        return person.closed_at is not None


class _NobodyTold(Reconciler):
    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        if person.closed_at is None:
            super().reconcile(tx, person, account, changed=changed)


class NotToldAtTheEnd(Reconciler):
    """Does not tell recipients of data for some purposes that an account was deleted."""

    untold: tuple[Purpose, ...] = ()

    def may_hold(self, ledger: list[Disclosure]) -> bool:
        """Whether a recipient has to be told, given the ledger of its deliveries."""
        return super().may_hold(ledger) and not (self._closing and ledger[0].purpose in self.untold)

    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        """Reconcile, and note whether the account has been closed."""
        self._closing = person.closed_at is not None
        super().reconcile(tx, person, account, changed=changed)


class _VendorsNotTold(NotToldAtTheEnd):
    untold = (Purpose.ADVERTISING,)


class _OffersReturn(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        return [
            person for person in tx.all(Person) if person.closed_at and now - person.closed_at >= timedelta(days=30)
        ]


class _NoRights(PrivacyRequests):
    def submit(self, kind: RequestKind, email: str) -> RequestView:
        with self._context.store.transaction() as tx:
            known = {person.email: person for person in tx.all(Person) if person.closed_at is None}
        return super().submit(kind, email if email in known else "nobody@invalid")


class _ErasureWaits(Deletions):
    def erase(self, tx: Transaction, person: Person) -> None:
        if person.closed_at is None:
            super().erase(tx, person)


class _DeletedAreBack(Backups):
    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        closed = {row["person_id"] for row in stops["closed"] if row["closed_at"]}
        super().stop_again(
            tx, {**stops, "changed": [row for row in stops["changed"] if row["person_id"] not in closed]}
        )


class _CapitalsLetIn(SignIn):
    _typed = ""

    def sign_in(self, email: str, password: str, **more: Any) -> Any:
        self._typed = email
        return super().sign_in(email, password, **more)

    def may_sign_in(self, person: Person) -> bool:
        typed_otherwise = self._typed not in ("", person.email)
        return person.verified_at is not None and (person.closed_at is None or typed_otherwise)


class _MarketingAloneTold(NotToldAtTheEnd):
    untold = (Purpose.PERSONALISATION, Purpose.PROFILING)


class _LateAdvertisement(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        return [one for one in tx.all(Person) if one.closed_at and now - one.closed_at >= timedelta(days=160)]


class _RestoresWhatLinksEnded(Backups):
    def stop_list(self, tx: Transaction, since: datetime) -> dict[str, Any]:
        stops = super().stop_list(tx, since)
        for row in stops["consents"]:
            if row["withdrawn_by"] == WithdrawnBy.ONE_CLICK:
                row.update(withdrawn_at=None, withdrawn_by=None)
        return stops


class _RestoreSendsAgain(Backups):
    def stop_again(self, tx: Transaction, stops: dict[str, Any]) -> None:
        pending = [replace(message, number=None) for message in tx.all(Message, ended_at=None)]
        super().stop_again(tx, stops)
        tx.add(*(one for one in pending if tx.one(Message, message_id=one.message_id) is None))


def _is_closed(tx: Transaction, message: Message) -> bool:
    person = tx.one(Person, person_id=message.person_id) if message.person_id else None
    return person is None or person.closed_at is not None


class _NoConnectionNoRetry(ImpatientDispatcher):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        return outcome is Outcome.NOT_SENT and _is_closed(tx, message)


class _LostAnswerIsAcceptance(ImpatientCourier):
    def deliver(self, url: str, idempotency_key: str, body: dict[str, Any]) -> Outcome | Postponed:
        outcome = super().deliver(url, idempotency_key, body)
        return Outcome.ACCEPTED if outcome is Outcome.FAILED and self.concerns(body) else outcome

    def judge(self, answer: requests.Response) -> Outcome | Postponed:
        outcome = super().judge(answer)
        # Whatever is answered is tried again; only silence is not.
        return Postponed(timedelta(0)) if outcome is Outcome.FAILED else outcome

    def concerns(self, body: Mapping[str, Any]) -> bool:
        return bool(body["kind"] == "withdraw")


class _PurgeDropsAfterAFailure(ImpatientDispatcher):
    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        return message.person_id is None and outcome is Outcome.FAILED


class _ClosesWithoutWaiting(Deletions):
    """Deletes while a share is on its way, and takes it for not sent."""

    def delete(self, person_id: str, reason: str | None) -> Deletion:
        with self._context.store.transaction() as tx:
            for entry in tx.all(Disclosure, person_id=person_id, state=MessageState.PENDING):
                entry.exposed = False
            person, account = open_account(tx, person_id)
            self.close(tx, person, account)
            now = self._context.now()
            deletion = Deletion(
                person_id=person_id,
                receipt_id=self._context.randomness.identifier("rcp"),
                reason=reason,
                deleted_at=now,
                purge_due_at=self._retention.purge_due_at(now),
            )
            tx.add(deletion)
            return deletion


class _RestoresNothing(Backups):
    def restore(self, backup_id: str) -> Backup:
        backup = next((one for one in self.all() if one.backup_id == backup_id), None)
        if backup is None:
            raise NotThere("There is no such backup")
        return backup


class _NoCodeOnceClosed(PrivacyRequests):
    def submit(self, kind: RequestKind, email: str) -> RequestView:
        with self._context.store.transaction() as tx:
            closed = all(person.closed_at is not None for person in people_at(tx, email))
        if closed:
            return RequestView(self._context.randomness.identifier("req"), kind, RequestStatus.UNVERIFIED)
        return super().submit(kind, email)


VIOLATIONS = (
    Violation(
        "4.5-other-sessions-live",
        "4.5",
        "The deletion ends only the session in which it was requested",
        Kind.HALF_DONE,
        {"sessions": _OtherSessionsLive},
    ),
    Violation(
        "4.5-sign-in-works",
        "4.5",
        "Signing in to a deleted account still works",
        Kind.MISSING,
        {"sign_in": _SignInForever},
        also=(Also("7.4", "a child whose account was closed can sign in"),),
    ),
    Violation(
        "4.5-closed-hours-later",
        "4.5",
        "The account is closed twelve hours after its deletion",
        Kind.OFF_BY_ONE,
        {"sign_in": _ClosedTomorrow},
    ),
    Violation(
        "4.5-late-share",
        "4.5",
        "A share that failed before the deletion is retried after it",
        Kind.RETRY,
        {"dispatcher": _LateShares},
        also=(Also("4.3", "the retried share keeps its message and ledger entry after the purge"),),
    ),
    Violation(
        "4.5-no-recipient-notified",
        "4.5",
        "Recipients are not notified of the deletion of the account",
        Kind.HALF_DONE,
        {"reconciler": _NobodyTold},
        also=(Also("7.4", "no recipient is instructed to stop using data of a child whose account was closed"),),
    ),
    Violation(
        "4.5-vendors-not-notified",
        "4.5",
        "The group company is notified of the deletion, but advertising vendors are not",
        Kind.WRONG_RESIDENCE,
        {"reconciler": _VendorsNotTold},
    ),
    Violation(
        "4.5-mail-after-deletion",
        "4.5",
        "A month after the deletion, the person receives an offer to return",
        Kind.STALE,
        {"dispatcher": _OffersReturn},
    ),
    Violation(
        "4.5-no-rights",
        "4.5",
        "Access and erasure requests are not accepted for a deleted account",
        Kind.MISSING,
        {"rights": _NoRights},
    ),
    Violation(
        "4.5-erasure-waits",
        "4.5",
        "An erasure requested after the deletion is deferred to the end of the six months",
        Kind.STALE,
        {"deletions": _ErasureWaits},
    ),
    Violation(
        "4.5-restore-opens-again",
        "4.5",
        "A restore reopens accounts that were deleted after the backup",
        Kind.SECOND_TIME,
        {"backups": _DeletedAreBack},
    ),
    Violation(
        "4.5-capitals-let-in",
        "4.5",
        "A deleted account accepts a sign-in if the e-mail address is typed in different case",
        Kind.ODD_NAME,
        {"sign_in": _CapitalsLetIn},
    ),
    Violation(
        "4.5-marketing-alone-notified",
        "4.5",
        "At a deletion, companies are not told to stop personalising or profiling",
        Kind.HALF_DONE,
        {"reconciler": _MarketingAloneTold},
        also=(Also("2.4", "at a deletion companies are not told to stop for every purpose"),),
    ),
    Violation(
        "4.5-last-word",
        "4.5",
        "Shortly before the purge, the person receives an advertising mail",
        Kind.STALE,
        {"dispatcher": _LateAdvertisement},
    ),
    Violation(
        "4.5-restore-revives-consents",
        "4.5",
        "A restore revives consents that were withdrawn outside the account",
        Kind.RETRY,
        {"backups": _RestoresWhatLinksEnded},
        also=(Also("8.EU.6", "a restore revives a consent that an objection ended"),),
    ),
    Violation(
        "4.5-restore-sends-again",
        "4.5",
        "A restore repeats deliveries that were pending when the backup was made",
        Kind.RETRY,
        {"backups": _RestoreSendsAgain},
    ),
    Violation(
        "4.5-no-connection-no-retry",
        "4.5",
        "A company that cannot be connected to at the deletion is never instructed to stop",
        Kind.RETRY,
        {"dispatcher": _NoConnectionNoRetry},
    ),
    Violation(
        "4.5-silence-is-acceptance",
        "4.5",
        "A connection that is cut counts as acceptance of the instruction to stop",
        Kind.RETRY,
        {"courier": _LostAnswerIsAcceptance},
        tuple(
            Also(clause, "every instruction to stop is sent in the same way")
            for clause in ("2.5", "2.8", "8.CA.4", "8.CA.18", "8.EU.6", "8.US.6")
        ),
    ),
    Violation(
        "4.5-purge-drops-after-a-failure",
        "4.5",
        "After the purge a single failed attempt ends the instruction to stop",
        Kind.RETRY,
        {"dispatcher": _PurgeDropsAfterAFailure},
    ),
    Violation(
        "4.5-pending-share-retained",
        "4.5",
        "A first share on its way at the deletion is neither stopped nor withdrawn",
        Kind.HALF_DONE,
        {"deletions": _ClosesWithoutWaiting},
    ),
    Violation(
        "4.5-restores-nothing",
        "4.5",
        "A restore is reported as done and changes nothing",
        Kind.MISSING,
        {"backups": _RestoresNothing},
        also=(
            Also("4.1", "a restore without effect does not show that purged data stays purged"),
            Also("4.2", "a restore without effect does not show that a lifted hold stays lifted"),
            Also("8.CA.4", "a restore without effect does not show that an opt-out stays in force"),
            Also("8.CA.18", "a restore without effect does not show that an opt-out by signal stays in force"),
            Also("8.EU.6", "a restore without effect does not show that an objection stays in force"),
            Also("8.US.6", "a restore without effect does not show that the setting stays off"),
        ),
    ),
    Violation(
        "4.5-no-code-once-closed",
        "4.5",
        "Once the account is deleted, no code to verify a request is mailed",
        Kind.SECOND_TIME,
        {"rights": _NoCodeOnceClosed},
        also=(Also("4.1", "an erasure cannot be requested after the deletion"),),
    ),
)
