"""What a delivery says, and what a recipient is left with after all that it accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from harness.clock import parse_instant
from harness.contract import unknown_members
from harness.errors import HarnessError
from harness.stage import Actor, Recipients
from harness.world.recipients import Arrival


def moment(text: object) -> datetime | None:
    """A time that the target wrote, to the second; nothing where it wrote none."""
    try:
        return parse_instant(str(text)).replace(microsecond=0)
    except ValueError:
        return None


def sent_at(arrival: Arrival) -> datetime | None:
    """When a delivery was sent by the world's clock, as it says."""
    return moment(arrival.json.get("sent_at")) if isinstance(arrival.json, dict) else None


def purposes(arrival: Arrival) -> set[str]:
    """The purpose of the endpoint that a delivery came to, and the one that it names, which may be another."""
    named = arrival.json.get("purpose") if isinstance(arrival.json, dict) else None
    return {arrival.purpose, named} if isinstance(named, str) else {arrival.purpose}


def undeclared_members(arrival: Arrival) -> set[str]:
    """Members of a delivery that the contract does not know, or knows in others alone."""
    found = {
        f"member {name}, which the contract does not know"
        for name in unknown_members(arrival.json, "Delivery")
        # A company may learn what the profile of a person says who agreed to one (8.QC.1).
        if (arrival.purpose, name.rpartition("/")[2]) != ("profiling", "interests")
    }
    body = arrival.json if isinstance(arrival.json, dict) else {}
    if arrival.kind == "withdraw":
        more = [name for name in ("unsubscribe_url", "product_usage") if body.get(name)]
        more += [name for name, value in arrival.subject.items() if value and name != "subject_id"]
        found |= {f"{name}, in a withdraw" for name in more}
    return found


NOTHING_ARRIVED = "nothing at all arrived in this scenario"
"""Why silence proves nothing."""


def demand_arrivals(recipients: Recipients) -> None:
    """The control of an absence: in this scenario something did arrive somewhere.

    Raises:
        HarnessError: Nothing did.
    """
    if not recipients.arrivals():
        raise HarnessError(
            "Nothing at all arrived in this scenario, so silence proves nothing.",
            cause="the target does not deliver at all, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )


def last_accepted(recipients: Recipients, person: Actor) -> list[Arrival]:
    """The last delivery about a person that each endpoint accepted: a share, unless it was instructed to stop."""
    return list({(one.recipient, one.purpose): one for one in recipients.arrivals(about=person)}.values())


def listed(arrivals: Iterable[Arrival]) -> str:
    """Deliveries in words."""
    return "; ".join(f"{one.recipient} received a {one.kind} for {one.purpose}" for one in arrivals)


def completed(arrivals: Iterable[Arrival]) -> int:
    """How many deliveries these are: an attempt whose answer was lost is repeated rightly, and counts with that."""
    answered: dict[str | None, int] = {}
    for one in arrivals:
        key = one.delivery_id or one.idempotency_key
        answered[key] = answered.get(key, 0) + (one.status is not None)
    return sum(max(1, count) for count in answered.values())
