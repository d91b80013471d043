"""Compares a policy's text with the register: what is unchanged, what changed, and which clauses need review.

The register contains fingerprints, not sentences. A changed sentence is therefore identified by its place: it is where
a known one is missing.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from harness.errors import UsageError
from harness.policy.fingerprint import fingerprint_of_words
from harness.policy.model import Passage, Register
from harness.policy.segment import Sentence, segment

# A policy has some tens of kilobytes; a larger file is something else and would take long to process.
_LARGEST_FILE = 2_000_000
# Below this share of known words, both of the register and of the file, a text is not this policy.
_LEAST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence in the place of another one that the register knows."""

    passage: Passage
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Moved:
    """A known sentence in another position."""

    passage: Passage
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class New:
    """A sentence that the register does not know; ``beside`` are the clauses of the known sentences next to it."""

    sentence: Sentence
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """How a text compares with the register.

    Attributes:
        file: The text's file.
        matched: Unchanged passages.
        changed: Passages whose words changed.
        gone: Passages that are missing.
        moved: Passages in another position.
        new: Sentences that the register does not know.
        suspect: Ids of the clauses to review, in the order of the policy.
    """

    file: str
    matched: tuple[Passage, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Passage, ...]
    moved: tuple[Moved, ...]
    new: tuple[New, ...]
    suspect: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the text is the one that the register is bound to."""
        return not (self.changed or self.gone or self.moved or self.new)


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its byte order mark.

    Raises:
        UsageError: There is no such file, or it is not a text.
    """
    remedy = "Give a file with the text of the policy, saved as plain text in UTF-8."
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise UsageError(f"{file} is too large for a policy.", cause="It is another kind of file.", remedy=remedy)
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read.", cause=error.strerror or str(error), remedy=remedy) from None
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{file} is not a text in UTF-8.", cause="It is a binary file, or saved in another encoding.", remedy=remedy
        ) from None
    if "\0" in text:
        raise UsageError(f"{file} is not a text.", cause="It is a binary file.", remedy=remedy)
    if not text.strip():
        raise UsageError(f"{file} is empty.", cause="Nothing was saved into it.", remedy=remedy)
    return text


def check_file(file: Path, register: Register) -> PolicyCheck:
    """Compares a file with the register.

    Raises:
        UsageError: The file is unreadable, not a text, or not this policy.
    """
    return check_text(read_text(file), register, str(file))


def check_text(text: str, register: Register, file: str) -> PolicyCheck:
    """Compares a text with the register; ``file`` is what messages call it.

    Raises:
        UsageError: Hardly any sentence of the text is known.
    """
    sentences = segment(text)
    known = register.passages
    matched: list[Passage] = []
    blocks: list[_Block] = []
    matcher = SequenceMatcher(None, [p.sha256 for p in known], [s.sha256 for s in sentences], autojunk=False)
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            matched += known[start:end]
            continue
        found, missing, left = _cut_as_known(known[start:end], sentences[new_start:new_end])
        matched += found
        blocks.append(_Block(missing, left, _beside(register, start, end)))
    _require_this_policy(matched, sentences, register, file)

    moved = _moves(blocks)
    left_places, taken = {item.passage for item in moved}, {item.sentence for item in moved}
    changed: list[Changed] = []
    gone: list[Passage] = []
    new: list[New] = []
    for block in blocks:
        missing = [passage for passage in block.missing if passage not in left_places]
        left = [sentence for sentence in block.left if sentence not in taken]
        pairs = min(len(missing), len(left))
        changed += map(Changed, missing[:pairs], left[:pairs])
        gone += missing[pairs:]
        new += (New(sentence, block.beside) for sentence in left[pairs:])
    touched = [*(item.passage for item in changed), *(item.passage for item in moved), *gone]
    suspect = {clause for passage in touched for clause in passage.clauses}.union(*(item.beside for item in new))
    return PolicyCheck(
        file=file,
        matched=tuple(matched),
        changed=tuple(changed),
        gone=tuple(gone),
        moved=tuple(moved),
        new=tuple(new),
        suspect=register.in_order(suspect),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Where text and register differ: passages that are missing there, sentences left over, clauses beside."""

    missing: list[Passage]
    left: list[Sentence]
    beside: tuple[str, ...]


def _moves(blocks: Iterable[_Block]) -> list[Moved]:
    """The passages that are missing in one block and left over in another."""
    arrived: dict[str, list[Sentence]] = defaultdict(list)
    for block in blocks:
        for sentence in block.left:
            arrived[sentence.sha256].append(sentence)
    return [
        Moved(passage, arrived[passage.sha256].pop(0))
        for block in blocks
        for passage in block.missing
        if arrived[passage.sha256]
    ]


def _cut_as_known(
    known: Sequence[Passage], sentences: Sequence[Sentence]
) -> tuple[list[Passage], list[Passage], list[Sentence]]:
    """Finds known passages in sentences that were split or joined differently, as by a scraper that lost line ends.

    Returns:
        Passages found, passages missing, and the sentences of which a word is left.
    """
    words = [(word, number) for number, sentence in enumerate(sentences) for word in sentence.words]
    # A text with far more words than the passages cannot be the same words split differently.
    if not known or len(words) > 2 * sum(passage.words for passage in known) + 100:
        return [], list(known), list(sentences)
    starts: dict[str, list[int]] = defaultdict(list)
    wanted = {passage.sha256 for passage in known}
    for length in {passage.words for passage in known}:
        for start in range(len(words) - length + 1):
            candidate = fingerprint_of_words(word for word, _ in words[start : start + length])
            if candidate in wanted:
                starts[candidate].append(start)
    found, missing = [], []
    left = [True] * len(words)
    position = 0
    for passage in known:
        places = starts[passage.sha256]
        index = bisect_left(places, position)
        if index == len(places):
            missing.append(passage)
            continue
        position = places[index] + passage.words
        left[places[index] : position] = [False] * passage.words
        found.append(passage)
    numbers = {number for (_, number), is_left in zip(words, left, strict=True) if is_left}
    return found, missing, [sentence for number, sentence in enumerate(sentences) if number in numbers]


def _beside(register: Register, start: int, end: int) -> tuple[str, ...]:
    """Clauses of the nearest bound passages before ``start`` and from ``end`` on, each within its section."""
    clauses: list[str] = []
    for near in (register.passages[:start][::-1], register.passages[end:]):
        section = [passage for passage in near if passage.section == near[0].section]
        clauses += next((passage.clauses for passage in section if passage.clauses), ())
    return register.in_order(clauses)


def _require_this_policy(
    matched: Iterable[Passage], sentences: Iterable[Sentence], register: Register, file: str
) -> None:
    """Raises a UsageError if the text has hardly any sentence of this policy."""
    found = sum(passage.words for passage in matched if passage.clauses)
    of_register = found / max(1, sum(passage.words for passage in register.passages if passage.clauses))
    of_file = found / max(1, sum(len(sentence.words) for sentence in sentences))
    if max(of_register, of_file) < _LEAST_SHARE:
        policy = register.policy
        raise UsageError(
            f"{file} is not the policy of {policy.publisher} for the {policy.account_short_name}.",
            cause=(
                f"Only {of_file:.0%} of its words are in sentences that the register knows: another text, another "
                f"language (it should be {policy.language!r}), or a page that was not saved as plain text."
            ),
            remedy="Save the text of the policy as plain text in UTF-8, one paragraph per line.",
        )
