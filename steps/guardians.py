"""Reports by parents and guardians, and the findings of staff (7.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import NotApplicable
from harness.evidence.model import Channel
from harness.stage import Actor, Mailbox, Service, Stage
from harness.stage.actor.requests import STATEMENT
from harness.stage.answers import done
from harness.target.http import Answer
from harness.target.mail_forms import Form, plain
from harness.vocabulary import Seen, deed, noun, sight, words
from steps.enquiries import Enquiries, Enquiry, letter
from steps.nouns import NAME

_LETTERS = {
    "en": ("My child has an account", "My child made an account without my consent, with the address {address}."),
    "nl": ("Mijn kind heeft een account", "Mijn kind maakte zonder mijn toestemming een account, met {address}."),
    "fr": ("Le compte de mon enfant", "Mon enfant a créé un compte sans mon accord, à l'adresse {address}."),
    "zh": ("我孩子的账户", "我的孩子未经我同意用{address}注册了账户。"),
}
"""What parents write, by language: subject and text."""

words(
    "position",
    "where and how a mail can state an address",
    {
        "in the subject only": ("My child: {address}", "Please close the account in the subject."),
        "in capitals, in brackets": ("My child", "Please close the account (<{capitals}>)."),
        "in Japanese, without spaces": ("子供のアカウント", "子供のアドレスは{address}です。"),
    },
)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a report at once: the answer to the form, or why the mail was refused."""

    answer: Answer | None = None
    refusal: str = ""

    @property
    def told(self) -> tuple[object, ...]:
        """What the person who reports learns."""
        answer = self.answer
        return (self.refusal,) if answer is None else (answer.status, answer.json() if answer.ok else answer.text)


class Reports(dict[str, Report]):
    """The last report of each person, by name."""


# -- reporting -------------------------------------------------------------------------------------------------------

Route = Callable[[Stage, Actor, str], Report]


def _by_form(_stage: Stage, actor: Actor, address: str) -> Report:
    return Report(actor.requests.report_child(address))


def _by_form_in_capitals(stage: Stage, actor: Actor, address: str) -> Report:
    return _by_form(stage, actor, address.upper())


def _by_mail(stage: Stage, actor: Actor, address: str) -> Report:
    subject, text = _letter(actor, address)
    return _mail(stage, actor, "children", subject, text)


def _letter(actor: Actor, address: str) -> tuple[str, str]:
    subject, text = _LETTERS.get(actor.person.language.partition("-")[0], _LETTERS["en"])
    return subject, text.format(address=address)


def _mail(stage: Stage, actor: Actor, desk: str, subject: str, text: str, form: Form = plain) -> Report:
    """Signed with the writer's own address, as many do."""
    body = f"{text}\n\n{actor.person.free_text(STATEMENT)}\n\n{actor.person.name}\n{actor.email}\n"
    language = actor.person.language
    return Report(refusal=stage.desks.try_write(actor, desk, subject, body, form=form, Content_Language=language))


words(
    "route",
    "how a child can be reported",
    {
        "by the form": _by_form,
        "by the form with the address in capitals": _by_form_in_capitals,
        "by mail": _by_mail,
    },
)


@noun("children", rf"{NAME} as a child|{NAME} and {NAME} as children", "the persons reported as children")
def _children(stage: Stage, text: str) -> list[Actor]:
    names, _, _ = text.partition(" as ")
    return [stage.cast.person(name) for name in names.split(" and ")]


@deed("{person} reports {children} {route}", past="{person} has reported {children} {route}")
def reports(stage: Stage, made: Reports, person: Actor, children: Sequence[Actor], route: Route) -> Answer | None:
    """Without signing in, by the address of each account; the service then settles."""
    report = route(stage, person, "\n".join(child.email for child in children))
    made[person.label] = report
    stage.service.settle()
    return report.answer


@letter("naming {person} {position}")
def _naming(stage: Stage, actor: Actor, desk: str, person: Actor, position: tuple[str, str]) -> None:
    """As people write addresses."""
    subject, text = (part.format(address=person.email, capitals=person.email.upper()) for part in position)
    _mail(stage, actor, desk, subject, text)


@letter("naming {person} {mail_form}")
def _naming_in_form(stage: Stage, actor: Actor, desk: str, person: Actor, mail_form: Form) -> None:
    """In the writer's language."""
    subject, text = _letter(actor, person.email)
    _mail(stage, actor, desk, subject, text, mail_form)


@letter("without naming an account")
def _naming_nobody(stage: Stage, actor: Actor, desk: str) -> None:
    """But for the writer's own address below the mail."""
    stage.part(Enquiries)[actor.label] = Enquiry(stage.clock.now)
    _mail(stage, actor, desk, "My child", "Do you have an account of my child?")


# -- what staff find -------------------------------------------------------------------------------------------------


def waiting_reports(service: Service, child: Actor) -> list[dict[str, Any]]:
    """Reports about somebody's address that staff have not looked at yet."""
    address = child.email.casefold()
    return [one for one in service.world.guardian_reports() if str(one["child_email"]).casefold() == address]


words("extent", "which reports about a child staff decide on", {"on the first report": True})
words("finding", "what staff find about a person who was reported", {"is a child": True, "is not a child": False})


@deed("staff find[ {extent}] that {person} {finding}", past="staff have found that {person} {finding}")
def staff_find(stage: Stage, person: Actor, finding: bool, *, extent: bool = False) -> None:
    """The auditor decides in place of the target's staff. After a finding on the first report, another is pending.

    Raises:
        NotApplicable: The target makes one of all the reports about an account.
    """
    found = sorted(waiting_reports(stage.service, person), key=lambda one: str(one["received_at"]))
    if extent:
        if len(found) < 2:
            raise NotApplicable("The target has one report where two were made, so no other is left to be looked at.")
        del found[1:]
    else:
        stage.evidence.check(
            Channel.API,
            f"the report about {person.label} waits for staff to look at it",
            bool(found),
            detail="Staff have no such report.",
        )
    for one in found:
        stage.service.world.find_on_guardian_report(one["report_id"], founded=finding)
    stage.service.settle()


@sight("{person} and {other:person} are answered alike")
def are_answered_alike(mailbox: Mailbox, made: Reports, person: Actor, other: Actor) -> Iterator[Seen]:
    """In the answer and in the one acknowledgement mail: neither reveals whether an account exists."""
    first, second = made[person.label], made[other.label]
    if first.answer is not None:
        done(first.answer, f"{person.label} reports")
    yield Seen(
        channel=Channel.API,
        claim="whether there is an account, reports are answered alike",
        holds=first.told == second.told,
        detail=f"{person.label} was answered {first.told}; {other.label} {second.told}",
        evidence=[one.answer.exchange for one in (first, second) if one.answer is not None],
    )
    told = [
        [(mail.subject, mail.text.replace(actor.email, "")) for mail in mailbox.mails(actor)]
        for actor in (person, other)
    ]
    yield Seen(
        channel=Channel.API,
        claim="whether there is an account, the same mail thanks for a report",
        holds=told[0] == told[1] and len(told[0]) == 1,
        detail=f"{person.label} got {told[0]}; {other.label} got {told[1]}",
    )
