"""What reaches a person's inbox: mails that serve the account, and marketing mails of a company."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml
from pytest_bdd import given, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Stage
from harness.world.mailbox import ReceivedMail
from steps.sharing import company_id
from steps.words import says

_LIST_HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Post")
"""Headers of mail to many (RFC 2369, 2919, 8058)."""


@cache
def promotional_words() -> re.Pattern[str]:
    """The words by which an advertisement is known, from ``promotion.yaml``."""
    text = resources.files(__package__).joinpath("promotion.yaml").read_text(encoding="utf-8")
    words = [word for language in yaml.safe_load(text).values() for word in language]
    return re.compile("|".join(map(_whole, words)), re.IGNORECASE)


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


# -- marketing mails of a company ------------------------------------------------------------------------------------


def mail_everybody(stage: Stage, company: str) -> None:
    """Let a company mail everybody whom it was given and not told to leave alone, with the link it was given."""
    stage.service.settle()
    stage.recipients.company(company_id(stage, company)).send_campaign(at=stage.clock.now)


@given(says("{company:Company} has mailed everybody it may"))
def has_mailed_everybody(stage: Stage, company: str) -> None:
    """Each mail carries the link that came with the data."""
    mail_everybody(stage, company)


@when(says("{company:Company} mails everybody it may"))
def mails_everybody(stage: Stage, company: str) -> None:
    """Each mail carries the link that came with the data."""
    mail_everybody(stage, company)


def _marketing_mails(stage: Stage, name: str) -> list[ReceivedMail]:
    """Mails of companies to somebody.

    Raises:
        HarnessError: There are none: the stage is not as it should be.
    """
    found = [
        mail
        for mail in stage.mailbox.mails(stage.cast.person(name), since=stage.moment.since)
        if not mail.header("SHES-Mail-Kind")
    ]
    if not found:
        raise HarnessError(
            f"No company mailed {name}.",
            cause="the target shared nothing about the person with the company",
            remedy="look at the deliveries in the evidence",
        )
    return found


@then(says("{name:Name} got a marketing mail"))
def got_marketing_mail(stage: Stage, name: str) -> None:
    """A mail of a company: the control for somebody else's empty inbox."""
    _marketing_mails(stage, name)


@then(says("{name:Name} got a marketing mail with a link to unsubscribe"))
def got_marketing_mail_with_link(stage: Stage, name: str) -> None:
    """A mail of a company, with an address to which one POST is enough (RFC 8058)."""
    found = _marketing_mails(stage, name)
    stage.evidence.check(
        Channel.MAIL,
        f"{name} got a marketing mail with a link to unsubscribe",
        all(mail.list_unsubscribe and mail.list_unsubscribe.one_click for mail in found),
        detail="The mail has no such link: none came with the data.",
        evidence=stage.mailbox.kept(found),
    )


# -- what is not in the inbox ----------------------------------------------------------------------------------------


@then(says("{name:Name} got no mail"))
def got_no_mail(stage: Stage, name: str) -> None:
    """At rest, and while mail does reach others."""
    stage.service.settle()
    if not stage.mailbox.any_since(stage.moment.since):
        raise HarnessError(
            f"No mail at all arrived, so {name}'s empty inbox proves nothing.",
            cause="the mailbox does not work, or the scenario has nobody else who is mailed",
            remedy="let the scenario have a control person who is mailed",
        )
    found = stage.mailbox.mails(stage.cast.person(name), since=stage.moment.since)
    stage.evidence.check(
        Channel.MAIL,
        f"{name} got no mail",
        not found,
        detail=f"There came: {'; '.join(mail.subject for mail in found)}.",
        evidence=stage.mailbox.kept(found),
    )


@then(says("the mails to {name:Name} serve the account and advertise nothing"))
def advertise_nothing(stage: Stage, name: str) -> None:
    """All mails of the scenario: no header of mail to many, no word of an advertisement."""
    stage.service.settle()
    found = stage.mailbox.mails(stage.cast.person(name))
    if not found:
        raise HarnessError(
            f"No mail reached {name}, so there is nothing to read.",
            cause="the target sends none, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    for mail in found:
        promotion = promotion_in(mail)
        stage.evidence.check(
            Channel.MAIL,
            f"the mail “{mail.subject}” to {name} serves the account and advertises nothing",
            not promotion,
            detail=f"It has: {', '.join(promotion)}.",
            evidence=stage.mailbox.kept([mail]),
        )
