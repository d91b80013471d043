"""When the absence of somebody's data from storage proves anything, and what people with shared names prove."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import PromiseBroken
from harness.evidence.recorder import Recorder
from harness.people.person import PeopleFactory
from harness.stage import Actor, Storage
from harness.target.http import Answer
from harness.target.world import StoredPart
from harness.vocabulary import Seen, Sentence
from steps.storage import SeenEverywhere, is_stored
from steps.traces import ADDRESS, PERSONAL, Data, only

PEOPLE = PeopleFactory("storage")


def somebody(label: str, *, account: bool = True, called: str = "") -> Actor:
    """A person with an account, or without one; ``called`` by the display name of somebody else."""
    person = PEOPLE.person(label, "the Netherlands")
    if called:
        person.canaries.made_up("name", called)
    found = SimpleNamespace(
        label=label,
        email=person.email,
        canaries=person.canaries,
        person=person,
        details=SimpleNamespace(display_name=called or person.name),
        session=SimpleNamespace(tokens=["token"] if account else []),
        account=SimpleNamespace(receipt={}),
    )
    return cast("Actor", found)


FEMKE, BRAM, GRETA = somebody("Femke"), somebody("Bram"), somebody("Greta", account=False)
FENNA = somebody("Fenna", called=FEMKE.details.display_name)
DISPLAY_NAMES = Data(lambda actor: only(actor, ["name"]), control=ADDRESS)


def look(
    shown: str, *others: Actor, before: str = "", data: Data = PERSONAL, denied: bool = True, kind: str = "database"
) -> Seen:
    """What a look for Femke sees, where a place shows some text, and showed another before."""
    now = [before]
    world = SimpleNamespace(
        storage=lambda: (StoredPart("place", kind, "Place", "part", now[0].encode()),), trace_id="trace"
    )
    service: Any = SimpleNamespace(world=world)
    evidence = Recorder()
    storage = Storage(service, evidence)
    storage.traces(FEMKE)
    now[0] = shown
    stage: Any = SimpleNamespace(everyone=(FEMKE, *others))
    return is_stored(service, stage, storage, evidence, SeenEverywhere(), Sentence("it is"), FEMKE, data, denied=denied)


def test_absence_is_proved_by_somebody_else_who_is_there() -> None:
    seen = look(BRAM.email, BRAM)

    assert (seen.holds, seen.control) == (False, True)


def test_absence_is_not_proved_where_somebody_with_an_account_is_not_there_either() -> None:
    BRAM.session.sign_in = BRAM.account.read = lambda: Answer("readShesAccount", 200, {}, b"{}")
    seen = look("", BRAM, before=FEMKE.email)

    assert (seen.holds, seen.control) == (False, False)


def test_an_account_that_went_with_another_one_is_a_violation() -> None:
    BRAM.session.sign_in = lambda: Answer("signIn", 401, {}, b"{}")

    with pytest.raises(PromiseBroken, match="Bram, who deleted nothing, still has an account"):
        look("", BRAM, before=FEMKE.email)


def test_absence_is_proved_by_what_was_there_before_where_nobody_else_has_an_account() -> None:
    assert look("", GRETA, before=FEMKE.email).control
    assert not look("", GRETA).control
    assert not look("", GRETA, before=FEMKE.email, kind="log").control


def test_what_is_shared_with_somebody_who_is_there_is_no_trace() -> None:
    assert not look(f"{FENNA.email} {FEMKE.details.display_name}", FENNA).holds
    assert look(f"{FENNA.email} {FEMKE.email}", FENNA).holds


def test_what_is_shared_with_somebody_who_is_gone_is_a_trace() -> None:
    seen = look(f"{FEMKE.details.display_name} {BRAM.email}", FENNA, BRAM)

    assert seen.holds
    assert "name" in seen.detail


def test_a_part_of_the_data_is_missing_only_where_the_person_is_there() -> None:
    assert look(FEMKE.email, BRAM, data=DISPLAY_NAMES).control
    assert not look(BRAM.email, BRAM, data=DISPLAY_NAMES).control
    assert look(f"{FEMKE.email} {FEMKE.details.display_name}", data=DISPLAY_NAMES).holds


def test_data_is_there_where_a_database_shows_it() -> None:
    assert look(FEMKE.email, denied=False).holds
    assert not look(FEMKE.email, denied=False, kind="log").holds
