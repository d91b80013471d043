"""What a sentence may look like, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.vocabulary import noun, words
from harness.vocabulary.forms import Form
from harness.vocabulary.nouns import NOUNS


@pytest.fixture(autouse=True, scope="module")
def nouns() -> Iterator[None]:
    """Two nouns that no feature knows, and that no other test meets."""
    before = dict(NOUNS)
    noun("test_name", r"[A-Z]\w+", "a name", str)
    words("test_colour", "a colour", {"red": 1, "red and blue": 2})
    yield
    NOUNS.clear()
    NOUNS.update(before)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann paints it red", {"test_name": "Ann", "test_colour": "red"}),
        ("Ann paints it red and blue", {"test_name": "Ann", "test_colour": "red and blue"}),
        ("Ann paints it red with Ben", {"test_name": "Ann", "test_colour": "red", "other": "Ben"}),
        ("Ann paints it green", None),
        ("ann paints it red", None),
        ("Ann paints it red with", None),
        ("Yesterday Ann paints it red", None),
    ],
)
def test_words_are_found_by_their_labels(sentence: str, expected: dict[str, str] | None) -> None:
    form = Form("{test_name} paints it {test_colour}[ with {other:test_name}]")

    assert form.match(sentence) == expected


def test_the_quick_look_asks_for_what_every_sentence_has() -> None:
    form = Form("{test_name} paints[ slowly] it {test_colour}")

    assert form.anchors == (" paints", " it ")
    assert form.match("Ann paints slowly it red")
    assert form.plain == "{test_name} paints[ slowly] it {test_colour}"


def test_a_noun_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        words("test_colour", "another", {"black": 1})
