"""Clause 7.5: reports by mail are read as plain text only."""

from __future__ import annotations

import re
from dataclasses import replace

from reference_impl.inbound.reading import read
from reference_impl.inbound.smtp import SmtpServer
from reference_impl.service.intake import Desk, Letter
from reference_impl.violations.model import Kind, Violation


class _Undecoded(SmtpServer):
    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        letter = super().letter(desk, sender, raw)
        body = raw.partition(b"\r\n\r\n")[2].decode(errors="replace")
        return replace(letter, text=body) if desk is Desk.CHILDREN else letter


class _OwnWordsEndAtTheRule(SmtpServer):
    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        letter = super().letter(desk, sender, raw)
        own = re.split(r"(?m)^-{3,}", letter.text)[0]
        return replace(letter, text=own) if desk is Desk.CHILDREN else letter


class _BrokenLines(SmtpServer):
    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        fixed = raw.replace(b"flowed", b"fixed") if desk is Desk.CHILDREN else raw
        return read(desk, sender, fixed)


VIOLATIONS = (
    Violation(
        "7.5-mail-is-not-decoded",
        "7.5",
        "Reports in base64 or HTML are searched for addresses without being decoded",
        Kind.ODD_NAME,
        {"mail_server": _Undecoded},
    ),
    Violation(
        "7.5-forwarded-part-unread",
        "7.5",
        "What a parent forwards is cut off, and with it the child's address",
        Kind.HALF_DONE,
        {"mail_server": _OwnWordsEndAtTheRule},
    ),
    Violation(
        "7.5-broken-lines-stay-broken",
        "7.5",
        "An address that a mail program broke over two lines is not recognised",
        Kind.ODD_NAME,
        {"mail_server": _BrokenLines},
    ),
)
