"""What a reader sees of a mail's text: HTML without its tags, and the lines that a mail program broke joined again."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_QUOTES = re.compile(r"(>*) ?(.*)")
_SIGNATURE = "-- "
_NOT_SEEN = frozenset({"head", "script", "style", "template", "title"})
_LINES = frozenset(
    {"address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"pre", "section", "table", "tr", "ul"}
)
"""Elements that begin, and end, a line."""


def unflowed(text: str, *, delsp: bool) -> str:
    """The lines of a text of ``format=flowed`` as they were written (RFC 3676)."""
    lines: list[str] = []
    flowing = ""
    for quotes, content in (_QUOTES.fullmatch(line).groups() for line in text.splitlines()):  # type: ignore[union-attr]
        flows = content.endswith(" ") and content != _SIGNATURE
        shown = content[:-1] if flows and delsp else content
        if lines and flowing == f"{quotes}|" and content != _SIGNATURE:
            lines[-1] += shown
        else:
            lines.append(f"{quotes} {shown}" if quotes else shown)
        flowing = f"{quotes}|" if flows else ""
    return "\n".join(lines)


def seen(html: str) -> str:
    """The text of a page, one line for each block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _NOT_SEEN
        self.parts += ["\n"] * (tag in _LINES)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _NOT_SEEN))
        self.parts += ["\n"] * (tag in _LINES)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # A line end in the source is a space.
            self.parts.append(re.sub(r"[\r\n]", " ", data))
