"""What makes a link to unsubscribe guessable."""

from __future__ import annotations

import hashlib
import secrets

import pytest

from harness.people.person import PeopleFactory
from harness.stage import Actor
from steps.unsubscribe_links import _differing, _unguessable, _variants

HOST = "https://a.example/u/"


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> tuple[Actor, Actor]:
    factory = PeopleFactory("links")

    class Someone:
        def __init__(self, label: str) -> None:
            self.person = factory.person(label, "NL")
            self.label, self.email, self.canaries = label, self.person.email, self.person.canaries

    return Someone("Femke"), Someone("Bram")  # type: ignore[return-value]


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        ("0000000000000000001041", "0000000000000000001042"),
        ("b3f1c2a4-41d0-11f0-9cd2-0242ac120002", "b3f1c9e6-41d0-11f0-9cd2-0242ac120002"),
        (hashlib.md5(b"17").hexdigest(), hashlib.md5(b"18").hexdigest()),
        (hashed("{mine}"), hashed("{others}")),
        ("{mine}", "{others}"),
        ("always-the-same-for-all", "always-the-same-for-all"),
    ],
)
def test_links_that_can_be_guessed_are_known(mine: str, others: str, people: tuple[Actor, Actor]) -> None:
    femke, bram = people
    named = {hashed("{mine}"): hashed(femke.email)[:16], hashed("{others}"): hashed(bram.email)[:16]}
    own = HOST + named.get(mine, mine).format(mine=femke.email)
    theirs = HOST + named.get(others, others).format(others=bram.email)

    assert not all(one.holds for one in _unguessable(own, theirs, femke, bram, []))


@pytest.mark.parametrize("token", [secrets.token_urlsafe, secrets.token_hex])
def test_random_links_are_not(token, people: tuple[Actor, Actor]) -> None:
    for length in (16, 32):
        links = f"{HOST}{token(length)}?lang=nl", f"{HOST}{token(length)}?lang=nl"
        assert all(one.holds for one in _unguessable(*links, *people, []))


def test_what_links_have_in_common_is_left_out() -> None:
    assert _differing(f"{HOST}ab1?x=1", f"{HOST}acc1?x=1") == ("b", "cc")


def test_no_variant_carries_the_whole_secret_of_the_other(people: tuple[Actor, Actor]) -> None:
    femke, bram = people
    secret, others = secrets.token_hex(16), secrets.token_hex(16)
    links = f"{HOST}7/{secret}?user={femke.email}", f"{HOST}8/{others}?user={bram.email}"
    variants = [url for _, url, _ in _variants(*links, femke, bram)]

    assert f"{HOST}8/{secret}?user={femke.email}" in variants
    assert f"{HOST}7/{secret}?user={bram.email}" in variants
    assert not any(others in url for url in variants)
