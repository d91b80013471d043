"""Outcomes of data subject requests: acceptance, grant and answer, and the request ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from harness.clock.periods import months
from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.people.search import find_traces_in
from harness.stage import Actor, Service, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.target.world import require
from harness.vocabulary import Seen, sight, words
from harness.world.mailbox import ReceivedMail
from steps.consent_record import consent_entry, ledger
from steps.controls import mail_comes
from steps.deletion import nothing_is_left
from steps.deliveries import moment
from steps.registration import KEPT_OUT
from steps.requests import DETAILS, Request, Requests

_LONGEST_ANSWER = timedelta(days=60)
_OBJECTED_TO = (MARKETING, "profiling")
"""What an objection to direct marketing ends, by the contract."""
_COMPLETE = frozenset({"complete", "pending"})
_UNFIT = frozenset({400, 403, 409, 422})
_UNPROVED = "identity-unverified"

Look = Callable[[Stage, Actor, Request], Iterator[Seen]]


def made_by(made: Requests, person: Actor) -> Request:
    """The last request of somebody.

    Raises:
        HarnessError: There is none.
    """
    try:
        return made[person.label]
    except KeyError:
        raise HarnessError(
            f"{person.label} has requested nothing in this scenario.", remedy="let them request it first"
        ) from None


def status(answer: Answer) -> str:
    """How far a request is; where it was turned away, by what status."""
    return str(answer.json().get("status")) if answer.ok else str(answer.status)


# -- accepted --------------------------------------------------------------------------------------------------------


def _accepted_by_mail(_stage: Stage, _person: Actor, request: Request) -> Iterator[Seen]:
    """The mail server of the service accepts it at the named address."""
    yield Seen(channel=Channel.MAIL, holds=not request.refusal, detail=f"It was refused: {request.refusal}.")


def _accepted(stage: Stage, person: Actor, request: Request) -> Iterator[Seen]:
    """No proof, no further data, no account: the address was enough."""
    if request.route == "mail":
        yield from _accepted_by_mail(stage, person, request)
        return
    answer = request.response
    body = answer.json() if answer.ok else {}
    yield Seen(
        channel=Channel.API,
        holds=answer.ok and (request.route == "setting" or body.get("status") in _COMPLETE),
        detail=f"The target answered {answer.status}, status {body.get('status')}.",
        evidence=[answer.exchange],
    )


# -- granted ---------------------------------------------------------------------------------------------------------


def _answered(stage: Stage, actor: Actor, answer: Answer, *, length: int = 1) -> Answer:
    """A request once it is answered, or when it is late by every reading.

    The month is that of Article 12(3) GDPR, as Regulation 1182/71 counts it, by the calendars and holidays of the
    person and of the service. The clock moves by days, so that what counts from the answer is known to the day.
    Sessions may end meanwhile: a customer signs in again.
    """
    home = actor.person.residence
    zones = {*home.zones, stage.service.description.retention_zone}
    places = {one.country for one in stage.service.description.recipients if actor.details.country in one.residences}
    due = months(stage.clock.now, length, zones, places | {home.country}).late
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


def _judged(stage: Stage, person: Actor, answer: Answer, granted: bool) -> Seen:
    how = status(answer)
    if how == _UNPROVED and not mail_comes(stage):
        raise HarnessError(
            f"No mail at all arrived, so {person.label} could not prove who asks.",
            cause="the target does not send mail to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    detail = "No code came by mail to prove who asks." if how == _UNPROVED else f"It is {how}."
    return Seen(channel=Channel.API, holds=granted, detail=detail, evidence=[answer.exchange])


def _erasure_granted(stage: Stage, person: Actor, request: Request) -> Iterator[Seen]:
    """Complete or under way; or, its code once accepted, gone with the person's other data.

    Where all but what is held was gone before, there is nothing to grant; what is stored then tells.
    """
    answer = request.response
    if status(answer) == _UNPROVED and nothing_is_left(stage, person, but_held=True):
        return
    gone = answer.operation == "readPrivacyRequest" and answer.status in KEPT_OUT
    yield _judged(stage, person, answer, gone or status(answer) in _COMPLETE)


def _copy_granted(stage: Stage, person: Actor, request: Request) -> Iterator[Seen]:
    """Complete within a month, and the copy has what the person entered."""
    if status(request.response) == _UNPROVED and nothing_is_left(stage, person):
        raise NotApplicable(
            f"{person.label}'s data is gone already, so there is nothing to have a copy of.",
            cause="the target purges sooner than it has to, which breaks no promise",
        )
    if status(request.response) == "pending":
        require(stage.service.description, Capability.CLOCK)
    answer = request.answer = _answered(stage, person, request.response)
    others = (one.answer for one in stage.part(Requests).values())
    if status(answer) == "pending" and not any(one is not None and status(one) == "complete" for one in others):
        # Nobody's request was answered, so the service may have extended the month, once (Article 12(3) GDPR).
        answer = request.answer = _answered(stage, person, answer, length=2)
    if status(answer) == "pending" and Capability.CLOCK not in stage.service.description.capabilities:
        raise HarnessError(
            f"{person.label}'s request for a copy is still pending, and no time can pass.",
            cause="somebody would have to look at it",
            remedy="let the target of a test environment decide on requests by itself",
        )
    yield _judged(stage, person, answer, status(answer) == "complete")
    data = (answer.json().get("answer") or {}).get("data")
    found = {trace.kind for trace in find_traces_in(data, person.canaries)}
    wanted = {"email": {"email"}, "display name": {"name", "display_name"}}
    lacking = [what for what, kinds in wanted.items() if not found & kinds]
    yield Seen(
        channel=Channel.API,
        claim=f"the copy has {person.label}'s address and display name",
        holds=not lacking,
        detail=f"It lacks: {', '.join(lacking)}.",
        evidence=[answer.exchange],
    )


def _granted(stage: Stage, person: Actor, request: Request) -> Iterator[Seen]:
    yield from {"access": _copy_granted, "erasure": _erasure_granted}[request.kind](stage, person, request)


# -- answered --------------------------------------------------------------------------------------------------------


def _mails(stage: Stage, person: Actor, kind: str) -> list[ReceivedMail]:
    stage.service.settle()
    found = stage.mailbox.mails(person, since=stage.moment.since)
    return [mail for mail in found if mail.header("SHES-Mail-Kind") == kind]


def _answered_by_mail(stage: Stage, person: Actor, _request: Request) -> Iterator[Seen]:
    """Since the last events, in the inbox of the person who wrote."""
    found = _mails(stage, person, "request-answered")
    everything = stage.mailbox.mails(person, since=stage.moment.since)
    yield Seen(
        channel=Channel.MAIL,
        holds=bool(found),
        detail=f"There came: {'; '.join(mail.subject for mail in everything) or 'nothing'}.",
        evidence=stage.mailbox.kept(everything),
    )


def _answered_in_time(_stage: Stage, person: Actor, request: Request) -> Iterator[Seen]:
    """The account shows it as complete, and since when."""
    answer = done(person.requests.read_own(), f"{person.label} views the requests")
    found = [entry for entry in answer.field("requests") if entry.get("kind") == request.kind]
    last = found[-1] if found else {}
    at = moment(last.get("answered_at"))
    yield Seen(
        channel=Channel.API,
        holds=last.get("status") == "complete" and at is not None and request.at <= at <= request.at + _LONGEST_ANSWER,
        detail=f"It is {last.get('status')}, answered at {last.get('answered_at')}; requested at {request.at}.",
        evidence=[answer.exchange],
    )


words(
    "outcome",
    "what becomes of a request",
    {
        "accepted": _accepted_by_mail,
        "accepted without further questions": _accepted,
        "granted": _granted,
        "answered by mail": _answered_by_mail,
        "answered within 60 days": _answered_in_time,
    },
)


@sight("{person}'s request is {outcome}")
def request_is(stage: Stage, made: Requests, person: Actor, outcome: Look) -> Iterator[Seen]:
    """The last request of the person. A copy is complete and granted within the month of Article 12(3) GDPR."""
    yield from outcome(stage, person, made_by(made, person))


@sight("{person} is informed of what is missing, or the request is honoured")
def is_informed_of_what_is_missing(stage: Stage, made: Requests, person: Actor) -> Seen:
    """A refusal names every missing member; a mail names every missing line, and not simply all lines."""
    request = made_by(made, person)
    if request.route == "mail":
        return _informed_by_mail(stage, person, request)
    answer = request.response
    lacking = {DETAILS[one][1] for one in request.missing}
    named = answer.json().get("missing") if answer.status in _UNFIT else None
    return Seen(
        channel=Channel.API,
        holds=answer.ok or (isinstance(named, list) and lacking <= set(named)),
        detail=f"The target answered {answer.status} and names {named}; missing is {', '.join(sorted(lacking))}.",
        evidence=[answer.exchange],
    )


def _informed_by_mail(stage: Stage, person: Actor, request: Request) -> Seen:
    found = _mails(stage, person, "request-incomplete")
    text = "\n".join(mail.text for mail in found)
    lacking = {DETAILS[one][0] for one in request.missing}
    labels = {label for label, _ in DETAILS.values()}
    named = {label for label in labels if label in text}
    honoured = not found and bool(_mails(stage, person, "request-answered"))
    return Seen(
        channel=Channel.MAIL,
        holds=honoured or (lacking <= named and (lacking == labels or named < labels)),
        detail=f"Missing is {', '.join(sorted(lacking))}; named was {', '.join(sorted(named)) or 'nothing'}.",
        evidence=stage.mailbox.kept(found),
    )


# -- on record -------------------------------------------------------------------------------------------------------


@sight("the request ledger shows {person}'s request")
def ledger_shows_request(service: Service, made: Requests, person: Actor) -> Seen:
    """The entry states the kind, route and time of the request."""
    request = made_by(made, person)
    answer, entries = service.world.records("privacy-requests")
    ids = person.canaries.values("account id")
    found = [
        entry
        for entry in entries
        if (entry.get("kind"), entry.get("route")) == (request.kind, request.route)
        and entry.get("account_id") in ids
        and moment(entry.get("received_at")) == request.at
        and entry.get("status") in _COMPLETE
    ]
    return Seen(
        channel=Channel.RECORD,
        holds=bool(found),
        detail=f"It has {len(entries)} entries, none of them of that account, kind, way and time.",
        evidence=[answer.exchange],
    )


@consent_entry("when the objection ended the consents")
def _objection(stage: Stage, person: Actor) -> Seen:
    """The last consent to each purpose that an objection ends: ended by it, to the second; and no earlier one is left.

    A consent may have been given twice, in two languages or apps.
    """
    answer, entries = ledger(stage.service, person)
    at = made_by(stage.part(Requests), person).at.replace(microsecond=0)
    last = {entry.get("purpose"): entry for entry in entries}
    ends = {
        purpose: (last[purpose].get("withdrawn_by"), moment(last[purpose].get("withdrawn_at")))
        for purpose in _OBJECTED_TO
        if purpose in last
    }
    left = [one for one in entries if one.get("purpose") in _OBJECTED_TO and one.get("withdrawn_at") is None]
    shown = "; ".join(f"{purpose} by {by} at {when}" for purpose, (by, when) in ends.items())
    return Seen(
        channel=Channel.RECORD,
        holds=bool(ends) and set(ends.values()) == {("objection", at)} and not left,
        detail=f"The objection was made at {at}. It shows: {shown or 'nothing'}; {len(left)} are still in force.",
        evidence=[answer.exchange],
    )
