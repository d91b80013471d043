"""The cookies of a person's browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from email.message import Message
from http.cookiejar import Cookie, DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.cookies import MockRequest, MockResponse, RequestsCookieJar


class Cookies(RequestsCookieJar):
    """Keeps and returns cookies as a browser does: by domain, path, expiry and ``Secure`` (RFC 6265).

    Cookies expire by the time of the world, because that is the time of the target that set them.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """No cookies yet; ``now`` is the time of the world."""
        self._time = now
        super().__init__(_Policy(now))

    def keep(self, request: PreparedRequest, fields: Iterable[str]) -> None:
        """Follow the ``Set-Cookie`` fields of a response in order: the last word about a cookie counts."""
        for one in fields:
            # The base class would first delete, and then keep, what one response says.
            headers = Message()
            headers["Set-Cookie"] = one
            # requests makes these two for the base class, with as much of the expected types as it needs.
            self.extract_cookies(MockResponse(headers), MockRequest(request))  # type: ignore[arg-type]

    @property
    def _now(self) -> int:
        return int(self._time().timestamp())

    @_now.setter
    def _now(self, value: int) -> None:
        """The base class sets the time of the machine."""

    def clear_expired_cookies(self) -> None:
        """Nothing: the base class would go by the time of the machine. What has expired is not returned."""


class _Policy(DefaultCookiePolicy):
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._time = now
        super().__init__()

    @property
    def _now(self) -> int:
        return int(self._time().timestamp())

    @_now.setter
    def _now(self, value: int) -> None:
        """As in the jar."""

    def return_ok_secure(self, cookie: Cookie, request: Any) -> bool:
        """Whether the connection is secure enough: HTTPS, or to this machine (Secure Contexts, section 3.1)."""
        return not cookie.secure or request.type == "https" or _is_this_machine(request.get_full_url())


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
