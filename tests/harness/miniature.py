"""A tiny account service: the contract as far as the room needs it, and switches that make it misbehave."""

from __future__ import annotations

import json
import secrets
import smtplib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

COMPANY = "mini-company"
PURPOSE = "email-marketing"


@dataclass
class MiniWorld:
    """Data, clock and wiring of one world."""

    now: str
    wiring: dict[str, Any]
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


@dataclass
class Miniature:
    """The service and its switches; change them while it runs.

    Attributes:
        settles: Whether it ever comes to rest.
        delivers: Whether what is shared leaves.
        encoding: Content-Transfer-Encoding of its mails.
        fails_at: The end of a path at which it answers 500.
        pause: Held until it is set, by any request that ends with `pauses_at`.
        calls: Method and path of every request, in order. Below ``/variants/NAME`` it calls itself by that name.
    """

    capabilities: list[str] = field(default_factory=lambda: ["wiring", "settle", "clock", "storage", "worlds"])
    declared: dict[str, Any] = field(default_factory=dict)
    settles: bool = True
    delivers: bool = True
    encoding: str = "7bit"
    fails_at: str = "nowhere"
    pauses_at: str = "nowhere"
    reached: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    worlds: dict[str, MiniWorld] = field(default_factory=dict)

    def description(self, name: str) -> dict[str, Any]:
        described = {
            "contract": "1.0.0",
            "service": {"name": name, "version": "1"},
            "capabilities": self.capabilities,
            "retention": {"period": "P6M", "time_zone": "Europe/Amsterdam", "purge_window": "P1D"},
            "age_thresholds": [{"age": 16}],
            "recipients": [
                {
                    "id": COMPANY,
                    "name": "Mini",
                    "role": "group-company",
                    "country": "NL",
                    "purposes": [PURPOSE],
                    "residences": ["NL"],
                }
            ],
        }
        return described | self.declared

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        method, path = request.method, request.path
        self.calls.append((method, path))
        if path.endswith(self.pauses_at):
            self.reached.set()
            self.pause.wait(30)
        if path.endswith(self.fails_at):
            return Response("oh no", 500)
        name, address = "miniature", self.url
        if path.startswith("/variants/"):
            _, _, name, path = path.split("/", 3)
            address, path = f"{self.url}/variants/{name}", f"/{path}"
        body = request.get_json(silent=True) or {}
        if path == "/.well-known/shes-assurance":
            return answer(200, self.description(name))
        if path == "/assurance/v1/worlds":
            world_id = secrets.token_hex(4)
            self.worlds[world_id] = MiniWorld(body["now"], body["wiring"])
            return answer(201, {"world_id": world_id, "base_url": f"{address}/w/{world_id}", "now": body["now"]})
        if path.startswith("/assurance/v1/worlds/"):
            self.worlds.pop(path.rpartition("/")[2], None)
            return Response(status=204)
        world, place = self._world(path)
        token = (request.authorization.token if request.authorization else None) or ""
        return self._in_world(world, f"{method} {place}", body, world.tokens.get(token, ""))

    def _world(self, path: str) -> tuple[MiniWorld, str]:
        if path.startswith("/w/"):
            _, _, name, place = path.split("/", 3)
            return self.worlds[name], f"/{place}"
        return self.worlds.setdefault("", MiniWorld("", {})), path

    def _in_world(self, world: MiniWorld, asked: str, body: dict[str, Any], who: str) -> Response:
        match asked.split("/"):
            case ["PUT ", "assurance", "v1", "wiring"]:
                world.wiring = body
                return Response(status=204)
            case ["POST ", "assurance", "v1", "settle"]:
                return answer(200, {"settled": self.settles, "pending": [] if self.settles else ["a job"]})
            case ["GET ", "assurance", "v1", "clock"]:
                return answer(200, {"now": world.now or "2026-01-01T00:00:00Z"})
            case ["PUT ", "assurance", "v1", "clock"]:
                if body["now"] < world.now:
                    return answer(409, {"title": "The clock cannot go back"})
                world.now = body["now"]
                return answer(200, {"now": world.now})
            case ["GET ", "assurance", "v1", "storage"]:
                part = {"id": "people", "kind": "database", "title": "people", "parts": [{"name": "all"}]}
                return answer(200, {"places": [part]})
            case ["GET ", "assurance", "v1", "storage", *_]:
                kept = [one for one in world.people.values() if not one.get("deleted") or world.now < one["due"]]
                return Response(json.dumps(kept, ensure_ascii=False), content_type="application/octet-stream")
            case ["POST ", "v1", "sony-accounts"]:
                code = secrets.token_urlsafe(60)
                world.codes[code] = body["email"]
                world.people[body["email"]] = {"registered": body}
                self._mail(world, body["email"], code)
                return answer(202, {"status": "verification-sent"})
            case ["POST ", "v1", "sony-accounts", "verification"]:
                return Response(status=204 if world.codes.pop(body["code"], "") else 403)
            case ["POST ", "v1", "sessions"]:
                token = secrets.token_urlsafe(60)
                world.tokens[token] = body["email"]
                return answer(201, {"access_token": token})
            case ["POST ", "v1", "shes-account"]:
                world.people[who] |= {"account_id": secrets.token_hex(8), **body}
                return answer(201, {"account_id": world.people[who]["account_id"], **body})
            case ["GET ", "v1", "shes-account"]:
                return answer(200, {"account_id": world.people[who]["account_id"]})
            case ["POST ", "v1", "shes-account", "deletion"]:
                # Enough for a day of 2026: the miniature knows no calendar.
                world.people[who] |= {"deleted": True, "due": "2027"}
                return answer(200, {"receipt_id": "r1"})
            case ["GET ", "v1", "consent-texts", purpose]:
                return answer(200, {"purpose": purpose, "version": "1", "language": "en", "text": "May we?"})
            case ["PUT ", "v1", "shes-account", "consents", purpose]:
                self._share(world, who, purpose)
                return answer(200, {"purpose": purpose, "given": True})
            case _:
                return Response(status=404)

    def _mail(self, world: MiniWorld, to: str, code: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "shes@example.org", to, "Your address"
        text = f"Hallo! Verifieer uw adres: https://shes.example/verify?code={code} Tot ziens, één keer"
        message.set_content(text, cte=self.encoding if self.encoding != "7bit" else None)
        with smtplib.SMTP(world.wiring["mail"]["host"], world.wiring["mail"]["port"], timeout=5) as server:
            server.send_message(message)

    def _share(self, world: MiniWorld, who: str, purpose: str) -> None:
        subject = {"subject_id": world.people[who]["account_id"], "email": who}
        for one in world.wiring.get("endpoints", ()) if self.delivers else ():
            if one["purpose"] == purpose:
                delivery = {
                    "delivery_id": secrets.token_hex(4),
                    "kind": "share",
                    "purpose": purpose,
                    "subject": subject,
                }
                requests.post(one["url"], json=delivery, timeout=5)


def answer(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


@contextmanager
def running(miniature: Miniature) -> Iterator[Miniature]:
    """Serve a miniature on a free port of loopback."""
    server = make_server("127.0.0.1", 0, miniature, threaded=True)
    miniature.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield miniature
    finally:
        miniature.pause.set()
        server.shutdown()
        thread.join()
        server.server_close()
