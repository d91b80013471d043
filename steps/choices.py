"""Opting out and objecting: by the setting of the account, by a request, and by mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_bdd import given, parsers, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.person import Person
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.world.mailbox import ReceivedMail
from harness.world.recipients import Arrival
from steps.consent import ledger
from steps.sharing import moment
from steps.words import WORDS, Word, says

SALE = "sale"
NEVADA = "nevada-opt-out-of-sale"
SUBJECTS = {
    "opt-out-of-sale-and-sharing": "Do Not Sell or Share My Personal Information – SHES Account",
    "opt-out-of-targeted-advertising": "Opt Out of Targeted Advertising – SHES Account",
    NEVADA: "Your Nevada Rights – SHES Account",
    "opt-out-of-profiling": "Opt Out of Profiling – SHES Account",
    "objection-to-direct-marketing": "Objection to Direct Marketing – SHES Account",
}
"""What a mail to the desk for privacy is about, by the kind of request it starts (see the contract)."""

_MEMBERS = {"Name": "name", "Postal address": "postal_address", "Postal code": "postal_code", "E-mail": "email"}
_LONGEST_ANSWER = timedelta(days=60)
_OBJECTED_TO = (MARKETING, "profiling")
"""What an objection to direct marketing ends, by the contract."""
_PRICE = re.compile("price|consideration|currency|amount|payment|paid", re.IGNORECASE)
"""Names of members that say what somebody pays."""
_COMPLETE = frozenset({"complete", "pending"})
_UNFIT = frozenset({400, 403, 409, 422})


def items(person: Person) -> dict[str, str]:
    """What a request under the law of Nevada says, by the label of its line."""
    address = f"{person.address.street}, {person.address.city}"
    return {
        "Name": person.name,
        "Postal address": address,
        "Postal code": person.postal_code,
        "E-mail": person.email,
    }


@dataclass
class Asked:
    """What somebody has asked for, and what became of it at once.

    Attributes:
        kind: ``PrivacyRequestKind`` of the contract; empty for the setting.
        route: ``api``, ``mail`` or ``setting``.
        at: When.
        answer: What the target answered; nothing for a mail.
        refusal: Why its mail server refused the mail; empty where it took it.
        missing: Labels of what the request did not say.
    """

    kind: str
    route: str
    at: datetime
    answer: Answer | None = None
    refusal: str = ""
    missing: Sequence[str] = field(default_factory=tuple)


@pytest.fixture
def asked() -> dict[str, Asked]:
    """The last thing that each person has asked for, by name."""
    return {}


def _by_api(kind: str, *, capitals: bool = False) -> Callable[[Stage, Actor], Asked]:
    def ask(stage: Stage, actor: Actor) -> Asked:
        said = {_MEMBERS[label]: value for label, value in items(actor.person).items()} if kind == NEVADA else {}
        said.pop("email", None)
        if capitals:
            said["email"] = actor.person.email.upper()
        return Asked(kind, "api", stage.clock.now, actor.requests.submit(kind, **said))

    return ask


def _mail(
    stage: Stage,
    actor: Actor,
    kind: str,
    *,
    lines: Sequence[str] = (),
    without: Sequence[str] = (),
    subject: str = "",
    sender: str = "",
) -> Asked:
    if kind == NEVADA and not lines:
        lines = _lines({label: value for label, value in items(actor.person).items() if label not in without})
    body = "\n".join(["Hello,", "", *(lines or ["please do as the subject says."]), ""])
    refusal = stage.desks.try_write(actor, "privacy", subject or SUBJECTS[kind], body, sender=sender)
    stage.service.settle()
    return Asked(kind, "mail", stage.clock.now, refusal=refusal, missing=without)


def _lines(said: Mapping[str, str]) -> list[str]:
    return [f"{label}: {value}" for label, value in said.items()]


_MANNERS: dict[str, Callable[[dict[str, str]], list[str]]] = {
    "with the lines in another order": lambda said: _lines(said)[::-1],
    "among other lines": lambda said: ["Telephone: 555 0100", *_lines(said), "Account: SHES", "Yours"],
    "with the address in capitals": lambda said: _lines({**said, "E-mail": said["E-mail"].upper()}),
}
"""How people write the four lines."""


def _by_mail(kind: str, *, capitals: bool = False) -> Callable[[Stage, Actor], Asked]:
    return lambda stage, actor: _mail(stage, actor, kind, sender=actor.person.email.upper() if capitals else "")


def _setting(*, enabled: bool) -> Callable[[Stage, Actor], Asked]:
    return lambda stage, actor: Asked(
        "", "setting", stage.clock.now, actor.choices.set_personal_information(enabled=enabled)
    )


_WAYS: dict[str, Callable[[Stage, Actor], Asked]] = {
    "switches the setting 'Personal Information' off": _setting(enabled=False),
    "switches the setting 'Personal Information' on": _setting(enabled=True),
    "asks not to be sold or shared": _by_api("opt-out-of-sale-and-sharing"),
    "asks, with the address in capitals, not to be sold or shared": _by_api(
        "opt-out-of-sale-and-sharing", capitals=True
    ),
    "asks by mail not to be sold or shared": _by_mail("opt-out-of-sale-and-sharing"),
    "asks for no targeted advertising": _by_api("opt-out-of-targeted-advertising"),
    "asks by mail for no targeted advertising": _by_mail("opt-out-of-targeted-advertising"),
    "asks for no profiling that decides": _by_api("opt-out-of-profiling"),
    "asks by mail for no profiling that decides": _by_mail("opt-out-of-profiling"),
    "objects to direct marketing": _by_api("objection-to-direct-marketing"),
    "objects by mail to direct marketing": _by_mail("objection-to-direct-marketing"),
    "objects, with the address in capitals, to direct marketing": _by_api(
        "objection-to-direct-marketing", capitals=True
    ),
    "objects by mail, with the address in capitals, to direct marketing": _by_mail(
        "objection-to-direct-marketing", capitals=True
    ),
    "asks as a Nevadan": _by_api(NEVADA),
    "asks by mail as a Nevadan": _by_mail(NEVADA),
}
"""What a person can ask for, and how."""

_LABELS = "|".join(_MEMBERS)


def _says(sentence: str) -> parsers.parse:
    words = {
        **WORDS,
        "Way": Word("|".join(sorted(map(str, _WAYS), key=len, reverse=True)), _WAYS.__getitem__),
        "Labels": Word(rf"(?:{_LABELS})(?: and (?:{_LABELS}))*", lambda text: tuple(text.split(" and "))),
        "Subject": Word(r"[^“”]+", str),
        "Manner": Word("|".join(_MANNERS), _MANNERS.__getitem__),
    }
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


# -- asking ----------------------------------------------------------------------------------------------------------


@when(_says("{name:Name} {way:Way}"))
def asks(stage: Stage, asked: dict[str, Asked], name: str, way: Callable[[Stage, Actor], Asked]) -> None:
    """Once, without a signal, and with no more than the contract asks for."""
    asked[name] = way(stage, stage.cast.person(name))


@given(_says("there was a time when {name:Name} {way:Way}"))
def has_asked(stage: Stage, name: str, way: Callable[[Stage, Actor], Asked]) -> None:
    """As the When of the same words, and it was taken; at rest since."""
    one = way(stage, stage.cast.person(name))
    if one.answer is not None:
        done(one.answer, f"{name} asks")
    elif one.refusal:
        raise HarnessError(
            f"The target refused {name}'s mail: {one.refusal}.",
            cause="its mail server takes it for something it is not",
            remedy="see Mail to the service in harness/contract/README.md",
        )
    stage.service.settle()


@when(_says("{name:Name} asks by mail as a Nevadan without {missing:Labels}"))
def asks_incompletely(stage: Stage, asked: dict[str, Asked], name: str, missing: tuple[str, ...]) -> None:
    """All other lines are there."""
    asked[name] = _mail(stage, stage.cast.person(name), NEVADA, without=missing)


@given(says("there was a time when {name:Name} left the postal code out"))
def has_asked_incompletely(stage: Stage, name: str) -> None:
    """Of a mail under the law of Nevada; at rest since."""
    _mail(stage, stage.cast.person(name), NEVADA, without=["Postal code"])


@when(_says("{name:Name} asks by mail as a Nevadan under the subject “{subject:Subject}”"))
def asks_under_subject(stage: Stage, asked: dict[str, Asked], name: str, subject: str) -> None:
    """The set subject as people write it."""
    asked[name] = _mail(stage, stage.cast.person(name), NEVADA, subject=subject)


@when(_says("{name:Name} asks by mail as a Nevadan {manner:Manner}"))
def asks_in_a_manner(
    stage: Stage, asked: dict[str, Asked], name: str, manner: Callable[[dict[str, str]], list[str]]
) -> None:
    """All four lines are there."""
    actor = stage.cast.person(name)
    asked[name] = _mail(stage, actor, NEVADA, lines=manner(items(actor.person)))


@when(_says("{name:Name} asks by mail as a Nevadan with nothing behind {missing:Labels}"))
def asks_with_empty_lines(stage: Stage, asked: dict[str, Asked], name: str, missing: tuple[str, ...]) -> None:
    """These lines are there, and empty."""
    actor = stage.cast.person(name)
    said = {label: "" if label in missing else value for label, value in items(actor.person).items()}
    asked[name] = _mail(stage, actor, NEVADA, lines=_lines(said), without=missing)


@when(says("{name:Name} asks by mail as a Nevadan for {other:Name}"))
def asks_for_somebody(stage: Stage, asked: dict[str, Asked], name: str, other: str) -> None:
    """From one's own address, about the address of somebody else, which the mail names."""
    lines = _lines(items(stage.cast.person(other).person))
    asked[name] = asked[other] = _mail(stage, stage.cast.person(name), NEVADA, lines=lines)


