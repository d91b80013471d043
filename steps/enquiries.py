"""Questions about an account, and their answers (2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from pytest_bdd import given, then, when

from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.world.mailbox import ReceivedMail
from steps.sharing import demand_deliveries, moment
from steps.words import says

_KIND = "enquiry-answer"
_WRITTEN = "enquiry"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: when it was asked, and what the target answered to the form; nothing where it was mailed."""

    at: datetime
    answer: Answer | None


@pytest.fixture
def asked() -> dict[str, Asked]:
    """The newest question of each person, by name."""
    return {}


@when(says("{name:Name} asks about the account"))
def asks(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """By the form, in words that only this person would write."""
    actor = stage.cast.person(name)
    asked[name] = Asked(stage.clock.now, actor.requests.enquire("My account", actor.person.free_text(_WRITTEN)))
    stage.service.settle()


@given(says("{name:Name} has asked about the account"))
def has_asked(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """As the When of the same words."""
    asks(stage, asked, name)
    answer = asked[name].answer
    assert answer is not None  # by the form there always is
    done(answer, f"{name} asks about the account")


@when(says("{name:Name} writes a question to the desk for support"))
def writes(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """By mail from the person's own address."""
    actor = stage.cast.person(name)
    asked[name] = Asked(stage.clock.now, None)
    stage.desks.write(actor, "support", "My account", actor.person.free_text(_WRITTEN))
    stage.service.settle()


@then(says("{name:Name}'s question was taken"))
def was_taken(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """And was given a name by which the answer is known."""
    answer = asked[name].answer
    assert answer is not None  # the scenario uses the form
    stage.evidence.check(
        Channel.API,
        f"{name}'s question was taken",
        answer.ok and bool(answer.json().get("enquiry_id")),
        detail=f"The target answered {answer.status}.",
        evidence=[answer.exchange],
    )


def _answers(stage: Stage, actor: Actor, question: Asked) -> list[ReceivedMail]:
    found = [
        one for one in stage.mailbox.mails(actor, since=stage.moment.since) if one.header("SHES-Mail-Kind") == _KIND
    ]
    if question.answer is None:
        return found
    enquiry = str(question.answer.field("enquiry_id"))
    return [one for one in found if enquiry in f"{one.subject} {one.text}"]


@then(says("{name:Name} got an answer"))
def got_answer(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """A mail that says which question it answers, and has a text."""
    stage.service.settle()
    actor = stage.cast.person(name)
    found = _answers(stage, actor, asked[name])
    stage.evidence.check(
        Channel.MAIL,
        f"{name} got an answer",
        any(one.text.strip() for one in found),
        detail="None came, or not to this question.",
        evidence=stage.mailbox.kept(found or stage.mailbox.mails(actor, since=stage.moment.since)),
    )


@then(says("nobody but {name:Name} was mailed"))
def nobody_else_mailed(stage: Stage, name: str) -> None:
    """Nobody else on the stage got any mail since."""
    others = [
        one
        for actor in stage.cast.everyone
        if actor.label != name
        for one in stage.mailbox.mails(actor, since=stage.moment.since)
    ]
    stage.evidence.check(
        Channel.MAIL,
        f"nobody but {name} was mailed",
        not others,
        detail=f"There came: {'; '.join(one.subject for one in others)}.",
        evidence=stage.mailbox.kept(others),
    )


@then(says("nothing that was shared tells what {name:Name} asked"))
def not_shared(stage: Stage, name: str) -> None:
    """No delivery to anybody bears a trace of it."""
    stage.service.settle()
    canaries = stage.cast.person(name).person.canaries
    demand_deliveries(stage)
    telling = [
        one
        for one in stage.recipients.arrivals(accepted=False)
        if any(trace.kind == _WRITTEN for trace in find_traces(one.body, canaries))
    ]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"nothing that was shared tells what {name} asked",
        not telling,
        detail=f"{len(telling)} deliveries do.",
        evidence=stage.recipients.keep(telling),
    )


def _ledger_shows(stage: Stage, asked: dict[str, Asked], name: str, channel: str) -> None:
    answer, entries = stage.service.world.records("enquiries")
    actor = stage.cast.person(name)
    ids = actor.person.canaries.values("account id")
    found = [one for one in entries if one.get("account_id") in ids and one.get("channel") == channel]
    received = [moment(one.get("received_at")) for one in found]
    answered = [moment(one.get("answered_at")) for one in found if one.get("answered_at")]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of enquiries shows {name}'s question and when it was answered",
        received == [asked[name].at.replace(microsecond=0)]
        and len(answered) == 1
        and all(one is not None and asked[name].at <= one <= stage.clock.now for one in answered),
        detail=f"It shows {len(found)}, received {received}, answered {answered}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger of enquiries shows {name:Name}'s question by the form, with its answer"))
def ledger_shows_form(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """One entry, received when it was asked, and answered."""
    _ledger_shows(stage, asked, name, "api")


@then(says("the ledger of enquiries shows {name:Name}'s question by mail, with its answer"))
def ledger_shows_mail(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """One entry, received when it was written, and answered."""
    _ledger_shows(stage, asked, name, "mail")
