"""Sales of data that the ledger hides or records early."""

from __future__ import annotations

from typing import Any

from reference_impl.domain.entities import Account, Message, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.residence import Residence
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.shared.opt_outs import lives_in


class SoldUnderAnotherName(Dispatcher):
    """Delivers data for advertising as a sale, while the ledger says advertising."""

    STATES: tuple[str, ...] = ()

    def decide(self, tx: Transaction, message_id: str) -> Any:
        """Decide, and state a sale in the delivery."""
        order = super().decide(tx, message_id)
        message = tx.one(Message, message_id=message_id)
        person = tx.one(Person, person_id=message.person_id) if message else None
        body = getattr(order, "body", None)
        if message and body and message.purpose == Purpose.ADVERTISING and lives_in(tx, person, *self.STATES):
            body["purpose"] = "sale"
        return order


class SaleAgreed(SharePolicy):
    """Records a sale that cannot be delivered yet for lack of an endpoint."""

    STATES: tuple[str, ...] = ()

    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        """The usual recipients, and for a sale a buyer."""
        if purpose is Purpose.SALE and account.subdivision in self.STATES and not account.closed_at:
            return self._routing.for_residence(Purpose.ADVERTISING, Residence(account.country, account.subdivision))[:1]
        return super().recipients(tx, person, account, purpose)