@when(_says("{name:Name} writes to the desk for privacy under the subject “{subject:Subject}”"))
def writes_under_subject(stage: Stage, name: str, subject: str) -> None:
    """A set subject as people write it; in the text stands nothing that counts."""
    _mail(stage, stage.cast.person(name), "", subject=subject)


@when(_says("{name:Name} asks as a Nevadan without {missing:Labels}"))
def asks_incompletely_by_api(stage: Stage, asked: dict[str, Asked], name: str, missing: tuple[str, ...]) -> None:
    """By another way than mail."""
    actor = stage.cast.person(name)
    said = {
        _MEMBERS[label]: value
        for label, value in items(actor.person).items()
        if label not in missing and label != "E-mail"
    }
    asked[name] = Asked(NEVADA, "api", stage.clock.now, actor.requests.submit(NEVADA, **said), missing=missing)


@when(says("{number:d} business days pass"))
def business_days_pass(stage: Stage, number: int) -> None:
    """To the end of the last of them in California. Public holidays are not looked at: choose days without."""
    zone = ZoneInfo("America/Los_Angeles")
    day = stage.clock.now.astimezone(zone).date()
    while number:
        day += timedelta(days=1)
        number -= day.isoweekday() <= 5
    stage.clock.move_to(datetime.combine(day, time(23, 59, 59), zone))


