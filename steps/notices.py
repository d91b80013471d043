"""What people are told before they give data, and which version the ledger says they were told (5.1-5.3, 5.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import pytest
import yaml
from pytest_bdd import given, parsers, then, when

from harness.evidence.model import Channel
from harness.people.residences import Residence, residence
from harness.stage import Actor, Notice, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from steps.account import move
from steps.sharing import demand_served, moment
from steps.transfers import Facts
from steps.words import WORDS, Word, says

TRANSFER = "data-transfer"
SAFEGUARDS = "safeguards"
ALWAYS = frozenset({"nl", "en"})
"""Languages in which every notice is to be had; asked for in another it may be in one of these."""
_SENTENCE = 80
"""Letters that it takes at least to tell somebody, in whatever language."""
CLAUSES = "standard-contractual-clauses"
TOPICS = {"data transfer": TRANSFER, "safeguards": SAFEGUARDS}
"""Topics of notices, as the contract names them."""


@cache
def _statements() -> dict[str, dict[str, list[list[str]]]]:
    text = resources.files(__package__).joinpath("notices.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[list[str]]]] = yaml.safe_load(text)
    return loaded


def says_it(text: str, statement: str, language: str) -> bool:
    """Whether a text says something, by the words that the contract sets; in other languages, whether it says a bit."""
    plain = " ".join(re.sub(r"<[^>]*>", " ", text).split()).casefold()
    known = _statements()[statement]
    if language not in known:
        return len(plain) >= _SENTENCE
    return all(any(word in plain for word in words) for words in known[language])


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody must have been told when they gave data: the notice that was in force for them then."""

    occasion: str
    notice: Notice | None
    home: Residence
    at: datetime


@dataclass
class Reading:
    """What was read in this scenario.

    Attributes:
        notice: The notice that was read last; None where there was none.
        language: In which language it was asked for.
        told: By person, for each time they gave data.
    """

    notice: Notice | None = None
    language: str = ""
    told: dict[str, list[Told]] = field(default_factory=dict)


@pytest.fixture
def reading() -> Reading:
    """What was read in this scenario."""
    return Reading()


_TOPIC = Word("|".join(TOPICS), TOPICS.__getitem__)


def _says(sentence: str) -> parsers.parse:
    statement = Word("|".join(map(re.escape, _statements())), str)
    return parsers.parse(sentence, extra_types={**WORDS, "Topic": _TOPIC, "Statement": statement}, case_sensitive=True)


def _read(stage: Stage, actor: Actor, topic: str, language: str) -> Notice | None:
    place = actor.person.residence
    return stage.notices.read(
        topic, place if place.country == actor.details.country else residence(actor.details.country), language
    )


# -- reading ---------------------------------------------------------------------------------------------------------


@when(_says("{name:Name} reads the notice on {topic:Topic} in {language:Language}"))
def reads_notice(stage: Stage, reading: Reading, name: str, topic: str, language: str) -> None:
    """As somebody who lives where the person lives, without signing in."""
    demand_served(stage, stage.cast.person(name))
    reading.notice = _read(stage, stage.cast.person(name), topic, language)
    reading.language = language


@then(_says("it says {statement:Statement}"))
@then(_says("it names {statement:Statement}"))
def it_says(stage: Stage, reading: Reading, statement: str) -> None:
    """In the language that was asked for, by the words that the contract sets; countries stand in its list too."""
    notice = _notice(stage, reading)
    listed = {"Japan": "JP", "the United States": "US"}.get(statement)
    stage.evidence.check(
        Channel.NOTICE,
        f"the notice on {notice.topic} says {statement}",
        says_it(notice.words, statement, _spoken(notice)) and (listed is None or listed in notice.countries),
        detail=f"Version {notice.version} in {notice.language} has no words for it.",
        evidence=[notice.evidence],
    )


@then(says("it names every country in which {name:Name}'s data may be"))
def names_every_country(stage: Stage, reading: Reading, name: str) -> None:
    """Wherever a recipient of data about residents of the place is, as the service declares."""
    notice = _notice(stage, reading)
    country = stage.cast.person(name).details.country
    places = {one.country for one in stage.service.description.recipients if country in one.residences} - {country}
    stage.evidence.check(
        Channel.NOTICE,
        f"the notice on {notice.topic} names every country in which {name}'s data may be",
        places <= notice.countries,
        detail=f"Not named: {', '.join(sorted(places - notice.countries))}.",
        evidence=[notice.evidence],
    )


