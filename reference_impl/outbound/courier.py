"""Posting deliveries over HTTP."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import local
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from reference_impl.service.ports import Outcome, Postponed

TRY_AGAIN: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""What is only temporary besides every 5xx (RFC 9110, section 15.5.9; RFC 8470, section 5.2; RFC 6585, section 4)."""


class HttpCourier:
    """One keep-alive session per sending thread. Redirects are not followed: data is sent only to wired addresses."""

    CONNECT_SECONDS = 2.0
    ANSWER_SECONDS = 5.0

    def __init__(self) -> None:
        self._threads = local()

    def deliver(self, url: str, idempotency_key: str, body: dict[str, Any]) -> Outcome | Postponed:
        """Post once. If a kept connection turns out to be dead, post again at once: the key makes that safe."""
        try:
            return self._post(url, idempotency_key, body)
        except requests.Timeout as error:
            return Outcome.NOT_SENT if _never_connected(error) else Outcome.FAILED
        except requests.ConnectionError as error:
            if _never_connected(error):
                return Outcome.NOT_SENT
        except (requests.RequestException, ValueError):
            return Outcome.NOT_SENT
        try:
            return self._post(url, idempotency_key, body)
        except (requests.RequestException, ValueError):
            return Outcome.FAILED

    def _post(self, url: str, idempotency_key: str, body: dict[str, Any]) -> Outcome | Postponed:
        answer = self._session().post(
            url,
            json=body,
            headers={"Idempotency-Key": idempotency_key},
            timeout=(self.CONNECT_SECONDS, self.ANSWER_SECONDS),
            allow_redirects=False,
        )
        return self.judge(answer)

    def judge(self, answer: requests.Response) -> Outcome | Postponed:
        """What the answer to a delivery means."""
        if answer.ok and answer.status_code < 300:
            return Outcome.ACCEPTED
        if answer.status_code < 500 and answer.status_code not in TRY_AGAIN:
            return Outcome.REFUSED
        wait = _wait(answer)
        return Postponed(wait) if wait else Outcome.FAILED

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._threads, "session", None)
        if session is None:
            session = self._threads.session = requests.Session()
            session.trust_env = False
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(pool_connections=32, pool_maxsize=1))
        return session


def _never_connected(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", error.args[0]) if error.args else None
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def _wait(answer: requests.Response) -> timedelta | None:
    """How long the recipient asks to wait (RFC 9110, section 10.2.3); None where it does not, or not readably.

    A time of day is compared with that of the answer: the two clocks need not agree.
    """
    text = answer.headers.get("Retry-After", "").strip()
    try:
        if text.isascii() and text.isdecimal():
            return timedelta(seconds=int(text))
        return parsedate_to_datetime(text) - parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ValueError, TypeError, OverflowError):
        return None