# -- what the target says --------------------------------------------------------------------------------------------


def _asked(asked: dict[str, Asked], name: str) -> Asked:
    try:
        return asked[name]
    except KeyError:
        raise HarnessError(f"{name} has asked for nothing in this scenario.", remedy="let them ask first") from None


@then(says("{name:Name}'s request is taken, and nothing more is asked"))
def is_taken(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """No proof, no further data, no account: the address was enough. A mail is taken by the mail server."""
    one = _asked(asked, name)
    if one.answer is None:
        taken_by_mail(stage, asked, name)
        return
    body = one.answer.json() if one.answer.ok else {}
    stage.evidence.check(
        Channel.API,
        f"{name}'s request is taken, and nothing more is asked",
        one.answer.ok and (one.route == "setting" or body.get("status") in _COMPLETE),
        detail=f"The target answered {one.answer.status}, status {body.get('status')}.",
        evidence=[one.answer.exchange],
    )


@then(says("{name:Name}'s mail is taken"))
def taken_by_mail(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """The mail server of the service accepts it at the named address."""
    refusal = _asked(asked, name).refusal
    stage.evidence.check(Channel.MAIL, f"{name}'s mail is taken", not refusal, detail=f"It was refused: {refusal}.")


@then(says("{name:Name} is opted out of sale and sharing"))
def is_opted_out(stage: Stage, name: str) -> None:
    """The account shows it, in whatever way it was done."""
    _opted_out(stage, name, "sale_and_sharing", "sale and sharing")


@then(says("{name:Name} is opted out of profiling that decides"))
def is_opted_out_of_profiling(stage: Stage, name: str) -> None:
    """Profiling for decisions with legal or similarly significant effects."""
    _opted_out(stage, name, "profiling", "profiling that decides")


def _opted_out(stage: Stage, name: str, member: str, what: str) -> None:
    answer = done(stage.cast.person(name).choices.read(), f"{name} looks at the privacy choices")
    choice = answer.field(member)
    since = moment(choice.get("since"))
    stage.evidence.check(
        Channel.API,
        f"{name} is opted out of {what}",
        choice.get("opted_out") is True
        and choice.get("source") != "none"
        and (since is None or since <= stage.clock.now),
        detail=f"The account shows opted_out {choice.get('opted_out')}, source {choice.get('source')}, since {since}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name}'s setting 'Personal Information' is off"))
def setting_is_off(stage: Stage, name: str) -> None:
    """As the account shows it."""
    answer = done(stage.cast.person(name).choices.read(), f"{name} looks at the privacy choices")
    enabled = answer.field("personal_information").get("enabled")
    stage.evidence.check(
        Channel.API,
        f"{name}'s setting 'Personal Information' is off",
        enabled is False,
        detail=f"The account shows enabled {enabled}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger shows that {name:Name}'s objection ended the consents, and when"))
