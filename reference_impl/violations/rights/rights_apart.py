"""Clauses 8.EU.6, 8.EU.7, 8.US.6 and 8.CA.4: a right that a person uses changes something else as well."""

from __future__ import annotations

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.entities import Account, ConsentEntry, OptOutSource, Person, ProductApp, RequestKind
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.consents import ConsentService
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import running_consents
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.opt_outs import lives_in


class _ObjectionClearsApps(ChoiceRequests):
    def end_marketing(self, tx: Transaction, person: Person) -> None:
        for app in tx.all(ProductApp, person_id=person.person_id):
            app.categories = []
        super().end_marketing(tx, person)


class _WithdrawalSwitchesAppsOff(ConsentService):
    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        account = tx.one(Account, person_id=person_id)
        if purpose is ConsentPurpose.PROFILING and by is WithdrawnBy.ACCOUNT and account and account.country == "GB":
            for app in tx.all(ProductApp, person_id=person_id):
                app.personalisation = False
        super().end(tx, person_id, purpose, by)


class _OptOutEndsConsents(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        if source is OptOutSource.SETTING and lives_in(tx, person, "US-CA"):
            for entry in running_consents(tx, person.person_id, ConsentPurpose.PERSONALISATION):
                entry.withdrawn_at, entry.withdrawn_by = self._context.now(), WithdrawnBy.ACCOUNT
        super().opt_out(tx, person, source)


class _OptingInConsents(OptOuts):
    def set_personal_information(self, person_id: str, *, enabled: bool) -> Person:
        person = super().set_personal_information(person_id, enabled=enabled)
        with self._context.change(person_id) as tx:
            entries = tx.all(ConsentEntry, person_id=person_id, purpose=ConsentPurpose.EMAIL_MARKETING)
            if enabled and entries and lives_in(tx, person, "US-VA"):
                entries[-1].withdrawn_at = entries[-1].withdrawn_by = None
        return person


class _OneOptOutForAll(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        super().take_effect(tx, person, kind)
        if kind is RequestKind.TARGETED_ADVERTISING and lives_in(tx, person, "US-CO"):
            self._opt_outs.opt_out_of_profiling(person)


VIOLATIONS = (
    Violation(
        "8.EU.6-objection-clears-apps",
        "8.EU.6",
        "An objection to direct marketing clears the preferences in product apps",
        Kind.HALF_DONE,
        {"choices": _ObjectionClearsApps},
    ),
    Violation(
        "8.EU.7-withdrawal-switches-apps-off",
        "8.EU.7",
        "In the United Kingdom, withdrawing consent to profiling switches personalisation off in every app",
        Kind.WRONG_RESIDENCE,
        {"consents": _WithdrawalSwitchesAppsOff},
    ),
    Violation(
        "8.US.6-opting-in-consents",
        "8.US.6",
        "In Virginia, turning the setting on restores a withdrawn consent to e-mail marketing",
        Kind.STALE,
        {"opt_outs": _OptingInConsents},
    ),
    Violation(
        "8.US.6-one-opt-out-for-all",
        "8.US.6",
        "In Colorado, an opt-out of targeted advertising also opts out of profiling",
        Kind.HALF_DONE,
        {"choices": _OneOptOutForAll},
    ),
    Violation(
        "8.CA.4-opt-out-ends-consents",
        "8.CA.4",
        "Turning the setting off withdraws the consent to personalisation",
        Kind.HALF_DONE,
        {"opt_outs": _OptOutEndsConsents},
    ),
)
