"""Access to accounts by members of staff, at any place (clause 5.2)."""

from __future__ import annotations

from reference_impl.domain.entities import Account, Person, StaffAccess
from reference_impl.service.context import Context
from reference_impl.service.ports import NotThere, Transaction


class BackOffice:
    """Shows accounts to members of staff, who state place, role and purpose; every access is recorded."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self, account_id: str, place: str, role: str, purpose: str) -> tuple[Person, Account]:
        """The account, once the access is in the ledger.

        Raises:
            NotThere: No such account.
        """
        with self._context.store.transaction() as tx:
            account = tx.one(Account, account_id=account_id)
            person = tx.one(Person, person_id=account.person_id) if account else None
            if account is None or person is None:
                raise NotThere("There is no such account")
            self.enter(tx, account, place, role, purpose)
            return person, account

    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        """Enter an access into the ledger."""
        tx.add(
            StaffAccess(
                person_id=account.person_id,
                account_id=account.account_id,
                place=place,
                role=role,
                purpose=purpose,
                at=self._context.now(),
            )
        )
