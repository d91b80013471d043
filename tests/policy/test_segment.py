from __future__ import annotations

import textwrap

import pytest

from harness.policy.segment import segment


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in segment(text)]


def places(text: str) -> list[tuple[int, int, int]]:
    return [(sentence.section, sentence.paragraph, sentence.sentence) for sentence in segment(text)]


def test_places_count_sections_paragraphs_and_sentences(small_text: str) -> None:
    assert places(small_text) == [
        (0, 1, 1),
        (1, 1, 1),
        (1, 2, 1),
        (1, 2, 2),
        (1, 3, 1),
        (1, 4, 1),
        (2, 1, 1),
        (2, 2, 1),
        (2, 2, 2),
        (2, 3, 1),
        (2, 3, 2),
        (2, 3, 3),
        (2, 4, 1),
    ]


def test_a_sentence_knows_the_line_its_paragraph_begins_on(small_text: str) -> None:
    lines = small_text.splitlines()

    for sentence in segment(small_text):
        assert sentence.words[0] in lines[sentence.line - 1]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Wij sturen mail, d.w.z. Post van ons, niet aan u.",
        "Lamplight Inc. Oslo is meant.",
        "Ask Lamplight B.V. The Office, Delft.",
        "The law (Art. 6 and para. 2) holds.",
        "Dit geldt voor gegevens (naam, enz.) en verder niets.",
        "Go to https://lamps.example/a.b?c=d. now.",
        "Write to J. Jansen about it.",
        "Versie 1.2 geldt.",
    ],
)
def test_a_full_stop_that_belongs_to_a_word_ends_no_sentence(paragraph: str) -> None:
    assert texts(paragraph) == [paragraph]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Dat is van u.", "Wij raken het niet aan."),
        ("Er is opslag in de VS.", "Ook elders."),
        ("Is it sold?", "No."),
        ("Never!", "Never."),
        ("It is 'ours.'", "And yours."),
        ("The subject is 'Rights.'.", "Send it."),
        ("It was so in 2030.", "No longer."),
        ("You have to be 16.", "Others wait."),
        ("It holds (see Lamplight Inc.).", "That is all."),
        ("First.", '"Second" follows.'),
        ("First.", "(B) follows."),
        ("First.", "3 follow."),
    ],
)
def test_sentences_end(first: str, second: str) -> None:
    assert texts(f"{first} {second}") == [first, second]


def test_a_heading_that_is_referred_to_does_not_end_a_sentence() -> None:
    text = "See section 1. What we do for more. Or section 2. There is none.\n\n1. What we do\n\nThis."

    assert texts(text)[:3] == ["See section 1. What we do for more.", "Or section 2.", "There is none."]


def test_a_number_that_goes_back_is_no_new_section() -> None:
    text = "1. One\n\n2. Two\n\n1. First of a list\n\n3. Three"

    assert [section for section, _, _ in places(text)] == [1, 2, 2, 3]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_lines_broken_at_a_width_are_joined(small_text: str, width: int) -> None:
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in small_text.splitlines())

    assert wrapped != small_text
    assert [(s.text, s.section, s.paragraph) for s in segment(wrapped)] == [
        (s.text, s.section, s.paragraph) for s in segment(small_text)
    ]


def test_an_empty_text_has_no_sentences() -> None:
    assert texts(" \n\n • \n") == []
