"""What the sights on an inbox see."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import HarnessError
from harness.stage import Actor, Stage
from harness.vocabulary import Seen
from harness.vocabulary.nouns import NOUNS
from harness.world.mailbox import ReceivedMail
from steps.mail import receives, somebody_else_is_mailed

FEMKE, BRAM = (
    cast("Actor", SimpleNamespace(person=SimpleNamespace(residence="NL"), label=label)) for label in ("Femke", "Bram")
)
LINK = "List-Unsubscribe: <https://shes.example/u>\r\n"
ONE_CLICK = f"{LINK}List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
AT = datetime(2026, 3, 16, tzinfo=UTC)
SERVICE = "SHES-Mail-Kind: verification\r\n"


def stage(*, mails_newcomers: bool = False, **inboxes: list[str]) -> Stage:
    """A stage on which each person's inbox has mails with these headers; those who sign up are mailed, or are not."""
    mails = {
        name: [ReceivedMail(1, AT, "", (), f"Subject: Hello\r\n{one}\r\nText\r\n".encode()) for one in headers]
        for name, headers in inboxes.items()
    }
    mailbox = SimpleNamespace(
        mails=lambda person, since=None: mails.get(person.label, []),
        kept=lambda found: [one.subject for one in found],
        any_since=lambda _: any(mails.values()),
    )

    def register() -> SimpleNamespace:
        if mails_newcomers:
            mails["Newcomer"] = [
                ReceivedMail(1, AT, "", (), b"Subject: Hello\r\n\r\nhttps://shes.example/?code=123456\r\n")
            ]
        return SimpleNamespace(ok=True)

    newcomer = SimpleNamespace(label="Newcomer", sony=SimpleNamespace(register=register))
    found = SimpleNamespace(
        mailbox=mailbox,
        moment=SimpleNamespace(since=None),
        cast=SimpleNamespace(everyone=(FEMKE, BRAM), add=lambda *_: newcomer),
        service=SimpleNamespace(settle=lambda: None),
    )
    return cast("Stage", found)


def seen(what: str, *, mails_newcomers: bool = False, **inboxes: list[str]) -> Any:
    one = stage(mails_newcomers=mails_newcomers, **inboxes)
    return receives(one, FEMKE, NOUNS["message"].meaning(one, what))


def test_an_empty_inbox_needs_mail_elsewhere() -> None:
    assert seen("mail", Femke=[SERVICE]).holds
    assert not seen("mail", Bram=[SERVICE]).holds
    assert seen("mail", Bram=[SERVICE]).control
    assert not seen("mail").control


def test_where_no_mail_came_somebody_who_signs_up_is_the_control() -> None:
    asked_otherwise = seen("mail", mails_newcomers=True)

    assert (asked_otherwise.holds, asked_otherwise.control) == (False, True)


def test_exactly_one_mail() -> None:
    assert seen("exactly one mail", Femke=[SERVICE]).holds
    assert not seen("exactly one mail", Femke=[SERVICE, SERVICE]).holds
    with pytest.raises(HarnessError):
        seen("exactly one mail", Bram=[SERVICE])


def test_a_marketing_mail_has_a_link_for_one_click() -> None:
    message = "a marketing mail with a link to unsubscribe"

    assert seen(message, Femke=[SERVICE, ONE_CLICK]).holds
    assert not seen(message, Femke=[""]).holds
    assert not seen(message, Femke=[LINK]).holds
    with pytest.raises(HarnessError):
        seen(message, Femke=[SERVICE])


def test_nobody_else_is_mailed() -> None:
    def look(found: Stage) -> Seen:
        return somebody_else_is_mailed(found.mailbox, found.cast, found.moment, FEMKE)

    alone = look(stage(Femke=[SERVICE]))
    assert (alone.holds, alone.control) == (False, True)
    assert look(stage(Femke=[SERVICE], Bram=[SERVICE])).holds
    assert not look(stage()).control
