"""The account of somebody: signing in to it, changing it, deleting it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_bdd import given, parsers, then, when

from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from steps.words import says


@pytest.fixture
def answers() -> dict[str, Answer]:
    """What the target answered to the last thing that each person did, by name."""
    return {}


def move(actor: Actor, place: str) -> Answer:
    """Change country and postal code to those of somebody who lives elsewhere."""
    neighbour = PeopleFactory(f"{actor.person.email} moves").person(actor.label, place)
    return actor.account.change(country=neighbour.residence.country, postal_code=neighbour.postal_code)


def rename(actor: Actor) -> Answer:
    """Change the display name to a text that only this person would write."""
    return actor.account.change(display_name=actor.person.free_text("display_name"))


def delete_with_reason(actor: Actor) -> Answer:
    """Delete the account, with a reason in words that only this person would write."""
    return actor.account.delete(reason=actor.person.free_text("deletion_reason"))


@when(says("{name:Name} signs in again"))
def signs_in_again(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """A further session; those before it go on."""
    answers[name] = stage.cast.person(name).session.sign_in()


@given(says("{name:Name} is signed in on another device too"))
def signed_in_elsewhere(stage: Stage, name: str) -> None:
    """A second session beside the first."""
    done(stage.cast.person(name).session.sign_in(), f"{name} signs in on another device")


@when(says("{name:Name} changes the display name"))
def changes_display_name(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """To a text that only this person would write; the old one still tells who it was."""
    answers[name] = rename(stage.cast.person(name))


@given(says("{name:Name} has changed the display name"))
def has_changed_display_name(stage: Stage, name: str) -> None:
    """As the When of the same words, at rest since."""
    done(rename(stage.cast.person(name)), f"{name} changes the display name")
    stage.service.settle()


_NAMES = {
    "a right-to-left name": "\u05e4\u05de\u05e7\u05d4 \u0641\u0645\u0643\u0629",
    "a very long name": "Wilhelmina " * 14,
    "a name full of signs": "O'N\u00ef\u00e7o & <b>\u5c71\u7530</b> \U0001f680",
}
"""Names that are easily got wrong; each is followed by a word that only this person would write."""


@when(parsers.re(r"(?P<name>[A-Z]\w+) takes (?P<kind>a .* name|a name full of signs)"))
def takes_name(stage: Stage, answers: dict[str, Answer], name: str, kind: str) -> None:
    """As the display name."""
    actor = stage.cast.person(name)
    answers[name] = actor.account.change(display_name=f"{_NAMES[kind]} {actor.person.free_text('name')}"[-200:])


@when(says("{name:Name} registers anew with the same address"))
def registers_anew(stage: Stage, name: str) -> None:
    """After an earlier account is gone, up to a new account."""
    stage.cast.person(name).join()


@when(says("{name:Name} moves to {place:Place}"))
def moves(stage: Stage, answers: dict[str, Answer], name: str, place: str) -> None:
    """Country and postal code become those of the new home."""
    answers[name] = move(stage.cast.person(name), place)


@when(says("{name:Name} changes to a ZIP code of nine digits"))
def takes_nine_digits(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Of the same place, as some write it in the United States."""
    actor = stage.cast.person(name)
    answers[name] = actor.account.change(postal_code=f"{actor.details.postal_code[:5]}-1234")


@given(says("{name:Name} has moved to {place:Place}"))
def has_moved(stage: Stage, name: str, place: str) -> None:
    """As the When of the same words, at rest since."""
    done(move(stage.cast.person(name), place), f"{name} moves to {place}")
    stage.service.settle()


