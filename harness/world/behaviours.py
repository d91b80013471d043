"""How a recipient behaves while something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What happens to an attempt to deliver.

    Attributes:
        words: In words, as a sentence says it of the recipient.
        status: The status of the response; nothing where none is sent.
        accepts: Whether the recipient accepts the delivery.
        retry_after: Seconds stated in the header `Retry-After` (RFC 9110, section 10.2.3).
        host: Where the recipient seems to be, so that nothing arrives; nothing for where it is.
        silent: Whether the connection is left open, for the sender to give up.
        delay: Seconds of real time until the response.
    """

    words: str
    status: HTTPStatus | None = None
    accepts: bool = False
    retry_after: int | None = None
    host: str = ""
    silent: bool = False
    delay: float = 0.0

    @property
    def ending(self) -> str:
        """How an attempt ends, in words."""
        if self.accepts:
            return "accepted, answer lost" if self.status is None else "accepted"
        if self.status is None:
            return "never answered" if self.silent else "connection closed without an answer"
        wait = "" if self.retry_after is None else f", Retry-After {self.retry_after} seconds"
        return f"refused with {self.status.value}{wait}"


CLOSED: Final = "a port on which nobody listens"
UNKNOWN: Final = "recipient.invalid"
"""A name that never exists (RFC 6761, section 6.4)."""

NO_CONNECTION = Behaviour("refuses connections", host=CLOSED)
NO_NAME = Behaviour("has no DNS entry", host=UNKNOWN)
NO_ANSWER = Behaviour("does not answer", silent=True)
CONNECTION_CLOSED = Behaviour("closes connections without an answer")
ANSWER_LOST = Behaviour("accepts deliveries but loses its answers", accepts=True)
UNAVAILABLE = Behaviour("answers with 503", HTTPStatus.SERVICE_UNAVAILABLE)
_STATUSES = (
    *(
        Behaviour(f"answers with {status.value}", status)
        for status in (
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.TOO_EARLY,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            HTTPStatus.BAD_GATEWAY,
        )
    ),
    UNAVAILABLE,
    Behaviour("answers with 504", HTTPStatus.GATEWAY_TIMEOUT),
)
_ASKS_FOR_HALF_AN_HOUR = Behaviour(
    "answers with 429 and Retry-After of 30 minutes", HTTPStatus.TOO_MANY_REQUESTS, retry_after=1800
)
_ASKS_FOR_TWO_HOURS = Behaviour(
    "answers with 429 and Retry-After of 2 hours", HTTPStatus.TOO_MANY_REQUESTS, retry_after=7200
)

OUTAGES: Final = (NO_CONNECTION, NO_NAME, CONNECTION_CLOSED, *_STATUSES, _ASKS_FOR_HALF_AN_HOUR)
"""Ways to be unreachable for which a retry is due within the hour."""

FAILURES: Final = (
    NO_CONNECTION,
    NO_NAME,
    *_STATUSES[:3],
    _ASKS_FOR_TWO_HOURS,
    *_STATUSES[3:],
    CONNECTION_CLOSED,
    ANSWER_LOST,
)
"""Every failure after which a service tries again, except silence, which takes as long as the service waits.

The lost answer comes last: from then on the recipient has the delivery, and a service that gives up does no harm.
"""

SLOW = Behaviour("answers slowly", HTTPStatus.ACCEPTED, accepts=True, delay=0.1)
"""Slow enough for something else to happen while a delivery is on its way."""

BEHAVIOURS: Final = (*FAILURES, _ASKS_FOR_HALF_AN_HOUR, NO_ANSWER, SLOW)
"""All of them."""
