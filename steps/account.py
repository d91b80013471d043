"""The account of somebody: signing in to it, changing it, deleting it."""

from __future__ import annotations

import pytest
from pytest_bdd import given, when

from harness.people.person import PeopleFactory
from harness.stage import Actor, Stage
from harness.stage.actor import done
from harness.target.http import Answer
from steps.words import says


@pytest.fixture
def answers() -> dict[str, Answer]:
    """What the target answered to the last thing that each person did, by name."""
    return {}


def move(actor: Actor, place: str) -> Answer:
    """Change country and postal code to those of somebody who lives elsewhere."""
    neighbour = PeopleFactory(f"{actor.person.email} moves").person(actor.label, place)
    return actor.change_account(country=neighbour.residence.country, postal_code=neighbour.postal_code)


def rename(actor: Actor) -> Answer:
    """Change the display name to a text that only this person would write."""
    return actor.change_account(display_name=actor.person.free_text("display_name"))


def delete_with_reason(actor: Actor) -> Answer:
    """Delete the account, with a reason in words that only this person would write."""
    return actor.delete_account(reason=actor.person.free_text("deletion_reason"))


@when(says("{name:Name} signs in again"))
def signs_in_again(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """A further session; those before it go on."""
    answers[name] = stage.actor(name).sign_in()


@given(says("{name:Name} is signed in on another device too"))
def signed_in_elsewhere(stage: Stage, name: str) -> None:
    """A second session beside the first."""
    done(stage.actor(name).sign_in(), f"{name} signs in on another device")


@when(says("{name:Name} changes the display name"))
def changes_display_name(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """To a text that only this person would write; the old one still tells who it was."""
    answers[name] = rename(stage.actor(name))


@given(says("{name:Name} has changed the display name"))
def has_changed_display_name(stage: Stage, name: str) -> None:
    """As the When of the same words, at rest since."""
    done(rename(stage.actor(name)), f"{name} changes the display name")
    stage.settle()


@when(says("{name:Name} moves to {place:Place}"))
def moves(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """Country and postal code become those of the new home."""
    answers[name] = move(stage.actor(name), place)


@given(says("{name:Name} has moved to {place:Place}"))
def has_moved(stage: Stage, name: str, place: str) -> None:
    """As the When of the same words, at rest since."""
    done(move(stage.actor(name), place), f"{name} moves to {place}")
    stage.settle()


@when(says("{name:Name} deletes the account"))
def deletes(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without a word of why."""
    answers[name] = stage.actor(name).delete_account()


@when(says("{name:Name} deletes the account and says why"))
def deletes_and_says_why(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """With a free text that only this person would write."""
    answers[name] = delete_with_reason(stage.actor(name))


@given(says("{name:Name} has deleted the account"))
def has_deleted(stage: Stage, name: str) -> None:
    """With a free text of why, and at rest since."""
    done(delete_with_reason(stage.actor(name)), f"{name} deletes the account")
    stage.settle()
