"""Staff who view accounts, and the access ledger (5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import residence as place_called
from harness.people.search import find_traces
from harness.stage import Actor, Clock, Service
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, noun, sight, words
from steps.deliveries import moment


@dataclass(frozen=True, slots=True)
class View:
    """One view of an account: whose, from where, as what, what for, when; and whether anything was shown."""

    account_id: str
    place: str
    role: str
    purpose: str
    at: datetime
    shown: bool = True


class Views(list[View]):
    """Every view of the scenario, in the order in which they happened."""


_STATED = {"place": "JP", "role": "support agent", "purpose": "answering a question"}
"""What a member of staff states to view an account."""

noun("role", r"[^:]+?", "the role of a member of staff", str)
noun("stated_purpose", r".+", "the purpose for which a member of staff views an account", str)
words("omission", "a detail that a member of staff does not state", {one: one for one in _STATED})


def _account_id(person: Actor) -> str:
    """The id of somebody's SHES account, which the person need not be able to view any longer."""
    known = person.canaries.values("account id")
    return (
        known[-1]
        if person.account.receipt
        else str(done(person.account.read(), f"{person.label} views the account").field("account_id"))
    )


@deed(
    "a {role} in {residence} views {person}'s account: {stated_purpose}",
    past="a {role} in {residence} has viewed {person}'s account: {stated_purpose}",
)
def views(
    service: Service, clock: Clock, seen: Views, role: str, residence: str, person: Actor, stated_purpose: str
) -> Answer:
    """In the service's back office. A closed account need not be shown, and the attempt need not be recorded."""
    whose, where = _account_id(person), place_called(residence).country
    answer = service.world.access_as_staff(whose, place=where, role=role, purpose=stated_purpose)
    shown = answer.ok and bool(find_traces(answer.content, person.canaries))
    if not person.account.receipt:
        done(answer, f"a {role} views {person.label}'s account")
        if not shown:
            raise HarnessError(
                f"The {role} was shown nothing of {person.label}'s account, so there is nothing to be logged.",
                cause="accessAccount does not show the account",
                remedy="see accessAccount in harness/contract/openapi.yaml",
            )
    seen.append(View(whose, where, role, stated_purpose, clock.now.replace(microsecond=0), shown))
    return answer


@sight("the access ledger shows every view with place, role, purpose and time, and no other")
def ledger_shows_views(service: Service, seen: Views) -> Seen:
    """One entry for each view, about the account viewed."""
    answer, entries = service.world.records("accesses")
    entered: list[tuple[object, ...]] = [
        (one.get("account_id"), one.get("place"), one.get("role"), one.get("purpose"), moment(one.get("at")))
        for one in entries
    ]
    happened: list[tuple[object, ...]] = [(one.account_id, one.place, one.role, one.purpose, one.at) for one in seen]
    must = [as_entered for one, as_entered in zip(seen, happened, strict=True) if one.shown]
    missing = [one for one in set(must) if entered.count(one) < must.count(one)]
    made_up = [one for one in set(entered) if entered.count(one) > happened.count(one)]
    wrong = [f"not there: {one[2]} in {one[1]}, {one[3]}" for one in missing]
    wrong += [f"there, and never happened: {one[2]!r} in {one[1]!r}, {one[3]!r} at {one[4]}" for one in made_up]
    return Seen(channel=Channel.RECORD, holds=not wrong, detail=f"{'; '.join(wrong)}.", evidence=[answer.exchange])


def _ledger(service: Service, account_id: str) -> tuple[Answer, int]:
    """What the access ledger shows, and how many views of an account are in it."""
    answer, entries = service.world.records("accesses")
    return answer, sum(one.get("account_id") == account_id for one in entries)


@sight(denied="no staff member can view {person}'s account without stating the {omission}")
def can_view_without(service: Service, person: Actor, omission: str) -> Seen:
    """The ledger could not record such a view in full: it is refused, and the ledger has no view of it."""
    whose = _account_id(person)
    _, before = _ledger(service, whose)
    answer = service.world.access_as_staff(whose, **{key: value for key, value in _STATED.items() if key != omission})
    ledger, after = _ledger(service, whose)
    return Seen(
        channel=Channel.RECORD,
        holds=answer.ok or after != before,
        detail=f"It was answered with {answer.status}; views added to the ledger: {after - before}.",
        evidence=[answer.exchange, ledger.exchange],
    )
