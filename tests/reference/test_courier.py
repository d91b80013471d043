"""Which answers mean that a delivery is tried again, and when."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from reference_impl.outbound.courier import HttpCourier
from reference_impl.service.ports import Outcome, Postponed
from tests.served import QuietHandler, served

DATE = "Mon, 16 Mar 2026 10:00:00 GMT"


@dataclass
class Recipient:
    """Answers as told; a status of 0 closes the connection."""

    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def recipient() -> Iterator[Recipient]:
    told = Recipient()

    class Handler(QuietHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            told.keys.append(self.headers["Idempotency-Key"])
            if told.status:
                self.send_response_only(told.status)
                for name, value in {"Content-Length": "0", **told.headers}.items():
                    self.send_header(name, value)
                self.end_headers()

    with served(Handler) as url:
        told.url = f"{url}/"
        yield told


def deliver(url: str) -> Outcome | Postponed:
    return HttpCourier().deliver(url, "key-1", {"kind": "withdraw"})


@pytest.mark.parametrize("status", [408, 425, 429, 500, 501, 502, 503, 504, 511])
def test_what_is_temporary_is_tried_again(recipient: Recipient, status: int) -> None:
    recipient.status = status
    assert deliver(recipient.url) is Outcome.FAILED


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451])
def test_every_other_answer_is_final(recipient: Recipient, status: int) -> None:
    recipient.status, recipient.headers = status, {"Location": "/elsewhere", "Retry-After": "60"}
    assert deliver(recipient.url) is Outcome.REFUSED
    assert len(recipient.keys) == 1


@pytest.mark.parametrize("status", [200, 202, 204])
def test_acceptance(recipient: Recipient, status: int) -> None:
    recipient.status = status
    assert deliver(recipient.url) is Outcome.ACCEPTED


def test_a_lost_answer_may_mean_that_it_was_taken(recipient: Recipient) -> None:
    recipient.status = 0
    assert deliver(recipient.url) is Outcome.FAILED
    assert set(recipient.keys) == {"key-1"}


def test_no_answer_may_mean_that_it_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HttpCourier, "ANSWER_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert deliver(f"http://127.0.0.1:{silent.getsockname()[1]}/") is Outcome.FAILED


def test_without_a_connection_nothing_was_seen() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert deliver(f"http://127.0.0.1:{closed.getsockname()[1]}/") is Outcome.NOT_SENT
    assert deliver("http://recipient.invalid/") is Outcome.NOT_SENT


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7200"}, timedelta(hours=2)),
        ({"Retry-After": "Mon, 16 Mar 2026 11:30:00 GMT", "Date": DATE}, timedelta(minutes=90)),
        ({"Retry-After": " 60 "}, timedelta(minutes=1)),
    ],
)
def test_the_recipient_may_ask_to_wait(
    recipient: Recipient, status: int, headers: dict[str, str], wait: timedelta
) -> None:
    recipient.status, recipient.headers = status, headers
    assert deliver(recipient.url) == Postponed(wait)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "soon"},
        {"Retry-After": "-5"},
        {"Retry-After": "1.5"},
        {"Retry-After": "9" * 5000},
        {"Retry-After": "9" * 30},
        {"Retry-After": "Mon, 16 Mar 2026 11:30:00 GMT"},
        {"Retry-After": "Mon, 16 Mar 2026 11:30:00 -0000", "Date": DATE},
        {"Retry-After": "Mon, 16 Foo 2026 11:30:00 GMT", "Date": DATE},
    ],
)
def test_what_cannot_be_read_asks_for_nothing(recipient: Recipient, headers: dict[str, str]) -> None:
    recipient.status, recipient.headers = 429, headers
    assert deliver(recipient.url) is Outcome.FAILED
