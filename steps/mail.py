"""Mail: mails that serve the account, marketing mails of a company, and their link to unsubscribe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

import yaml

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Actor, Cast, Clock, Mailbox, Moment, Recipients, Service, Stage
from harness.stage.actor.links import MULTIPART, URLENCODED
from harness.stage.recipients import MARKETING
from harness.stage.scanner import METHODS, PROGRAMS
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, noun, sight, words
from harness.world.mailbox import ReceivedMail
from steps.consent_record import Diary
from steps.controls import mail_comes
from steps.recipients import Addressees

_LIST_HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Post")
"""Headers of mail to many (RFC 2369, 2919, 8058)."""

Look = Callable[[Stage, Actor], Seen]
"""Looks for a kind of mail in a person's inbox."""


# -- advertisements --------------------------------------------------------------------------------------------------


@cache
def promotional_words() -> re.Pattern[str]:
    """The words by which an advertisement is known, from ``promotion.yaml``."""
    text = resources.files(__package__).joinpath("promotion.yaml").read_text(encoding="utf-8")
    found = [word for language in yaml.safe_load(text).values() for word in language]
    return re.compile("|".join(map(_whole, found)), re.IGNORECASE)


def _whole(word: str) -> str:
    # Japanese writes no boundaries between words.
    return rf"(?<!\w){word}(?!\w)" if re.search(r"[a-z\d]", word) else word


