"""Minors, whose consent is not accepted (7.6)."""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.stage import Actor, Service
from harness.stage.answers import done
from harness.vocabulary import Answers, Seen, sight
from steps.legal_age import is_minor
from steps.nouns import TITLES
from steps.registration import MALFORMED


@sight("{person}'s consent to {purpose} is accepted", denied="{person}'s consent to {purpose} is not accepted")
def consent_is_accepted(
    service: Service, answers: Answers, person: Actor, purpose: str, denied: bool
) -> Iterator[Seen]:
    """The account shows it as given; or it was refused, and the account shows it as not given."""
    _expect_minor(service, person, minor=denied)
    answer = answers[person.label]
    if denied:
        if answer.status in MALFORMED:
            raise TargetError(f"{answer.operation} answered {answer.status}, as if the request were malformed.")
        yield Seen(
            channel=Channel.API,
            claim=f"{person.label}'s consent to {TITLES[purpose]} is refused",
            holds=answer.ok,
            detail=f"It was answered with {answer.status}.",
            evidence=[answer.exchange],
        )
    read = done(person.consents.read(), f"{person.label} views the consents")
    given = any(one["purpose"] == purpose and one["given"] for one in read.field("consents"))
    yield Seen(
        channel=Channel.API,
        claim=f"the account shows {person.label}'s consent to {TITLES[purpose]} as {'not ' if denied else ''}given",
        holds=given,
        detail=f"It shows it as {'given' if given else 'not given'}.",
        evidence=[answer.exchange, read.exchange],
    )


def _expect_minor(service: Service, actor: Actor, *, minor: bool) -> None:
    """That the scenario fits the ages of the target.

    Raises:
        NotApplicable: The target declares another age of majority for this country.
    """
    person = actor.person
    if is_minor(service, person.date_of_birth, person.residence) != minor:
        raise NotApplicable(
            f"{person.label} is {'of age' if minor else 'a minor'} in {person.residence.name} after all.",
            cause="the target declares an age of majority of its own for this country",
        )
