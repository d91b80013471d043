"""Using a right as a data subject: a copy of the data, its erasure."""

from __future__ import annotations

from pytest_bdd import when

from harness.stage import Stage
from harness.target.http import Answer
from steps.words import says


def ask(stage: Stage, name: str, kind: str) -> Answer:
    """Use a right and prove who asks. Where no code comes by mail, the request stays as it was submitted."""
    actor = stage.actor(name)
    submitted = actor.submit_request(kind)
    if not submitted.ok:
        return submitted
    stage.settle()
    coded = any(mail.code for mail in stage.mails(actor, since=stage.since))
    return actor.prove_request(submitted) if coded else submitted


@when(says("{name:Name} asks for a copy of the data"))
def asks_for_copy(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without being signed in, proving identity by a code that is mailed."""
    answers[name] = ask(stage, name, "access")


@when(says("{name:Name} asks for the data to be erased"))
def asks_for_erasure(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without being signed in, proving identity by a code that is mailed."""
    answers[name] = ask(stage, name, "erasure")
