"""Clause 2.2: questions are not accepted, answered or recorded."""

from __future__ import annotations

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Enquiry, Person
from reference_impl.service.enquiries import Enquiries, Question
from reference_impl.service.people import people_at
from reference_impl.service.ports import Refused
from reference_impl.service.records import Records
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.processing_record import on_legitimate_interests


class _Once(Enquiries):
    def receive(self, question: Question) -> Enquiry:
        with self._context.store.transaction() as tx:
            person = tx.one(Person, email_key=address_key(question.email))
            again = person is not None and tx.all(Enquiry, person_id=person.person_id)
        if again:
            raise Refused("asked-already", "You have asked already")
        return super().receive(question)


class _NotInJapan(Enquiries):
    def answers(self, person: Person | None) -> bool:
        return person is None or person.country != "JP"


class _UnknownUnanswered(Enquiries):
    def answers(self, person: Person | None) -> bool:
        return person is not None


class _TwoAreEnough(Enquiries):
    def answers(self, person: Person | None) -> bool:
        if person is None:
            return True
        with self._context.store.transaction() as tx:
            return len(tx.all(Enquiry, person_id=person.person_id)) <= 2


class _NotAfterDeletion(Enquiries):
    def receive(self, question: Question) -> Enquiry:
        with self._context.store.transaction() as tx:
            self._left = any(one.closed_at for one in people_at(tx, question.email))
        return super().receive(question)

    def answers(self, person: Person | None) -> bool:
        return not self._left


class _MailNotEntered(Records):
    def enquiries(self) -> list[tuple[Enquiry, str | None]]:
        return [(entry, account) for entry, account in super().enquiries() if entry.channel != "mail"]


class _NotOnALeapDay(Enquiries):
    def answers(self, person: Person | None) -> bool:
        today = self._context.now()
        return (today.month, today.day) != (2, 29)


VIOLATIONS = (
    Violation("2.2-once-only", "2.2", "A second question is refused", Kind.SECOND_TIME, {"enquiries": _Once}),
    Violation(
        "2.2-unanswered-in-japan",
        "2.2",
        "Questions from Japan are not answered",
        Kind.WRONG_RESIDENCE,
        {"enquiries": _NotInJapan},
    ),
    Violation(
        "2.2-unknown-unanswered",
        "2.2",
        "Questions from people without an account are not answered",
        Kind.MISSING,
        {"enquiries": _UnknownUnanswered},
    ),
    Violation(
        "2.2-mail-not-recorded",
        "2.2",
        "The ledger omits questions received by e-mail",
        Kind.LYING_LEDGER,
        {"records": _MailNotEntered},
    ),
    Violation(
        "2.2-record-names-interests",
        "2.2",
        "The record of processing bases answering questions on legitimate interests",
        Kind.LYING_LEDGER,
        {"facts": on_legitimate_interests("enquiries")},
    ),
    Violation(
        "2.2-third-unanswered",
        "2.2",
        "A third question is not answered",
        Kind.SECOND_TIME,
        {"enquiries": _TwoAreEnough},
    ),
    Violation(
        "2.2-former-unanswered",
        "2.2",
        "Questions from people who deleted their account are not answered",
        Kind.HALF_DONE,
        {"enquiries": _NotAfterDeletion},
    ),
    Violation(
        "2.2-not-on-a-leap-day",
        "2.2",
        "An enquiry made on 29 February is never answered",
        Kind.STALE,
        {"enquiries": _NotOnALeapDay},
    ),
)
