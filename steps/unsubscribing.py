"""The link in a marketing mail, and whoever follows it."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from steps.consent import Diary
from steps.words import WORDS, says

_SCANNERS = (
    {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"},
    {"User-Agent": "Mozilla/5.0 (compatible; MailSafetyBot/2.1)", "Purpose": "prefetch", "Sec-Purpose": "prefetch"},
    {"User-Agent": "python-requests/2.32", "Accept": "*/*"},
)
"""As whom link scanners and mail programs that fetch ahead come."""


def link(stage: Stage, name: str) -> str:
    """The link to unsubscribe in the newest marketing mail in somebody's inbox.

    Raises:
        HarnessError: There is no such mail: the stage is not set.
    """
    for mail in reversed(stage.mailbox.mails(stage.cast.person(name))):
        if mail.list_unsubscribe and mail.list_unsubscribe.url:
            return mail.list_unsubscribe.url
    raise HarnessError(
        f"{name} has no marketing mail with a link in the inbox.",
        cause="the target shared nothing, or no `unsubscribe_url`, with the company",
        remedy="look at the deliveries in the evidence",
    )


@pytest.fixture
def clicks() -> list[Answer]:
    """What the target answered to each use of a link, the newest last."""
    return []


def _unsubscribe(stage: Stage, diary: Diary, name: str, *, in_parts: bool = False) -> Answer:
    answer = stage.cast.person(name).links.unsubscribe(link(stage, name), in_parts=in_parts)
    if answer.ok:
        diary.withdrew(stage.cast.person(name), MARKETING, stage.clock.now)
    return answer


@given(says("{name:Name} has unsubscribed by the link in the mail"))
def has_unsubscribed(stage: Stage, diary: Diary, name: str) -> None:
    """By one click, without signing in; at rest since."""
    done(_unsubscribe(stage, diary, name), f"{name} unsubscribes by the link")
    stage.service.settle()


@when(says("{name:Name} unsubscribes by the link in the mail, without signing in"))
def unsubscribes(stage: Stage, diary: Diary, clicks: list[Answer], name: str) -> None:
    """By the POST of a mail program (RFC 8058): no token, no cookie, no further question."""
    clicks.append(_unsubscribe(stage, diary, name))


@when(says("{name:Name} unsubscribes by the link in the mail, in a mail program that sends forms in parts"))
def unsubscribes_in_parts(stage: Stage, diary: Diary, clicks: list[Answer], name: str) -> None:
    """As ``multipart/form-data``."""
    clicks.append(_unsubscribe(stage, diary, name, in_parts=True))


@when(parsers.parse("a link scanner visits the link in the mail to {name:Name} by {method:w}", extra_types=WORDS))
def scanner_visits(stage: Stage, name: str, method: str) -> None:
    """Six times, as several programs, in whatever way the target answers."""
    address = link(stage, name)
    for headers in _SCANNERS * 2:
        stage.service.request(method, address, headers=headers)


@then("the link has worked at once")
def link_worked(stage: Stage, clicks: list[Answer]) -> None:
    """Each click was taken, and led to no sign-in and nowhere else."""
    for answer in clicks:
        stage.evidence.check(
            Channel.API,
            "the link in the mail works without signing in",
            answer.ok,
            detail=f"The target answered {answer.status}.",
            evidence=[answer.exchange],
        )
