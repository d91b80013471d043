"""HTTP to the target: a kept connection, time limits, bounded retries of repeatable requests, observed exchanges.

A failure of the target is a :class:`~harness.errors.TargetError`; the caller judges the meaning of a response.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util.retry import Retry

from harness import contract
from harness.errors import TargetError
from harness.target.connections import Connections
from harness.target.cookies import Cookies
from harness.target.profile import Profile

_SERVER_ERROR = 500
_REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_PIECE = 1 << 16
_AUDITOR = "Mozilla/5.0 (compatible; shes-audit)"
"""The user agent of the harness where it acts for no person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the target.

    Attributes:
        operation: The request in words: ``signIn`` or an address.
        status: HTTP status.
        headers: By lower-case name.
        content: The body's bytes.
        exchange: The number of its exchange, assigned by the observer.
    """

    operation: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    exchange: str = ""

    @property
    def ok(self) -> bool:
        """Whether the status indicates success."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            TargetError: It is not one.
        """
        try:
            parsed = json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise TargetError(
                f"{self.operation} answered {self.status} with something that is not JSON.",
                cause="the target does not comply with the contract here, or another server responds at its address",
                remedy="compare the response in the evidence with harness/contract/openapi.yaml",
            ) from error
        if not isinstance(parsed, dict):
            raise TargetError(f"{self.operation} answered {self.status} with JSON that is not an object.")
        return parsed

    def field(self, name: str) -> Any:
        """A member that the contract requires.

        Raises:
            TargetError: It is missing.
        """
        body = self.json()
        if name not in body:
            raise TargetError(
                f"{self.operation} answered without {name!r}.",
                cause="the target does not comply with the contract here",
                remedy="compare the response in the evidence with harness/contract/openapi.yaml",
            )
        return body[name]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its result, as passed to the observer."""

    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: str
    status: int | None
    answer_headers: Mapping[str, str]
    answer_body: bytes
    seconds: float
    failure: str = ""
    operation: str = ""


Observer = Callable[[Exchange], str]
"""Takes an exchange and returns the number under which it is stored."""


class _Retry(Retry):
    """Retries if a connection fails; a target that does not respond is not asked a second time."""

    def increment(self, *arguments: Any, **named: Any) -> Self:
        """Count an attempt."""
        if isinstance(named.get("error"), ReadTimeoutError):
            raise named["error"]
        return super().increment(*arguments, **named)


