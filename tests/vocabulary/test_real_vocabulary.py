"""The vocabulary that the features use: small, without doubles, all of it used, and the page of words made from it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli.words import MARK, words
from harness.policy.scenarios import ScenarioRef
from harness.selfcheck.changed import clauses_by_module
from harness.suite.features import features_folder, read_features
from harness.vocabulary.lookup import load, nearest, understand
from harness.vocabulary.page import Shape, markdown, shapes

MOST = 150
PAGE = Path(__file__).parents[2] / "features" / "README.md"


@pytest.fixture(scope="module")
def scenarios() -> tuple[ScenarioRef, ...]:
    load()
    return tuple(read_features(features_folder()).refs)


@pytest.fixture(scope="module")
def vocabulary(scenarios: tuple[ScenarioRef, ...]) -> list[Shape]:
    return shapes(scenarios)


def test_every_sentence_of_the_features_is_declared_once(scenarios: tuple[ScenarioRef, ...]) -> None:
    unknown = {
        f"{keyword} {sentence}"
        for scenario in scenarios
        for keyword, sentence in scenario.sentences
        if understand(keyword, sentence) is None  # two meanings raise an error
    }

    assert not unknown


def test_the_vocabulary_stays_small(vocabulary: list[Shape]) -> None:
    assert len(vocabulary) <= MOST


def test_every_form_is_used(vocabulary: list[Shape]) -> None:
    unused = [
        form.plain for shape in vocabulary for role, form in shape.declaration.forms.items() if not shape.uses.get(role)
    ]

    assert not unused


def test_no_two_sentences_differ_by_their_nouns_alone(vocabulary: list[Shape]) -> None:
    bare = Counter(
        re.sub(r"\{[^}]*\}|\W", "", form.text) for shape in vocabulary for form in shape.declaration.forms.values()
    )

    assert not [text for text, times in bare.items() if times > 1 and text]


def test_every_sentence_says_what_it_means(vocabulary: list[Shape]) -> None:
    assert not [shape.declaration.function for shape in vocabulary if len(shape.declaration.meaning.split()) < 3]


def test_the_page_of_words_is_made_from_the_declarations(vocabulary: list[Shape]) -> None:
    # To renew it: shes-audit words --renew
    assert PAGE.read_text(encoding="utf-8").partition(MARK)[2] == markdown(vocabulary)


def test_the_words_of_a_noun_within_a_noun_are_listed() -> None:
    result = CliRunner().invoke(words, ["display_name"])

    assert "{person} changes the {change}" in result.output
    assert "a right-to-left name" in result.output


def test_a_module_of_sentences_concerns_the_clauses_that_use_them(scenarios: tuple[ScenarioRef, ...]) -> None:
    found = clauses_by_module(scenarios)

    assert found["steps.staff"] == {"4.1", "5.2"}
    assert "2.3" in found["steps.consent"]
    assert {module.partition(".")[0] for module in found} == {"steps"}


def test_the_command_lists_the_same(vocabulary: list[Shape]) -> None:
    listed = json.loads(CliRunner().invoke(words, ["--format", "json"]).output)

    assert len(listed["shapes"]) == len(vocabulary)
    assert {form["text"] for one in listed["shapes"] for form in one["forms"]} == {
        form.plain for shape in vocabulary for form in shape.declaration.forms.values()
    }


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Femke consent to profiling", "{person} consents to {purpose}[ {circumstance}]"),
        ("Femke has removed the account", "{person} has deleted the account[ {manner}]"),
        ("Femke agreed to profiling", "{person} consents to {purpose}[ {circumstance}]"),
        ("Femke changes the display name to a very long nane", "{person} changes the {change}"),
        ("Femke alters the display name to a very long name", "{person} changes the {change}"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(vocabulary: list[Shape], slip: str, meant: str) -> None:
    assert meant in nearest(slip)
