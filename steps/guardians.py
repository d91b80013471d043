"""Parents and guardians who report a child, and what staff find (7.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.stage import Actor, Stage
from harness.stage.actor.requests import STATEMENT
from harness.stage.answers import done
from harness.stage.storage import DATABASE
from harness.target.http import Answer
from harness.target.world import require
from steps.account import rename
from steps.enquiries import Asked
from steps.words import WORDS, Word, says

_WORDS = {"nl": ("ouder", "voogd"), "en": ("parent", "guardian"), "fr": ("parent", "tuteur")}
"""Whom the notice is for, in the words of its language."""

_ALWAYS = frozenset({"nl", "en"})
"""Languages in which there is each notice; in place of another one of these may be given."""

_LETTERS = {
    "en": ("My child has an account", "My child made an account without my consent, with the address {address}."),
    "nl": ("Mijn kind heeft een account", "Mijn kind maakte zonder mijn toestemming een account, met {address}."),
    "fr": ("Le compte de mon enfant", "Mon enfant a créé un compte sans mon accord, à l'adresse {address}."),
    "zh": ("我孩子的账户", "我的孩子未经我同意用{address}注册了账户。"),
}
"""What parents write, by language: subject and text."""

_ADDRESS = frozenset({"email", "email_local_part"})
"""Kinds of values that a mail to somebody unknown has to bear."""

_PLACES = {
    "in the subject alone": ("My child: {address}", "Please close the account in the subject."),
    "in capitals, between brackets": ("My child", "Please close the account (<{capitals}>)."),
    "in Japanese, which writes no spaces": ("子供のアカウント", "子供のアドレスは{address}です。"),
}
"""Where and how an address can stand in a mail."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report at once: the answer to the form, or why the mail was refused."""

    answer: Answer | None = None
    refusal: str = ""

    @property
    def told(self) -> tuple[object, ...]:
        """What whoever reports is told."""
        answer = self.answer
        return (self.refusal,) if answer is None else (answer.status, answer.json() if answer.ok else answer.text)


Way = Callable[[Stage, Actor, str], Reported]


def _by_form(stage: Stage, actor: Actor, address: str) -> Reported:
    return Reported(actor.requests.report_child(address))


def _by_form_in_capitals(stage: Stage, actor: Actor, address: str) -> Reported:
    return _by_form(stage, actor, address.upper())


def _by_mail(stage: Stage, actor: Actor, address: str) -> Reported:
    subject, text = _LETTERS.get(actor.person.language.partition("-")[0], _LETTERS["en"])
    return _mail(stage, actor, subject, text.format(address=address))


def _mail(stage: Stage, actor: Actor, subject: str, text: str) -> Reported:
    """Signed with the writer's own address, as many do."""
    body = f"{text}\n\n{actor.person.free_text(STATEMENT)}\n\n{actor.person.name}\n{actor.person.email}\n"
    return Reported(
        refusal=stage.desks.try_write(actor, "children", subject, body, Content_Language=actor.person.language)
    )


_WAYS: dict[str, Way] = {
    "by the form, in capitals": _by_form_in_capitals,
    "by the form": _by_form,
    "by mail": _by_mail,
}
"""How a child can be reported."""


def _says(sentence: str) -> parsers.parse:
    words = {
        **WORDS,
        "Way": Word("|".join(_WAYS), _WAYS.__getitem__),
        "Where": Word("|".join(_PLACES), _PLACES.__getitem__),
    }
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


@pytest.fixture
def reported() -> dict[str, Reported]:
    """The last report of each person, by name."""
    return {}


@given(says("{name:Name} lives in {place:Place} and is a guardian"))
def is_guardian(stage: Stage, name: str, place: str) -> None:
    """Somebody without an account."""
    stage.cast.add(name, place)


@when(_says("{name:Name} reports {child:Name} as a child {way:Way}"))
def reports(stage: Stage, reported: dict[str, Reported], name: str, child: str, way: Way) -> None:
    """Without signing in, by the address of the account; it is at rest then."""
    reported[name] = way(stage, stage.cast.person(name), stage.cast.person(child).person.email)
    stage.service.settle()


@when(says("{name:Name} reports {child:Name} and {other:Name} as children in one mail"))
def reports_two(stage: Stage, reported: dict[str, Reported], name: str, child: str, other: str) -> None:
    """One address below the other."""
    addresses = [stage.cast.person(one).person.email for one in (child, other)]
    reported[name] = _by_mail(stage, stage.cast.person(name), "\n".join(addresses))
    stage.service.settle()