def _notice(stage: Stage, reading: Reading) -> Notice:
    """The notice that was read, in a language in which it is to be had; that there is one is a promise itself."""
    found = reading.notice
    expected = {reading.language} if reading.language in ALWAYS else {reading.language, *ALWAYS}
    fits = found is not None and _spoken(found) in expected
    stage.evidence.check(
        Channel.NOTICE,
        f"there is a notice, and it is in {' or '.join(sorted(expected))}",
        fits,
        detail="There is none for people who live there." if found is None else f"It is in {found.language}.",
        evidence=[found.evidence] if found else [],
    )
    assert found is not None  # else the check would not have passed
    return found


def _spoken(notice: Notice) -> str:
    """The language of a notice, wherever it is spoken."""
    return notice.language.partition("-")[0].lower()


# -- before data is given --------------------------------------------------------------------------------------------


@when(says("{name:Name}, whom nobody knows yet, asks for the notice on data transfer"), target_fixture="asked")
def asks_for_notice(stage: Stage, name: str) -> Answer:
    """Without signing in, in the person's own language."""
    actor = stage.cast.person(name)
    demand_served(stage, actor)
    place = actor.person.residence
    asked = {"country": place.country, "language": actor.details.language}
    if place.subdivision:
        asked["subdivision"] = place.subdivision
    return stage.service.call("readNotice", path={"topic": TRANSFER}, params=asked)


@then("it is given without signing in")
def given_without_sign_in(stage: Stage, asked: Answer) -> None:
    """Whoever must give data to read it has given data before being told."""
    stage.evidence.check(
        Channel.API,
        "the notice on data transfer is given without signing in",
        asked.ok,
        detail=f"The target answered {asked.status}.",
        evidence=[asked.exchange],
    )


@then("it has been published by then")
def published_by_then(stage: Stage, asked: Answer) -> None:
    """A notice of the future tells nobody."""
    notice = Notice.of(asked)
    assert notice is not None  # given, as was seen before
    stage.evidence.check(
        Channel.NOTICE,
        "the notice on data transfer has been published by then",
        notice.published_at <= stage.clock.now,
        detail=f"It is dated {notice.published_at.isoformat()}.",
        evidence=[asked.exchange],
    )


# -- which version was told ------------------------------------------------------------------------------------------


@given(says("{name:Name} has registered and made an account"))
@when(says("{name:Name} registers and makes an account"))
def makes_account(stage: Stage, reading: Reading, name: str) -> None:
    """At one time, after reading the notice; the ledger must say that it was in force."""
    actor = stage.cast.person(name)
    notice = _read(stage, actor, TRANSFER, actor.details.language)
    actor.join()
    for occasion in ("registration", "account"):
        reading.told.setdefault(name, []).append(Told(occasion, notice, actor.person.residence, stage.clock.now))


@when(says("{name:Name} moves to {place:Place}, having read the notice for there"))
def moves_told(stage: Stage, reading: Reading, name: str, place: str) -> None:
    """The new home is data too, and another notice may be in force there."""
    actor = stage.cast.person(name)
    notice = stage.notices.read(TRANSFER, place, actor.details.language)
    done(move(actor, place), f"{name} moves to {place}")
    reading.told.setdefault(name, []).append(Told("move", notice, residence(place), stage.clock.now))


@then(says("the ledger of notices shows what {name:Name} was told, each time with version and time"))
def ledger_shows_told(stage: Stage, reading: Reading, name: str) -> None:
    """One entry for each time the person gave data: the notice in force then, its language, residence and time."""
    account_id = str(done(stage.cast.person(name).account.read(), f"{name} looks at the account").field("account_id"))
    answer, entries = stage.service.world.records("notices")
    mine = [one for one in entries if one.get("account_id") == account_id and one.get("topic") == TRANSFER]
    expected = reading.told[name]
    wrong = [f"nothing was in force at the {told.occasion}" for told in expected if told.notice is None]
    wrong += [problem for told in expected if told.notice for problem in _problems(told, told.notice, mine)]
    if len(mine) != len(expected):
        wrong.append(f"it has {len(mine)} entries for {len(expected)} times")
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger of notices shows what {name} was told, each time with version and time",
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange, *(told.notice.evidence for told in expected if told.notice)],
    )


