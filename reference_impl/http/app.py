"""The ASGI application: one API for all worlds, each below its own address."""

from __future__ import annotations

import re
from functools import cache

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi_offline import FastAPIOffline
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_impl import VERSION
from reference_impl.http import (
    account,
    assurance,
    consent,
    enquiries,
    inbound,
    notices,
    problems,
    products,
    providers,
    rights,
)
from reference_impl.http.assurance import WORLDS, Worlds, description
from reference_impl.http.requests import ACCOUNT_ID, SERVICE, is_signal
from reference_impl.service.service import Service

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")


def create_app(root: Service, worlds: Worlds, *, assurance_api: bool, assurance_token: str | None) -> ASGIApp:
    """The application.

    Args:
        root: The service at the process's own address.
        worlds: Where the services of all other addresses are found.
        assurance_api: Whether the assurance API is open.
        assurance_token: The token that auditors must present; None: no token.
    """
    return WorldDispatch(_api(assurance_api=assurance_api, assurance_token=assurance_token), root, worlds)


# The routes know no service: a request brings its own. One application does for all sites of a process.
@cache
def _api(*, assurance_api: bool, assurance_token: str | None) -> FastAPI:
    api: FastAPI = FastAPIOffline(
        title="SHES account service",
        version=VERSION,
        summary="The account API and, for auditors, the assurance API.",
        description="Below `/worlds/{id}` every operation exists once more for each open world.",
    )
    api.state.assurance = assurance_api
    api.state.assurance_token = assurance_token
    routers = [
        account.router,
        providers.router,
        notices.router,
        consent.router,
        products.router,
        enquiries.router,
        rights.router,
        description.router,
    ]
    if assurance_api:
        routers += [*assurance.ROUTERS, inbound.router]
    # Not include_router: it matches each request against every router twice.
    routes = [route for router in routers for route in router.routes]
    api.router.routes.extend(routes)
    problems.install(api, routes)
    return api


class WorldDispatch:
    """Finds the world of a request, honours an opt-out preference signal before anything else, and writes the log."""

    PREFIX = "/worlds/"

    def __init__(self, api: ASGIApp, root: Service, worlds: Worlds) -> None:
        self._api = api
        self._root = root
        self._worlds = worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        scope = dict(scope)
        if scope["path"].startswith(self.PREFIX):
            world_id, slash, rest = scope["path"][len(self.PREFIX) :].partition("/")
            world = self._worlds.find(world_id)
            if world is None:
                await problems.problem(404, "There is no such world")(scope, receive, send)
                return
            service = world.service
            scope["path"] = slash + rest
            scope["root_path"] = ""
        else:
            service = self._root
            scope[WORLDS] = self._worlds
        scope[SERVICE] = service
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        await self._honour_signal(service, headers)
        await self._serve(service, headers, scope, receive, send)

    async def _honour_signal(self, service: Service, headers: dict[bytes, str]) -> None:
        scheme, _, token = headers.get(b"authorization", "").partition(" ")
        if is_signal(headers.get(b"sec-gpc")) and scheme.lower() == "bearer" and token:
            await run_in_threadpool(service.receive_signal, token)

    async def _serve(
        self, service: Service, headers: dict[bytes, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        error: str | None = None
        try:
            await self._api(scope, receive, watch)
        except Exception as failure:
            # Answered already as a problem; the words of an exception may hold personal data, its name does not.
            error = type(failure).__name__
        finally:
            # Route and not path: a path can hold a token.
            trace = _TRACEPARENT.fullmatch(headers.get(b"traceparent", ""))
            service.context.log.record(
                "request",
                method=scope["method"],
                route=getattr(scope.get("route"), "path", None),
                status=status,
                trace_id=trace[1] if trace else None,
                account_id=scope.get(ACCOUNT_ID),
                error=error,
            )
