"""Signing in by an identity provider."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Cookie, Query, Response

from reference_impl.domain.providers import Provider
from reference_impl.http.models import accounts, providers
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, SecGpc, is_signal
from reference_impl.service.providers import CALLBACK, Return

router = APIRouter(tags=["sign-in"])

COOKIE = "shes-sign-in"
"""Ties a sign-in to the browser that began it (RFC 6749, section 10.12). It lives as long as the sign-in may take."""


@router.get("/v1/identity-providers")
def offered(here: CurrentService) -> providers.OfferedProviders:
    """The identity providers by which people can sign in."""
    return providers.OfferedProviders(
        providers=[providers.OfferedProvider(provider=one) for one in here.provider_sign_ins.offered()]
    )


@router.post("/v1/identity-providers/{provider}/sign-ins", status_code=201, responses=errors(400, 404, 409, 422))
def begin(provider: Provider, here: CurrentService, response: Response) -> providers.BegunSignIn:
    """Begin to sign in by an identity provider."""
    begun = here.provider_sign_ins.begin(provider)
    base = urlsplit(here.context.base_url)
    response.set_cookie(
        COOKIE,
        begun.browser,
        max_age=int(here.provider_sign_ins.LIFE.total_seconds()),
        path=base.path + CALLBACK,
        secure=base.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    response.headers["Cache-Control"] = "no-store"
    return providers.BegunSignIn(authorization_url=begun.authorization_url)


@router.get(CALLBACK, responses=errors(400, 403, 404, 409, 422))
def end(
    here: CurrentService,
    response: Response,
    state: Annotated[str | None, Query(max_length=1000)] = None,
    code: Annotated[str | None, Query(max_length=2000)] = None,
    iss: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
    browser: Annotated[str | None, Cookie(alias=COOKIE)] = None,
    sec_gpc: SecGpc = None,
) -> accounts.Session:
    """Where a provider redirects the person's browser. ``error`` only means that there is no code."""
    token, seconds = here.provider_sign_ins.end(Return(state, code, iss, browser), signal=is_signal(sec_gpc))
    response.delete_cookie(COOKIE, path=urlsplit(here.context.base_url).path + CALLBACK)
    response.headers["Cache-Control"] = "no-store"
    return accounts.Session(access_token=token, expires_in=seconds)
