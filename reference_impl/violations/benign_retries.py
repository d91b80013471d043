"""Services that retry deliveries at other times than the reference, as the contract allows."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import requests

from reference_impl.outbound.courier import HttpCourier
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.outbox import RetryPolicy
from reference_impl.service.ports import Outcome, Postponed
from reference_impl.violations.model import Kind, Violation


class _Jittered(RetryPolicy):
    KEEP_TRYING = timedelta(days=7)

    def next_try_at(self, now: datetime, first_try_at: datetime, tries: int) -> datetime | None:
        due = super().next_try_at(now, first_try_at, tries)
        return due and now + timedelta(seconds=1 + secrets.randbelow(3600))


class _IgnoresRetryAfter(HttpCourier):
    def judge(self, answer: requests.Response) -> Outcome | Postponed:
        outcome = super().judge(answer)
        return Outcome.FAILED if isinstance(outcome, Postponed) else outcome


class _WaitsAsAsked(Dispatcher):
    LONGEST_WAIT = timedelta(days=365)


VIOLATIONS = (
    Violation(
        "benign-retries-at-random-times",
        None,
        "Retries follow at random times within the hour and end after a week, and Retry-After is ignored",
        Kind.BENIGN,
        {"retry": _Jittered, "courier": _IgnoresRetryAfter},
    ),
    Violation(
        "benign-waits-as-asked",
        None,
        "The next attempt waits as long as the recipient asks for",
        Kind.BENIGN,
        {"dispatcher": _WaitsAsAsked},
    ),
)
