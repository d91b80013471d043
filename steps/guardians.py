"""Parents and guardians who report a child, and what staff find (7.5)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Stage
from harness.stage.actor import done
from harness.target.http import Answer
from steps.account import rename
from steps.words import says

_WORDS = {"nl": ("ouder", "voogd"), "en": ("parent", "guardian"), "fr": ("parent", "tuteur")}
"""Whom the notice is for, in the words of its language."""


@given(says("{name:Name} lives in {place:Place} and is a guardian"))
def is_guardian(stage: Stage, name: str, place: str) -> None:
    """Somebody without an account."""
    stage.add(name, place)


@when(says("{name:Name} reports {child:Name} as a child"))
def reports(stage: Stage, answers: dict[str, Answer], name: str, child: str) -> None:
    """Without signing in, by the address of the account; it is at rest then."""
    answers[name] = stage.actor(name).report_child(stage.actor(child).person.email)
    stage.settle()


@when(says("staff find that {child:Name} is a child"))
def staff_find_founded(stage: Stage, child: str) -> None:
    """The auditor plays the staff of the target."""
    _find(stage, child, founded=True)


@when(says("staff find that {child:Name} is no child"))
def staff_find_unfounded(stage: Stage, child: str) -> None:
    """Likewise."""
    _find(stage, child, founded=False)


def _find(stage: Stage, child: str, *, founded: bool) -> None:
    address = stage.actor(child).person.email.casefold()
    found = [one for one in stage.world.guardian_reports() if str(one["child_email"]).casefold() == address]
    stage.check(
        Channel.API,
        f"the report about {child} waits for somebody to look at it",
        bool(found),
        detail="Staff have no such report.",
    )
    for one in found:
        stage.world.find_on_guardian_report(one["report_id"], founded=founded)
    stage.settle()


@then(says("{name:Name} and {other:Name} are told the same"))
def are_told_the_same(stage: Stage, answers: dict[str, Answer], name: str, other: str) -> None:
    """By the answers and by mail: nothing in either tells whether there is an account."""
    first, second = answers[name], answers[other]
    done(first, f"{name} reports")
    same = (first.status, first.json()) == (second.status, second.json() if second.ok else None)
    stage.check(
        Channel.API,
        "whether there is an account, reports are answered alike",
        same,
        detail=f"{name} was answered {first.status}: {first.text}; {other} {second.status}: {second.text}",
        evidence=[first.exchange, second.exchange],
    )
    told = []
    for label in (name, other):
        actor = stage.actor(label)
        told.append([(mail.subject, mail.text.replace(actor.person.email, "")) for mail in stage.mails(actor)])
    stage.check(
        Channel.API,
        "whether there is an account, reports are thanked for by the same mails",
        told[0] == told[1],
        detail=f"{name} got {told[0]}; {other} got {told[1]}",
    )


@then(says("parents who live in {place:Place} are shown whom to turn to, in {language:Language}"))
def are_shown_whom(stage: Stage, place: str, language: str) -> None:
    """A notice for them, with an address of mail and another way."""
    notice = stage.notice("children", place, language)
    stage.check(
        Channel.NOTICE,
        f"there is a notice for parents who live in {place}",
        notice is not None,
        detail="There is none.",
    )
    if notice is None:
        raise HarnessError("There is no notice.")
    kinds = {contact.kind for contact in notice.contacts if contact.value.strip()}
    stage.check(
        Channel.NOTICE,
        "it shows an e-mail address and another way to write",
        "email" in kinds and len(kinds) > 1,
        detail=f"It shows: {', '.join(sorted(kinds)) or 'no contact'}.",
        evidence=[notice.evidence],
    )
    words = _WORDS.get(notice.language.partition("-")[0], ())
    stage.check(
        Channel.NOTICE,
        f"it is in {language}, and speaks to parents and guardians",
        notice.language.partition("-")[0] == language and all(word in notice.words.casefold() for word in words),
        detail=f"It is in {notice.language}: {notice.words}",
        evidence=[notice.evidence],
    )


@when(says("{name:Name}'s display name is changed"))
def is_renamed(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """By whoever uses the account, where it lets them."""
    answers[name] = rename(stage.actor(name))
