"""What every operation takes from its request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from reference_impl.service.service import Service
from reference_impl.service.signin import Identity

SERVICE = "shes.service"
ACCOUNT_ID = "shes.account_id"
"""Keys of the ASGI scope."""

_bearer = HTTPBearer(auto_error=False, scheme_name="accessToken")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


# What only looks something up is asynchronous: anything else is handed to a thread, which takes longer than that.


async def service(request: Request) -> Service:
    """The service of the world that the request is for."""
    found: Service = request.scope[SERVICE]
    return found


CurrentService = Annotated[Service, Depends(service)]


async def token(bearer: Bearer) -> str | None:
    """The bearer token, if any."""
    return bearer.credentials if bearer else None


Token = Annotated[str | None, Depends(token)]


def identity(request: Request, here: CurrentService, bearer: Token) -> Identity:
    """Whom the request comes from; noted for the log."""
    found = here.sign_in.identify(bearer)
    request.scope[ACCOUNT_ID] = found.account_id
    return found


SignedIn = Annotated[Identity, Depends(identity)]

SecGpc = Annotated[
    str | None,
    Header(alias="Sec-GPC", description="Global Privacy Control: `1` is an opt-out preference signal."),
]


def is_signal(value: str | None) -> bool:
    """Whether a ``Sec-GPC`` header is an opt-out preference signal."""
    return value == "1"
