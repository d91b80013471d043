"""What a person does when the use of a right fails: try again, later too; then it is judged.

A failure shows nothing by itself. If it lasts for more than a week while everything else works, the right cannot be
used, and the promise is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from harness import contract
from harness.contract import Capability
from harness.errors import RightDenied, TargetError
from harness.evidence.model import Channel
from harness.evidence.recorder import Recorder
from harness.stage.answers import refusal
from harness.stage.service import Service
from harness.target.http import Answer

Result = TypeVar("Result")

_PAUSES = (timedelta(), timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""How long somebody waits before each further attempt, by the clock of the world."""
_LATER = frozenset({408, 425, 429})
"""Statuses that ask for another attempt (RFC 9110, RFC 8470, RFC 6585)."""
_MARKETING = {"purpose": "email-marketing"}


class Insistence:
    """Uses rights until it is clear whether they can be used."""

    def __init__(self, service: Service, evidence: Recorder) -> None:
        """Rights at a service; a denial is recorded as a failed check."""
        self._service = service
        self._evidence = evidence

    def upon(
        self,
        operation_id: str,
        who: str,
        attempt: Callable[[], Result],
        *,
        renew: Callable[[], Answer] | None = None,
        channel: Channel = Channel.API,
    ) -> Result:
        """Use a right.

        Args:
            operation_id: The operation that grants it; its clauses are those that a denial violates.
            who: Whose right it is, by the person's name in the scenario.
            attempt: Uses it.
            renew: Signs the person in again, as a session may end meanwhile; nothing without a sign-in.
            channel: Where it is used.

        Returns:
            What the first attempt gave; after statuses that ask for another attempt, what a later one gave.

        Raises:
            TargetError: It failed once and worked later, or other things fail too: nothing is shown.
            RightDenied: It failed every time, and everything else works.
        """
        failures: list[str] = []
        first: TargetError | None = None
        for pause in (None, *_PAUSES):
            if pause is not None and not self._can_go_on(pause, renew):
                break
            try:
                result = attempt()
            except TargetError as error:
                first = first or error
                failures.append(error.what)
                continue
            if not (isinstance(result, Answer) and result.status in _LATER):
                break
            failures.append(f"{operation_id}: the target answered {refusal(result)}")
        else:
            self._deny(operation_id, who, failures, channel)
        if first is not None:
            raise first
        return result

    def _can_go_on(self, pause: timedelta, renew: Callable[[], Answer] | None) -> bool:
        """Whether everything else works after a pause."""
        try:
            if pause and Capability.CLOCK in self._service.description.capabilities:
                self._service.wait(pause)
            others = [self._service.call("readConsentText", path=_MARKETING)]
            return all(answer.ok for answer in [*others, *([renew()] if renew else [])])
        except TargetError:
            return False

    def _deny(self, operation_id: str, who: str, failures: list[str], channel: Channel) -> None:
        span = sum(_PAUSES, timedelta()) if Capability.CLOCK in self._service.description.capabilities else timedelta()
        over = f" over {span.days} days" if span else ""
        self.denied(
            operation_id,
            f"{who} can use the right ({operation_id})",
            f"{len(failures)} attempts{over} failed, while other requests succeeded. {failures[-1]}",
            list(self._evidence.exchanges)[-1:],
            channel,
        )

    def denied(
        self, operation_id: str, claim: str, detail: str, evidence: list[str], channel: Channel = Channel.API
    ) -> None:
        """Record that a right is denied.

        Raises:
            RightDenied: Always.
        """
        try:
            self._evidence.check(channel, claim, False, detail=detail, evidence=evidence)
        except AssertionError as broken:
            raise RightDenied(str(broken), contract.operations()[operation_id].clauses) from None