def ledger_shows_objection(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """The last consent to each purpose that an objection ends: ended by it, to the second."""
    answer, entries = ledger(stage, stage.cast.person(name))
    at = _asked(asked, name).at.replace(microsecond=0)
    last = {entry.get("purpose"): entry for entry in entries}
    ends = {
        purpose: (last[purpose].get("withdrawn_by"), moment(last[purpose].get("withdrawn_at")))
        for purpose in _OBJECTED_TO
        if purpose in last
    }
    shown = "; ".join(f"{purpose} by {by} at {when}" for purpose, (by, when) in ends.items())
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows that {name}'s objection ended the consents, and when",
        bool(ends) and set(ends.values()) == {("objection", at)},
        detail=f"Objected was at {at}. It shows: {shown or 'nothing'}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name}'s account shows the request as answered within 60 days"))
def shown_as_answered(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """Complete, and since when."""
    one = _asked(asked, name)
    answer = done(stage.cast.person(name).requests.read_own(), f"{name} looks at the requests")
    found = [entry for entry in answer.field("requests") if entry.get("kind") == one.kind]
    last = found[-1] if found else {}
    at = moment(last.get("answered_at"))
    stage.evidence.check(
        Channel.API,
        f"{name}'s account shows the request as answered within 60 days",
        last.get("status") == "complete" and at is not None and one.at <= at <= one.at + _LONGEST_ANSWER,
        detail=f"It shows status {last.get('status')}, answered at {last.get('answered_at')}; asked at {one.at}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} is told in the answer what is missing, or the request is honoured"))
