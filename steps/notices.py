"""Notices: what people can read before they provide data, and which version they were given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import yaml

from harness.errors import NotApplicable
from harness.evidence.model import Channel
from harness.people.residences import Residence, members, residences
from harness.people.residences import residence as find_residence
from harness.stage import Actor, Clock, Notice, Notices, Service, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, deed, sight, words
from steps.deliveries import moment
from steps.nouns import COMPANIES
from steps.recipients import Addressees

TRANSFER = "data-transfer"
ALWAYS = frozenset({"nl", "en"})
"""Languages in which every notice is available; where another was asked for, the notice may be in one of these."""
_CHILDREN = "children"
_SENTENCE = 80
"""Letters that a statement takes at least, in any language."""

words(
    "topic",
    "the topic of a notice",
    {
        "data transfer": TRANSFER,
        "safeguards": "safeguards",
        "ending e-mail marketing": "marketing-opt-out",
        "children": _CHILDREN,
    },
)


# -- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A notice that was asked for.

    Attributes:
        home: The residence it was asked for.
        language: The language it was asked for in.
        answer: What the service answered.
        by_customer: Whether a person of the scenario asked, to whom it must be available in a language of theirs.
    """

    home: Residence
    language: str
    answer: Answer
    by_customer: bool

    @property
    def notice(self) -> Notice | None:
        """The notice; None where there is none for that residence."""
        return Notice.of(self.answer)

    @property
    def spoken(self) -> str:
        """The language of the notice, without its region."""
        return self.notice.language.partition("-")[0].lower() if self.notice else ""


class Readings(list[Read]):
    """What was read last."""


_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_PROVINCES = "AB BC MB NB NL NS NT NU ON PE QC SK YT"


def _parts(country: str, codes: str) -> list[Residence]:
    """The states or provinces of a country, including those that no synthetic person lives in."""
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
class Reader:
    """Who reads: a person of the scenario, or somebody without an account in each of some residences."""

    homes: tuple[Residence, ...]
    person: Actor | None = None


words("area", "the countries, states or provinces of an area", _AREAS)
readers = Phrases("reader", "who reads a notice")


@readers("{person}")
def _by_customer(_: Stage, person: Actor) -> Reader:
    return Reader((home_of(person),), person)


@readers("somebody in {residence}")
def _by_somebody(_: Stage, residence: str) -> Reader:
    return Reader((find_residence(residence),))


@readers("people across {area}")
def _by_people(_: Stage, area: Callable[[], Iterable[Residence]]) -> Reader:
    return Reader(tuple(area()))


def home_of(person: Actor) -> Residence:
    """Where somebody lives now."""
    home = person.person.residence
    return home if home.country == person.details.country else find_residence(person.details.country)


@deed("{reader} read[s] the notice on {topic}[ in {language}]")
def reads(
    notices: Notices,
    service: Service,
    readings: Readings,
    reader: Callable[[], Reader],
    topic: str,
    language: str | None = None,
) -> None:
    """Without signing in; in the person's own language unless another is named. Unserved countries need no notice."""
    who = reader()
    if who.person:
        language = language or who.person.details.language
    homes = [home for home in who.homes if service.description.serves(home.country)]
    if not homes:
        raise NotApplicable(f"The target serves nobody in {', '.join(sorted({home.name for home in who.homes}))}.")
    readings[:] = [
        Read(home, language or "en", notices.ask(topic, home, language or "en"), who.person is not None)
        for home in homes
    ]


def available(readings: Readings) -> Iterator[Seen]:
    """That there is a notice is a promise itself, to a customer in a language in which it has to be available."""
    for one in readings:
        if one.by_customer:
            expected = {one.language} if one.language in ALWAYS else {one.language, *ALWAYS}
            yield Seen(
                channel=Channel.NOTICE,
                holds=one.spoken in expected,
                claim=f"there is a notice, and it is in {' or '.join(sorted(expected))}",
                detail=f"It is in {one.notice.language}." if one.notice else "There is none for people who live there.",
                evidence=[one.answer.exchange],
            )


