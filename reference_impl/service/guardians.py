"""Parents and guardians who report that a child gave data (clause 7.5)."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.domain.entities import Account, GuardianReport, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.outbox import Outbox
from reference_impl.service.people import person_at
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.refusals import Refusals
from reference_impl.service.sharing import Reconciler


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What a parent or guardian writes, by the form or by mail.

    Attributes:
        reporter: The writer's address.
        about: The address of each account that is meant.
        statement: In their own words.
        language: BCP 47; of what is written back.
    """

    reporter: str
    about: tuple[str, ...]
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

    def submit(self, report: Report) -> None:
        """Accept a report from the form."""
        self.take(report)

    def receive(self, report: Report) -> None:
        """Accept a report by mail."""
        self.take(report)

    def take(self, report: Report) -> None:
        """Thank for a report, and enter it for everybody whom it is about. Of an unknown address nothing is kept."""
        with self._context.store.transaction() as tx:
            self.thank(tx, report)
            found = [person_at(tx, address) for address in report.about]
        for person_id in dict.fromkeys(one.person_id for one in found if one is not None and one.closed_at is None):
            self.enter(person_id, report)

    def enter(self, person_id: str, report: Report) -> None:
        """Let staff look at a report about a person, and nothing be shared meanwhile."""
        with self._context.change(person_id) as tx:
            tx.add(
                GuardianReport(
                    report_id=self._context.randomness.identifier("grd"),
                    person_id=person_id,
                    reporter=report.reporter,
                    statement=report.statement,
                    received_at=self._context.now(),
                )
            )
            self.suspend(tx, person_id)

    def thank(self, tx: Transaction, report: Report) -> None:
        """Acknowledge the report, in the same words for everybody."""
        self._outbox.letter(tx, "guardian-report", None, to=report.reporter, language=report.language)

    def suspend(self, tx: Transaction, person_id: str) -> None:
        """Nothing about the person is shared while the report is looked at."""
        person, account = tx.one(Person, person_id=person_id), tx.one(Account, person_id=person_id)
        if person and account:
            self._reconciler.reconcile(tx, person, account)

    def open_reports(self) -> list[tuple[GuardianReport, Person]]:
        """Reports that staff have not reviewed yet."""
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
        """Resume what the report had suspended."""
        account = tx.one(Account, person_id=person.person_id)
        if account is not None:
            self._reconciler.reconcile(tx, person, account, changed=tuple(Purpose))
