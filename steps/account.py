"""The account of somebody: signing in to it, changing it, deleting it.

What the target answered to the last thing somebody did is the fixture ``answer``.
"""

from __future__ import annotations

from pytest_bdd import given, when

from harness.people.person import PeopleFactory
from harness.stage import Actor, Stage
from harness.stage.actor import done
from harness.target.http import Answer
from steps.words import says


def move(actor: Actor, place: str) -> Answer:
    """Change country and postal code to those of somebody who lives elsewhere."""
    neighbour = PeopleFactory(f"{actor.person.email} moves").person(actor.label, place)
    return actor.change_account(country=neighbour.residence.country, postal_code=neighbour.postal_code)


@when(says("{name:Name} signs in again"), target_fixture="answer")
def signs_in_again(stage: Stage, name: str) -> Answer:
    """A further session; those before it go on."""
    return stage.actor(name).sign_in()


@given(says("{name:Name} is signed in on another device too"))
def signed_in_elsewhere(stage: Stage, name: str) -> None:
    """A second session beside the first."""
    done(stage.actor(name).sign_in(), f"{name} signs in on another device")


@when(says("{name:Name} changes the display name"), target_fixture="answer")
def changes_display_name(stage: Stage, name: str) -> Answer:
    """To a text that only this person would write; the old one still tells who it was."""
    actor = stage.actor(name)
    return actor.change_account(display_name=actor.person.free_text("display_name"))


@given(says("{name:Name} has changed the display name"))
def has_changed_display_name(stage: Stage, name: str) -> None:
    """As the When of the same words, at rest since."""
    done(changes_display_name(stage, name), f"{name} changes the display name")
    stage.settle()


@when(says("{name:Name} moves to {place:Place}"), target_fixture="answer")
def moves(stage: Stage, name: str, place: str) -> Answer:
    """Country and postal code become those of the new home."""
    return move(stage.actor(name), place)


@given(says("{name:Name} has moved to {place:Place}"))
def has_moved(stage: Stage, name: str, place: str) -> None:
    """As the When of the same words, at rest since."""
    done(move(stage.actor(name), place), f"{name} moves to {place}")
    stage.settle()


@when(says("{name:Name} deletes the account"), target_fixture="answer")
def deletes(stage: Stage, name: str) -> Answer:
    """Without a word of why."""
    return stage.actor(name).delete_account()


@when(says("{name:Name} deletes the account and says why"), target_fixture="answer")
def deletes_and_says_why(stage: Stage, name: str) -> Answer:
    """With a free text that only this person would write."""
    actor = stage.actor(name)
    return actor.delete_account(reason=actor.person.free_text("deletion_reason"))


@given(says("{name:Name} has deleted the account"))
def has_deleted(stage: Stage, name: str) -> None:
    """With a free text of why, and at rest since."""
    done(deletes_and_says_why(stage, name), f"{name} deletes the account")
    stage.settle()
