from __future__ import annotations

import hashlib

import pytest

from harness.policy.fingerprint import fingerprint, words_of

SENTENCE = 'Wij bewaren "alles", zo\'n 30 dagen - één keer.'


def test_it_is_the_sha256_of_the_words_joined_by_spaces() -> None:
    assert fingerprint("  a  lamp\n") == hashlib.sha256(b"a lamp").hexdigest()


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(SENTENCE.replace(" ", "\r\n  "), id="line ends and indents"),
        pytest.param(SENTENCE.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(SENTENCE.replace('"alles"', "“alles”"), id="curly quotes"),
        pytest.param(SENTENCE.replace('"alles"', "„alles”"), id="Dutch quotes"),
        pytest.param(SENTENCE.replace("'", "’"), id="curly apostrophe"),
        pytest.param(SENTENCE.replace("'", "´"), id="acute accent as apostrophe"),
        pytest.param(SENTENCE.replace(" - ", " – "), id="dash"),
        pytest.param(SENTENCE.replace("é", "e\u0301"), id="accents that combine"),
        pytest.param(SENTENCE.replace("bewaren", "be\u00adwa\u200bren\ufeff"), id="invisible characters"),
        pytest.param(SENTENCE.replace("bewaren", "ｂewaren"), id="full-width letter"),
        pytest.param(f" • {SENTENCE}", id="list marker"),
    ],
)
def test_what_changes_no_word_changes_no_fingerprint(variant: str) -> None:
    assert fingerprint(variant) == fingerprint(SENTENCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("30", "31"), ("bewaren", "Bewaren"), ("één", "een"), ("alles", "niets"), (" dagen", ""), (".", "")],
)
def test_a_changed_word_changes_the_fingerprint(old: str, new: str) -> None:
    assert fingerprint(SENTENCE.replace(old, new)) != fingerprint(SENTENCE)


def test_list_markers_are_no_words() -> None:
    assert words_of("• one - two\n * three-four") == ["one", "two", "three-four"]