def in_all(readings: Readings, problem: Callable[[Read, Notice], str], claim: str = "") -> Seen:
    """What holds in every notice that was read; ``problem`` says in words what is wrong with one."""
    wrong = {
        one.home.subdivision or one.home.country: problem(one, one.notice) if one.notice else "there is no such notice"
        for one in readings
    }
    return Seen(
        channel=Channel.NOTICE,
        holds=bool(readings) and not any(wrong.values()),
        claim=claim,
        detail="; ".join(f"{where}: {what}" for where, what in wrong.items() if what) + ".",
        evidence=[one.answer.exchange for one in readings],
    )


@sight("the notice is available without signing in")
def is_available(readings: Readings) -> Seen:
    """Nobody has to provide data in order to read it."""
    answer = readings[-1].answer
    return Seen(
        channel=Channel.API,
        holds=answer.ok,
        detail=f"The service answered {answer.status}.",
        evidence=[answer.exchange],
    )


@sight("the notice was published beforehand")
def was_published(readings: Readings, clock: Clock) -> Seen:
    """The date of the notice is not in the future."""
    return in_all(
        readings,
        lambda _, notice: "" if notice.published_at <= clock.now else f"it is dated {notice.published_at.isoformat()}",
    )


@sight("the notice is in {language}")
def is_in(readings: Readings, language: str) -> Seen:
    """The notice declares this language and has a text."""
    return in_all(
        readings,
        lambda one, notice: "" if one.spoken == language and notice.text.strip() else f"it is in {notice.language}",
    )


# -- what it says ----------------------------------------------------------------------------------------------------


