"""The recipients of personal data, simulated by the harness: one URL for each recipient, purpose and world."""

from __future__ import annotations

import json
import secrets
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple, Self, cast

from harness.world.behaviours import CLOSED, UNAVAILABLE, Behaviour

_LARGEST_BODY = 16 * 1024 * 1024
_IDLE_SECONDS = 120.0


@dataclass(frozen=True)
class Arrival:
    """A request that arrived at a recipient.

    Attributes:
        number: Position among all arrivals at the server, from 1.
        received_at: When it arrived, in real time.
        world_key: The world of the endpoint; empty for an unknown address.
        recipient: Id of the recipient; empty for an unknown address.
        purpose: Purpose of the endpoint; empty for an unknown address.
        method: HTTP method.
        path: Path and query as sent.
        headers: Headers with names in lower case; the last value of a name applies.
        body: Body as sent.
        status: Status of the response, or ``None`` if none was sent or it was lost.
        accepted: Whether the recipient accepted it: a 2xx response, sent or lost.
        repeats: Number of the arrival accepted earlier at this endpoint that has the same idempotency key or delivery
            id; ``None`` for the first.
        behaviour: What was wrong with the recipient; ``None`` where nothing was.
    """

    number: int
    received_at: datetime
    world_key: str
    recipient: str
    purpose: str
    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    status: int | None
    accepted: bool
    repeats: int | None = None
    behaviour: Behaviour | None = None

    @property
    def ending(self) -> str:
        """How the attempt ended, in words."""
        if self.behaviour is not None:
            return self.behaviour.ending
        return "accepted" if self.accepted else f"refused with {self.status}"

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or ``None`` if it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def idempotency_key(self) -> str | None:
        """The header ``Idempotency-Key``."""
        return self.headers.get("idempotency-key")

    @property
    def delivery_id(self) -> str | None:
        """Id of the delivery, as stated."""
        return _text(self._member("delivery_id"))

    @property
    def kind(self) -> str | None:
        """The stated kind of the delivery: "share" or "withdraw"."""
        return _text(self._member("kind"))

    @property
    def subject(self) -> Mapping[str, Any]:
        """The subject of the delivery; empty if not stated."""
        subject = self._member("subject")
        return subject if isinstance(subject, dict) else {}

    @property
    def subject_id(self) -> str | None:
        """The identifier of the person between service and recipient."""
        return _text(self.subject.get("subject_id"))

    @property
    def unsubscribe_url(self) -> str | None:
        """The link that the recipient must include in its mails."""
        return _text(self._member("unsubscribe_url"))

    def _member(self, name: str) -> Any:
        return self.json.get(name) if isinstance(self.json, dict) else None


class _Endpoint(NamedTuple):
    world_key: str
    recipient: str
    purpose: str


@dataclass
class _Trouble:
    """What is wrong with a recipient: each attempt meets the next behaviour, and the first again after the last."""

    behaviours: Sequence[Behaviour]
    attempts: int = 0

    def next(self) -> Behaviour:
        """What the attempt at hand meets."""
        self.attempts += 1
        return self.behaviours[(self.attempts - 1) % len(self.behaviours)]


