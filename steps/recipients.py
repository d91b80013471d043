"""Recipients of personal data: which ones a sentence names, and whether they can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.residences import members
from harness.people.residences import residence as find_residence
from harness.stage import Actor, Cast, Clock, Recipients, Service, Stage
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.discovery import Recipient
from harness.vocabulary import Seen, deed, noun, setting, sight, words
from harness.world.behaviours import BEHAVIOURS, FAILURES, Behaviour
from harness.world.recipients import Arrival
from steps.clock import Span
from steps.nouns import COMPANIES, COMPANY, NAME

_BY_COUNTRY = {"US": "sony-electronics-inc", "CA": "sony-of-canada-ltd", "CN": "sony-china-limited"}

_ANY_VENDOR = "an advertising vendor"
_EVERY_VENDOR = "every advertising vendor"
_EVERYBODY = "every recipient"


@dataclass(frozen=True, slots=True)
class Addressees:
    """Recipients that a sentence speaks of.

    Attributes:
        ids: Their ids.
        purpose: The purpose that they are spoken of for, where no sentence says otherwise; nothing for every purpose.
        company: Whether it is one group company.
        each: Whether the sentence speaks of each of them, and not of any.
    """

    ids: tuple[str, ...]
    purpose: str | None = None
    company: bool = False
    each: bool = False

    def concerns(self, arrival: Arrival, purpose: str | None = None) -> bool:
        """Whether a delivery is one of those that the sentence speaks of.

        Advertising is a matter of its own, from which residents of the United States opt out (8.CA.18): a sentence on a
        company leaves it out.

        Args:
            arrival: A delivery.
            purpose: The purpose that the sentence names.
        """
        if self.company:
            rightful = arrival.purpose == purpose if purpose else arrival.purpose != ADVERTISING
            return rightful and arrival.recipient in self.ids
        return (purpose or self.purpose) in {None, arrival.purpose}


def registered_for(service: Service, country: str) -> list[Recipient]:
    """Group companies that the target registers for e-mail marketing to residents of a country."""
    return [one for one in service.description.recipients_for(MARKETING, country) if one.role == "group-company"]


def demand_served(service: Service, actor: Actor) -> None:
    """That the target serves the country where somebody lives, as it declares; a service need not serve every country.

    Raises:
        NotApplicable: No group company receives data about residents of it.
    """
    if not service.description.serves(actor.details.country):
        raise NotApplicable(
            f"The target declares no group company for {actor.details.country}, so it does not serve people there."
        )


def company_id(stage: Stage, company: str) -> str:
    """The id of a company by name, or of ``Femke's company`` by where Femke lives now.

    Raises:
        TargetError: The policy leaves the company to the register, and not just one is registered there.
    """
    if company in COMPANIES:
        return COMPANIES[company]
    country = stage.cast.person(company.removesuffix("'s company")).details.country
    if country in {place.country for place in members("EEA")}:
        return "sony-europe-bv"
    if country in _BY_COUNTRY:
        return _BY_COUNTRY[country]
    registered = registered_for(stage.service, country)
    if len(registered) != 1:
        raise TargetError(
            f"For {country} the target declares {len(registered)} group companies for e-mail marketing, not one.",
            cause="its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )
    return registered[0].id


def advertising_vendors(service: Service) -> tuple[str, ...]:
    """Advertising vendors of residents of the United States.

    Raises:
        NotApplicable: The target declares none, so there is nobody to be kept from the data.
    """
    declared = service.description.recipients_for(ADVERTISING, "US")
    if not declared:
        raise NotApplicable(
            "The target declares no advertising vendor for residents of the United States.",
            cause="it has none, or its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )
    return tuple(one.id for one in declared)


@noun(
    "recipient",
    rf"{COMPANY}|{_ANY_VENDOR}|{_EVERY_VENDOR}|{_EVERYBODY}",
    f"a company by name or as Femke's company, {_ANY_VENDOR}, {_EVERY_VENDOR}, or {_EVERYBODY}",
)
def _recipient(stage: Stage, text: str) -> Addressees:
    if text == _EVERYBODY:
        return Addressees(tuple(one.id for one in stage.service.description.recipients), each=True)
    if text in {_ANY_VENDOR, _EVERY_VENDOR}:
        return Addressees(advertising_vendors(stage.service), ADVERTISING, each=text == _EVERY_VENDOR)
    return Addressees((company_id(stage, text),), MARKETING, company=True)


_NOBODY = "nobody"
_BUT = "nobody but "
_NO_VENDOR = "no advertising vendor"
_OUTSIDE = "nobody outside the group"


@dataclass(frozen=True, slots=True)
class Nobody:
    """Of whom a sentence says that none of them receives or holds something.

    Attributes:
        excepted: The id of a company that may; empty where there is none.
        purpose: The purpose that they are spoken of for, where the sentence does not name one.
        group: The ids of the group companies, where the sentence speaks of everybody else.
    """

    excepted: str = ""
    purpose: str | None = None
    group: frozenset[str] = frozenset()


@noun(
    "nobody",
    rf"{_NOBODY}|{_BUT}(?:{COMPANY})|{_NO_VENDOR}|{_OUTSIDE}",
    f"{_NOBODY}, {_BUT}a company, {_NO_VENDOR}, or {_OUTSIDE}",
)
def _nobody(stage: Stage, text: str) -> Nobody:
    if text.startswith(_BUT):
        return Nobody(excepted=company_id(stage, text.removeprefix(_BUT)))
    if text == _NO_VENDOR:
        advertising_vendors(stage.service)
        return Nobody(purpose=ADVERTISING)
    if text == _OUTSIDE:
        group = {one.id for one in stage.service.description.recipients if one.role == "group-company"}
        return Nobody(group=frozenset(group))
    return Nobody()


_ANYTHING = "anything about "
_DATA = "'s data"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is received.

    Attributes:
        person: Whom it is about.
        anything: Whether the news that the data must not be used counts too, and not just the data.
    """

    person: Actor
    anything: bool