@cache
def _statements() -> dict[str, dict[str, list[list[str]]]]:
    text = resources.files(__package__).joinpath("notices.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[list[str]]]] = yaml.safe_load(text)
    return loaded


_LISTED = {"that data is processed in Japan": "JP", "that data is processed in the United States": "US"}
"""Statements on a country, which must be in the notice's list of countries too."""
words("statement", "what a notice can state", {statement: statement for statement in _statements()})


def states_it(text: str, statement: str, language: str) -> bool:
    """Whether a text makes a statement, by the words that the contract sets; in other languages, whether it is one."""
    plain = " ".join(re.sub(r"<[^>]*>", " ", text).split()).casefold()
    known = _statements()[statement]
    if language not in known:
        return len(plain) >= _SENTENCE
    return all(any(word in plain for word in alternatives) for alternatives in known[language])


@sight("the notice states {statement}")
def states(readings: Readings, statement: str) -> Iterator[Seen]:
    """By the words that the contract sets for its language; countries are in its list too."""

    def problem(one: Read, notice: Notice) -> str:
        listed = statement not in _LISTED or _LISTED[statement] in notice.countries
        right = states_it(notice.words, statement, one.spoken) and listed
        return "" if right else f"version {notice.version} in {notice.language} has no words for it"

    yield from available(readings)
    yield in_all(readings, problem)


named = Phrases("named", "what a notice can name")
_PARENTS = {"nl": ("ouder", "voogd"), "en": ("parent", "guardian"), "fr": ("parent", "tuteur")}
"""To whom the notice is addressed, in the words of its language."""


@named("every country where {person}'s data may be processed")
def _every_country(stage: Stage, readings: Readings, person: Actor) -> Iterator[Seen]:
    """Every other country with a declared recipient of data about residents of the person's country."""
    country = person.details.country
    places = {one.country for one in stage.service.description.recipients if country in one.residences} - {country}
    yield from available(readings)
    yield in_all(
        readings, lambda _, notice: ", ".join(f"{one} is not named" for one in sorted(places - notice.countries))
    )


@named("{recipient} and no other group company")
def _company_alone(_: Stage, readings: Readings, recipient: Addressees) -> Iterator[Seen]:
    """In its text or in the title of a link."""

    def problem(_: Read, notice: Notice) -> str:
        text = "\n".join([notice.title, notice.text, *(link.title for link in notice.links)])
        found = {name for name in COMPANIES if name.rstrip(".") in text}
        right = {COMPANIES[name] for name in found} == set(recipient.ids)
        return "" if right else f"it names {', '.join(sorted(found)) or 'none'}"

    yield in_all(readings, problem)


@named("contacts for parents and guardians")
def _guardians(stage: Stage, readings: Readings) -> Iterator[Seen]:
    """An e-mail address and another way to write, in a text for parents and guardians."""

    def kinds(notice: Notice) -> set[str]:
        return {contact.kind for contact in notice.contacts if contact.value.strip()}

    def contacts(_: Read, notice: Notice) -> str:
        right = "email" in kinds(notice) and len(kinds(notice)) > 1
        return "" if right else f"it shows {', '.join(sorted(kinds(notice))) or 'no contact'}"

    def addressed(one: Read, notice: Notice) -> str:
        if one.spoken not in _PARENTS:
            stage.evidence.observe(f"the notice is in {one.spoken}, for which no words for parents are known")
        right = all(word in notice.words.casefold() for word in _PARENTS.get(one.spoken, ()))
        fits = one.spoken == one.language or one.language not in ALWAYS
        return "" if right and fits else f"it is in {notice.language}: {notice.words}"

    yield in_all(readings, lambda _, __: "", "there is a notice for parents and guardians")
    yield in_all(readings, contacts, "the notice shows an e-mail address and another contact")
    yield in_all(readings, addressed, "the notice addresses parents and guardians, in the language asked for")


@sight("the notice names {named}")
def names(readings: Readings, named: Callable[[Readings], Iterator[Seen]]) -> Iterator[Seen]:
    """In its text, its list of countries, its links or its contacts."""
    yield from named(readings)


# -- which version was given -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A notice that was in force for somebody when they gave data."""

    occasion: str
    notice: Notice | None
    home: Residence
    at: datetime


@dataclass
class NoticesGiven:
    """By person, the notice that was in force each time they gave data."""

    to: dict[str, list[Given]] = field(default_factory=dict)

    def note(self, person: Actor, occasion: str, notice: Notice | None, home: Residence, at: datetime) -> None:
        """Somebody gave data at ``registration``, for the ``account`` or by a ``move``, having read this notice."""
        self.to.setdefault(person.label, []).append(Given(occasion, notice, home, at))


def notice_on_transfers(notices: Notices, person: Actor, home: Residence | None = None) -> Notice | None:
    """The notice on data transfer for somebody, where they live or will live, in their own language."""
    return notices.read(TRANSFER, home or home_of(person), person.details.language)


@sight("the notice ledger shows every notice given to {person}, with version and time")
def ledger_shows(service: Service, given: NoticesGiven, person: Actor) -> Seen:
    """One entry for each time the person provided data: the notice in force, its language, residence and time."""
    account_id = str(done(person.account.read(), f"{person.label} looks at the account").field("account_id"))
    answer, entries = service.world.records("notices")
    mine = [one for one in entries if one.get("account_id") == account_id and one.get("topic") == TRANSFER]
    expected = given.to[person.label]
    wrong = [f"nothing was in force at the {one.occasion}" for one in expected if one.notice is None]
    wrong += [problem for one in expected if one.notice for problem in _problems(one, one.notice, mine)]
    if len(mine) != len(expected):
        wrong.append(f"it has {len(mine)} entries for {len(expected)} times")
    return Seen(
        channel=Channel.RECORD,
        holds=not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange, *(one.notice.evidence for one in expected if one.notice)],
    )


def _problems(given: Given, notice: Notice, entries: Iterable[Mapping[str, Any]]) -> list[str]:
    at = given.at.replace(microsecond=0)
    expected = {"version": notice.version, "language": notice.language, "country": given.home.country}
    if given.home.subdivision and given.occasion != "registration":
        # At the registration no postal code has been given yet.
        expected["subdivision"] = given.home.subdivision
    shown = [
        {member: one.get(member) for member in expected}
        for one in entries
        if one.get("occasion") == given.occasion and moment(one.get("told_at")) == at
    ]
    if expected in shown:
        return []
    return [f"for the {given.occasion} at {at.isoformat()} it has {shown or 'nothing'}, not {expected}"]
