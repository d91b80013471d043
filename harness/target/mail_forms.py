"""The forms in which mail programs send what a person writes: parts, encodings, quotations, character sets.

Each form writes the subject and content of a message whose other headers are set.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from html import escape

_PICTURE = base64.b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
_CHARSETS = {"ja": "iso-2022-jp", "zh": "gb18030", "ko": "euc-kr"}
"""Character sets that mail programs used before UTF-8, by language; elsewhere the one of Windows."""
_WROTE = {
    "nl": "Op maandag schreef SHES het volgende:",
    "de": "Am Montag schrieb SHES:",
    "fr": "Lundi, SHES a écrit :",
    "ja": "SHESさんは書きました:",
    "zh": "SHES 写道：",
}
"""What a mail program writes above a quotation, by language; elsewhere in English."""
_BROKEN_AT = 24
_WORD = 12
"""Letters of an encoded word: few, because a word must not be longer than 75 characters."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a person writes: subject and text, in a language (BCP 47)."""

    subject: str
    text: str
    language: str


Form = Callable[[EmailMessage, Writing], EmailMessage]
"""Completes a message; the one that it returns is sent."""


def plain(message: EmailMessage, writing: Writing) -> EmailMessage:
    """Plain text."""
    message["Subject"] = writing.subject
    message.set_content(writing.text)
    return message


def html(message: EmailMessage, writing: Writing) -> EmailMessage:
    """HTML without a plain part, in base64."""
    message["Subject"] = writing.subject
    message.set_content(_page(writing.text), subtype="html", cte="base64")
    return message


def text_and_html(message: EmailMessage, writing: Writing) -> EmailMessage:
    """Plain text and HTML in quoted-printable, with the picture of a signature."""
    message["Subject"] = writing.subject
    message.set_content(writing.text, cte="quoted-printable")
    message.add_alternative(_page(writing.text), subtype="html", cte="quoted-printable")
    message.add_attachment(_PICTURE, "image", "gif", filename="logo.gif", disposition="inline")
    return message


def reply(message: EmailMessage, writing: Writing) -> EmailMessage:
    """A reply to an earlier mail of the service, which is quoted below the person's signature."""
    message["In-Reply-To"] = message["References"] = "<earlier@shes.example>"
    message["Subject"] = f"Re: {writing.subject}"
    wrote = _WROTE.get(writing.language.partition("-")[0], "On Monday, SHES wrote:")
    quoted = "> Dear customer,\n>\n> thank you for your message.\n> Subject: your account\n"
    sender = message["From"].addresses[0].display_name
    message.set_content(f"{writing.text}\n-- \n{sender}\n\n{wrote}\n\n{quoted}")
    return message


def forwarded(message: EmailMessage, writing: Writing) -> EmailMessage:
    """A mail of the person's own, sent once more as a forwarded one."""
    message["Subject"] = f"Fwd: {writing.subject}"
    head = [f"{name}: {message[name]}" for name in ("From", "Date", "To")]
    head.insert(2, f"Subject: {writing.subject}")
    rule = "---------- Forwarded message ---------"
    message.set_content("\n".join(["Please see below.", "", rule, *head, "", writing.text]))
    return message


def broken_lines(message: EmailMessage, writing: Writing) -> EmailMessage:
    """Lines broken to fit, even inside a word, in quoted-printable (``format=flowed; delsp=yes``, RFC 3676)."""
    message["Subject"] = writing.subject
    lines = []
    for line in writing.text.splitlines():
        pieces = [line[at : at + _BROKEN_AT] for at in range(0, len(line), _BROKEN_AT)] or [""]
        lines += [f" {piece}" if piece.startswith((" ", ">", "From ")) else piece for piece in _flowing(pieces)]
    message.set_content("\n".join(lines) + "\n", cte="quoted-printable", params={"format": "flowed", "delsp": "yes"})
    return message


def older_charset(message: EmailMessage, writing: Writing) -> EmailMessage:
    """The character set of an older mail program, in base64; the subject in encoded words on several lines (RFC 2047).

    UTF-8 is used for what the character set lacks.
    """
    wanted = _CHARSETS.get(writing.language.partition("-")[0], "windows-1252")
    charset = _able(wanted, writing.text)
    payload = base64.encodebytes(writing.text.replace("\n", "\r\n").encode(charset))
    subject = "\r\n ".join(_words(writing.subject, _able(wanted, writing.subject)))
    head = [
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        f'Content-Type: text/plain; charset="{charset.upper()}"',
        "Content-Transfer-Encoding: base64",
    ]
    # Only what was parsed keeps the form of its headers.
    raw = "\r\n".join(head).encode() + b"\r\n" + message.as_bytes() + payload.replace(b"\n", b"\r\n")
    return message_from_bytes(raw, EmailMessage, policy=SMTPUTF8)


def capitals(message: EmailMessage, writing: Writing) -> EmailMessage:
    """Capitals only."""
    return plain(message, Writing(writing.subject.upper(), writing.text.upper(), writing.language))


FORMS: Mapping[str, Form] = {
    "as HTML": html,
    "as text and HTML": text_and_html,
    "as a reply": reply,
    "as a forwarded mail": forwarded,
    "with broken lines": broken_lines,
    "in an older character set": older_charset,
    "in capitals": capitals,
}
"""By the words of a scenario."""


def _page(text: str) -> str:
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.splitlines())
    style = "<style>p.MsoNormal { margin: 0; font-family: Name, serif; }</style>"
    return f"<html><head><title>Mail</title>{style}</head><body><!-- Name: none -->{lines}</body></html>\n"


def _flowing(pieces: list[str]) -> list[str]:
    """The pieces of one line, of which each but the last ends with the space that means that it continues."""
    return [*(f"{piece} " for piece in pieces[:-1]), pieces[-1].rstrip(" ")]


def _able(charset: str, text: str) -> str:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return "utf-8"
    return charset


def _words(text: str, charset: str) -> list[str]:
    """Encoded words, by turns in both encodings that RFC 2047 has."""
    words = []
    for number, at in enumerate(range(0, len(text), _WORD)):
        encoded = text[at : at + _WORD].encode(charset)
        if number % 2:
            quoted = "".join(chr(one) if chr(one).isalnum() and one < 128 else f"={one:02X}" for one in encoded)
            words.append(f"=?{charset}?Q?{quoted}?=")
        else:
            words.append(f"=?{charset}?B?{base64.b64encode(encoded).decode()}?=")
    return words