@noun("matter", rf"{_ANYTHING}{NAME}|{NAME}{_DATA}", "a person's data, or anything about a person")
def _matter(stage: Stage, text: str) -> Matter:
    name = re.sub(rf"^{_ANYTHING}|{_DATA}$", "", text)
    return Matter(stage.cast.person(name), anything=text.startswith(_ANYTHING))


words(
    "behaviour",
    "how a recipient fails; unreachable is a different failure in each scenario, and at each attempt",
    {"is unreachable": (), **{one.words: (one,) for one in BEHAVIOURS}},
)


def _behave(recipients: Recipients, service: Service, ids: Iterable[str], behaviours: Sequence[Behaviour]) -> None:
    for one in ids:
        recipients.take_down(one, behaviours)
    service.rewire(f"a recipient that {behaviours[0].words}")


@setting("{recipient} {behaviour}")
def behaves(recipients: Recipients, service: Service, recipient: Addressees, behaviour: Sequence[Behaviour]) -> None:
    """Each attempt to deliver to it meets this from now on. Earlier deliveries have arrived."""
    service.settle()
    _behave(recipients, service, recipient.ids, behaviour or recipients.outage)


@deed("{recipient} fails in every way, for {span} each")
def fails_in_every_way(
    recipients: Recipients, service: Service, clock: Clock, recipient: Addressees, span: Span
) -> None:
    """Every failure after which a service tries again, one after the other; in the last it remains.

    They are: no connection, no DNS entry, a connection closed without an answer, an answer lost, 408, 425, 429 with and
    without Retry-After, 500, 502, 503, 504. Only silence, which takes real time, is left out.
    """
    for one in FAILURES:
        _behave(recipients, service, recipient.ids, (one,))
        clock.move_to(span(clock.now, service))


@deed("{recipient} recovers")
def recovers(recipients: Recipients, service: Service, recipient: Addressees) -> None:
    """It accepts deliveries again. Attempts that were due before have been made."""
    service.settle()
    for one in recipient.ids:
        recipients.bring_up(one)
    service.rewire("a recipient that works again")


@sight("exactly one group company is registered for {residence}", at_rest=True)
def one_company_is_registered(service: Service, recipients: Recipients, cast: Cast, residence: str) -> Iterator[Seen]:
    """By the recipients that the service declares for e-mail marketing, and by those that received data for it."""
    country = find_residence(residence).country
    registered = registered_for(service, country)
    yield Seen(
        channel=Channel.OUTBOUND,
        holds=len(registered) == 1,
        detail=f"Registered are: {', '.join(one.name for one in registered) or 'none'}.",
    )
    residents = [one for one in cast.everyone if one.details.country == country]
    arrived = [one for who in residents for one in recipients.arrivals(about=who, purpose=MARKETING, kind="share")]
    yield Seen(
        channel=Channel.OUTBOUND,
        claim=f"the registered company, and no other, received data about residents of {residence}",
        holds={one.recipient for one in arrived} == {one.id for one in registered},
        detail=f"Data arrived at: {', '.join(sorted({one.recipient for one in arrived})) or 'nobody'}.",
        evidence=recipients.keep(arrived),
    )
