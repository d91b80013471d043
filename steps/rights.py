"""Using a right as a data subject: a copy of the data, its erasure."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import when

from harness.clock import add_months
from harness.contract import Capability
from harness.stage import Actor, Stage
from harness.target.http import Answer
from steps.words import says


def ask(stage: Stage, name: str, kind: str) -> Answer:
    """Use a right and prove who asks. Where no code comes by mail, the request stays as it was submitted."""
    actor = stage.cast.person(name)
    submitted = actor.requests.submit(kind)
    if not submitted.ok:
        return submitted
    stage.service.settle()
    coded = any(mail.code for mail in stage.mailbox.mails(actor, since=stage.moment.since))
    return actor.requests.prove(submitted) if coded else submitted


def status(answer: Answer) -> str:
    """How far a request is; where it was turned away, by what status."""
    return str(answer.json().get("status")) if answer.ok else str(answer.status)


def answered(stage: Stage, actor: Actor, answer: Answer) -> Answer:
    """A request once it is answered, or when the month for that is over.

    The month is that of Article 12(3) GDPR. The clock goes on by days, so that what counts from the answer is known to
    the day. Sessions may end meanwhile: whoever is a customer signs in again.
    """
    due = add_months(stage.clock.now, 1, stage.service.description.retention_zone)
    asked_at = stage.clock.now
    while (
        status(answer) == "pending"
        and stage.clock.now < due
        and Capability.CLOCK in stage.service.description.capabilities
    ):
        stage.clock.move_to(min(stage.clock.now + timedelta(days=1), due))
        answer = actor.requests.read(answer)
    if stage.clock.now > asked_at:
        days = (stage.clock.now - asked_at).days
        stage.evidence.observe(f"{actor.label}'s request is {status(answer)} {days} days after it was made")
        if actor.session.tokens and not actor.account.receipt:
            actor.session.sign_in()
    return answer


@when(says("{name:Name} asks for a copy of the data"))
def asks_for_copy(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without being signed in, proving identity by a code that is mailed."""
    answers[name] = ask(stage, name, "access")


@when(says("{name:Name} asks for the data to be erased"))
def asks_for_erasure(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without being signed in, proving identity by a code that is mailed."""
    answers[name] = ask(stage, name, "erasure")
