"""Members of staff who look at accounts, and the ledger of it (5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from pytest_bdd import given, then, when

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.residences import residence
from harness.people.search import find_traces
from harness.stage import Stage
from harness.stage.answers import done
from steps.sharing import moment
from steps.words import says


@dataclass(frozen=True, slots=True)
class Look:
    """One look at an account: whose, from where, as what, what for, when; and whether anything was shown."""

    account_id: str
    place: str
    role: str
    purpose: str
    at: datetime
    shown: bool = True


@pytest.fixture
def looks() -> list[Look]:
    """Every look of the scenario that was granted."""
    return []


def account_id(stage: Stage, name: str) -> str:
    """The id of somebody's SHES account."""
    return str(done(stage.cast.person(name).account.read(), f"{name} looks at the account").field("account_id"))


@given(says("a {role} in {place:Place} has looked at {name:Name}'s account: {purpose}"))
@when(says("a {role} in {place:Place} looks at {name:Name}'s account: {purpose}"))
def looks_at_account(stage: Stage, looks: list[Look], role: str, place: str, name: str, purpose: str) -> None:
    """As in the service's own back office."""
    whose, where = account_id(stage, name), residence(place).country
    answer = done(
        stage.service.world.access_as_staff(whose, place=where, role=role, purpose=purpose),
        f"a {role} looks at {name}'s account",
    )
    if not find_traces(answer.content, stage.cast.person(name).person.canaries):
        raise HarnessError(
            f"The {role} was shown nothing of {name}'s account, so there is nothing to be logged.",
            cause="accessAccount does not show the account",
            remedy="see accessAccount in harness/contract/openapi.yaml",
        )
    looks.append(Look(whose, where, role, purpose, stage.clock.now.replace(microsecond=0)))


@when(says("a {role} in {place:Place} looks at {name:Name}'s closed account: {purpose}"))
def looks_at_closed_account(stage: Stage, looks: list[Look], role: str, place: str, name: str, purpose: str) -> None:
    """Known by an earlier look. A service need not show it any more; then it may leave the look out of the ledger."""
    whose, where = looks[0].account_id, residence(place).country
    answer = stage.service.world.access_as_staff(whose, place=where, role=role, purpose=purpose)
    shown = answer.ok and bool(find_traces(answer.content, stage.cast.person(name).person.canaries))
    looks.append(Look(whose, where, role, purpose, stage.clock.now.replace(microsecond=0), shown))


@then("the ledger of accesses shows each look with place, role, purpose and time, and no other")
def ledger_shows_looks(stage: Stage, looks: list[Look]) -> None:
    """As often as they happened, and about the account that was looked at."""
    answer, entries = stage.service.world.records("accesses")
    entered: list[tuple[object, ...]] = [
        (one.get("account_id"), one.get("place"), one.get("role"), one.get("purpose"), moment(one.get("at")))
        for one in entries
    ]
    happened: list[tuple[object, ...]] = [(one.account_id, one.place, one.role, one.purpose, one.at) for one in looks]
    must = [as_entered for one, as_entered in zip(looks, happened, strict=True) if one.shown]
    missing = [one for one in set(must) if entered.count(one) < must.count(one)]
    made_up = [one for one in set(entered) if entered.count(one) > happened.count(one)]
    wrong = [f"not there: {one[2]} in {one[1]}, {one[3]}" for one in missing]
    wrong += [f"there, and never happened: {one[2]!r} in {one[1]!r}, {one[3]!r} at {one[4]}" for one in made_up]
    stage.evidence.check(
        Channel.RECORD,
        "the ledger of accesses shows each look with place, role, purpose and time, and no other",
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange],
    )


@when(says("somebody looks at {name:Name}'s account without a word of {what}"))
def looks_without(stage: Stage, looks: list[Look], name: str, what: str) -> None:
    """Something is left out. Who is let in all the same must be in the ledger with it, and cannot be."""
    said = {"place": "JP", "role": "support agent", "purpose": "answering a question"}
    left_out = {key: value for key, value in said.items() if key != what}
    whose = account_id(stage, name)
    if stage.service.world.access_as_staff(whose, **left_out).ok:
        looks.append(Look(whose, said["place"], said["role"], said["purpose"], stage.clock.now.replace(microsecond=0)))


@then("nobody sees an account without place, role and purpose in the ledger")
def nobody_sees_without(stage: Stage, looks: list[Look]) -> None:
    """Whoever was let in left them out, so what the ledger has for them is made up or missing."""
    answer, _ = stage.service.world.records("accesses")
    stage.evidence.check(
        Channel.RECORD,
        "nobody sees an account without place, role and purpose in the ledger",
        not looks,
        detail="Somebody was shown the account who had left one of them out.",
        evidence=[answer.exchange],
    )
