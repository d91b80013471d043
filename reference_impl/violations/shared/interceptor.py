"""A layer between client and service, for mistakes that the service's own layers would not make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_impl.domain.entities import Person
from reference_impl.http.app import WorldDispatch, create_app
from reference_impl.http.assurance import Worlds
from reference_impl.http.models.base import Body
from reference_impl.service.ports import Unauthenticated
from reference_impl.service.service import Service


@dataclass
class Request:
    """One request.

    Attributes:
        service: The service of its world.
        path: The path below the world's address.
        query: The query string as sent.
        body: The body as sent; changes to it reach the service.
        client: The address that the connection came from.
    """

    service: Service
    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    client: str = ""

    def json(self) -> dict[str, Any]:
        """The members of the body; empty if the body is no object."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def is_for(self, *operations: str) -> bool:
        """Whether it is for one of these operations, such as ``POST /v1/sessions``."""
        return f"{self.method} {self.path}" in operations


@dataclass
class Answer:
    """The service's answer; changes to it reach the client."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class Interceptor:
    """Sees every request and answer, and changes neither."""

    def __init__(self, app: ASGIApp, root: Service, worlds: Worlds) -> None:
        self._app = app
        self._root = root
        self._worlds = worlds

    def before(self, request: Request) -> Answer | None:
        """Inspect or change a request; an answer returned here is sent instead of the service's."""
        return None

    def after(self, request: Request, answer: Answer) -> None:
        """Inspect or change an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = await self._request(scope, receive)
        answer = self.before(request)
        if answer is None:
            answer = await self._answer(request, scope)
            self.after(request, answer)
        length = (b"content-length", str(len(answer.body)).encode())
        headers = [(name, value) for name, value in answer.headers if name != b"content-length"]
        if answer.status != 204:
            headers.append(length)
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    async def _request(self, scope: Scope, receive: Receive) -> Request:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        service, path = self._root, scope["path"]
        if path.startswith(WorldDispatch.PREFIX):
            world_id, slash, rest = path.removeprefix(WorldDispatch.PREFIX).partition("/")
            world = self._worlds.find(world_id)
            service, path = (world.service if world else service), slash + rest
        query = scope["query_string"].decode("latin-1")
        return Request(service, scope["method"], path, query, Headers(scope=scope), body, scope["client"][0])

    async def _answer(self, request: Request, scope: Scope) -> Answer:
        answer = Answer()
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if sent:
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message.get("headers", []))
            else:
                answer.body += message.get("body", b"")

        headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
        if request.body:
            headers.append((b"content-length", str(len(request.body)).encode()))
        await self._app({**scope, "headers": headers}, receive, send)
        return answer


def problem(status: int, title: str) -> Answer:
    """An answer with problem details (RFC 9457)."""
    body = json.dumps({"type": "about:blank", "title": title, "status": status}).encode()
    return Answer(status, [(b"content-type", b"application/problem+json")], body)


def intercepted(interceptor: type[Interceptor]) -> Callable[..., ASGIApp]:
    """The part ``application`` behind an interceptor."""

    def create(root: Service, worlds: Worlds, *, assurance_api: bool, assurance_token: str | None) -> ASGIApp:
        app = create_app(root, worlds, assurance_api=assurance_api, assurance_token=assurance_token)
        return interceptor(app, root, worlds)

    return create


def undeclared(request: Request, model: type[Body]) -> dict[str, Any]:
    """Members of a request that the model does not declare."""
    return {name: value for name, value in request.json().items() if name not in model.model_fields}


def signed_in_person(request: Request) -> Person | None:
    """The signed-in person, if any."""
    _, _, token = request.headers.get("authorization", "").partition(" ")
    with request.service.context.store.transaction() as tx:
        try:
            return request.service.sessions.person(tx, token)
        except Unauthenticated:
            return None