@when(says("{name:Name} deletes the account"))
def deletes(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Without a word of why."""
    answers[name] = stage.cast.person(name).account.delete()


_DEEDS: dict[str, Callable[[Actor], Answer]] = {
    "changes the display name": rename,
    "consents once more": lambda actor: actor.consents.give("email-marketing"),
    "withdraws the consent": lambda actor: actor.consents.withdraw("email-marketing"),
    "asks for a copy of the data": lambda actor: actor.requests.submit("access"),
}


@when(parsers.re(rf"(?P<name>[A-Z]\w+) deletes the account and (?P<deed>{'|'.join(_DEEDS)}) at the same moment"))
def deletes_and_does(stage: Stage, name: str, deed: str) -> None:
    """Two requests at once. Whichever comes first, the deletion counts; what becomes of the other is left open."""
    actor = stage.cast.person(name)
    with ThreadPoolExecutor() as together:
        deletion, other = together.submit(actor.account.delete), together.submit(_DEEDS[deed], actor)
        done(deletion.result(), f"{name} deletes the account")
        other.result()
    stage.service.settle()


@then(says("{name:Name} can use the account in full"))
def can_use_in_full(stage: Stage, name: str) -> None:
    """Sign in, look at everything, change everything, connect what can be connected, and look again: all is granted."""
    actor = stage.cast.person(name)
    deeds: dict[str, Callable[[], Answer]] = {
        "sign in": actor.session.sign_in,
        "look at the Sony account": actor.sony.read,
        "look at the account": actor.account.read,
        "look at the consents": actor.consents.read,
        "look at the privacy choices": actor.choices.read,
        "look at the product apps": actor.apps.read,
        "change the display name": lambda: rename(actor),
        "say again where home is": lambda: actor.account.change(
            country=actor.details.country, postal_code=actor.details.postal_code
        ),
        "connect a product app": lambda: actor.apps.state("camera", {"personalisation": False, "categories": []}),
        "make a My Sony ID": actor.apps.make_my_sony_id,
        "give up the My Sony ID": actor.apps.give_up_my_sony_id,
        "state the date of birth anew": lambda: actor.sony.correct_birth(actor.person.date_of_birth),
        "ask for a copy of the data": lambda: actor.requests.submit("access"),
    }
    for deed, do in deeds.items():
        answer = do()
        stage.evidence.check(
            Channel.API,
            f"{name} can {deed}",
            answer.ok,
            detail=f"The target answered {answer.status}.",
            evidence=[answer.exchange],
        )
    answer = actor.account.read()
    stage.evidence.check(
        Channel.API,
        f"the account shows what {name} changed",
        answer.ok and answer.json().get("display_name") == actor.details.display_name,
        detail=f"The target answered {answer.status}, or with another name.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name}'s session lasts as long as {other:Name}'s"))
def session_lasts(stage: Stage, name: str, other: str) -> None:
    """Both still work, or both have ended."""
    answer, control = stage.cast.person(name).account.read(), stage.cast.person(other).account.read()
    stage.evidence.check(
        Channel.API,
        f"{name}'s session lasts as long as {other}'s",
        answer.ok == control.ok,
        detail=f"The target answered {name} {answer.status}, and {other} {control.status}.",
        evidence=[answer.exchange, control.exchange],
    )


@when(says("{name:Name} moves to another street nearby"))
def moves_nearby(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The postal code alone becomes another one of the same place."""
    actor = stage.cast.person(name)
    place = actor.person.residence
    codes = (
        PeopleFactory(f"{actor.person.email} moves {number}").person(name, place).postal_code for number in range(100)
    )
    answers[name] = actor.account.change(postal_code=next(code for code in codes if code != actor.details.postal_code))


@then(says("{name:Name} can delete the account"))
def can_delete(stage: Stage, name: str) -> None:
    """Without a word of why."""
    answer = stage.cast.person(name).account.delete()
    stage.evidence.check(
        Channel.API,
        f"{name} can delete the account",
        answer.ok,
        detail=f"The target answered {answer.status}.",
        evidence=[answer.exchange],
    )


@when(says("{name:Name} deletes the account and says why"))
def deletes_and_says_why(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """With a free text that only this person would write."""
    answers[name] = delete_with_reason(stage.cast.person(name))


@given(says("{name:Name} has deleted the account"))
def has_deleted(stage: Stage, name: str) -> None:
    """With a free text of why, and at rest since."""
    done(delete_with_reason(stage.cast.person(name)), f"{name} deletes the account")
    stage.service.settle()
