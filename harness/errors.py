"""Errors with a message for people and an exit code.

A message states what went wrong, the likely cause, and what to do. Exit codes, in decreasing precedence: 130
interrupted, 2 wrong use, 1 violated, 3 inconclusive, 4 a required clause is not assessed or the gate fails otherwise,
0 passed.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command."""

    PASSED = 0
    VIOLATED = 1
    WRONG_USE = 2
    INCONCLUSIVE = 3
    GATE_FAILED = 4
    INTERRUPTED = 130


class AuditError(Exception):
    """A command could not complete.

    Args:
        what: What went wrong.
        cause: The likely cause; empty if ``what`` states it.
        remedy: What to do about it.
    """

    exit_code: ExitCode = ExitCode.INCONCLUSIVE

    def __init__(self, what: str, *, cause: str = "", remedy: str = "") -> None:
        super().__init__(what, cause, remedy)
        self.what = what
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        """The message in up to three lines."""
        lines = [self.what]
        if self.cause:
            lines.append(f"Likely cause: {self.cause}")
        if self.remedy:
            lines.append(f"What to do: {self.remedy}")
        return "\n".join(lines)


class UsageError(AuditError):
    """The command was given unusable input: an unknown clause, a malformed file, an impossible option."""

    exit_code = ExitCode.WRONG_USE


class TargetError(AuditError):
    """The target failed: it refused the connection, did not respond, or responded outside the contract.

    Within a scenario it makes the outcome inconclusive: it shows neither compliance nor a violation.
    """


class HarnessError(AuditError):
    """The harness or its simulated environment failed. Makes a scenario inconclusive."""


class NotAssessed(AuditError):
    """A scenario could not examine its subject, because the target lacks a capability. The report shows the reason."""

    exit_code = ExitCode.GATE_FAILED


class NotApplicable(AuditError):
    """The subject of a scenario does not exist at the target: a sign-in route it lacks, a country it does not serve.

    Unlike a scenario that is not assessed, it does not prevent the clause from being satisfied by other scenarios.
    """

    exit_code = ExitCode.GATE_FAILED


class PromiseBroken(AssertionError):
    """A check of a scenario failed: the obligation is not met."""


class RightDenied(PromiseBroken):
    """The target refuses a right for good.

    Attributes:
        clauses: The clauses that promise the right. A scenario of one of them is violated even if the right was only to
            set its stage.
    """

    def __init__(self, what: str, clauses: frozenset[str]) -> None:
        super().__init__(what)
        self.clauses = clauses
