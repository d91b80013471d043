"""Other ways to ask whether something can be seen at all, for when it and its control are both missing."""

from __future__ import annotations

from collections.abc import Iterable

from harness.evidence.model import Channel
from harness.stage import Actor, Recorder, Stage
from steps.registration import KEPT_OUT

_NEWCOMER = "Newcomer"


def mail_comes(stage: Stage) -> bool:
    """Whether the target's mail reaches the harness: any since the last When, or a code for somebody who signs up now.

    A service that sends one kind of mail and not another is at fault for the other.
    """
    if stage.mailbox.any_since(stage.moment.since):
        return True
    newcomer = stage.cast.add(_NEWCOMER, stage.cast.everyone[0].person.residence)
    if newcomer.sony.register().ok:
        stage.service.settle()
    return any(mail.code for mail in stage.mailbox.mails(newcomer))


def demand_accounts(evidence: Recorder, others: Iterable[Actor]) -> None:
    """That people who deleted nothing still have an account, when the storage shows none of them any longer.

    Raises:
        PromiseBroken: What was done for one person has destroyed the account of another.
    """
    for one in others:
        answer = one.session.sign_in()
        shown = one.account.read() if answer.ok else answer
        if shown.status in KEPT_OUT:
            evidence.check(
                Channel.API,
                f"{one.label}, who deleted nothing, still has an account",
                False,
                detail=f"{shown.operation} was answered with {shown.status}.",
                evidence=[answer.exchange, shown.exchange],
            )
