"""Deleting an account: closed at once, purged when due (clauses 4.1, 4.5)."""

from __future__ import annotations

from reference_impl.domain.calendar import RetentionRule
from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Deletion, Person, VerificationCode
from reference_impl.service.accounts import open_account
from reference_impl.service.consents import ConsentService
from reference_impl.service.context import Context
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.sharing import Reconciler
from reference_impl.service.signin import SessionStore


class Deletions:
    """Closes accounts and keeps the receipts until the purge."""

    def __init__(
        self,
        context: Context,
        sessions: SessionStore,
        consents: ConsentService,
        reconciler: Reconciler,
        retention: RetentionRule,
    ) -> None:
        self._context = context
        self._sessions = sessions
        self._consents = consents
        self._reconciler = reconciler
        self._retention = retention

    def delete(self, person_id: str, reason: str | None) -> Deletion:
        """Close the SHES account and the Sony account it hangs on.

        Raises:
            NotThere: There is no SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            self.close(tx, person, account)
            deletion = Deletion(
                person_id=person_id,
                receipt_id=self._context.randomness.identifier("rcp"),
                reason=reason,
                deleted_at=self._context.now(),
                purge_due_at=self._retention.purge_due_at(self._context.now()),
            )
            tx.add(deletion)
            return deletion

    def close(self, tx: Transaction, person: Person, account: Account | None) -> None:
        """End sign-in, tokens, consents and sharing."""
        now = self._context.now()
        person.closed_at = now
        self._sessions.revoke_all(tx, person.person_id)
        tx.remove_all(VerificationCode, person_id=person.person_id)
        if account is not None:
            account.closed_at = now
            for purpose in ConsentPurpose:
                self._consents.end(tx, person.person_id, purpose, WithdrawnBy.DELETION)
            self._reconciler.reconcile(tx, person, account)

    def receipt(self, receipt_id: str) -> Deletion:
        """The state of a deletion.

        Raises:
            NotThere: No such receipt, or the purge is done.
        """
        with self._context.store.transaction() as tx:
            deletion = tx.one(Deletion, receipt_id=receipt_id)
        if deletion is None:
            raise NotThere("There is no such receipt")
        return deletion

    def erase(self, tx: Transaction, person: Person) -> None:
        """The person asked for erasure: close what is open, and let the purge be due at once."""
        account = tx.one(Account, person_id=person.person_id)
        if person.closed_at is None:
            self.close(tx, person, account)
        now = self._context.now()
        deletion = tx.one(Deletion, person_id=person.person_id)
        if deletion is None:
            tx.add(Deletion(person_id=person.person_id, receipt_id=None, reason=None, deleted_at=now, purge_due_at=now))
        else:
            deletion.purge_due_at = min(deletion.purge_due_at, now)
