"""Data subject requests, by the API or by mail: what is requested, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from harness.people.person import Person
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.target.mail_forms import Form, plain
from harness.vocabulary import Phrases, deed, noun, words
from steps.deletion import nothing_is_left
from steps.registration import KEPT_OUT

DETAILS = {
    "the name": ("Name", "name"),
    "the postal address": ("Postal address", "postal_address"),
    "the postal code": ("Postal code", "postal_code"),
    "the e-mail address": ("E-mail", "email"),
}
"""What a request under Nevada law has to state: the label of its line in a mail, and its member by the contract."""


@dataclass(frozen=True, slots=True)
class Right:
    """What can be requested.

    Attributes:
        kind: ``PrivacyRequestKind`` of the contract.
        subject: What a mail to the privacy desk is about that requests it (see the contract).
        proven: Whether identity has to be proven, by a code that is mailed.
        detailed: Whether the request has to state the details of a request under Nevada law.
    """

    kind: str
    subject: str = ""
    proven: bool = False
    detailed: bool = False


RIGHTS = {
    "a copy of the data": Right("access", proven=True),
    "erasure": Right("erasure", proven=True),
    "an opt-out of sale and sharing": Right(
        "opt-out-of-sale-and-sharing", "Do Not Sell or Share My Personal Information – SHES Account"
    ),
    "an opt-out of targeted advertising": Right(
        "opt-out-of-targeted-advertising", "Opt Out of Targeted Advertising – SHES Account"
    ),
    "an opt-out of profiling": Right("opt-out-of-profiling", "Opt Out of Profiling – SHES Account"),
    "an end to direct marketing": Right(
        "objection-to-direct-marketing", "Objection to Direct Marketing – SHES Account"
    ),
    "an opt-out under Nevada law": Right("nevada-opt-out-of-sale", "Your Nevada Rights – SHES Account", detailed=True),
}


@dataclass
class Request:
    """What somebody has requested, and what became of it at once.

    Attributes:
        kind: ``PrivacyRequestKind`` of the contract; empty for the setting.
        route: ``api``, ``mail`` or ``setting``.
        at: When.
        answer: What the target answered; nothing for a mail.
        refusal: Why its mail server refused the mail; empty where it took it.
        missing: Details that the request did not state, as sentences call them.
    """

    kind: str
    route: str
    at: datetime
    answer: Answer | None = None
    refusal: str = ""
    missing: Sequence[str] = field(default_factory=tuple)

    @property
    def response(self) -> Answer:
        """What the target answered to a request that came by no mail."""
        assert self.answer is not None  # only mails have none
        return self.answer


class Requests(dict[str, Request]):
    """The last request of each person, by name."""


Manner = Callable[[Actor, Right], Request]

words("right", "what a person can request", RIGHTS)
request_manner = Phrases("request_manner", "how a request is made")

_DETAIL = "|".join(DETAILS)
noun(
    "details",
    rf"(?:{_DETAIL})(?: and (?:{_DETAIL}))*",
    f"details that a request states: {', '.join(DETAILS)}",
    lambda text: tuple(text.split(" and ")),
)
noun("subject", r"[^“”]+", "the subject of a mail", str)


def _stated(person: Person) -> dict[str, str]:
    """What a request under Nevada law says, by the label of its line."""
    address = f"{person.address.street}, {person.address.city}"
    values = (person.name, address, person.postal_code, person.email)
    return {label: value for (label, _), value in zip(DETAILS.values(), values, strict=True)}


# -- by the API ------------------------------------------------------------------------------------------------------


def _submit(stage: Stage, actor: Actor, right: Right, *, missing: Sequence[str] = (), **more: str) -> Request:
    if right.detailed:
        stated = _stated(actor.person)
        given = [DETAILS[one] for one in DETAILS if one not in missing and one != "the e-mail address"]
        more = {member: stated[label] for label, member in given} | more
    return Request(right.kind, "api", stage.clock.now, actor.requests.submit(right.kind, **more), missing=missing)


def _prove(stage: Stage, actor: Actor, request: Request) -> Request:
    """Prove who asks. Where no code comes by mail, the request stays as it was submitted."""
    if request.response.ok:
        stage.service.settle()
        if any(mail.code for mail in stage.mailbox.mails(actor, since=stage.moment.since)):
            request.answer = actor.requests.prove(request.response)
    return request


@request_manner("with the address in capitals")
def _in_capitals(stage: Stage, actor: Actor, right: Right) -> Request:
    """Capitals make no other address."""
    return _submit(stage, actor, right, email=actor.email.upper())


@request_manner("without {details}")
def _incomplete(stage: Stage, actor: Actor, right: Right, details: tuple[str, ...]) -> Request:
    return _submit(stage, actor, right, missing=details)


@request_manner("without proving identity")
def _unproven(stage: Stage, actor: Actor, right: Right) -> Request:
    """The code that is mailed is never used. Nobody requests anything of an account whose data is gone already."""
    if nothing_is_left(stage, actor):
        return Request(right.kind, "api", stage.clock.now)
    request = _submit(stage, actor, right)
    done(request.response, f"{actor.label} requests {right.kind}")
    stage.service.settle()
    if not actor.account.receipt:
        stage.mailbox.newest_code(actor)
    return request


# -- by mail ---------------------------------------------------------------------------------------------------------


def _mail(
    stage: Stage,
    actor: Actor,
    right: Right,
    *,
    lines: Sequence[str] = (),
    missing: Sequence[str] = (),
    subject: str = "",
    sender: str = "",
    form: Form = plain,
) -> Request:
    if right.detailed and not lines:
        left_out = {DETAILS[one][0] for one in missing}
        lines = _lines({label: value for label, value in _stated(actor.person).items() if label not in left_out})
    body = "\n".join(["Hello,", "", *(lines or ["please do as the subject says."]), ""])
    refusal = stage.desks.try_write(actor, "privacy", subject or right.subject, body, sender=sender, form=form)
    stage.service.settle()
    return Request(right.kind, "mail", stage.clock.now, refusal=refusal, missing=missing)


def _lines(stated: Mapping[str, str]) -> list[str]:
    return [f"{label}: {value}" for label, value in stated.items()]


words(
    "arrangement",
    "how the lines of a mail are written",
    {
        "with the lines in another order": lambda lines: lines[::-1],
        "with additional lines": lambda lines: ["Telephone: 555 0100", *lines, "Account: SHES", "Yours"],
    },
)


@request_manner("by mail")
def _by_mail(stage: Stage, actor: Actor, right: Right) -> Request:
    return _mail(stage, actor, right)


@request_manner("by mail with the address in capitals")
def _by_mail_in_capitals(stage: Stage, actor: Actor, right: Right) -> Request:
    """The address that the mail names, where it has to name one, and otherwise the sender's."""
    if right.detailed:
        return _mail(stage, actor, right, lines=_lines({**_stated(actor.person), "E-mail": actor.email.upper()}))
    return _mail(stage, actor, right, sender=actor.email.upper())