class RecipientServer:
    """An HTTP server on loopback that is every recipient of every world. Use it as a context manager."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._endpoints: dict[str, _Endpoint] = {}
        self._paths: dict[_Endpoint, str] = {}
        self._troubles: dict[tuple[str, str], _Trouble] = {}
        self._worlds: dict[str, list[Arrival]] = {}
        self._strays: list[Arrival] = []
        self._count = 0
        self._server: _Server | None = None
        self._closed: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        # Bound without listening: the port refuses connections, and nobody else gets it.
        self._closed = socket.socket()
        self._closed.bind((self.host, 0))
        self._server = _Server((self.host, 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="recipients", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.hang_up()
            self._server.server_close()
            self._server = self._thread = None
        if self._closed is not None:
            self._closed.close()

    @property
    def port(self) -> int:
        """Its port.

        Raises:
            RuntimeError: It does not run.
        """
        if self._server is None:
            raise RuntimeError("The recipients are not running: use RecipientServer in a with-block.")
        return int(self._server.server_address[1])

    def endpoint(self, world_key: str, recipient: str, purpose: str) -> str:
        """The URL for this recipient and purpose in this world, unguessable and unique.

        While the recipient refuses connections or has no name it is another URL, at which nothing arrives.
        """
        wanted = _Endpoint(world_key, recipient, purpose)
        with self._lock:
            path = self._paths.setdefault(wanted, f"/{secrets.token_urlsafe(24)}")
            self._endpoints[path] = wanted
            trouble = self._troubles.get(wanted[:2])
        host = trouble.behaviours[0].host if trouble else ""
        return f"http://{self._address(host)}{path}"

    def _address(self, host: str) -> str:
        port = self.port
        if host != CLOSED:
            return host or f"{self.host}:{port}"
        assert self._closed is not None  # open as long as the server
        return f"{self.host}:{self._closed.getsockname()[1]}"

    def arrivals(self, world_key: str, recipient: str | None = None, purpose: str | None = None) -> list[Arrival]:
        """All arrivals in a world, in order: accepted or refused, first and repeated deliveries."""
        with self._lock:
            arrived = list(self._worlds.get(world_key, ()))
        return [
            arrival
            for arrival in arrived
            if recipient in (None, arrival.recipient) and purpose in (None, arrival.purpose)
        ]

    def strays(self) -> list[Arrival]:
        """Arrivals at addresses that were never assigned, in order."""
        with self._lock:
            return list(self._strays)

    def take_down(self, world_key: str, recipient: str, behaviours: Sequence[Behaviour] = (UNAVAILABLE,)) -> None:
        """Lets a recipient fail from now on.

        Args:
            world_key: Its world.
            recipient: Its id.
            behaviours: What the attempts meet, in turn. One that has a host stands alone: it shows in the endpoint.
        """
        with self._lock:
            self._troubles[world_key, recipient] = _Trouble(behaviours)

    def bring_up(self, world_key: str, recipient: str) -> None:
        """Lets a recipient work again."""
        with self._lock:
            self._troubles.pop((world_key, recipient), None)

    def is_up(self, world_key: str, recipient: str) -> bool:
        """Whether a recipient works."""
        with self._lock:
            return (world_key, recipient) not in self._troubles

    def receive(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Arrival:
        """Records a request, with how to answer it; for the server's threads."""
        with self._lock:
            endpoint = self._endpoints.get(path.partition("?")[0])
            trouble = self._troubles.get(endpoint[:2]) if endpoint else None
            behaviour = trouble.next() if trouble else None
            status: HTTPStatus | None = _status(endpoint, method, headers)
            if behaviour is not None and behaviour.accepts and status != HTTPStatus.ACCEPTED:
                behaviour = None
            if behaviour is not None:
                status = behaviour.status
            self._count += 1
            arrival = Arrival(
                number=self._count,
                received_at=datetime.now(UTC),
                world_key=endpoint.world_key if endpoint else "",
                recipient=endpoint.recipient if endpoint else "",
                purpose=endpoint.purpose if endpoint else "",
                method=method,
                path=path,
                headers=headers,
                body=body,
                status=status,
                accepted=behaviour.accepts if behaviour else status == HTTPStatus.ACCEPTED,
                behaviour=behaviour,
            )
            earlier = self._worlds.setdefault(endpoint.world_key, []) if endpoint else self._strays
            if endpoint is not None:
                arrival = _with_repeats(arrival, earlier)
            earlier.append(arrival)
            return arrival


def _status(endpoint: _Endpoint | None, method: str, headers: Mapping[str, str]) -> HTTPStatus:
    """The answer of a recipient that works."""
    if endpoint is None:
        return HTTPStatus.NOT_FOUND
    if method != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    # A compressed body could not be searched for traces.
    if headers.get("content-encoding", "identity") != "identity":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return HTTPStatus.ACCEPTED


def _with_repeats(arrival: Arrival, earlier: list[Arrival]) -> Arrival:
    for other in earlier:
        same_endpoint = (other.recipient, other.purpose) == (arrival.recipient, arrival.purpose)
        same_key = arrival.idempotency_key is not None and other.idempotency_key == arrival.idempotency_key
        same_id = arrival.delivery_id is not None and other.delivery_id == arrival.delivery_id
        if other.accepted and same_endpoint and (same_key or same_id):
            return replace(arrival, repeats=other.number)
    return arrival


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = False

    def __init__(self, address: tuple[str, int], recipients: RecipientServer) -> None:
        self.recipients = recipients
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's, which looks up the name of 127.0.0.1.
        TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Closes kept connections to end their threads."""
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A target may close its connections.
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE_SECONDS

    def _handle(self) -> None:
        body = self._body()
        if body is None:
            self.close_connection = True
            return
        headers = MappingProxyType({name.lower(): value for name, value in self.headers.items()})
        arrival = cast("_Server", self.server).recipients.receive(self.command, self.path, headers, body)
        behaviour = arrival.behaviour
        if behaviour is not None and behaviour.silent:
            # Ends when the sender gives up.
            with suppress(OSError):
                self.rfile.read(1)
        if arrival.status is None:
            self.close_connection = True
            return
        if behaviour is not None and behaviour.delay:
            time.sleep(behaviour.delay)
        self.send_response(arrival.status)
        if behaviour is not None and behaviour.retry_after is not None:
            self.send_header("Retry-After", str(behaviour.retry_after))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_DELETE = do_GET = do_HEAD = do_PATCH = do_POST = do_PUT = _handle

    def _body(self) -> bytes | None:
        """The whole body; nothing if it is too long, badly framed, or incomplete."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.send_error(HTTPStatus.BAD_REQUEST, "Content-Length missing, wrong or too large")
            return None
        body = self.rfile.read(int(length))
        return body if len(body) == int(length) else None

    def _chunks(self) -> bytes | None:
        whole = bytearray()
        while True:
            try:
                size = int(self.rfile.readline(1024).split(b";")[0], 16)
            except ValueError:
                size = -1
            if size < 0 or len(whole) + size > _LARGEST_BODY:
                self.send_error(HTTPStatus.BAD_REQUEST, "a chunk without its size, or too large")
                return None
            whole += self.rfile.read(size)
            if size == 0:
                while self.rfile.readline(65536).strip():
                    pass
                return bytes(whole)
            self.rfile.readline(1024)

    def log_message(self, *_: Any) -> None:
        """Logs nothing: arrivals are recorded."""
