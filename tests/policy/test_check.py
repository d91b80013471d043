from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from harness.errors import ExitCode, UsageError
from harness.policy.check import PolicyCheck, check_file, check_text
from harness.policy.model import Register


def check(text: str, register: Register) -> PolicyCheck:
    return check_text(text, register, "policy.txt")


def test_the_text_itself_matches(small: Register, small_text: str) -> None:
    result = check(small_text, small)

    assert result.ok
    assert result.matched == small.passages
    assert result.suspect == ()


@pytest.mark.parametrize(
    "reflow",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: re.sub(r"\n+", "\n", text), id="no empty lines"),
        pytest.param(lambda text: text.replace("\n", "\n\n\n"), id="more empty lines"),
        pytest.param(lambda text: text.replace(" ", " \t "), id="wide spaces"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("•", "-"), id="other bullets"),
        pytest.param(lambda text: text.replace(" • ", ""), id="no bullets"),
        pytest.param(lambda text: "\n".join(textwrap.fill(x, 40) for x in text.splitlines()), id="wrapped lines"),
        pytest.param(lambda text: textwrap.fill(text, 60), id="wrapped as a whole"),
        pytest.param(lambda text: " ".join(text.split()), id="one line"),
    ],
)
def test_white_space_does_not_count(small: Register, small_text: str, reflow: object) -> None:
    assert callable(reflow)
    result = check(reflow(small_text), small)

    assert result.ok, result


@pytest.mark.parametrize(
    ("old", "new", "suspect"),
    [
        ("nothing more", "little more", ("1.1",)),
        ("30 days", "90 days", ("2.1",)),
        ("warranty alone", "warranty", ("2.1",)),
        ("residents of Norway", "residents of Sweden", ("2.2",)),
        ("\nNothing is sold!", "\nEverything is sold!", ("2.3",)),
        ("Your name;", "Your address;", ("1.1",)),
    ],
)
def test_a_changed_word_names_its_clauses(
    small: Register, small_text: str, old: str, new: str, suspect: tuple[str, ...]
) -> None:
    text = small_text.replace(old, new)
    assert text != small_text

    result = check(text, small)

    assert not result.ok
    assert result.suspect == suspect
    assert [change.passage.clauses for change in result.changed] == [suspect]
    assert (result.gone, result.new, result.moved) == ((), (), ())
    assert len(result.matched) == len(small.passages) - 1


@pytest.mark.parametrize(
    ("old", "new", "suspect"),
    [
        ("nothing more", "little more", "1.1"),
        ("30 days", "90 days", "2.1"),
        ("privacy. Nothing is sold!", "privacy. Everything is sold!", "2.3"),
    ],
)
@pytest.mark.parametrize("separator", [" ", "\n"])
def test_a_changed_word_is_found_where_paragraphs_were_lost(
    small: Register, small_text: str, old: str, new: str, suspect: str, separator: str
) -> None:
    result = check(separator.join(small_text.replace(old, new).split()), small)

    assert not result.ok
    assert suspect in result.suspect


def test_the_first_of_two_equal_sentences_is_changed(small: Register, small_text: str) -> None:
    result = check(small_text.replace("Nothing is sold!", "All is sold!", 1), small)

    assert not result.ok
    assert "2.3" in result.suspect


def test_a_changed_heading_is_a_difference_and_makes_no_clause_suspect(small: Register, small_text: str) -> None:
    result = check(small_text.replace("Privacy policy of", "Policy of"), small)

    assert not result.ok
    assert [change.passage.not_normative for change in result.changed] == ["heading"]
    assert result.suspect == ()


def test_a_sentence_that_is_gone_names_its_clauses(small: Register, small_text: str) -> None:
    result = check(small_text.replace(" It is erased 30 days after you close the account.", ""), small)

    assert not result.ok
    assert [passage.place for passage in result.gone] == ["section 2, paragraph 2, sentence 2"]
    assert result.suspect == ("2.1",)
    assert (result.changed, result.new, result.moved) == ((), (), ())


def test_the_second_of_two_equal_sentences_is_missed(small: Register, small_text: str) -> None:
    result = check(small_text.removesuffix("Nothing is sold!\n"), small)

    assert [(passage.occurrence, passage.clauses) for passage in result.gone] == [(2, ("2.3",))]


def test_a_new_sentence_makes_the_clauses_beside_it_suspect(small: Register, small_text: str) -> None:
    result = check(small_text.replace("It is erased", "Or for whatever we like. It is erased"), small)

    assert not result.ok
    assert [(item.sentence.text, item.beside) for item in result.new] == [("Or for whatever we like.", ("2.1",))]
    assert result.suspect == ("2.1",)
    assert (result.changed, result.gone, result.moved) == ((), (), ())


def test_paragraphs_in_another_order_are_moved(small: Register, small_text: str) -> None:
    name, number = " • Your name;\n", " • The number of your lamp.\n"
    result = check(small_text.replace(name + number, number + name), small)

    assert not result.ok
    assert len(result.moved) == 1
    assert result.suspect == ("1.1",)
    assert (result.changed, result.gone, result.new) == ((), (), ())


def test_a_sentence_in_another_section_is_moved(small: Register, small_text: str) -> None:
    sentence = "It is erased 30 days after you close the account."
    text = small_text.replace(f" {sentence}", "").replace("1. What we collect\n", f"1. What we collect\n\n{sentence}\n")
    result = check(text, small)

    assert [(item.passage.section, item.sentence.section) for item in result.moved] == [(2, 1)]
    assert result.suspect == ("2.1",)
    assert (result.changed, result.gone, result.new) == ((), (), ())


def test_a_small_part_of_the_policy_is_the_policy_with_the_rest_gone(small: Register) -> None:
    result = check("Nothing is sold!", small)

    assert not result.ok
    assert len(result.gone) == len(small.passages) - 1


def test_the_policy_among_much_else_is_the_policy_with_much_that_is_new(small: Register, small_text: str) -> None:
    result = check(small_text + "\n".join(f"\nSomething else stands in line {number}." for number in range(60)), small)

    assert not result.ok
    assert len(result.matched) == len(small.passages)
    assert len(result.new) == 60


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \r\n\t\n", "is empty", id="white space"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00\xff\xfe", "is not a text", id="binary"),
        pytest.param(b"Your name\x00;", "is not a text", id="zero bytes"),
        pytest.param("Één lamp".encode("latin-1"), "is not a text in UTF-8", id="Latin 1"),
        pytest.param(b"A recipe. Take a lamp. Nothing else.", "is not the policy of Lamplight", id="another text"),
        pytest.param(b"x" * 2_000_001, "too large", id="huge"),
    ],
)
def test_a_file_that_is_no_such_policy(tmp_path: Path, small: Register, content: bytes, what: str) -> None:
    file = tmp_path / "policy.txt"
    file.write_bytes(content)

    with pytest.raises(UsageError, match=what) as caught:
        check_file(file, small)

    assert caught.value.exit_code == ExitCode.WRONG_USE
    assert caught.value.cause
    assert caught.value.remedy


@pytest.mark.parametrize("name", [".", "missing.txt", "policy.txt/below"])
def test_a_file_that_cannot_be_read(tmp_path: Path, small: Register, name: str) -> None:
    (tmp_path / "policy.txt").write_text("Nothing is sold!")

    with pytest.raises(UsageError, match="cannot be read") as caught:
        check_file(tmp_path / name, small)

    assert caught.value.cause
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, small: Register, small_text: str, encoding: str) -> None:
    file = tmp_path / "policy.txt"
    file.write_bytes(small_text.encode(encoding))

    assert check_file(file, small).ok