@request_manner("by mail {arrangement}")
def _by_mail_arranged(
    stage: Stage, actor: Actor, right: Right, arrangement: Callable[[list[str]], list[str]]
) -> Request:
    """All details are there."""
    return _mail(stage, actor, right, lines=arrangement(_lines(_stated(actor.person))))


@request_manner("by mail under the subject “{subject}”")
def _by_mail_under_subject(stage: Stage, actor: Actor, right: Right, subject: str) -> Request:
    """The set subject as people write it."""
    return _mail(stage, actor, right, subject=subject)


@request_manner("by mail {mail_form}")
def _by_mail_in_form(stage: Stage, actor: Actor, right: Right, mail_form: Form) -> Request:
    """Complete, and under the set subject."""
    return _mail(stage, actor, right, form=mail_form)


@request_manner("by mail without {details}")
def _by_mail_without(stage: Stage, actor: Actor, right: Right, details: tuple[str, ...]) -> Request:
    """All other lines are there."""
    return _mail(stage, actor, right, missing=details)


@request_manner("by mail with nothing entered for {details}")
def _by_mail_with_empty_lines(stage: Stage, actor: Actor, right: Right, details: tuple[str, ...]) -> Request:
    """These lines are there, and empty."""
    empty = {DETAILS[one][0]: "" for one in details}
    return _mail(stage, actor, right, lines=_lines({**_stated(actor.person), **empty}), missing=details)


@request_manner("by mail on behalf of {person}")
def _by_mail_on_behalf(stage: Stage, actor: Actor, right: Right, person: Actor) -> Request:
    """From one's own address, about the address of somebody else, which the mail names."""
    request = _mail(stage, actor, right, lines=_lines(_stated(person.person)))
    stage.part(Requests)[person.label] = request
    return request


@deed(
    "{person} requests {right}[ {request_manner}]",
    past="{person} has requested {right}[ {request_manner}]",
)
def requests(
    stage: Stage, made: Requests, person: Actor, right: Right, request_manner: Manner | None = None
) -> Answer | None:
    """By the API, without signing in and with the required details only, unless stated otherwise.

    For a copy or an erasure, identity is verified by a code sent by mail.
    """
    if request_manner:
        request = request_manner(person, right)
    else:
        request = _submit(stage, person, right)
        if right.proven:
            _prove(stage, person, request)
    made[person.label] = request
    return None if _is_gone(request) else request.answer


def _is_gone(request: Request) -> bool:
    """Whether an erasure was carried out at once, and the request with it: then there is no answer to look at."""
    answer = request.answer
    return answer is not None and answer.operation == "readPrivacyRequest" and answer.status in KEPT_OUT
