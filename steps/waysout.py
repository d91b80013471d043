"""What people are told before they give anything, and where it leads them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from pytest_bdd import then, when

from harness.evidence.model import Channel
from harness.people.residences import residence
from harness.stage import Notice, Stage
from steps.sharing import company_id
from steps.words import COMPANIES, says

_OPT_OUT = "marketing-opt-out"
_POLICY, _CALIFORNIA = "local-company-policy", "california-notice"


@pytest.fixture
def read() -> list[Notice | None]:
    """What was read, the newest last."""
    return []


@when(says("somebody in {place:Place} reads in {language:Language} how to end e-mail marketing"))
def reads_way_out(stage: Stage, read: list[Notice | None], place: str, language: str) -> None:
    """Without an account, and without signing in."""
    read.append(stage.notice(_OPT_OUT, residence(place), language))


def _shown(stage: Stage, read: list[Notice | None], claim: str) -> Notice:
    notice = read[-1]
    stage.check(Channel.NOTICE, claim, notice is not None, detail="There is no such notice for this residence.")
    assert notice is not None  # checked just now
    return notice


def _links(notice: Notice, rel: str) -> dict[str, str]:
    """Addresses that can be followed, by language."""
    return {
        link.language.partition("-")[0]: link.href
        for link in notice.links
        if link.rel == rel and urlsplit(link.href).scheme in {"http", "https"} and urlsplit(link.href).hostname
    }


@then(says("the notice leads to the local company's own privacy policy"))
def leads_to_policy(stage: Stage, read: list[Notice | None]) -> None:
    """By a link that can be followed."""
    claim = "the notice leads to the local company's own privacy policy"
    notice = _shown(stage, read, claim)
    found = _links(notice, _POLICY)
    stage.check(
        Channel.NOTICE,
        claim,
        bool(found),
        detail="It has no such link.",
        evidence=[notice.evidence],
    )


@then(says("the notice names {company:Company} and no other company of the group"))
def names_company(stage: Stage, read: list[Notice | None], company: str) -> None:
    """In its text or in the title of a link."""
    claim = f"the notice names {company} and no other company of the group"
    notice = _shown(stage, read, claim)
    words = "\n".join([notice.title, notice.text, *(link.title for link in notice.links)])
    named = {name for name in COMPANIES if name.rstrip(".") in words}
    stage.check(
        Channel.NOTICE,
        claim,
        {COMPANIES[name] for name in named} == {company_id(stage, company)},
        detail=f"It names: {', '.join(sorted(named)) or 'none'}.",
        evidence=[notice.evidence],
    )


@then(says("the notice leads to the notice for California too"))
def leads_to_california(stage: Stage, read: list[Notice | None]) -> None:
    """By a link of its own."""
    claim = "the notice leads to the notice for California too"
    notice = _shown(stage, read, claim)
    stage.check(
        Channel.NOTICE,
        claim,
        bool(_links(notice, _CALIFORNIA)),
        detail="It has no such link.",
        evidence=[notice.evidence],
    )


@then(says("the notice leads to it in {language:Language} and in {other:Language}"))
def leads_to_both(stage: Stage, read: list[Notice | None], language: str, other: str) -> None:
    """By two links, in whatever language the notice itself is read."""
    claim = "the notice leads to the local company's policy in both languages"
    notice = _shown(stage, read, claim)
    found = _links(notice, _POLICY)
    stage.check(
        Channel.NOTICE,
        claim,
        {language, other} <= found.keys() and found[language] != found[other],
        detail=f"It leads to it in: {', '.join(sorted(found)) or 'none'}.",
        evidence=[notice.evidence],
    )


@then(says("the notice is in {language:Language}"))
def is_in(stage: Stage, read: list[Notice | None], language: str) -> None:
    """As it says of itself, and with a text."""
    claim = f"the notice is in the language asked for ({language})"
    notice = _shown(stage, read, claim)
    stage.check(
        Channel.NOTICE,
        claim,
        notice.language.partition("-")[0] == language and bool(notice.text.strip()),
        detail=f"It is in {notice.language}.",
        evidence=[notice.evidence],
    )
