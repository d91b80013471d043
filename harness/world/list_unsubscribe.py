"""The unsubscribe options of a mail, read as strictly as mail programs read them (RFC 2369, RFC 8058)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import Self

_ONE_CLICK = "List-Unsubscribe=One-Click"
_ITEM = re.compile(r"\s*<([^<>]*)>\s*(,?)")


@dataclass(frozen=True, slots=True)
class ListUnsubscribe:
    """The unsubscribe options of a mail.

    Attributes:
        url: The first web address of ``List-Unsubscribe`` (RFC 2369), or ``None``.
        mailto: The first mail address of it, or ``None``.
        one_click: Whether a POST to ``url`` suffices (RFC 8058): ``List-Unsubscribe`` and ``List-Unsubscribe-Post``
            occur once each, and the former has one web address. The DKIM signature, which the sender of the mail adds,
            is not examined.
    """

    url: str | None
    mailto: str | None
    one_click: bool

    @classmethod
    def of(cls, message: Message) -> Self | None:
        """The options that a message offers, or ``None`` if it offers none."""
        fields = _fields(message, "list-unsubscribe")
        offered = [address for one in fields for address in _addresses(one)]
        if not offered:
            return None
        web = [one for one in offered if one.casefold().startswith(("https:", "http:"))]
        mailto = next((one for one in offered if one.casefold().startswith("mailto:")), None)
        posts = [one.strip() for one in _fields(message, "list-unsubscribe-post")] == [_ONE_CLICK]
        one_click = posts and len(fields) == 1 and len(web) == 1
        return cls(web[0] if web else None, mailto, one_click=one_click)


def _fields(message: Message, name: str) -> list[str]:
    """All header fields of a name as sent, unfolded: none of these may contain encoded words (RFC 2047, section 5)."""
    return [re.sub(r"[\r\n]", "", str(value)) for key, value in message.raw_items() if key.casefold() == name]


def _addresses(content: str) -> list[str]:
    """The addresses of a field. The rest of it is ignored from the first item that is no address (RFC 2369, 2)."""
    found: list[str] = []
    text = _without_comments(content)
    at = 0
    while item := _ITEM.match(text, at):
        address = re.sub(r"\s", "", item[1])
        if address.isascii():
            found.append(address)
        at = item.end()
        if not item[2]:
            break
    return found


def _without_comments(content: str) -> str:
    """A field without its comments, which may be nested (RFC 5322, section 3.2.2)."""
    kept: list[str] = []
    depth, enclosed, escaped = 0, False, False
    for letter in content:
        if escaped:
            escaped = False
        elif depth and letter == "\\":
            escaped = True
        elif letter == "(" and not enclosed:
            depth += 1
        elif depth:
            depth -= letter == ")"
        else:
            enclosed = letter == "<" or (enclosed and letter != ">")
            kept.append(letter)
    return "".join(kept)
