"""What people are told before they give anything, and where it leads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest
from pytest_bdd import parsers, then, when

from harness.evidence.model import Channel
from harness.people.residences import Residence, members, residence, residences
from harness.stage import Notice, Stage
from steps.sharing import company_id
from steps.words import COMPANIES, WORDS, Word, says

_OPT_OUT = "marketing-opt-out"
_POLICY, _CALIFORNIA = "local-company-policy", "california-notice"


_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_PROVINCES = "AB BC MB NB NL NS NT NU ON PE QC SK YT"


def _parts(country: str, codes: str) -> list[Residence]:
    """The states or provinces of a country, people of which are made up or not."""
    somewhere = next(one for one in residences().values() if one.country == country)
    return [replace(somewhere, subdivision=f"{country}-{code}") for code in codes.split()]


def _elsewhere() -> list[Residence]:
    named = {"US", "CA", "CN", *(one.country for one in members("EEA"))}
    return [one for one in residences().values() if one.country not in named]


_AREAS: dict[str, Callable[[], Iterable[Residence]]] = {
    "the European Economic Area": lambda: members("EEA"),
    "the United States": lambda: _parts("US", _STATES),
    "Canada": lambda: _parts("CA", _PROVINCES),
    "the rest of the world": _elsewhere,
}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and by people of which residence."""

    place: Residence
    notice: Notice | None


@pytest.fixture
def read() -> list[Read]:
    """What was read since the last When."""
    return []


@when(says("somebody in {place:Place} reads in {language:Language} how to end e-mail marketing"))
def reads_way_out(stage: Stage, read: list[Read], place: str, language: str) -> None:
    """Without an account, and without signing in."""
    _read(stage, read, [residence(place)], language)


@when(
    parsers.parse(
        "people all over {area:Area} read in {language:Language} how to end e-mail marketing",
        extra_types={**WORDS, "Area": Word("|".join(_AREAS), _AREAS.__getitem__)},
    )
)
def read_way_out_all_over(
    stage: Stage, read: list[Read], area: Callable[[], Iterable[Residence]], language: str
) -> None:
    """Likewise, in every country, state or province of it."""
    _read(stage, read, area(), language)


def _read(stage: Stage, read: list[Read], places: Iterable[Residence], language: str) -> None:
    read[:] = [Read(place, stage.notices.read(_OPT_OUT, place, language)) for place in places]


def _judge(stage: Stage, read: list[Read], claim: str, amiss: Callable[[Notice], str]) -> None:
    """Check something of every notice that was read; ``amiss`` says in words what is wrong with one."""
    wrong = {
        one.place.subdivision or one.place.country: amiss(one.notice) if one.notice else "there is no such notice"
        for one in read
    }
    stage.evidence.check(
        Channel.NOTICE,
        claim,
        not any(wrong.values()),
        detail="; ".join(f"{place}: {what}" for place, what in wrong.items() if what),
        evidence=[one.notice.evidence for one in read if one.notice],
    )


def _links(notice: Notice, rel: str) -> dict[str, str]:
    """Addresses that can be followed, by language."""
    return {
        link.language.partition("-")[0]: link.href
        for link in notice.links
        if link.rel == rel and urlsplit(link.href).scheme in {"http", "https"} and urlsplit(link.href).hostname
    }


@then(says("the notice leads to the local company's own privacy policy"))
def leads_to_policy(stage: Stage, read: list[Read]) -> None:
    """By a link that can be followed."""
    claim = "the notice leads to the local company's own privacy policy"
    _judge(stage, read, claim, lambda notice: "" if _links(notice, _POLICY) else "it has no such link")


@then(says("the notice names {company:Company} and no other company of the group"))
def names_company(stage: Stage, read: list[Read], company: str) -> None:
    """In its text or in the title of a link."""
    rightful = company_id(stage, company)

    def amiss(notice: Notice) -> str:
        words = "\n".join([notice.title, notice.text, *(link.title for link in notice.links)])
        named = {name for name in COMPANIES if name.rstrip(".") in words}
        right = {COMPANIES[name] for name in named} == {rightful}
        return "" if right else f"it names {', '.join(sorted(named)) or 'none'}"

    _judge(stage, read, f"the notice names {company} and no other company of the group", amiss)


@then(says("the notice leads to the notice for California too"))
def leads_to_california(stage: Stage, read: list[Read]) -> None:
    """By a link of its own."""
    claim = "the notice leads to the notice for California too"
    _judge(stage, read, claim, lambda notice: "" if _links(notice, _CALIFORNIA) else "it has no such link")


@then(says("the notice leads to it in {language:Language} and in {other:Language}"))
def leads_to_both(stage: Stage, read: list[Read], language: str, other: str) -> None:
    """By two links, in whatever language the notice itself is read."""

    def amiss(notice: Notice) -> str:
        found = _links(notice, _POLICY)
        right = {language, other} <= found.keys() and found[language] != found[other]
        return "" if right else f"it leads to it in {', '.join(sorted(found)) or 'none'}"

    _judge(stage, read, "the notice leads to the local company's policy in both languages", amiss)


@then(says("the notice is in {language:Language}"))
def is_in(stage: Stage, read: list[Read], language: str) -> None:
    """As it says of itself, and with a text."""

    def amiss(notice: Notice) -> str:
        right = notice.language.partition("-")[0] == language and notice.text.strip()
        return "" if right else f"it is in {notice.language}"

    _judge(stage, read, f"the notice is in the language asked for ({language})", amiss)
