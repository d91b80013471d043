"""What can go wrong, in words for people, with the exit code that goes with it.

A message says what went wrong, the likely cause, and what to do. Exit codes, by falling precedence: 130 interrupted,
2 wrong use, 1 violated, 3 inconclusive, 4 the gate asks for what was not assessed or fails otherwise, 0 passed.
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
    """Something kept a command from doing its job.

    Args:
        what: What went wrong.
        cause: The likely cause, or nothing when ``what`` says it.
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
    """The command was given something it cannot use: an unknown clause, a broken file, an impossible option."""

    exit_code = ExitCode.WRONG_USE


class TargetError(AuditError):
    """The target failed: refused the connection, hung, or answered something outside the contract.

    Within a scenario it makes the verdict inconclusive: it proves neither that a promise is kept nor that it is broken.
    """


class HarnessError(AuditError):
    """The harness or the stage it sets failed. Makes a scenario inconclusive."""


class NotAssessed(AuditError):
    """A scenario could not look, because the target does not offer what it needs. The reason is shown in the report."""

    exit_code = ExitCode.GATE_FAILED


class NotApplicable(AuditError):
    """What a scenario is about does not exist at the target: a way in that it lacks, a country that it does not serve.

    Unlike what could not be looked at, it keeps no clause from being satisfied by the scenarios that do apply.
    """

    exit_code = ExitCode.GATE_FAILED


class PromiseBroken(AssertionError):
    """What a scenario saw is not what was promised."""
