"""Splits the text of a policy into sentences, each with its place: section, paragraph, sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.policy.fingerprint import fingerprint_of_words, normalise, words_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        section: Number of the section; 0 before the first numbered heading.
        paragraph: Number within the section, from 1; the heading of a section is its first paragraph, and each item of
            a list is one of its own.
        sentence: Number within the paragraph, from 1.
        line: Line of the text on which the paragraph begins, from 1.
        words: The normalised words.
        sha256: Fingerprint of the words.
    """

    section: int
    paragraph: int
    sentence: int
    line: int
    words: tuple[str, ...]
    sha256: str

    @property
    def text(self) -> str:
        """The sentence in its normalised form."""
        return " ".join(self.words)


_LIST_ITEM = re.compile(r"\s*[•‣◦▪▫●○■□·∙]")
_HEADING = re.compile(r"(\d{1,2})\.\s+(\S.{0,150})(?<![.;:,])")
# Lines of hard-wrapped text are not longer than this; longer ones are complete paragraphs.
_WIDEST_WRAP = 200
_LONG_WORD = 40

_END = re.compile(r"""(?P<word>\S*?)(?P<stop>[.!?]+)(?P<closing>['")\]]*\.?)\s+(?=['"(\[]*(?P<next>\w))""")
_ABBREVIATION = re.compile(
    "artt?|bijv|blz|bv|ca|co|corp|dhr|dr|enz|etc|excl|fig|incl|inc|jo|jr|ltd|max|mevr|min|mrs?|ms|nrs?|nv|paras?"
    "|pp|prof|resp|sec|sect|sr|st|tel|vgl|vs",
    re.IGNORECASE,
)
# A single lower-case letter can be a word: "u" is the Dutch "you".
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[A-Z]")


def segment(text: str) -> tuple[Sentence, ...]:
    """The sentences of a policy's text, in order.

    A line is a paragraph unless it continues a line that was wrapped at a fixed width. A heading is a short separate
    line that begins with a number, such as ``4. Retention``, higher than the number of the preceding section.
    """
    sentences = []
    section = paragraph = 0
    paragraphs = list(_paragraphs(normalise(text)))
    titles = {heading[1]: heading[2] for _, content in paragraphs if (heading := _HEADING.fullmatch(content))}
    for line, content in paragraphs:
        heading = _HEADING.fullmatch(content)
        if heading and int(heading[1]) > section:
            section, paragraph = int(heading[1]), 0
        pieces = [words for piece in _split(content, titles) if (words := words_of(piece))]
        if not pieces:
            continue
        paragraph += 1
        sentences += [
            Sentence(section, paragraph, number, line, tuple(words), fingerprint_of_words(words))
            for number, words in enumerate(pieces, 1)
        ]
    return tuple(sentences)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Line number and content of each paragraph, with hard-wrapped lines joined again."""
    lines = [line.rstrip() for line in text.splitlines()]
    # A line with a very long word, such as an address, can exceed the wrapped width.
    widths = [len(line) for line in lines if max(map(len, line.split()), default=0) <= _LONG_WORD]
    width = max(widths, default=0)
    start, parts = 0, list[str]()
    previous = ""
    for number, line in enumerate(lines, 1):
        first_word = line.split(maxsplit=1)[0] if line.strip() else ""
        goes_on = (
            bool(previous and first_word)
            and not _LIST_ITEM.match(line)
            and width <= _WIDEST_WRAP
            and len(previous) + 1 + len(first_word) > width
        )
        if not goes_on:
            if parts:
                yield start, " ".join(parts)
            start, parts = number, []
        if first_word:
            parts.append(line.strip())
        previous = line
    if parts:
        yield start, " ".join(parts)


def _split(paragraph: str, titles: Mapping[str, str]) -> Iterator[str]:
    """The sentences of a paragraph; ``titles`` are those of the numbered headings."""
    start = 0
    for end in _END.finditer(paragraph):
        word, rest = end["word"].lstrip("'\"(["), paragraph[end.end() :]
        belongs_to_word = end["stop"] == "." and not end["closing"] and _takes_full_stop(word)
        # "2. Use" at the beginning, or in "see section 2. Use": the number and the title of a heading.
        numbers_title = word.isdigit() and (end.start() == 0 or rest.startswith(titles.get(word, "\n")))
        if end["next"].islower() or belongs_to_word or numbers_title:
            continue
        yield paragraph[start : end.end()]
        start = end.end()
    yield paragraph[start:]


def _takes_full_stop(word: str) -> bool:
    """Whether a word is an abbreviation with a full stop: ``Inc``, ``B.V``, ``d.w.z``; but not ``CA`` or ``VS``."""
    abbreviated = _ABBREVIATION.fullmatch(word) and not (word.isupper() and len(word) > 1)
    return bool(abbreviated or _INITIALS.fullmatch(word))
