"""Who there is, and where they live."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given

from harness.stage import Stage
from steps.words import says


@given(says("{name:Name} lives in {place:Place}"))
def lives_in(stage: Stage, name: str, place: str) -> None:
    """An adult whom the target does not know yet."""
    stage.cast.add(name, place)


@given(says("{name:Name} lives in {place:Place} and has an account"))
def lives_in_with_account(stage: Stage, name: str, place: str) -> None:
    """An adult with a Sony account and a SHES account, signed in, who has consented to nothing."""
    stage.cast.add(name, place).join()


@given(says("{name:Name} has made an account"))
def has_made_account(stage: Stage, name: str) -> None:
    """Somebody who is on the stage already, all the way to a SHES account."""
    stage.cast.person(name).join()


@given(says("{name:Name} lives in {place:Place}, has {address:Address} and an account"))
def lives_in_with_address(stage: Stage, name: str, place: str, address: dict[str, object]) -> None:
    """An adult with an account at an address that is easily got wrong."""
    stage.cast.add(name, place, **address).join()


@given(says("{name:Name} lives in {place:Place}, born on {day:Day}"))
def lives_in_born_on(stage: Stage, name: str, place: str, day: date) -> None:
    """Somebody of a certain age whom the target does not know yet."""
    stage.cast.add(name, place, born=day)


@given(says("{name:Name} lives in {place:Place}, born on {day:Day}, and has an account"))
def lives_in_born_on_with_account(stage: Stage, name: str, place: str, day: date) -> None:
    """Somebody of a certain age with a Sony account and a SHES account."""
    stage.cast.add(name, place, born=day).join()


@given(says("{name:Name} is {other:Name}'s twin"))
def twin(stage: Stage, name: str, other: str) -> None:
    """Somebody alike in residence, age and language, whom the target does not know yet."""
    stage.cast.add_twin(name, stage.cast.person(other))


@given(says("{name:Name} is {other:Name}'s twin and has an account"))
def twin_with_account(stage: Stage, name: str, other: str) -> None:
    """Somebody alike in residence, age and language, with an account of their own."""
    stage.cast.add_twin(name, stage.cast.person(other)).join()


@given(says("{name:Name} is {other:Name}'s twin but lives in {place:Place}"))
def twin_elsewhere(stage: Stage, name: str, other: str, place: str) -> None:
    """Somebody alike but for the residence, whom the target does not know yet."""
    stage.cast.add_twin(name, stage.cast.person(other), residence=place)


@given(says("{name:Name} is {other:Name}'s twin but lives in {place:Place} and has an account"))
def twin_elsewhere_with_account(stage: Stage, name: str, other: str, place: str) -> None:
    """Somebody alike but for the residence, with an account of their own."""
    stage.cast.add_twin(name, stage.cast.person(other), residence=place).join()


@given(says("{name:Name} is {other:Name}'s twin but born on {day:Day}"))
def twin_born_on(stage: Stage, name: str, other: str, day: date) -> None:
    """Somebody alike but for the date of birth, whom the target does not know yet."""
    stage.cast.add_twin(name, stage.cast.person(other), born=day)


@given(says("{name:Name} lives in {place:Place}, speaks {language:Language}, and has an account"))
def lives_in_speaks(stage: Stage, name: str, place: str, language: str) -> None:
    """An adult with an account that was registered in this language."""
    stage.cast.add(name, place, language=language).join()
