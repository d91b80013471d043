"""Clause 7.5: parents and guardians are given no contact, learn too much, or report without effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from reference_impl.domain.entities import Account, GuardianReport, Person
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.mentions import Mentions
from reference_impl.service.children_desk import ChildrenDesk
from reference_impl.service.guardians import Guardians, Report
from reference_impl.service.intake import Desk, Letter
from reference_impl.service.people import person_at
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Kind, Violation


def _without_contact() -> Facts:
    facts = load_facts()
    notices = tuple(replace(one, contacts=()) if one.topic == "children" else one for one in facts.notices)
    return replace(facts, notices=notices)


class _TellsWhoIsThere(Guardians):
    def submit(self, report: Report) -> None:
        with self._context.store.transaction() as tx:
            if not any(person_at(tx, address) for address in report.about):
                raise NotThere("There is no account with this e-mail address")
        super().submit(report)


class _SharingContinues(SharePolicy):
    def suspended(self, tx: Transaction, person: Person) -> bool:
        return False


class _ClosedAndKept(Guardians):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        self._refusals.remember(tx, person.email)
        self._deletions.close(tx, person, tx.one(Account, person_id=person.person_id))


class _OnlyNoted(Guardians):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        return


class _StaysSuspended(Guardians):
    def resume(self, tx: Transaction, person: Person) -> None:
        return


class _MailIsAQuestion(ChildrenDesk):
    def take(self, letter: Letter) -> bool:
        return False


class _FirstNamedOnly(ChildrenDesk):
    def about(self, letter: Letter) -> tuple[str, ...]:
        return super().about(letter)[:1]


class _SubjectNotRead(ChildrenDesk):
    def read(self, letter: Letter) -> list[Mentions]:
        return [Mentions((), letter.subject), *super().read(letter)[1:]]


class _SpacesAroundAddresses(ChildrenDesk):
    def about(self, letter: Letter) -> tuple[str, ...]:
        words = {word.strip("<>().,:;") for word in f"{letter.subject} {letter.text}".split()}
        return tuple(address for address in super().about(letter) if address in words)


class _WriterToo(ChildrenDesk):
    def about(self, letter: Letter) -> tuple[str, ...]:
        return tuple(address for part in self.read(letter) for address in part.addresses)


class _OthersNamed(ChildrenDesk):
    def statement(self, letter: Letter) -> str:
        return letter.text[: self.LONGEST]


class _NobodyNamedDropped(ChildrenDesk):
    def take(self, letter: Letter) -> bool:
        return super().take(letter) or letter.desk is Desk.CHILDREN


class _ThanksForTheKnown(Guardians):
    def receive(self, report: Report) -> None:
        with self._context.store.transaction() as tx:
            known = any(person_at(tx, address) for address in report.about)
        if known:
            super().receive(report)


class _MailWaitsForStaff(Guardians):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._unread: list[tuple[str, Report]] = []

    def receive(self, report: Report) -> None:
        with self._context.store.transaction() as tx:
            self.thank(tx, report)
            found = [person_at(tx, address) for address in report.about]
        self._unread += [(one.person_id, report) for one in found if one is not None]

    def open_reports(self) -> list[tuple[GuardianReport, Person]]:
        while self._unread:
            self.enter(*self._unread.pop())
        return super().open_reports()


class _MailIsFiled(Guardians):
    def receive(self, report: Report) -> None:
        with self._context.store.transaction() as tx:
            found = [one for one in (person_at(tx, address) for address in report.about) if one is not None]
            self._outbox.letter(
                tx,
                "guardian-report",
                next(iter(found), None),
                to=report.reporter,
                language=report.language,
                filed=report.statement,
            )
        for person in found:
            self.enter(person.person_id, report)


class _HeardOnce(Guardians):
    def resume(self, tx: Transaction, person: Person) -> None:
        self.__dict__.setdefault("cleared", set()).add(person.person_id)
        super().resume(tx, person)

    def enter(self, person_id: str, report: Report) -> None:
        if person_id not in self.__dict__.get("cleared", ()):
            super().enter(person_id, report)


class _MayRegisterAgain(Guardians):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        self._deletions.erase(tx, person)


class _MonthIsEnough(SharePolicy):
    def suspended(self, tx: Transaction, person: Person) -> bool:
        since = self._context.now() - timedelta(days=30)
        return any(one.received_at > since for one in tx.all(GuardianReport, person_id=person.person_id))


VIOLATIONS = (
    Violation(
        "7.5-no-contact",
        "7.5",
        "The notice for parents names no contact",
        Kind.MISSING,
        {"facts": _without_contact},
    ),
    Violation(
        "7.5-discloses-accounts",
        "7.5",
        "The answer to a report reveals whether the e-mail address has an account",
        Kind.HALF_DONE,
        {"guardians": _TellsWhoIsThere},
    ),
    Violation(
        "7.5-sharing-continues",
        "7.5",
        "Sharing continues while a report is under review",
        Kind.STALE,
        {"share_policy": _SharingContinues},
    ),
    Violation(
        "7.5-closed-and-kept",
        "7.5",
        "The account of a reported child is closed, but the data is kept",
        Kind.HALF_DONE,
        {"guardians": _ClosedAndKept},
    ),
    Violation(
        "7.5-only-noted",
        "7.5",
        "A report is found to be justified, but nothing follows",
        Kind.MISSING,
        {"guardians": _OnlyNoted},
    ),
    Violation(
        "7.5-stays-suspended",
        "7.5",
        "After an unfounded report, sharing is never resumed",
        Kind.STALE,
        {"guardians": _StaysSuspended},
    ),
    Violation(
        "7.5-second-report",
        "7.5",
        "After an unfounded report, the next one is acknowledged and dropped",
        Kind.SECOND_TIME,
        {"guardians": _HeardOnce},
    ),
    Violation(
        "7.5-comes-back",
        "7.5",
        "A reported child can register again at once with another date of birth",
        Kind.HALF_DONE,
        {"guardians": _MayRegisterAgain},
    ),
    Violation(
        "7.5-a-month-is-enough",
        "7.5",
        "Sharing resumes if a report is not reviewed within thirty days",
        Kind.STALE,
        {"share_policy": _MonthIsEnough},
    ),
    Violation(
        "7.5-mail-is-a-question",
        "7.5",
        "Mail about a child is answered as an enquiry and not reviewed",
        Kind.MISSING,
        {"children_desk": _MailIsAQuestion},
    ),
    Violation(
        "7.5-mail-waits-for-staff",
        "7.5",
        "After a report by e-mail, sharing continues until staff open the mailbox",
        Kind.STALE,
        {"guardians": _MailWaitsForStaff},
    ),
    Violation(
        "7.5-mail-thanks-for-the-known",
        "7.5",
        "Reports by e-mail are acknowledged only if there is an account",
        Kind.HALF_DONE,
        {"guardians": _ThanksForTheKnown},
    ),
    Violation(
        "7.5-mail-is-filed",
        "7.5",
        "The text of a mailed report is kept with the account after an unfounded report",
        Kind.STALE,
        {"guardians": _MailIsFiled},
    ),
    Violation(
        "7.5-mail-reports-one",
        "7.5",
        "Only the first of several e-mail addresses in a mail is reported",
        Kind.HALF_DONE,
        {"children_desk": _FirstNamedOnly},
    ),
    Violation(
        "7.5-mail-names-others",
        "7.5",
        "The text kept with one reported account names the other accounts and outlives them",
        Kind.HALF_DONE,
        {"children_desk": _OthersNamed},
    ),
    Violation(
        "7.5-mail-subject-not-read",
        "7.5",
        "An e-mail address in the subject of a mail is overlooked",
        Kind.HALF_DONE,
        {"children_desk": _SubjectNotRead},
    ),
    Violation(
        "7.5-mail-needs-spaces",
        "7.5",
        "An e-mail address is overlooked in languages written without spaces",
        Kind.ODD_NAME,
        {"children_desk": _SpacesAroundAddresses},
    ),
    Violation(
        "7.5-mail-reports-its-writer",
        "7.5",
        "The author of a mailed report is also reported if the signature contains the e-mail address",
        Kind.ODD_NAME,
        {"children_desk": _WriterToo},
    ),
    Violation(
        "7.5-mail-without-address-dropped",
        "7.5",
        "Mail to the children's desk that names no account is not answered",
        Kind.MISSING,
        {"children_desk": _NobodyNamedDropped},
    ),
)
