"""Connections to the target, for each person from a network address of their own."""

from __future__ import annotations

import socket
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

_MOST = 32
"""Addresses of which connections are kept."""
_LOOPBACK = "127."


class _Adapter(HTTPAdapter):
    """Connects from one address."""

    def __init__(self, source: str, retry: Retry) -> None:
        self._source = source
        super().__init__(max_retries=retry, pool_connections=4, pool_maxsize=4)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """As that of every adapter."""
        if self._source:
            named["source_address"] = (self._source, 0)
        super().init_poolmanager(*arguments, **named)


class Connections:
    """Sessions by the address that they connect from; the ones used last are kept.

    Args:
        url: The target's address: on IPv4 loopback alone, a connection can come from any of its addresses.
        retry: Makes the rule by which connections that failed are tried again.
    """

    def __init__(self, url: str, retry: Callable[[], Retry]) -> None:
        self._chosen = (urlsplit(url).hostname or "").startswith(_LOOPBACK)
        self._retry = retry
        self._sessions: OrderedDict[str, requests.Session] = OrderedDict()

    def session(self, source: str = "") -> requests.Session:
        """A session from an address of loopback, or from the machine's own where that is impossible."""
        if not (source and self._chosen and _is_ours(source)):
            source = ""
        if source not in self._sessions:
            self._sessions[source] = self._opened(source)
            if len(self._sessions) > _MOST:
                self._sessions.popitem(last=False)[1].close()
        self._sessions.move_to_end(source)
        return self._sessions[source]

    def close(self) -> None:
        """Close all connections."""
        while self._sessions:
            self._sessions.popitem()[1].close()

    def _opened(self, source: str) -> requests.Session:
        session = requests.Session()
        adapter = _Adapter(source, self._retry())
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        # The machine's proxies and .netrc must have no effect here.
        session.trust_env = False
        return session


@cache
def _loopback_is_whole() -> bool:
    """Whether every address of 127.0.0.0/8 is this machine's, as on Linux; elsewhere it is one."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(("127.77.66.55", 0))
        except OSError:
            return False
    return True


def _is_ours(source: str) -> bool:
    return source.startswith(_LOOPBACK) and _loopback_is_whole()
