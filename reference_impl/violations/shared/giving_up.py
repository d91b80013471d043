"""Deliveries that are given up although the failure is temporary."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import requests

from reference_impl.domain.entities import Message, MessageKind
from reference_impl.outbound.courier import HttpCourier
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Outcome, Postponed, Transaction


class ImpatientCourier(HttpCourier):
    """Treats temporary answers to some deliveries as final."""

    FINAL: Collection[int] = ()

    def concerns(self, body: Mapping[str, Any]) -> bool:
        """Whether a delivery is one of them, by its body."""
        raise NotImplementedError

    def judge(self, answer: requests.Response) -> Outcome | Postponed:
        """The meaning of the answer."""
        if answer.status_code in self.FINAL and self.concerns(json.loads(answer.request.body or b"{}")):
            return Outcome.REFUSED
        return super().judge(answer)


class ImpatientDispatcher(Dispatcher):
    """Gives up some withdrawals after a failed attempt."""

    def gives_up(self, tx: Transaction, message: Message, outcome: Outcome | Postponed) -> bool:
        """Whether to give up."""
        raise NotImplementedError

    def conclude(self, tx: Transaction, message_id: str, outcome: Outcome | Postponed, *, exposed_before: bool) -> None:
        """Record what became of an attempt."""
        message = tx.one(Message, message_id=message_id)
        failed = outcome not in (Outcome.ACCEPTED, Outcome.REFUSED)
        if message and failed and message.kind is MessageKind.WITHDRAW and self.gives_up(tx, message, outcome):
            outcome = Outcome.REFUSED
        super().conclude(tx, message_id, outcome, exposed_before=exposed_before)
