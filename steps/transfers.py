"""Grounds for transfers out of the European Economic Area (5.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from harness.people.residences import residence as find_residence
from harness.stage import Stage
from harness.vocabulary import deed, noun, setting
from steps.nouns import COMPANY, DAY, RESIDENCE, ZONE
from steps.nouns import day as read_day
from steps.recipients import Addressees, company_id

_ANTIQUITY = datetime(2020, 1, 1, tzinfo=UTC)
_NOBODY = "no certified recipient"
_CERTIFIED = " as certified recipient"
_SAFEGUARDS = {
    "standard contractual clauses": "standard-contractual-clauses",
    "binding corporate rules": "binding-corporate-rules",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that allows transfers.

    Attributes:
        kind: As the disclosure ledger of the contract writes it.
        of: Whom or what it is about, as the sentence says it: a company, or a place.
        certified: For a finding of adequacy that covers certified recipients alone: the company, or nothing.
        begins: Its first moment.
        ends: The first moment after it; open when there is none.
    """

    kind: str
    of: str
    certified: tuple[str, ...] | None = None
    begins: datetime = _ANTIQUITY
    ends: datetime | None = None

    @property
    def reference(self) -> str:
        """By which the register and the ledger name it."""
        return f"{self.kind}/{self.begins:%Y%m%d}"


@dataclass(frozen=True, slots=True)
class Period:
    """When a ground is in force."""

    begins: datetime = _ANTIQUITY
    ends: datetime | None = None


@dataclass
class Facts:
    """What the harness has stated for this scenario."""

    countries: dict[str, str] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)

    def in_force(self, at: datetime) -> list[Ground]:
        """Grounds that count at a moment."""
        return [one for one in self.grounds if one.begins <= at and (one.ends is None or at < one.ends)]

    def register(self, stage: Stage) -> dict[str, Any]:
        """``TransferRegister`` of the contract."""
        return {
            "recipients": [{"id": name, "country": country} for name, country in self.countries.items()],
            "adequacy": [
                {
                    "country": find_residence(one.of).country,
                    "reference": one.reference,
                    "certified_recipients": (
                        None if one.certified is None else [company_id(stage, who) for who in one.certified]
                    ),
                    **_validity(one),
                }
                for one in self.grounds
                if one.kind == "adequacy-decision"
            ],
            "safeguards": [
                {"recipient": company_id(stage, one.of), "kind": one.kind, "reference": one.reference, **_validity(one)}
                for one in self.grounds
                if one.kind != "adequacy-decision"
            ],
        }


def _validity(ground: Ground) -> dict[str, str | None]:
    # With the offset of the place where it was decided: the same instant, written otherwise than in UTC.
    return {
        "valid_from": ground.begins.isoformat(),
        "valid_until": ground.ends.isoformat() if ground.ends else None,
    }


def _ground(text: str) -> Ground | None:
    if text == "none":
        return None
    for words, kind in _SAFEGUARDS.items():
        if text.startswith(words):
            return Ground(kind, text.removeprefix(f"{words} with "))
    place, _, certified = text.removeprefix("adequacy of ").partition(" with ")
    who = certified.removesuffix(_CERTIFIED)
    covered = None if not certified else () if certified == _NOBODY else (who,)
    return Ground("adequacy-decision", place, covered)


def _period(text: str) -> Period:
    day, zone = re.split(r" in ", re.sub(r"^(?:from the beginning|to the end) of ", "", text))
    first = read_day(day)
    if text.startswith("from"):
        return Period(begins=datetime.combine(first, time(), ZoneInfo(zone)))
    return Period(ends=datetime.combine(first + timedelta(days=1), time(), ZoneInfo(zone)))


@noun(
    "ground",
    rf"none|(?:{'|'.join(_SAFEGUARDS)}) with (?:{COMPANY})"
    rf"|adequacy of (?:{RESIDENCE})(?: with (?:{_NOBODY}|(?:{COMPANY}){_CERTIFIED}))?",
    "a ground for transfers: standard contractual clauses or binding corporate rules with a company; the adequacy of a "
    "country, or of its certified recipients only; or none",
)
def _a_ground(_: Stage, text: str) -> Ground | None:
    return _ground(text)


noun(
    "period",
    rf"(?:from the beginning|to the end) of (?:{DAY}) in (?:{ZONE})",
    "from the beginning of a day, or to the end of one, in a time zone",
    _period,
)


# -- the facts of law and contract -----------------------------------------------------------------------------------


@setting("{recipient} is located in {residence}")
def is_located_in(stage: Stage, facts: Facts, recipient: Addressees, residence: str) -> None:
    """The country of the recipient is stated to the service; nothing else changes."""
    facts.countries.update(dict.fromkeys(recipient.ids, find_residence(residence).country))
    stage.service.world.state_transfer_register(facts.register(stage))


@deed("the only ground for transfers becomes {ground}", past="the only ground for transfers is {ground}[, {period}]")
def only_ground(stage: Stage, facts: Facts, ground: Ground | None, period: Period | None = None) -> None:
    """In force from the start of the period (inclusive) to its end (exclusive), or always if none is stated."""
    facts.grounds = [_for(ground, period)] if ground else []
    stage.service.world.state_transfer_register(facts.register(stage))


@setting("a further ground for transfers is {ground}, {period}")
def further_ground(stage: Stage, facts: Facts, ground: Ground, period: Period) -> None:
    """In addition to those stated before."""
    facts.grounds.append(_for(ground, period))
    stage.service.world.state_transfer_register(facts.register(stage))


def _for(ground: Ground, period: Period | None) -> Ground:
    return replace(ground, begins=period.begins, ends=period.ends) if period else ground
