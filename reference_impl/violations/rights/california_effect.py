"""Clause 8.CA.22: an opt-out in California takes effect too late, or requires proof or an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from reference_impl.domain.entities import Account, Person, RequestKind, RequestStatus
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import AccountForm, Accounts
from reference_impl.service.choices import ChoiceForm, ChoiceRequests
from reference_impl.service.people import people_at
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.rights import RequestView
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.opt_outs import CHOSEN, lift_opt_out, lives_in


class _SixteenDays(SharePolicy):
    DAYS = 16

    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        if purpose is Purpose.ADVERTISING and person.opt_out_source in CHOSEN and account.subdivision == "US-CA":
            assert person.opted_out_at is not None  # implied by the source
            return self._context.now() < self.effective(person.opted_out_at)
        return super().permitted(tx, person, account, purpose)

    def effective(self, since: datetime) -> datetime:
        day, left = since, self.DAYS
        while left:
            day += timedelta(days=1)
            left -= day.isoweekday() <= 5
        return day


class _AsksForProof(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        view = super().submit(form)
        if form.kind is not RequestKind.SALE_AND_SHARING:
            return view
        with self._context.store.transaction() as tx:
            person = tx.one(Person, email=form.email)
            elsewhere = person is not None and not lives_in(tx, person, "US-CA")
        return view if elsewhere else RequestView(view.request_id, view.kind, RequestStatus.UNVERIFIED)


class _AsksForAccount(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        with self._context.store.transaction() as tx:
            people = [person.person_id for person in people_at(tx, form.email)]
            accounts = tx.all(Account, person_id=people)
        if not accounts:
            raise Refused("no-account", "Create an account first")
        return super().submit(form)


class _ForgottenAtCreation(Accounts):
    def create(self, person_id: str, form: AccountForm) -> tuple[Person, Account]:
        if form.country == "US" and form.postal_code.startswith("9"):
            with self._context.change(person_id) as tx:
                person = tx.one(Person, person_id=person_id)
                if person and person.opt_out_source in CHOSEN:
                    lift_opt_out(person)
        return super().create(person_id, form)


_AT_ONCE = "an opt-out that takes this long does not take effect at once"


VIOLATIONS = (
    Violation(
        "8.CA.22-sixteen-days",
        "8.CA.22",
        "An opt-out takes effect after sixteen business days",
        Kind.OFF_BY_ONE,
        {"share_policy": _SixteenDays},
        also=(Also("8.CA.4", _AT_ONCE),),
    ),
    Violation(
        "8.CA.22-asks-for-proof",
        "8.CA.22",
        "Opting out of sale and sharing requires proof of identity",
        Kind.MISSING,
        {"choices": _AsksForProof},
    ),
    Violation(
        "8.CA.22-asks-for-account",
        "8.CA.22",
        "Opting out requires a SHES account",
        Kind.HALF_DONE,
        {"choices": _AsksForAccount},
        also=(Also("8.CA.4", "data of people who opt out before creating an account is shared"),),
    ),
    Violation(
        "8.CA.22-lost-at-creation",
        "8.CA.22",
        "An opt-out made before the SHES account exists is lost when it is created",
        Kind.STALE,
        {"accounts": _ForgottenAtCreation},
        also=(Also("8.NV.1", "ZIP codes in Nevada may also begin with a nine"),),
    ),
)
