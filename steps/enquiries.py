"""Enquiries about an account, mail to the desks of the service, and the answers (2.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from harness.errors import NotApplicable
from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Clock, Mailbox, Moment, Recipients, Service, Stage
from harness.target.http import Answer
from harness.target.mail_forms import Form, plain
from harness.vocabulary import Phrases, Seen, deed, sight, words
from steps.deletion import nothing_is_left
from steps.deliveries import NOTHING_ARRIVED, moment

_KIND = "enquiry-answer"
_WRITTEN = "enquiry"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """When it was made, and what the target answered to the form; nothing where it was mailed."""

    at: datetime
    answer: Answer | None = None


class Enquiries(dict[str, Enquiry]):
    """The newest enquiry of each person, by name."""


def demand_somebody_known(stage: Stage, actor: Actor) -> None:
    """That the target still knows a person who has deleted the account.

    Raises:
        NotApplicable: It does not: what it then stores is about somebody else to it.
    """
    if nothing_is_left(stage, actor):
        raise NotApplicable(
            f"{actor.label}'s data was gone before, so the enquiry would be a stranger's.",
            cause="the target purges sooner than it has to, which breaks no promise",
        )


@deed("{person} submits an enquiry", past="{person} has submitted an enquiry")
def submits(stage: Stage, service: Service, clock: Clock, made: Enquiries, person: Actor) -> Answer:
    """By the form, in a text unique to the person."""
    demand_somebody_known(stage, person)
    at = clock.now
    answer = person.requests.enquire("My account", person.person.free_text(_WRITTEN))
    made[person.label] = Enquiry(at, answer)
    service.settle()
    return answer


# -- by mail ---------------------------------------------------------------------------------------------------------

letter = Phrases("letter", "what somebody writes to a desk of the service")

words("desk", "a desk of the service that takes mail", {"support": "support", "children's": "children"})


@letter("about the account[ {mail_form}]")
def _about_account(stage: Stage, actor: Actor, desk: str, mail_form: Form = plain) -> None:
    """In words that only this person would write."""
    stage.part(Enquiries)[actor.label] = Enquiry(stage.clock.now)
    stage.desks.write(actor, desk, "My account", actor.person.free_text(_WRITTEN), form=mail_form)


@deed("{person} writes to the {desk} desk {letter}")
def writes(stage: Stage, service: Service, person: Actor, desk: str, letter: Callable[[Actor, str], None]) -> None:
    """By mail from the person's own address."""
    demand_somebody_known(stage, person)
    letter(person, desk)
    service.settle()


# -- what becomes of it ----------------------------------------------------------------------------------------------

Look = Callable[[Mailbox, Moment, Actor, Enquiry], Seen]


def _accepted(_mailbox: Mailbox, _moment: Moment, _person: Actor, enquiry: Enquiry) -> Seen:
    """And given a name by which the answer is known."""
    answer = enquiry.answer
    assert answer is not None  # the scenario uses the form
    return Seen(
        channel=Channel.API,
        holds=answer.ok and bool(answer.json().get("enquiry_id")),
        detail=f"The target answered {answer.status}.",
        evidence=[answer.exchange],
    )


def _answered(mailbox: Mailbox, since: Moment, person: Actor, enquiry: Enquiry) -> Seen:
    """A mail since the last events that says which enquiry it answers, and has a text."""
    everything = mailbox.mails(person, since=since.since)
    found = [one for one in everything if one.header("SHES-Mail-Kind") == _KIND]
    if enquiry.answer is not None:
        number = str(enquiry.answer.field("enquiry_id"))
        found = [one for one in found if number in f"{one.subject} {one.text}"]
    return Seen(
        channel=Channel.MAIL,
        holds=any(one.text.strip() for one in found),
        detail="None came, or not to this enquiry.",
        evidence=mailbox.kept(found or everything),
    )


words("handling", "the outcome of an enquiry", {"accepted": _accepted, "answered by mail": _answered})


@sight("{person}'s enquiry is {handling}", at_rest=True)
def enquiry_is(mailbox: Mailbox, since: Moment, made: Enquiries, person: Actor, handling: Look) -> Seen:
    """The newest enquiry of the person."""
    return handling(mailbox, since, person, made[person.label])


@sight(denied="nothing shared reveals {person}'s enquiry", at_rest=True)
def is_shared(recipients: Recipients, person: Actor) -> Seen:
    """No delivery to any recipient contains its text."""
    telling = [
        one
        for one in recipients.arrivals(accepted=False)
        if any(trace.kind == _WRITTEN for trace in find_traces(one.body, person.canaries))
    ]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(telling),
        detail=f"{len(telling)} deliveries do.",
        evidence=recipients.keep(telling),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


words("medium", "how an enquiry was submitted", {"form": "api", "mail": "mail"})


@sight("the enquiry ledger shows {person}'s enquiry by {medium} with its answer")
def ledger_shows(service: Service, clock: Clock, made: Enquiries, person: Actor, medium: str) -> Seen:
    """One entry, received when the enquiry was submitted, and answered."""
    enquiry = made[person.label]
    answer, entries = service.world.records("enquiries")
    ids = person.canaries.values("account id")
    found = [one for one in entries if one.get("account_id") in ids and one.get("channel") == medium]
    received = [moment(one.get("received_at")) for one in found]
    answered = [moment(one.get("answered_at")) for one in found if one.get("answered_at")]
    return Seen(
        channel=Channel.RECORD,
        holds=received == [enquiry.at.replace(microsecond=0)]
        and len(answered) == 1
        and all(one is not None and enquiry.at <= one <= clock.now for one in answered),
        detail=f"It shows {len(found)}, received {received}, answered {answered}.",
        evidence=[answer.exchange],
    )
