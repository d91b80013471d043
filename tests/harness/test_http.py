"""The client of a target: what it tries again, how long it waits, what it shows."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from harness.errors import TargetError
from harness.target.discovery import discover
from harness.target.http import Exchange, Http
from harness.target.profile import Profile
from harness.target.world import World
from tests.harness.miniature import Miniature


@contextmanager
def hanging_up(times: int) -> Iterator[tuple[str, list[bytes]]]:
    """A server that hangs up so many times before it answers; and what it was asked."""
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(65536))
                if len(asked) > times:
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@contextmanager
def client(url: str, **members: float) -> Iterator[Http]:
    http = Http(Profile.model_validate({"url": url, **members}))
    yield http
    http.close()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_may_be_repeated_is_tried_again(method: str) -> None:
    with hanging_up(2) as (url, asked), client(url, retries=2) as http:
        assert http.request(method, url).ok
        assert len(asked) == 3


def test_but_not_for_ever() -> None:
    with hanging_up(9) as (url, asked), client(url, retries=2) as http:
        with pytest.raises(TargetError, match="cannot be reached"):
            http.request("GET", url)
        assert len(asked) == 3


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_may_happen_once_only_is_tried_once(method: str) -> None:
    with hanging_up(1) as (url, asked), client(url, retries=5) as http:
        with pytest.raises(TargetError):
            http.request(method, url)
        assert len(asked) == 1


def test_a_hanging_target_is_asked_once(miniature: Miniature) -> None:
    miniature.pauses_at = "/slow"
    with client(miniature.url, timeout=0.3, retries=5) as http:
        with pytest.raises(TargetError, match=r"did not answer within 0\.3 seconds"):
            http.request("GET", f"{miniature.url}/slow")
        assert miniature.calls == [("GET", "/slow")]
        assert http.waited >= 0.3


def test_settling_may_take_longer_than_an_answer(miniature: Miniature) -> None:
    miniature.pauses_at = "/settle"
    with client(miniature.url, timeout=0.3, settle_timeout=60) as http:
        world = World(http, discover(http), miniature.url, None, "0" * 32)
        threading.Timer(1.0, miniature.pause.set).start()
        world.settle()


def test_every_exchange_is_shown(miniature: Miniature) -> None:
    seen: list[Exchange] = []

    def observe(exchange: Exchange) -> str:
        seen.append(exchange)
        return f"e{len(seen)}"

    with client(miniature.url) as http:
        http.observer = observe
        assert http.request("GET", f"{miniature.url}/.well-known/shes-assurance").exchange == "e1"
        with pytest.raises(TargetError):
            http.request("GET", "http://127.0.0.1:1/")

    assert [(one.status, bool(one.answer_body), bool(one.failure)) for one in seen] == [
        (200, True, False),
        (None, False, True),
    ]


def test_one_connection_serves_many_calls() -> None:
    connections: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connections.append(connection)
                while connection.recv(65536):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with client(url) as http:
            for _ in range(5):
                assert http.request("GET", url).json() == {}
        server.shutdown(socket.SHUT_RDWR)
    assert len(connections) == 1


def test_a_profile_s_token_goes_to_the_assurance_api_alone(
    miniature: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "s3cret")
    seen: list[str | None] = []

    def observe(exchange: Exchange) -> str:
        seen.append(exchange.request_headers.get("Authorization"))
        return ""

    http = Http(Profile(url=miniature.url, assurance_token_env="TOKEN"), observe)
    http.call("settle", miniature.url, json={})
    http.call("readConsentText", miniature.url, token="ann's", path={"purpose": "profiling"})
    discover(http)
    http.close()

    assert seen == ["Bearer s3cret", "Bearer ann's", None]
