"""The reference service as a process of its own, and the outside world that it is wired to."""

from __future__ import annotations

import email
import email.policy
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest
import requests
from aiosmtpd.controller import Controller

PERSON = {
    "email": "Femke.Quillwater@example.org",
    "password": "correct horse battery",
    "date_of_birth": "1990-05-17",
    "country": "NL",
    "language": "nl",
}


@dataclass
class Process:
    """The service as its users start it."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> int:
        """End its standard input and wait."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(10)


def start(*options: str, program: tuple[str, ...] = ("-m", "reference_impl")) -> Process:
    process = subprocess.Popen(
        [sys.executable, *program, "serve", "--port", "0", "--announce", "--exit-with-parent", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    return Process(process, json.loads(process.stdout.readline())["url"])


@dataclass
class Arrival:
    """A delivery that arrived."""

    endpoint: str
    key: str
    body: dict[str, Any]


@dataclass
class Outside:
    """An SMTP server, and HTTP endpoints for every recipient and purpose."""

    smtp_port: int = 0
    http_port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    status: Callable[[Arrival], int] = lambda _: 202
    headers: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def wiring(self, recipients: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "mail": {"host": "127.0.0.1", "port": self.smtp_port},
            "endpoints": [
                {"recipient": r["id"], "purpose": p, "url": f"http://127.0.0.1:{self.http_port}/{r['id']}/{p}"}
                for r in recipients
                for p in r["purposes"]
            ],
        }

    def code(self, kind: str = "email-verification") -> str:
        mail = [mail for mail in self.mails if mail["SHES-Mail-Kind"] == kind][-1]
        body = mail.get_body(("plain",))
        assert body is not None
        found = re.search(r"[?&]code=([\w-]+)", body.get_content())
        assert found
        return found[1]

    def at(self, endpoint: str) -> list[dict[str, Any]]:
        return [arrival.body for arrival in self.arrivals if arrival.endpoint == endpoint]


@pytest.fixture
def outside() -> Iterator[Outside]:
    world = Outside()

    class Mailbox:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            world.mails.append(message)
            return "250 OK"

    class Recipient(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            arrival = Arrival(self.path.strip("/"), self.headers["Idempotency-Key"], body)
            status = world.status(arrival)
            if status < 300:
                with world.lock:
                    world.arrivals.append(arrival)
            self.send_response(status)
            for name, value in {"Content-Length": "0", **world.headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with socket.create_server(("127.0.0.1", 0)) as free:
        world.smtp_port = free.getsockname()[1]
    mailbox = Controller(Mailbox(), hostname="127.0.0.1", port=world.smtp_port, enable_SMTPUTF8=True)
    mailbox.start()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recipient)
    server.daemon_threads = True
    world.http_port = server.server_port
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield world
    server.shutdown()
    server.server_close()
    mailbox.stop()


@pytest.fixture(scope="session")
def reference() -> Iterator[Process]:
    process = start()
    yield process
    assert process.stop() == 0


class Api:
    """A world of the service, as a person and an auditor use it."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.url = url
        self.session = session
        self.token: str | None = None

    def __call__(self, method: str, path: str, expect: int | tuple[int, ...] = (), **options: Any) -> requests.Response:
        headers = options.pop("headers", {})
        token = options.pop("token", self.token)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        answer = self.session.request(method, self.url + path, headers=headers, timeout=70, **options)
        wanted = (expect,) if isinstance(expect, int) else expect
        assert not wanted or answer.status_code in wanted, (method, path, answer.status_code, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
        return answer

    def settle(self) -> dict[str, Any]:
        answer: dict[str, Any] = self("POST", "/assurance/v1/settle", 200, json={}).json()
        assert answer["settled"], answer
        return answer

    def move(self, now: str) -> dict[str, Any]:
        self("PUT", "/assurance/v1/clock", 200, json={"now": now})
        return self.settle()

    def register(self, outside: Outside, **change: str) -> None:
        self("POST", "/v1/sony-accounts", 202, json={**PERSON, **change})
        self.settle()
        self("POST", "/v1/sony-accounts/verification", 204, json={"code": outside.code()})

    def sign_in(self, email: str = PERSON["email"], **options: Any) -> None:
        body = {"email": email, "password": PERSON["password"]}
        self.token = self("POST", "/v1/sessions", 201, json=body, **options).json()["access_token"]

    def create(self, country: str = "NL", postal_code: str = "1012 AB", **change: Any) -> dict[str, Any]:
        options = {name: change.pop(name) for name in ("headers",) if name in change}
        body = {"email": PERSON["email"], "display_name": "Femke Quillwater", "country": country}
        body |= {"postal_code": postal_code, **change}
        answer: dict[str, Any] = self("POST", "/v1/shes-account", 201, json=body, **options).json()
        return answer

    def open_account(self, outside: Outside, country: str = "NL", postal_code: str = "1012 AB") -> dict[str, Any]:
        self.register(outside)
        self.sign_in()
        account = self.create(country, postal_code)
        self.settle()
        return account

    def consent(self, purpose: str = "email-marketing") -> dict[str, Any]:
        text = self("GET", f"/v1/consent-texts/{purpose}", 200).json()
        body = {"text_version": text["version"], "language": text["language"]}
        answer: dict[str, Any] = self("PUT", f"/v1/shes-account/consents/{purpose}", 200, json=body).json()
        return answer

    def disclosures(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self("GET", "/assurance/v1/records/disclosures", 200).json()["entries"]
        return entries

    def bytes_by_place(self) -> dict[str, bytes]:
        places = self("GET", "/assurance/v1/storage", 200).json()["places"]
        return {
            place["id"]: b"".join(
                self("GET", f"/assurance/v1/storage/{place['id']}/{part['name']}", 200).content
                for part in place["parts"]
            )
            for place in places
        }


OpenWorld = Callable[..., Api]


@pytest.fixture
def open_world(reference: Process, outside: Outside) -> Iterator[OpenWorld]:
    with requests.Session() as session:
        root = Api(reference.url, session)
        recipients = root("GET", "/.well-known/shes-assurance", 200).json()["recipients"]
        opened = []

        def open_one(now: str = "2026-03-10T12:00:00Z", **order: Any) -> Api:
            body = {"now": now, "wiring": outside.wiring(recipients), **order}
            world = root("POST", "/assurance/v1/worlds", 201, json=body).json()
            opened.append(world["world_id"])
            return Api(world["base_url"], session)

        yield open_one
        for world_id in opened:
            root("DELETE", f"/assurance/v1/worlds/{world_id}", (204, 404))


@pytest.fixture
def world(open_world: OpenWorld) -> Api:
    return open_world()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"
