"""Clauses 8.EU.6 and 8.EU.7: a consent given twice outlives its end."""

from __future__ import annotations

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, Person, RequestKind
from reference_impl.service.choices import ChoiceForm, ChoiceRequests
from reference_impl.service.consents import ConsentService, ConsentState
from reference_impl.service.people import person_at
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import running_consents
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.repeated_consents import earlier, resume


class _ObjectionByMailEndsTheNewest(ChoiceRequests):
    def receive(self, form: ChoiceForm, *, sender: str) -> None:
        with self._context.store.transaction() as tx:
            person = person_at(tx, form.email)
            repeated = earlier(tx, person.person_id) if person else []
        super().receive(form, sender=sender)
        if form.kind is RequestKind.OBJECTION and person is not None:
            resume(self._context, person.person_id, repeated)


class _ObjectionLeavesTheFirstApp(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        first = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)[:-1][:1]
        super().end_marketing(tx, person)
        for entry in first:
            entry.withdrawn_at = entry.withdrawn_by = None


class _WithdrawnInOneApp(ConsentService):
    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        with self._context.store.transaction() as tx:
            repeated = earlier(tx, person_id) if purpose is ConsentPurpose.PROFILING else []
        state = super().withdraw(person_id, purpose, by)
        if by is WithdrawnBy.ACCOUNT:
            resume(self._context, person_id, repeated)
        return state


class _FirstTextStays(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        running = running_consents(tx, person_id, purpose)
        account = tx.one(Account, person_id=person_id)
        super().end(tx, person_id, purpose, by)
        if by is WithdrawnBy.ACCOUNT and account and account.country == "FR":
            for entry in running[:-1]:
                entry.withdrawn_at = entry.withdrawn_by = None


VIOLATIONS = (
    Violation(
        "8.EU.6-by-mail-ends-the-newest",
        "8.EU.6",
        "If consents were given twice, an objection by mail ends the newest ones only",
        Kind.SECOND_TIME,
        {"choices": _ObjectionByMailEndsTheNewest},
    ),
    Violation(
        "8.EU.6-first-app-retained",
        "8.EU.6",
        "If consent to profiling was given in two apps, an objection leaves the first in force",
        Kind.SECOND_TIME,
        {"choices": _ObjectionLeavesTheFirstApp},
    ),
    Violation(
        "8.EU.7-withdrawn-in-one-app",
        "8.EU.7",
        "A consent to profiling given in two apps has to be withdrawn twice",
        Kind.SECOND_TIME,
        {"consents": _WithdrawnInOneApp},
    ),
    Violation(
        "8.EU.7-first-text-retained",
        "8.EU.7",
        "In France, a consent given in two languages has to be withdrawn twice",
        Kind.WRONG_RESIDENCE,
        {"consents": _FirstTextStays},
    ),
)
