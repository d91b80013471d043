"""Clauses 8.EU.6, 8.US.6, 8.US.7, 8.CA.4 and 8.NV.1: requests by mail are recognised in plain text only."""

from __future__ import annotations

from reference_impl.domain.entities import RequestKind
from reference_impl.inbound.reading import read
from reference_impl.inbound.smtp import SmtpServer
from reference_impl.service.intake import Desk, Letter
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.deaf_desks import ExactPrefix, SetsAside


class _ForwardedObjection(ExactPrefix):
    PREFIX = "fwd:"


class _RepliedOptOut(ExactPrefix):
    KIND = RequestKind.SALE_AND_SHARING


class _RepliedProfilingOptOut(ExactPrefix):
    KIND = RequestKind.PROFILING


class _OlderSubjects(SetsAside):
    DESK = Desk.PRIVACY

    def sets_aside(self, letter: Letter, raw: bytes) -> bool:
        return "targeted advertising" in letter.subject.lower() and b"=?windows-1252?" in raw


class _BrokenLines(SmtpServer):
    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        letter = read(desk, sender, raw)
        nevada = desk is Desk.PRIVACY and "nevada" in letter.subject.lower()
        return read(desk, sender, raw.replace(b"flowed", b"fixed")) if nevada else letter


VIOLATIONS = (
    Violation(
        "8.EU.6-forwarded-mail-is-no-objection",
        "8.EU.6",
        "An objection that was forwarded is taken for an enquiry",
        Kind.ODD_NAME,
        {"privacy_desk": _ForwardedObjection},
    ),
    Violation(
        "8.US.6-older-charset-is-unwanted",
        "8.US.6",
        "A request whose subject is in encoded words is taken for unwanted mail",
        Kind.ODD_NAME,
        {"mail_server": _OlderSubjects},
    ),
    Violation(
        "8.US.7-reply-is-no-request",
        "8.US.7",
        "An opt-out of profiling in a reply is taken for an enquiry",
        Kind.ODD_NAME,
        {"privacy_desk": _RepliedProfilingOptOut},
    ),
    Violation(
        "8.CA.4-reply-is-no-request",
        "8.CA.4",
        "An opt-out of sale in a reply is taken for an enquiry",
        Kind.ODD_NAME,
        {"privacy_desk": _RepliedOptOut},
    ),
    Violation(
        "8.NV.1-broken-lines-stay-broken",
        "8.NV.1",
        "Of a line that a mail program broke, only the beginning is read",
        Kind.HALF_DONE,
        {"mail_server": _BrokenLines},
    ),
)
