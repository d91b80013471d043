"""Text of ``format=flowed``: lines that a mail program broke are joined again (RFC 3676)."""

from __future__ import annotations

import re

_QUOTES = re.compile(r">*")
_SIGNATURE = "-- "


def unflowed(text: str, *, delsp: bool) -> str:
    """The paragraphs of a text as they were written.

    Args:
        text: With line feeds as line ends.
        delsp: Whether the space at the end of a broken line was added (``DelSp=Yes``), and is therefore removed.
    """
    joined: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = _QUOTES.match(line).end()  # type: ignore[union-attr]  # it matches nothing, too
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != _SIGNATURE
        shown = content[:-1] if flows and delsp else content
        if depth == open_depth and content != _SIGNATURE:
            joined[-1] += shown
        else:
            joined.append(f"{'>' * depth} {shown}" if depth else shown)
        open_depth = depth if flows else -1
    return "\n".join(joined)