@when(_says("{name:Name} writes to the desk for children and names {child:Name} {place:Where}"))
def names_child(stage: Stage, reported: dict[str, Reported], name: str, child: str, place: tuple[str, str]) -> None:
    """As people write addresses."""
    address = stage.cast.person(child).person.email
    subject, text = (part.format(address=address, capitals=address.upper()) for part in place)
    reported[name] = _mail(stage, stage.cast.person(name), subject, text)
    stage.service.settle()


@when(says("{name:Name} writes to the desk for children without naming an account"))
def names_nobody(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """But for the writer's own address below the mail."""
    asked[name] = Asked(stage.clock.now, None)
    _mail(stage, stage.cast.person(name), "My child", "Do you have an account of my child?")
    stage.service.settle()


@when(says("staff find that {child:Name} is a child"))
def staff_find_founded(stage: Stage, child: str) -> None:
    """The auditor plays the staff of the target."""
    _find(stage, child, founded=True)


@when(says("staff find that {child:Name} is no child"))
def staff_find_unfounded(stage: Stage, child: str) -> None:
    """Likewise."""
    _find(stage, child, founded=False)


@when(says("staff find on one of the reports that {child:Name} is no child"))
def staff_find_on_one(stage: Stage, child: str) -> None:
    """On the one that came first; another still waits.

    Raises:
        NotApplicable: The target makes one of all the reports about an account.
    """
    found = sorted(waiting_reports(stage, child), key=lambda one: str(one["received_at"]))
    if len(found) < 2:
        raise NotApplicable("The target has one report where two were made, so no other is left to be looked at.")
    stage.service.world.find_on_guardian_report(found[0]["report_id"], founded=False)
    stage.service.settle()


def waiting_reports(stage: Stage, child: str) -> list[dict[str, Any]]:
    """Reports about somebody's address that staff have not looked at yet."""
    address = stage.cast.person(child).person.email.casefold()
    return [one for one in stage.service.world.guardian_reports() if str(one["child_email"]).casefold() == address]


def _find(stage: Stage, child: str, *, founded: bool) -> None:
    found = waiting_reports(stage, child)
    stage.evidence.check(
        Channel.API,
        f"the report about {child} waits for somebody to look at it",
        bool(found),
        detail="Staff have no such report.",
    )
    for one in found:
        stage.service.world.find_on_guardian_report(one["report_id"], founded=founded)
    stage.service.settle()


@then(says("{name:Name} and {other:Name} are told the same"))
def are_told_the_same(stage: Stage, reported: dict[str, Reported], name: str, other: str) -> None:
    """By the answers and by the one mail that thanks: nothing in either tells whether there is an account."""
    first, second = reported[name], reported[other]
    if first.answer is not None:
        done(first.answer, f"{name} reports")
    stage.evidence.check(
        Channel.API,
        "whether there is an account, reports are answered alike",
        first.told == second.told,
        detail=f"{name} was answered {first.told}; {other} {second.told}",
        evidence=[one.answer.exchange for one in (first, second) if one.answer is not None],
    )
    told = []
    for label in (name, other):
        actor = stage.cast.person(label)
        told.append([(mail.subject, mail.text.replace(actor.person.email, "")) for mail in stage.mailbox.mails(actor)])
    stage.evidence.check(
        Channel.API,
        "whether there is an account, reports are thanked for by the same mail",
        told[0] == told[1] and len(told[0]) == 1,
        detail=f"{name} got {told[0]}; {other} got {told[1]}",
    )


@then(says("{name:Name} was written to just once"))
def was_written_to_once(stage: Stage, name: str) -> None:
    """By the mail that thanks for the report, and by none since."""
    stage.service.settle()
    mails = stage.mailbox.mails(stage.cast.person(name))
    if not mails:
        raise HarnessError(f"{name} got no mail, not even one that thanks, so it proves nothing that no other came.")
    stage.evidence.check(
        Channel.API,
        f"no mail but the one that thanks for the report went to {name}",
        len(mails) == 1,
        detail=f"There came: {'; '.join(mail.subject for mail in mails)}.",
        evidence=stage.mailbox.kept(mails),
    )


@then(says("everybody who was given data about {name:Name} holds it in the end"))
def everybody_holds_it(stage: Stage, name: str) -> None:
    """At each endpoint that ever accepted a share about the person, the last thing accepted is a share."""
    stage.service.settle()
    last = {(one.recipient, one.purpose): one for one in stage.recipients.arrivals(about=stage.cast.person(name))}
    if not last:
        raise HarnessError(f"Nobody was given data about {name}, so nobody has to hold any.")
    lost = [f"{recipient} ({purpose})" for (recipient, purpose), one in last.items() if one.kind == "withdraw"]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"everybody who was given data about {name} holds it in the end",
        not lost,
        detail=f"These do not any more: {', '.join(lost)}.",
        evidence=stage.recipients.keep(last.values()),
    )


