"""Questions about an account, and their answers (clause 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.domain.entities import Enquiry, Person
from reference_impl.service.context import Context
from reference_impl.service.intake import Letter
from reference_impl.service.outbox import Outbox
from reference_impl.service.people import person_at

ANSWER = "enquiry-answer"
"""Kind of the mail that answers."""


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A question, and the address for the answer."""

    email: str
    language: str | None
    channel: str


class Enquiries:
    """Accepts questions, and answers them by mail. No account is required, and the question is not kept."""

    def __init__(self, context: Context, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    def receive(self, question: Question) -> Enquiry:
        """Accept a question and have it answered."""
        with self._context.store.transaction() as tx:
            found = person_at(tx, question.email)
            # Of a closed account too, so that the purge finds the question and its answer.
            person = found if found and found.verified_at else None
            enquiry = Enquiry(
                enquiry_id=self._context.randomness.identifier("enq"),
                person_id=person.person_id if person else None,
                channel=question.channel,
                language=question.language or (person.language if person else "en"),
                received_at=self._context.now(),
            )
            tx.add(enquiry)
            if self.answers(person):
                self._outbox.letter(
                    tx, ANSWER, person, to=question.email, language=enquiry.language, enquiry=enquiry.enquiry_id
                )
            return enquiry

    def answers(self, person: Person | None) -> bool:
        """Whether there is an answer for somebody; None: for somebody unknown."""
        return True


class SupportDesk:
    """Handles mails that no other desk recognises: each is a question, whichever desk it came to."""

    def __init__(self, enquiries: Enquiries) -> None:
        self._enquiries = enquiries

    def take(self, letter: Letter) -> bool:
        """Have the question answered."""
        self._enquiries.receive(Question(letter.sender, letter.language, "mail"))
        return True
