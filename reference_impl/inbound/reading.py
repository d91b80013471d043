"""Reading a mail from any channel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from reference_impl.inbound.texts import seen, unflowed
from reference_impl.service.intake import Desk, Letter

LARGEST = 1024 * 1024
"""Bytes of a mail."""

_LANGUAGE = re.compile(r"(?=.{2,35}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read(desk: Desk, envelope_sender: str, raw: bytes) -> Letter:
    """A mail as the desks read it: who it is from, its subject, its text.

    Args:
        desk: Which it came to.
        envelope_sender: Empty for what nobody wants an answer to (RFC 5321, section 4.5.5).
        raw: The message.
    """
    message = message_from_bytes(raw, EmailMessage, policy=policy.default)
    automatic = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no"
    return Letter(
        desk=desk,
        sender=parseaddr(str(message.get("From", "")))[1],
        subject=str(message.get("Subject", "")),
        text=_text(message),
        automatic=automatic or not envelope_sender,
        language=_language(message),
    )


def _language(message: EmailMessage) -> str | None:
    named = str(message.get("Content-Language", "")).partition(",")[0].strip()
    return named if _LANGUAGE.fullmatch(named) else None


def _text(message: EmailMessage) -> str:
    return "\n".join(filter(str.strip, _texts(message)))


def _texts(part: EmailMessage) -> Iterator[str]:
    """The texts of a mail in order. Of alternatives, the plain one is read, unless it is empty (RFC 2046, 5.1.4)."""
    if part.is_attachment() or part.get_content_maintype() == "message":
        return
    if part.is_multipart():
        read = ("\n".join(_texts(cast(EmailMessage, below))) for below in part.iter_parts())
        if part.get_content_subtype() == "alternative":
            yield next(filter(str.strip, read), "")
        else:
            yield from read
    elif part.get_content_type() == "text/html":
        yield seen(_content(part))
    elif part.get_content_maintype() == "text":
        text = _content(part)
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        yield unflowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes") if flowed else text


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # a character set that nobody knows
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
