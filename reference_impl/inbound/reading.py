"""Reading a mail from any channel."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape

from reference_impl.service.intake import Desk, Letter

LARGEST = 1024 * 1024
"""Bytes of a mail."""

_LANGUAGE = re.compile(r"(?=.{2,35}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOT_SEEN = re.compile(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>")


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
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except LookupError:  # a character set that nobody knows
        payload = body.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return content if body.get_content_subtype() == "plain" else unescape(_NOT_SEEN.sub(" ", content))