@dataclass
class Http:
    """A client of one target.

    Attributes:
        profile: How the target is reached.
        observer: Receives every exchange.
        waited: Seconds spent waiting for the target so far.
        token: Bearer token of the assurance API, if the profile names one.
    """

    profile: Profile
    observer: Observer = field(default=lambda _: "")
    waited: float = 0.0

    def __post_init__(self) -> None:
        """Connections are made on demand."""
        self._connections = Connections(self.profile.url, self._retry)
        self.token = self.profile.assurance_token()

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()

    def _retry(self) -> Retry:
        # Retries are for failed connections of repeatable calls; a status is a response.
        return _Retry(
            total=self.profile.retries,
            connect=self.profile.retries,
            read=self.profile.retries,
            status=0,
            other=0,
            redirect=False,
            allowed_methods=_REPEATABLE,
            backoff_factor=0.05,
            raise_on_redirect=False,
            raise_on_status=False,
        )

    def call(
        self,
        operation_id: str,
        base_url: str,
        *,
        path: Mapping[str, str] | None = None,
        token: str | None = None,
        trace_id: str = "",
        headers: Mapping[str, str] | None = None,
        source: str = "",
        patience: float = 0.0,
        **body: Any,
    ) -> Answer:
        """Call an operation of the contract.

        Args:
            operation_id: Its ``operationId``.
            base_url: The target's own address, or a world's.
            path: Values for the path's parameters.
            token: Bearer token of a person or a request; assurance operations get the profile's.
            trace_id: W3C trace id (32 hex digits) to send; by default a new one.
            headers: Further headers.
            source: Address of loopback from which to connect, where the target is there too.
            patience: Seconds to wait beyond the profile's time limit.
            body: ``json``, ``data``, ``files`` or ``params``, as in :mod:`requests`.

        Raises:
            TargetError: No response, a redirect elsewhere, or a server error.
        """
        operation = contract.operations()[operation_id]
        url = base_url + operation.path.format(**(path or {}))
        if operation.path.startswith("/assurance/"):
            token = token or self.token
        answer = self.request(
            operation.method,
            url,
            name=operation_id,
            token=token,
            trace_id=trace_id,
            headers=headers,
            source=source,
            patience=patience,
            **body,
        )
        _refuse_redirect(answer, url)
        return answer

    def request(
        self,
        method: str,
        url: str,
        *,
        name: str = "",
        token: str | None = None,
        trace_id: str = "",
        headers: Mapping[str, str] | None = None,
        cookies: Cookies | None = None,
        source: str = "",
        patience: float = 0.0,
        **body: Any,
    ) -> Answer:
        """Send one request to an address the target gave, and wait for the response. See :meth:`call`.

        A redirect is not followed: here it is a response like any other. ``cookies`` are sent with the request, and
        keep what the response sets; without them none are sent.
        """
        name = name or f"{method} {url}"
        sent = {
            "User-Agent": _AUDITOR,
            "traceparent": f"00-{trace_id or secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
            **(headers or {}),
        }
        if token:
            sent["Authorization"] = f"Bearer {token}"
        limit = self.profile.timeout + patience
        started = time.perf_counter()
        failure = ""
        content = b""
        response = None
        try:
            # Prepared outside the session, which would add cookies of earlier responses: requests are independent.
            prepared = requests.Request(method, url, headers=sent, cookies=cookies, **body).prepare()
            sent |= {name: value for name, value in prepared.headers.items() if name == "Cookie"}
            session = self._connections.session(source)
            response = session.send(prepared, timeout=limit, allow_redirects=False, stream=True, proxies={})
            if cookies is not None:
                cookies.keep(prepared, response.raw.headers.getlist("Set-Cookie"))
            content = _read(response, started + limit)
        except (requests.Timeout, ReadTimeoutError) as error:
            failure = f"no answer within {limit:g} s"
            raise TargetError(
                f"{name}: the target did not answer within {limit:g} seconds.",
                cause="it does not respond, or it is slower than the time limit",
                remedy="check the target's log; a profile can set a longer `timeout`",
            ) from error
        except (requests.RequestException, HTTPError) as error:
            failure = type(error).__name__
            if response is not None or "BadStatusLine" in repr(error):
                raise TargetError(
                    f"{name}: the response of the target at {_origin(url)} is not complete HTTP.",
                    cause="the response broke off, or a server without HTTP listens there",
                    remedy="check the target's log, or give its address with --target",
                ) from error
            raise TargetError(
                f"{name}: the target at {_origin(url)} cannot be reached.",
                cause="it is not running, it stopped, or the address is wrong",
                remedy="start it, or give its address with --target",
            ) from error
        finally:
            seconds = time.perf_counter() - started
            self.waited += seconds
            answered = dict(response.headers) if response is not None else {}
            number = self.observer(
                Exchange(
                    method=method,
                    url=url,
                    request_headers=sent,
                    request_body=_readable(body),
                    status=response.status_code if response is not None else None,
                    answer_headers=answered,
                    answer_body=content,
                    seconds=seconds,
                    failure=failure,
                    operation=name,
                )
            )
        answer = Answer(
            operation=name,
            status=response.status_code,
            headers={key.lower(): value for key, value in answered.items()},
            content=content,
            exchange=number,
        )
        if answer.status >= _SERVER_ERROR:
            raise TargetError(
                f"{answer.operation}: the target failed with status {answer.status}.",
                cause="a fault in the target; it shows neither compliance nor a violation",
                remedy="check the exchange in the evidence, and the target's log",
            )
        return answer


def _read(response: requests.Response, until: float) -> bytes:
    """The whole body. The time limit covers all of it, because a body could never end."""
    parts: list[bytes] = []
    try:
        while part := response.raw.read1(_PIECE, decode_content=True):
            parts.append(part)
            if time.perf_counter() > until:
                raise requests.Timeout
    except BaseException:
        response.close()
        raise
    response.raw.release_conn()
    return b"".join(parts)


def _refuse_redirect(answer: Answer, url: str) -> None:
    if answer.headers.get("location") and 300 <= answer.status < 400:
        there = urljoin(url, answer.headers["location"])
        raise TargetError(
            f"{answer.operation}: the target redirects to {there}.",
            cause="another host responds" if _origin(there) != _origin(url) else "a path that has moved",
            remedy="give the address of the target itself; redirects are not followed",
        )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _readable(body: Mapping[str, Any]) -> str:
    if "json" in body:
        return json.dumps(body["json"], ensure_ascii=False)
    if isinstance(body.get("data"), bytes):
        return str(body["data"].decode(errors="replace"))
    if form := body.get("data") or body.get("files"):
        return str(form)
    return json.dumps(body["params"], ensure_ascii=False) if body.get("params") else ""
