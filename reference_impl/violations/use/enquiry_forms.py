"""Clause 2.2: mail that is not plain text is not answered."""

from __future__ import annotations

from reference_impl.service.intake import Letter
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.deaf_desks import SetsAside


class _HtmlIsUnwanted(SetsAside):
    def sets_aside(self, letter: Letter, raw: bytes) -> bool:
        return b"text/html" in raw and b"text/plain" not in raw


class _AttachmentsAreUnsafe(SetsAside):
    def sets_aside(self, letter: Letter, raw: bytes) -> bool:
        return b"multipart/mixed" in raw


class _RepliesBelongToThreads(SetsAside):
    def sets_aside(self, letter: Letter, raw: bytes) -> bool:
        return b"\nIn-Reply-To:" in raw


VIOLATIONS = (
    Violation(
        "2.2-html-is-unwanted",
        "2.2",
        "An enquiry in HTML only is taken for unwanted mail and not answered",
        Kind.ODD_NAME,
        {"mail_server": _HtmlIsUnwanted},
    ),
    Violation(
        "2.2-attachments-are-unsafe",
        "2.2",
        "An enquiry with the picture of a signature is quarantined and not answered",
        Kind.MISSING,
        {"mail_server": _AttachmentsAreUnsafe},
    ),
    Violation(
        "2.2-replies-belong-to-threads",
        "2.2",
        "An enquiry that is a reply to an earlier mail is added to that thread and not answered",
        Kind.SECOND_TIME,
        {"mail_server": _RepliesBelongToThreads},
    ),
)
