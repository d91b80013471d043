"""What the sights on sharing see, where no service of the reference breaks just that promise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import HarnessError
from harness.evidence.recorder import Recorder
from harness.people.person import PeopleFactory
from harness.stage import Actor, Moment, Recipients
from harness.stage.moment import Marker
from harness.target.discovery import Recipient
from harness.vocabulary import Seen
from harness.world.recipients import Arrival
from steps.recipients import Addressees, Matter, Nobody
from steps.sharing import holds, is_held, is_received, is_told_to_stop, receives_subject_id

EUROPE, AMERICA, VENDOR = "sony-europe-bv", "sony-electronics-inc", "harbour-reach-media"
MARKETING, ADVERTISING = "email-marketing", "advertising"
ROLES = {EUROPE: "group-company", AMERICA: "group-company", VENDOR: "advertising-vendor"}
PEOPLE = PeopleFactory("sharing")
FEMKE, BRAM = (
    cast(
        "Actor",
        SimpleNamespace(label=one.label, email=one.email, canaries=one.canaries, details=SimpleNamespace(country="NL")),
    )
    for one in (PEOPLE.person("Femke", "the Netherlands"), PEOPLE.person("Bram", "the Netherlands"))
)
Delivery = tuple[Actor, str, str, str, dict[str, str]]
COMPANY = Addressees((EUROPE,), MARKETING, company=True)
VENDORS = Addressees((VENDOR,), ADVERTISING, each=True)
NOW = cast("Moment", SimpleNamespace(since=Marker()))


def recipients(*deliveries: Delivery) -> Recipients:
    """Recipients at which these arrived: about whom, where, for what, share or withdraw, and what more it says."""
    arrived = [
        Arrival(
            number, datetime(2026, 3, 16, tzinfo=UTC), "world", to, purpose, "POST", "/", {}, body.encode(), 202, True
        )
        for number, (to, purpose, body) in enumerate(_written(deliveries), 1)
    ]
    declared = [Recipient(one, one, role, "NL", frozenset(), frozenset()) for one, role in ROLES.items()]

    def arrivals(_key: str, to: str | None = None, purpose: str | None = None) -> list[Arrival]:
        return [one for one in arrived if to in {None, one.recipient} and purpose in {None, one.purpose}]

    outside = SimpleNamespace(recipients=SimpleNamespace(arrivals=arrivals), mail=None)
    return Recipients(cast("Any", outside), "key", cast("Any", SimpleNamespace(recipients=declared)), Recorder())


def _written(deliveries: tuple[Delivery, ...]) -> Iterator[tuple[str, str, str]]:
    for person, to, purpose, kind, more in deliveries:
        subject = {
            "subject_id": f"{person.label}-at-{to}",
            **({"email": person.email} if kind == "share" else {}),
            **more,
        }
        yield to, purpose, json.dumps({"kind": kind, "purpose": purpose, "subject": subject})


def told(found: Recipients, to: Addressees, **how: Any) -> list[Seen]:
    return list(is_told_to_stop(found, NOW, to, FEMKE, **how))


SHARE: Delivery = (FEMKE, EUROPE, MARKETING, "share", {})
WITHDRAW: Delivery = (FEMKE, EUROPE, MARKETING, "withdraw", {})
CONTROL: Delivery = (BRAM, EUROPE, MARKETING, "share", {})


def test_nobody_outside_the_group() -> None:
    outside, anything = Nobody(group=frozenset({EUROPE, AMERICA})), Matter(FEMKE, anything=True)

    assert not is_received(recipients(SHARE, CONTROL), NOW, outside, anything, ever=True).holds
    assert is_received(recipients((FEMKE, VENDOR, ADVERTISING, "share", {}), CONTROL), NOW, outside, anything).holds


def test_silence_without_anybody_else_is_no_proof() -> None:
    seen = is_received(recipients(), NOW, Nobody(), Matter(FEMKE, anything=False))

    assert not seen.holds
    assert not seen.control
    assert is_received(recipients(CONTROL), NOW, Nobody(), Matter(FEMKE, anything=False)).control


def test_an_excepted_company_may_have_it_for_marketing_alone() -> None:
    but, anything = Nobody(excepted=EUROPE), Matter(FEMKE, anything=True)

    assert not is_received(recipients(SHARE), NOW, but, anything).holds
    assert is_received(recipients((FEMKE, EUROPE, "profiling", "share", {})), NOW, but, anything).holds
    assert is_received(recipients(SHARE, (FEMKE, EUROPE, "profiling", "withdraw", {})), NOW, but, anything).holds
    assert not is_received(
        recipients(SHARE, (FEMKE, EUROPE, "profiling", "withdraw", {})), NOW, but, Matter(FEMKE, anything=False)
    ).holds


def test_a_purpose_is_that_of_the_endpoint_or_the_one_that_is_named() -> None:
    data = Matter(FEMKE, anything=False)
    disguised: Delivery = (FEMKE, AMERICA, "personalisation", "share", {})

    assert is_received(recipients(disguised, CONTROL), NOW, Nobody(), data, "personalisation").holds
    assert not is_received(recipients(disguised, CONTROL), NOW, Nobody(), data, "profiling").holds


def test_who_holds_it() -> None:
    data = Matter(FEMKE, anything=False)

    assert is_held(recipients(SHARE), Nobody(), data).holds
    assert not is_held(recipients(SHARE, WITHDRAW), Nobody(), data).holds
    assert not is_held(recipients(SHARE), Nobody(excepted=EUROPE), data).holds
    assert is_held(recipients(SHARE), Nobody(excepted=AMERICA), data).holds
    assert is_held(recipients(SHARE, WITHDRAW), Nobody(excepted=EUROPE), data).holds


def test_a_company_that_holds_it_no_longer() -> None:
    profiled: Delivery = (FEMKE, EUROPE, "profiling", "share", {})

    assert holds(recipients(SHARE), COMPANY, FEMKE).holds
    assert holds(recipients(SHARE), COMPANY, FEMKE, denied=True).holds
    assert not holds(recipients(SHARE, WITHDRAW), COMPANY, FEMKE, denied=True).holds
    assert holds(recipients(SHARE, profiled, WITHDRAW), COMPANY, FEMKE, denied=True).holds
    assert not holds(recipients(CONTROL), COMPANY, FEMKE, denied=True).control


def test_one_vendor_that_holds_it_is_enough_and_each_recipient_has_to() -> None:
    shared: Delivery = (FEMKE, VENDOR, ADVERTISING, "share", {})
    every = Addressees(tuple(ROLES), each=True)

    assert holds(recipients(shared), Addressees((VENDOR,), ADVERTISING), FEMKE).holds
    assert not holds(recipients(SHARE), Addressees((VENDOR,), ADVERTISING), FEMKE).holds
    assert holds(recipients(SHARE, shared), every, FEMKE).holds
    assert not holds(recipients(SHARE, shared, WITHDRAW), every, FEMKE).holds


def test_exactly_once() -> None:
    assert told(recipients(SHARE, WITHDRAW), COMPANY, count=1)[0].holds
    assert not told(recipients(SHARE, WITHDRAW, WITHDRAW), COMPANY, count=1)[0].holds
    assert not told(recipients(SHARE), COMPANY, count=1)[0].holds


def test_a_company_is_told_for_every_purpose() -> None:
    profiled: Delivery = (FEMKE, EUROPE, "profiling", "share", {})

    assert not told(recipients(SHARE, profiled, WITHDRAW), COMPANY)[0].holds
    assert told(recipients(SHARE, profiled, WITHDRAW), COMPANY, purpose=MARKETING)[0].holds


def test_a_vendor_is_told_no_more_than_whom_it_is_about() -> None:
    shared: Delivery = (FEMKE, VENDOR, ADVERTISING, "share", {})
    stop: Delivery = (FEMKE, VENDOR, ADVERTISING, "withdraw", {})
    telling: Delivery = (FEMKE, VENDOR, ADVERTISING, "withdraw", {"email": FEMKE.email})

    assert all(one.holds for one in told(recipients(shared, stop), VENDORS))
    assert not all(one.holds for one in told(recipients(shared, telling), VENDORS))
    assert not told(recipients(shared), VENDORS)[0].holds


def test_who_never_received_anything_cannot_be_told() -> None:
    with pytest.raises(HarnessError):
        told(recipients(CONTROL), VENDORS)


def test_only_the_subject_id_is_received_where_a_withdraw_is() -> None:
    assert receives_subject_id(recipients(SHARE, WITHDRAW), after(1), COMPANY, FEMKE).holds
    assert not receives_subject_id(recipients(SHARE), after(1), COMPANY, FEMKE).holds
    assert not receives_subject_id(recipients(SHARE, SHARE), after(1), COMPANY, FEMKE).holds
    with pytest.raises(HarnessError):
        receives_subject_id(recipients(CONTROL), after(1), COMPANY, FEMKE)


def after(number: int) -> Moment:
    return cast("Moment", SimpleNamespace(since=Marker(arrivals=number)))