def promotion_in(mail: ReceivedMail) -> list[str]:
    """What makes a mail an advertisement: headers of mail to many, and words."""
    headers = [f"header {name}" for name in _LIST_HEADERS if mail.header(name) is not None]
    headers += ["precedence of mail to many"] * ((mail.header("Precedence") or "").lower() in {"bulk", "list"})
    # What a reader sees of HTML is what stands between its tags.
    seen = "\n".join((mail.subject, mail.text, re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", mail.html)))
    # Addresses are full of letters and percent signs.
    seen = re.sub(r"https?://\S+", " ", seen)
    return headers + [f"“{match[0]}”" for match in promotional_words().finditer(seen)]


@sight("the mails to {person} contain no promotion", at_rest=True)
def contain_no_promotion(mailbox: Mailbox, person: Actor) -> Iterator[Seen]:
    """No mail of the scenario has a header of bulk mail or a promotional word."""
    found = mailbox.mails(person)
    if not found:
        raise HarnessError(
            f"No mail reached {person.label}, so there is nothing to read.",
            cause="the target sends none, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    for mail in found:
        promotion = promotion_in(mail)
        yield Seen(
            channel=Channel.MAIL,
            claim=f"the mail “{mail.subject}” to {person.label} contains no promotion",
            holds=not promotion,
            detail=f"It has: {', '.join(promotion)}.",
            evidence=mailbox.kept([mail]),
        )


@deed("{recipient} sends its marketing mail", past="{recipient} has sent its marketing mail")
def sends_marketing_mail(recipients: Recipients, service: Service, clock: Clock, recipient: Addressees) -> None:
    """To every person whose data it holds, with the link that it received with the data.

    Raises:
        HarnessError: It holds nobody's data: nobody's empty inbox would prove anything.
    """
    service.settle()
    if not [mail for one in recipient.ids for mail in recipients.company(one).send_campaign(at=clock.now)]:
        raise HarnessError(
            "The company holds nobody's data for e-mail marketing, so it mailed nobody.",
            cause="the target shares no data with it",
            remedy="look at the deliveries in the evidence",
        )


# -- the inbox -------------------------------------------------------------------------------------------------------


def _marketing_with_link(stage: Stage, person: Actor) -> Seen:
    """Mails of companies since the last events, each with an address to which one POST is enough (RFC 8058)."""
    found = [
        mail for mail in stage.mailbox.mails(person, since=stage.moment.since) if not mail.header("SHES-Mail-Kind")
    ]
    if not found:
        raise HarnessError(
            f"No company mailed {person.label}.",
            cause="the target shared nothing about the person with the company",
            remedy="look at the deliveries in the evidence",
        )
    return Seen(
        channel=Channel.MAIL,
        holds=all(mail.list_unsubscribe and mail.list_unsubscribe.one_click for mail in found),
        detail="The mail has no such link: none came with the data.",
        evidence=stage.mailbox.kept(found),
    )


def _any_mail(stage: Stage, person: Actor) -> Seen:
    """Since the last events."""
    found = stage.mailbox.mails(person, since=stage.moment.since)
    return Seen(
        channel=Channel.MAIL,
        holds=bool(found),
        detail=f"There came: {'; '.join(mail.subject for mail in found)}.",
        evidence=stage.mailbox.kept(found),
        control=bool(found) or mail_comes(stage),
        lacking="no mail at all arrived",
    )


def _one_mail(stage: Stage, person: Actor) -> Seen:
    """In the whole scenario."""
    found = stage.mailbox.mails(person)
    if not found:
        raise HarnessError(f"{person.label} received no mail at all, so it proves nothing that no second one came.")
    return Seen(
        channel=Channel.API,
        holds=len(found) == 1,
        detail=f"There came: {'; '.join(mail.subject for mail in found)}.",
        evidence=stage.mailbox.kept(found),
    )


def _code(stage: Stage, person: Actor) -> Seen:
    """In the whole scenario: a mail with a code, which lets a registration go on."""
    found = stage.mailbox.mails(person)
    return Seen(
        channel=Channel.API,
        holds=any(mail.code for mail in found),
        detail="A code was mailed.",
        evidence=stage.mailbox.kept(found),
        control=any(stage.mailbox.mails(actor) for actor in stage.cast.everyone),
        lacking="no mail at all arrived",
    )


words(
    "message",
    "mail that a person can receive",
    {
        "a marketing mail with a link to unsubscribe": _marketing_with_link,
        "exactly one mail": _one_mail,
        "mail": _any_mail,
        "verification code": _code,
    },
)


@sight("{person} receives {message}", denied="{person} receives no {message}", at_rest=True)
def receives(stage: Stage, person: Actor, message: Look) -> Seen:
    """Since the last When; exactly one mail and a verification code are counted in the whole scenario."""
    return message(stage, person)


@sight(denied="nobody but {person} receives mail", at_rest=True)
def somebody_else_is_mailed(mailbox: Mailbox, cast: Cast, moment: Moment, person: Actor) -> Seen:
    """Since the last When, no other person in the scenario received mail; this one did."""
    others = [
        one
        for actor in cast.everyone
        if actor.label != person.label
        for one in mailbox.mails(actor, since=moment.since)
    ]
    return Seen(
        channel=Channel.MAIL,
        holds=bool(others),
        detail=f"There came: {'; '.join(one.subject for one in others)}.",
        evidence=mailbox.kept(others),
        control=bool(mailbox.mails(person, since=moment.since)),
        lacking=f"no mail reached {person.label} either",
    )


# -- the link in a marketing mail ------------------------------------------------------------------------------------


class Clicks(list[Answer]):
    """What the target answered to each use of a link to unsubscribe, the newest last.

    Attributes:
        looks: By exchange, whether the consent was in force after link scanners had opened the link, where it was
            before.
    """

    def __init__(self) -> None:
        """Nobody has used a link yet."""
        super().__init__()
        self.looks: dict[str, bool] = {}


words(
    "encoding",
    "how a mail program encodes a form",
    {
        "with a multipart form": MULTIPART,
        "with a form that names its character set": f"{URLENCODED}; charset=UTF-8",
    },
)
noun("method", "GET|HEAD", "an HTTP method", str)


def link(mailbox: Mailbox, person: Actor) -> str:
    """The link to unsubscribe in the newest marketing mail in somebody's inbox.

    Raises:
        HarnessError: There is no such mail: the stage is not set.
    """
    for mail in reversed(mailbox.mails(person)):
        if mail.list_unsubscribe and mail.list_unsubscribe.url:
            return mail.list_unsubscribe.url
    raise HarnessError(
        f"{person.label} has no marketing mail with a link in the inbox.",
        cause="the target shared nothing, or no `unsubscribe_url`, with the company",
        remedy="look at the deliveries in the evidence",
    )


@deed(
    "{person} unsubscribes through the link in the mail[ {encoding}]",
    past="{person} has unsubscribed through the link in the mail",
)
def unsubscribes(
    mailbox: Mailbox, clock: Clock, diary: Diary, clicks: Clicks, person: Actor, *, encoding: str = URLENCODED
) -> Answer:
    """By the one-click POST of a mail program (RFC 8058), without token, cookie or confirmation.

    Link scanners have opened the link before.
    """
    address = link(mailbox, person)
    if _marketing_in_force(person.consents.read()):
        person.scanner.open(address)
        shown = person.consents.read()
        clicks.looks[shown.exchange] = _marketing_in_force(shown)
    answer = person.links.unsubscribe(address, media_type=encoding)
    clicks.append(answer)
    if answer.ok:
        diary.withdrew(person, MARKETING, clock.now)
    return answer


def _marketing_in_force(shown: Answer) -> bool:
    """Whether an answer shows the consent to e-mail marketing as given; who is kept out is shown nothing."""
    consents = shown.field("consents") if shown.ok else ()
    return any(one.get("purpose") == MARKETING and one.get("given") is True for one in consents)


@deed("link scanners open the links in the mails to {person}[ with {method} requests only]")
def scanners_open(service: Service, mailbox: Mailbox, person: Actor, method: str = "") -> None:
    """By HEAD and GET, as different programs; a page that submits itself does so. The service then settles.

    Where one method is stated, there is a link to unsubscribe, and it is requested six times.
    """
    service.settle()
    if method:
        person.scanner.open(link(mailbox, person), (method, method), len(PROGRAMS))
    person.scanner.open_links(mailbox.mails(person), (method,) if method else METHODS)
    service.settle()


@sight("the unsubscription takes effect at once")
def takes_effect_at_once(clicks: Clicks) -> Iterator[Seen]:
    """Each use of the link was accepted without a sign-in or a further page."""
    for answer in clicks:
        yield Seen(
            channel=Channel.API,
            claim="the link in the mail works without signing in",
            holds=answer.ok,
            detail=f"The target answered {answer.status}.",
            evidence=[answer.exchange],
        )
    for exchange, in_force in clicks.looks.items():
        yield Seen(
            channel=Channel.API,
            claim="the consent was still in force after link scanners had opened the link",
            holds=in_force,
            detail="The account shows it as not given.",
            evidence=[exchange],
        )
