"""The form of a sentence: words that stand fast, nouns in braces, and parts in brackets that may be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from harness.vocabulary.nouns import NOUNS

_PIECE = re.compile(r"\{(?P<label>\w+)(?::(?P<noun>\w+))?\}|(?P<bracket>[\[\]])|(?P<text>[^{}\[\]]+)")


@dataclass(frozen=True)
class Form:
    """One form of a declared sentence, such as ``{person} consents to {purpose}[ in the {app} app]``.

    A noun stands in braces by its name, or as ``{other:person}`` where it comes twice. What stands in brackets may be
    left out.
    """

    text: str

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of the noun behind each label."""
        return {
            found["label"]: found["noun"] or found["label"] for found in _PIECE.finditer(self.text) if found["label"]
        }

    @cached_property
    def plain(self) -> str:
        """The form as it is shown to people."""
        return re.sub(r"\{(\w+):\w+\}", r"{\1}", self.text)

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Words that stand in every sentence of this form: a quick test before the pattern is tried."""
        depth, found = 0, []
        for piece in _PIECE.finditer(self.text):
            if piece["bracket"]:
                depth += 1 if piece["bracket"] == "[" else -1
            elif piece["text"] and not depth:
                found.append(piece["text"])
        return tuple(found)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a sentence of this form looks like."""
        parts = []
        for piece in _PIECE.finditer(self.text):
            if piece["bracket"]:
                parts.append("(?:" if piece["bracket"] == "[" else ")?")
            elif piece["text"]:
                parts.append(re.escape(piece["text"]))
            else:
                parts.append(f"(?P<{piece['label']}>{NOUNS[self.labels[piece['label']]].pattern})")
        return re.compile("".join(parts))

    def match(self, sentence: str) -> dict[str, str] | None:
        """The words of a sentence by label; None where it has another form."""
        for anchor in self.anchors:
            if anchor not in sentence:
                return None
        found = self.pattern.fullmatch(sentence)
        return {label: text for label, text in found.groupdict().items() if text is not None} if found else None
