"""What a Sony account shows: entered data, and nothing that nobody asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.people.canaries import Canaries
from harness.stage import Actor
from steps.nouns import day
from steps.sony_account import _date_of_birth, _password, _what_was_added, _what_was_entered

FORM = {"email": "ann@example.org", "password": "Wo-1!xqzjvk", "date_of_birth": "1990-05-01", "language": "pt-BR"}
STAGE = cast(Any, None)


def _ann() -> Actor:
    canaries = Canaries("Ann")
    canaries.made_up("password", FORM["password"])
    canaries.made_up("undeclared", "mobakurifelo")
    return cast(Actor, SimpleNamespace(canaries=canaries, sony=SimpleNamespace(form=lambda: FORM)))


def _answer(**shown: Any) -> Any:
    body = {**FORM, "password": "", **shown}
    return SimpleNamespace(json=lambda: body, field=body.__getitem__)


@pytest.mark.parametrize(
    ("shown", "holds"),
    [
        ({}, True),
        ({"email": "ANN@example.org", "language": "pt-br"}, True),
        ({"date_of_birth": "1990-05-02"}, False),
        ({"language": "en"}, False),
    ],
)
def test_what_was_entered(shown: dict[str, str], holds: bool) -> None:
    assert _what_was_entered(STAGE, _ann(), _answer(**shown))[0] is holds


def test_a_corrected_date_of_birth() -> None:
    answer = _answer(date_of_birth="2008-05-14")

    assert _date_of_birth(STAGE, _ann(), answer, day("14 May 2008"))[0]
    assert not _date_of_birth(STAGE, _ann(), answer, day("1 May 1990"))[0]


def test_a_password_that_is_shown() -> None:
    assert not _password(STAGE, _ann(), _answer())[0]
    assert _password(STAGE, _ann(), _answer(secrets=[{"old": FORM["password"]}]))[0]


def test_something_added_that_is_shown_however_deep() -> None:
    assert not _what_was_added(STAGE, _ann(), _answer(), _ann())[0]
    holds, detail = _what_was_added(STAGE, _ann(), _answer(more={"gender": ["mobakurifelo"]}), _ann())
    assert holds
    assert "gender" in detail
