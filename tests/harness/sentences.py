"""The room's sentences: copied beside its feature files as their conftest."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime

from pytest_bdd import given, parsers, then, when

from harness.errors import HarnessError, NotAssessed, PromiseBroken
from harness.evidence.model import Channel
from harness.stage import Stage


@given(parsers.parse("{name} lives in {place} and has an account"))
def _joined(stage: Stage, name: str, place: str) -> None:
    stage.cast.add(name, place.removeprefix("the ")).join()


@given(parsers.parse("{name} lives in {place}"))
def _lives(stage: Stage, name: str, place: str) -> None:
    stage.cast.add(name, place.removeprefix("the "))


@given("the stage falls down")
def _falls() -> None:
    raise RuntimeError("a plank is loose")


@given("a look that goes wrong")
def _control(stage: Stage) -> None:
    stage.evidence.check(Channel.API, "the stage is as it should be", False, detail="It is not.")


@when("nothing happens")
def _nothing() -> None:
    pass


@when(parsers.parse("{name} consents"))
def _consents(stage: Stage, name: str) -> None:
    stage.cast.person(name).consents.give("email-marketing")


@when(parsers.parse("{name} deletes the account"))
def _deletes(stage: Stage, name: str) -> None:
    stage.cast.person(name).account.delete()


@when(parsers.parse("it becomes {year:d}"))
def _becomes(stage: Stage, year: int) -> None:
    stage.clock.move_to(datetime(year, 6, 1, tzinfo=UTC))


@then("all is well")
def _well(stage: Stage) -> None:
    stage.evidence.check(Channel.API, "all is well", True)


@then("all is well outside")
def _well_outside(stage: Stage) -> None:
    stage.evidence.check(Channel.OUTBOUND, "all is well", True)


@then(parsers.parse("{name}'s account is there"))
def _there(stage: Stage, name: str) -> None:
    answer = stage.cast.person(name).account.read()
    stage.evidence.check(Channel.API, f"{name}'s account is there", answer.ok, evidence=[answer.exchange])


@then(parsers.parse("{name} is named Rumpelstiltskin"))
def _named(stage: Stage, name: str) -> None:
    answer = stage.cast.person(name).account.read()
    seen = f"The account {answer.field('account_id')} has another name."
    stage.evidence.check(
        Channel.API, f"{name} is named Rumpelstiltskin", False, detail=seen, evidence=[answer.exchange]
    )


@then(parsers.parse("nothing about {name} was shared"))
def _not_shared(stage: Stage, name: str) -> None:
    person = stage.cast.person(name)
    stage.service.settle()
    later = stage.recipients.arrivals(since=stage.moment.since)
    about = [one for one in later if stage.recipients.is_about(one, person)]
    if not later:
        raise HarnessError(f"No control delivery arrived, so it proves nothing that none is about {name}.")
    stage.evidence.check(
        Channel.OUTBOUND, f"nothing about {name} was shared", not about, evidence=stage.recipients.keep(later)
    )


@then(parsers.parse("{name} is seen in storage"))
def _seen(stage: Stage, name: str) -> None:
    stage.evidence.check(Channel.STORAGE, f"{name} is seen", bool(stage.storage.traces(stage.cast.person(name))))


@then(parsers.parse("{name} is gone from storage"))
def _gone(stage: Stage, name: str) -> None:
    stage.service.settle()
    person = stage.cast.person(name)
    if not stage.storage.shown(person):
        raise HarnessError(f"No database of the target has shown {name}.")
    stage.evidence.check(Channel.STORAGE, f"{name} is gone", not stage.storage.traces(person))


@then("a promise is broken")
def _broken() -> None:
    raise PromiseBroken("it broke")


@then("a broken promise is hushed up")
def _hushed(stage: Stage) -> None:
    with suppress(PromiseBroken):
        stage.evidence.check(Channel.API, "nobody hushes anything up", False)


@then("the step itself breaks")
def _bug() -> None:
    raise ZeroDivisionError("one over nothing")


@then("the process is gone")
def _gone_altogether() -> None:
    os._exit(0)


@then("it cannot be seen")
def _unseen() -> None:
    raise NotAssessed("The curtain is closed.")
