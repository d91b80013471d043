"""Parents and guardians who report that a child gave data (clause 7.5)."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Account, GuardianReport, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.outbox import Outbox
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.sharing import Reconciler


@dataclass(frozen=True, slots=True, repr=False)
class GuardianForm:
    """What a parent or guardian writes."""

    email: str
    child_email: str
    statement: str
    language: str


class Guardians:
    """A report stops the sharing at once; what staff find of it decides the rest. The reporter learns nothing by it."""

    def __init__(
        self, context: Context, outbox: Outbox, refusals: Refusals, deletions: Deletions, reconciler: Reconciler
    ) -> None:
        self._context = context
        self._outbox = outbox
        self._refusals = refusals
        self._deletions = deletions
        self._reconciler = reconciler

    def report(self, form: GuardianForm) -> None:
        """Take a report and thank for it. About an address that is not known, nothing is kept."""
        with self._context.store.transaction() as tx:
            self.thank(tx, form)
            person = tx.one(Person, email_key=address_key(form.child_email))
        if person is None or person.closed_at:
            return
        with self._context.change(person.person_id) as tx:
            tx.add(
                GuardianReport(
                    report_id=self._context.randomness.identifier("grd"),
                    person_id=person.person_id,
                    reporter=form.email,
                    statement=form.statement,
                    received_at=self._context.now(),
                )
            )
            self.suspend(tx, person.person_id)

    def thank(self, tx: Transaction, form: GuardianForm) -> None:
        """The same words to everybody."""
        self._outbox.letter(tx, "guardian-report", None, to=form.email, language=form.language)

    def suspend(self, tx: Transaction, person_id: str) -> None:
        """Nothing about the person is shared while the report is looked at."""
        person, account = tx.one(Person, person_id=person_id), tx.one(Account, person_id=person_id)
        if person and account:
            self._reconciler.reconcile(tx, person, account)

    def open_reports(self) -> list[tuple[GuardianReport, Person]]:
        """What staff have not looked at yet."""
        with self._context.store.transaction() as tx:
            found = [(one, tx.one(Person, person_id=one.person_id)) for one in tx.all(GuardianReport)]
            return [(one, person) for one, person in found if person is not None and person.closed_at is None]

    def find(self, report_id: str, *, founded: bool) -> None:
        """What staff find.

        Raises:
            NotThere: No such report, or it was looked at already.
        """
        with self._context.store.transaction() as tx:
            report = tx.one(GuardianReport, report_id=report_id)
        if report is None:
            raise NotThere
        with self._context.change(report.person_id) as tx:
            person = tx.one(Person, person_id=report.person_id)
            tx.remove_all(GuardianReport, report_id=report_id)
            tx.leave_nothing()
            if person is None:
                raise NotThere
            if founded:
                self.turn_out(tx, person)
            else:
                self.resume(tx, person)

    def turn_out(self, tx: Transaction, person: Person) -> None:
        """A child: close the account, erase everything, and let nobody in under the address for a while."""
        self._refusals.remember(tx, person.email)
        self._deletions.erase(tx, person)

    def resume(self, tx: Transaction, person: Person) -> None:
        """All is as it was before the report."""
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account, changed=tuple(Purpose))