def told_in_answer(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """A refusal names every member that the request lacks."""
    one = _asked(asked, name)
    assert one.answer is not None  # asked by the API
    lacking = {_MEMBERS[label] for label in one.missing}
    named = one.answer.json().get("missing") if one.answer.status in _UNFIT else None
    stage.evidence.check(
        Channel.API,
        f"{name} is told in the answer what is missing, or the request is honoured",
        one.answer.ok or (isinstance(named, list) and lacking <= set(named)),
        detail=f"The target answered {one.answer.status} and names {named}; there lacked {', '.join(sorted(lacking))}.",
        evidence=[one.answer.exchange],
    )


# -- answers by mail -------------------------------------------------------------------------------------------------


def _mails(stage: Stage, name: str, kind: str) -> list[ReceivedMail]:
    stage.service.settle()
    found = stage.mailbox.mails(stage.cast.person(name), since=stage.moment.since)
    return [mail for mail in found if mail.header("SHES-Mail-Kind") == kind]


@then(says("{name:Name} got an answer by mail"))
def got_answer(stage: Stage, name: str) -> None:
    """Since the last When, in the inbox of whoever wrote."""
    found = _mails(stage, name, "request-answered")
    everything = stage.mailbox.mails(stage.cast.person(name), since=stage.moment.since)
    stage.evidence.check(
        Channel.MAIL,
        f"{name} got an answer by mail",
        bool(found),
        detail=f"There came: {'; '.join(mail.subject for mail in everything) or 'nothing'}.",
        evidence=stage.mailbox.kept(everything),
    )


@then(says("{name:Name} is told by mail what is missing, or the request is honoured"))
def told_by_mail(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """A mail names each line that the request lacks, and not simply all lines there are."""
    one = _asked(asked, name)
    found = _mails(stage, name, "request-incomplete")
    text = "\n".join(mail.text for mail in found)
    named = {label for label in _MEMBERS if label in text}
    honoured = not found and bool(_mails(stage, name, "request-answered"))
    stage.evidence.check(
        Channel.MAIL,
        f"{name} is told by mail what is missing, or the request is honoured",
        honoured or (set(one.missing) <= named and (len(one.missing) == len(_MEMBERS) or named < set(_MEMBERS))),
        detail=f"There lacked {', '.join(one.missing)}; told of was {', '.join(sorted(named)) or 'nothing'}.",
        evidence=stage.mailbox.kept(found),
    )


# -- ledgers, and what is sold ---------------------------------------------------------------------------------------


@then(says("the ledger shows the request of {name:Name}"))
def ledger_shows_request(stage: Stage, asked: dict[str, Asked], name: str) -> None:
    """With its kind, the way it came and the time."""
    one = _asked(asked, name)
    answer, entries = stage.service.world.records("privacy-requests")
    ids = stage.cast.person(name).person.canaries.values("account id")
    found = [
        entry
        for entry in entries
        if (entry.get("kind"), entry.get("route")) == (one.kind, one.route)
        and entry.get("account_id") in ids
        and moment(entry.get("received_at")) == one.at
        and entry.get("status") in _COMPLETE
    ]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows the request of {name}",
        bool(found),
        detail=f"It has {len(entries)} entries, none of them of that account, kind, way and time.",
        evidence=[answer.exchange],
    )


@then(says("nothing about {name:Name} was sold"))
def nothing_sold(stage: Stage, name: str) -> None:
    """No delivery about the person is a sale or names a price, at any recipient; beside deliveries that did arrive."""
    stage.service.settle()
    arrived = stage.recipients.arrivals(accepted=False)
    actor = stage.cast.person(name)
    sales = [one for one in arrived if SALE in _purposes(one) or _names_price(one.json)]
    sold = [one for one in sales if stage.recipients.is_about(one, actor)]
    stage.absence.check(f"nothing about {name} was sold", sold, arrived)


def _names_price(value: object) -> bool:
    if isinstance(value, dict):
        return any(_PRICE.search(str(key)) or _names_price(below) for key, below in value.items())
    return isinstance(value, list) and any(map(_names_price, value))


def _purposes(arrival: Arrival) -> set[object]:
    """The purpose of the endpoint, and what the delivery says of itself."""
    body = arrival.json
    return {arrival.purpose, body.get("purpose") if isinstance(body, dict) else None}


@then("the ledger shows no sale")
def ledger_shows_no_sale(stage: Stage) -> None:
    """Of anything about anybody; beside disclosures that it does show."""
    answer, entries = stage.service.world.records("disclosures")
    if not entries:
        raise HarnessError(
            "The ledger of disclosures is empty, so that it shows no sale proves nothing.",
            cause="the target shared nothing in this scenario, or keeps no ledger",
            remedy="look at the deliveries in the evidence",
        )
    sold = [entry for entry in entries if entry.get("purpose") == SALE]
    stage.evidence.check(
        Channel.RECORD,
        "the ledger shows no sale",
        not sold,
        detail=f"It shows {len(sold)}, to {', '.join(sorted({str(entry.get('recipient')) for entry in sold}))}.",
        evidence=[answer.exchange],
    )