@then(says("nothing of what {name:Name} wrote is stored, unlike {control:Name}'s data"))
def words_are_gone(stage: Stage, name: str, control: str) -> None:
    """The words of the report are in no place, while a database shows somebody else."""
    stage.service.settle()
    actor, parts = stage.cast.person(name), stage.storage.parts()
    databases = {part.place for part in parts if part.kind in DATABASE}
    if not databases & stage.storage.traces(stage.cast.person(control), parts).keys():
        raise HarnessError(
            f"No database of the target shows {control}, so what else is missing there proves nothing.",
            cause="the storage places are incomplete, or what they show is not where the data is",
            remedy="see GET /assurance/v1/storage in harness/contract/README.md",
        )
    found = stage.storage.traces(actor, parts)
    telling = sorted(place for place, traces in found.items() if any(one.kind == STATEMENT for one in traces))
    stage.evidence.check(
        Channel.STORAGE,
        f"nothing of what {name} wrote is stored",
        not telling,
        detail=f"{', '.join(telling)} shows it.",
        evidence=[stage.storage.keep(actor, parts, found)],
    )


@then(
    says(
        "nothing that leads to {name:Name} is stored but the mail to her while it is kept, unlike {control:Name}'s data"
    )
)
def nothing_but_the_mail(stage: Stage, name: str, control: str) -> None:
    """Where an outbox keeps the mail that thanks, its time is awaited. It bears the address, and no word of hers."""
    stage.service.settle()
    actor, parts = stage.cast.person(name), stage.storage.parts()
    found = stage.storage.traces(actor, parts)
    mailed = any(part.kind == "outbox" and part.place in found for part in parts)
    lifetime = stage.service.description.lifetime("message-content")
    if mailed and lifetime is not None and {one.kind for traces in found.values() for one in traces} <= _ADDRESS:
        require(stage.service.description, Capability.CLOCK)
        stage.evidence.observe(f"the mail to {name} is kept for a while")
        stage.clock.move_to(stage.clock.now + lifetime)
    stage.storage.check_gone(f"nothing that leads to {name} is stored", actor, control=stage.cast.person(control))


@then(says("parents who live in {place:Place} are shown whom to turn to, in {language:Language}"))
def are_shown_whom(stage: Stage, place: str, language: str) -> None:
    """A notice for them, with an address of mail and another way."""
    notice = stage.notices.read("children", place, language)
    stage.evidence.check(
        Channel.NOTICE,
        f"there is a notice for parents who live in {place}",
        notice is not None,
        detail="There is none.",
    )
    if notice is None:
        raise HarnessError("There is no notice.")
    kinds = {contact.kind for contact in notice.contacts if contact.value.strip()}
    stage.evidence.check(
        Channel.NOTICE,
        "it shows an e-mail address and another way to write",
        "email" in kinds and len(kinds) > 1,
        detail=f"It shows: {', '.join(sorted(kinds)) or 'no contact'}.",
        evidence=[notice.evidence],
    )
    given = notice.language.partition("-")[0]
    if given not in _WORDS:
        stage.evidence.observe(f"the notice is in {given}, in which we know no words for parents")
    stage.evidence.check(
        Channel.NOTICE,
        "it speaks to parents and guardians, and in the language that was asked for if that is one each notice has",
        (given == language or language not in _ALWAYS)
        and all(word in notice.words.casefold() for word in _WORDS.get(given, ())),
        detail=f"It is in {notice.language}: {notice.words}",
        evidence=[notice.evidence],
    )


@when(says("{name:Name}'s display name is changed"))
def is_renamed(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """By whoever uses the account, where it lets them."""
    answers[name] = rename(stage.cast.person(name))
