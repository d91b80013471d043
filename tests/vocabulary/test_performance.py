"""One declaration serves every form: what is done, has been done, is seen, and is not seen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.errors import HarnessError, NotApplicable, PromiseBroken, RightDenied
from harness.evidence.model import Channel
from harness.evidence.recorder import Recorder
from harness.stage import Stage
from harness.target.http import Answer
from harness.vocabulary import Answers, Seen, Sentence
from harness.vocabulary.declarations import Declaration, Role
from harness.vocabulary.forms import Form
from harness.vocabulary.performance import Performance


class Book:
    """A memory of steps."""

    def __init__(self) -> None:
        self.lines: list[str] = []


class Scene:
    """As much of a stage as a sentence without people asks for."""

    def __init__(self) -> None:
        self.evidence = Recorder()
        self.settled = 0
        self.service = SimpleNamespace(settle=self._settle, opened=True)
        self.cast = SimpleNamespace(everyone=())
        self._parts: dict[type, Any] = {Recorder: self.evidence}

    def _settle(self) -> None:
        self.settled += 1

    def part(self, kind: type) -> Any:
        return self._parts.setdefault(kind, kind())


def perform(scene: Scene, function: Any, role: Role, *, as_given: bool = False, at_rest: bool = False) -> None:
    declaration = Declaration({role: Form("it happens")}, function, at_rest)
    Performance("it happens", declaration, role, {}).run(cast("Stage", scene), as_given=as_given)


def answer(status: int) -> Answer:
    return Answer(operation="doIt", status=status, headers={}, content=b"{}", exchange="e1")


def test_what_somebody_does_is_kept_and_not_judged() -> None:
    scene = Scene()

    perform(scene, lambda: answer(409), Role.PRESENT)

    assert scene.part(Answers)[""].status == 409
    assert scene.evidence.checks == []


def test_what_has_happened_must_have_succeeded_and_come_to_rest() -> None:
    scene = Scene()

    perform(scene, lambda: [answer(200), answer(204)], Role.PAST)
    assert scene.settled == 1

    with pytest.raises(HarnessError, match="409"):
        perform(scene, lambda: [answer(409), answer(200)], Role.PAST)


def seen(*, holds: bool, control: bool = True) -> Any:
    return lambda: Seen(channel=Channel.API, holds=holds, control=control, lacking="nobody was there")


@pytest.mark.parametrize(("role", "holds"), [(Role.AFFIRMED, True), (Role.DENIED, False)])
def test_a_sight_that_is_as_said_is_a_check_that_passed(role: Role, holds: bool) -> None:
    scene = Scene()

    perform(scene, seen(holds=holds), role)

    assert [check.passed for check in scene.evidence.checks] == [True]


@pytest.mark.parametrize(("role", "holds"), [(Role.AFFIRMED, False), (Role.DENIED, True)])
def test_a_sight_that_is_not_as_said_breaks_the_promise(role: Role, holds: bool) -> None:
    with pytest.raises(PromiseBroken):
        perform(Scene(), seen(holds=holds), role)


def test_a_denial_without_a_control_proves_nothing() -> None:
    with pytest.raises(HarnessError, match="nobody was there"):
        perform(Scene(), seen(holds=False, control=False), Role.DENIED)


@pytest.mark.parametrize("channel", [Channel.OUTBOUND, Channel.MAIL, Channel.STORAGE])
def test_silence_proves_nothing_where_no_control_was_looked_for(channel: Channel) -> None:
    with pytest.raises(HarnessError, match="proves nothing"):
        perform(Scene(), lambda: Seen(channel=channel, holds=False), Role.DENIED)


def test_an_answer_that_denies_it_needs_no_control() -> None:
    scene = Scene()

    perform(scene, lambda: Seen(channel=Channel.API, holds=False), Role.DENIED)

    assert [check.passed for check in scene.evidence.checks] == [True]


def test_what_is_there_although_denied_needs_no_control() -> None:
    with pytest.raises(PromiseBroken):
        perform(Scene(), seen(holds=True, control=False), Role.DENIED)


def test_a_sight_as_a_precondition_judges_nothing_and_must_hold() -> None:
    scene = Scene()
    perform(scene, seen(holds=True), Role.AFFIRMED, as_given=True)
    assert scene.evidence.checks == []

    with pytest.raises(HarnessError, match="presupposes"):
        perform(scene, seen(holds=False), Role.AFFIRMED, as_given=True)


def test_the_barrier_comes_before_the_look() -> None:
    scene = Scene()
    looked: list[int] = []

    def look() -> Seen:
        looked.append(scene.settled)
        return Seen(channel=Channel.API, holds=True)

    perform(scene, look, Role.AFFIRMED, at_rest=True)

    assert looked == [1]


def test_several_sights_are_looked_at_one_after_the_other_until_one_is_amiss() -> None:
    scene, looked = Scene(), []

    def look() -> Any:
        for number, holds in enumerate((True, False, True)):
            looked.append(number)
            yield Seen(channel=Channel.API, holds=holds, claim=f"number {number}")

    with pytest.raises(PromiseBroken, match="number 1"):
        perform(scene, look, Role.AFFIRMED)
    assert looked == [0, 1]


def test_a_step_is_given_the_parts_and_memories_that_it_names() -> None:
    scene = Scene()

    def write(book: Book, evidence: Recorder, sentence: Sentence, denied: bool) -> Seen:
        book.lines.append(f"{sentence}, denied: {denied}")
        assert evidence is scene.evidence
        return Seen(channel=Channel.API, holds=False)

    perform(scene, write, Role.DENIED)

    assert scene.part(Book).lines == ["it happens, denied: True"]


def refused(kind: str, operation: str = "changeShesAccount", status: int = 403) -> Answer:
    return Answer(operation, status, {}, f'{{"type": "urn:shes:problem:{kind}"}}'.encode(), "e1")


def test_a_country_that_is_not_served_ends_the_scenario() -> None:
    for role in (Role.PRESENT, Role.PAST):
        with pytest.raises(NotApplicable, match="it happens: the target does not serve"):
            perform(Scene(), lambda: refused("country-not-served"), role)

    # No other operation states a country.
    perform(Scene(), lambda: refused("country-not-served", "deleteShesAccount"), Role.PRESENT)


def test_a_refusal_is_named_before_what_did_not_come_of_it() -> None:
    scene = Scene()
    perform(scene, lambda: refused("minor"), Role.PRESENT)

    with pytest.raises(PromiseBroken, match=r"it happens: refused with 403, minor\. Nothing arrived\."):
        perform(scene, lambda: Seen(channel=Channel.API, holds=False, detail="Nothing arrived."), Role.AFFIRMED)
    with pytest.raises(HarnessError, match=r"^it happens: refused with 403, minor\. It proves nothing"):
        perform(scene, seen(holds=False, control=False), Role.DENIED)


def test_a_right_refused_by_a_rule_is_denied_even_where_it_sets_the_stage() -> None:
    with pytest.raises(RightDenied, match="refused with 409, open order") as denied:
        perform(Scene(), lambda: refused("open-order", "deleteShesAccount", 409), Role.PAST)
    assert denied.value.clauses == {"4.1", "4.5"}

    with pytest.raises(HarnessError, match="where success was needed"):
        perform(Scene(), lambda: refused("open-order", "giveConsent", 409), Role.PAST)