def _problems(told: Told, notice: Notice, entries: list[dict[str, Any]]) -> list[str]:
    at = told.at.replace(microsecond=0)
    expected = {"version": notice.version, "language": notice.language, "country": told.home.country}
    if told.home.subdivision and told.occasion != "registration":
        # At the registration no postal code has been given yet.
        expected["subdivision"] = told.home.subdivision
    shown = [
        {member: one.get(member) for member in expected}
        for one in entries
        if one.get("occasion") == told.occasion and moment(one.get("told_at")) == at
    ]
    if expected in shown:
        return []
    return [f"for the {told.occasion} at {at.isoformat()} it has {shown or 'nothing'}, not {expected}"]


# -- the clauses -----------------------------------------------------------------------------------------------------


@then(says("it links to the standard contractual clauses in {language:Language}"), target_fixture="clauses")
def links_to_clauses(stage: Stage, reading: Reading, language: str) -> str:
    """The address that the link leads to; in another language than was asked for, where the notice is in another."""
    notice = _notice(stage, reading)
    language = language if language in ALWAYS else _spoken(notice)
    found = [one.href for one in notice.links if one.rel == CLAUSES and one.language.partition("-")[0] == language]
    stage.evidence.check(
        Channel.NOTICE,
        f"the notice on safeguards links to the standard contractual clauses in {language}",
        bool(found),
        detail=f"It links to: {', '.join(f'{one.rel} ({one.language})' for one in notice.links) or 'nothing'}.",
        evidence=[notice.evidence],
    )
    return found[0]


@then(says("the link opens them in {language:Language}"))
def link_opens(stage: Stage, reading: Reading, clauses: str, language: str) -> None:
    """Without signing in: 200, and a text in the language of the notice that names the Commission's decision."""
    answer = stage.service.request("GET", clauses)
    language = language if language in ALWAYS else _spoken(_notice(stage, reading))
    _check_clauses(
        stage,
        answer,
        f"the link opens the standard contractual clauses in {language}",
        says_it(answer.text, "the standard contractual clauses", language),
        "The text has no words for them in this language.",
    )


@then("the link opens those with Sony Europe B.V. among what is in force")
def link_names_ground(stage: Stage, facts: Facts, clauses: str) -> None:
    """By the reference that was stated."""
    answer = stage.service.request("GET", clauses)
    reference = facts.grounds[0].reference
    _check_clauses(stage, answer, f"the clauses name {reference} as in force", reference in answer.text, "They do not.")


@then("the link does not open those with Sony Europe B.V. any more")
def link_names_ground_no_more(stage: Stage, facts: Facts, clauses: str) -> None:
    """Nor anything under their reference."""
    answer = stage.service.request("GET", clauses)
    reference = facts.grounds[0].reference
    _check_clauses(
        stage, answer, f"the clauses name {reference} no more", reference not in answer.text, "They still do."
    )


@then("the link opens the clauses that are in force, and nothing else")
def link_names_what_is_in_force(stage: Stage, facts: Facts, clauses: str) -> None:
    """Of all grounds that were stated, by their references."""
    answer = stage.service.request("GET", clauses)
    wanted = {one.reference for one in facts.in_force(stage.clock.now) if one.kind == CLAUSES}
    shown = {one.reference for one in facts.grounds if one.reference in answer.text}
    wrong = [f"not shown: {one}" for one in sorted(wanted - shown)]
    wrong += [f"shown, and no clauses in force: {one}" for one in sorted(shown - wanted)]
    claim = "the link opens the clauses that are in force, and nothing else"
    _check_clauses(stage, answer, claim, not wrong, f"{'; '.join(wrong)}.")


def _check_clauses(stage: Stage, answer: Answer, claim: str, fits: bool, detail: str) -> None:
    kind = answer.headers.get("content-type", "")
    readable = answer.status == 200 and kind.startswith("text/")
    stage.evidence.check(
        Channel.API,
        claim,
        readable and fits,
        detail=detail if readable else f"The link answered {answer.status} with {kind or 'nothing'}.",
        evidence=[answer.exchange],
    )
