"""The identity providers, simulated by the harness: an OpenID Connect issuer for each world and provider.

Each implements only the code flow of OpenID Connect Core 1.0: with PKCE by S256 (RFC 7636), required state and nonce,
exact redirect URIs (RFC 9700), and the issuer named in the response (RFC 9207). Differences of the real providers are
not simulated.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlencode

import requests

from harness.errors import TargetError

PROVIDERS: Final = ("google", "facebook", "amazon", "apple")
"""The providers that the policy names (1.2), with the contract's names."""

_SECONDS = 10.0
_SESSION = "provider-session"
_CODE_LIFE = timedelta(minutes=1)
_TOKEN_LIFE = timedelta(hours=1)
_SEEN_OTHER = 303


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    """A person's account at a provider.

    Attributes:
        subject: The provider's permanent identifier of the person.
        email: The address that it states.
        email_verified: Whether it states that the address is verified.
        name: The name that it states.
        more: Further claims that it sends, requested or not: ``birthdate``.
    """

    subject: str
    email: str
    email_verified: bool
    name: str
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def claims(self) -> dict[str, Any]:
        """The provider's claims about the person (OpenID Connect Core 1.0, section 5.1)."""
        told = {"email": self.email, "email_verified": self.email_verified, "name": self.name}
        return {**self.more, **told, "sub": self.subject}


class _Place(NamedTuple):
    world_key: str
    provider: str


@dataclass(frozen=True, slots=True)
class _Code:
    account: ProviderAccount
    redirect_uri: str
    nonce: str
    challenge: str
    until: datetime


@dataclass
class _Issuer:
    """One provider in one world: its only client, its accounts, and the codes and tokens it has issued."""

    url: str
    key: Any
    now: Callable[[], datetime]
    redirect_uri: str
    client_id: str = field(default_factory=lambda: f"client-{secrets.token_hex(8)}")
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    sessions: dict[str, ProviderAccount] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)
    tokens: dict[str, ProviderAccount] = field(default_factory=dict)
    given: list[tuple[str, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 3."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email", "profile"],
            "authorization_response_iss_parameter_supported": True,
        }

    def authorize(self, asked: Mapping[str, str], account: ProviderAccount) -> dict[str, str]:
        """The response to the client through the person's browser (RFC 6749, section 4.1.2)."""
        fault = _fault(asked)
        back = {"iss": self.url} | ({"state": asked["state"]} if asked.get("state") else {})
        if fault:
            return back | {"error": fault[0], "error_description": fault[1]}
        code = secrets.token_urlsafe(24)
        until = self.now() + _CODE_LIFE
        self.codes[code] = _Code(account, asked["redirect_uri"], asked["nonce"], asked["code_challenge"], until)
        self.given.append((account.subject, code))
        return back | {"code": code}

    def redeem(self, form: Mapping[str, str]) -> dict[str, Any] | str:
        """Tokens for a code, or the name of an error (RFC 6749, section 5.2)."""
        if form.get("grant_type") != "authorization_code":
            return "unsupported_grant_type"
        # A code is valid once, whatever the result.
        code = self.codes.pop(form.get("code", ""), None)
        if (
            code is None
            or code.until <= self.now()
            or form.get("redirect_uri") != code.redirect_uri
            or _challenge(form.get("code_verifier", "")) != code.challenge
        ):
            return "invalid_grant"
        token, id_token = secrets.token_urlsafe(32), self._id_token(code)
        self.tokens[token] = code.account
        self.given += ((code.account.subject, token), (code.account.subject, id_token))
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": int(_TOKEN_LIFE.total_seconds()),
            "id_token": id_token,
        }

    def _id_token(self, code: _Code) -> str:
        from joserfc import jwt

        now = int(self.now().timestamp())
        claims = {
            **code.account.claims,
            "iss": self.url,
            "aud": self.client_id,
            "iat": now,
            "exp": now + int(_TOKEN_LIFE.total_seconds()),
            "nonce": code.nonce,
        }
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


def _challenge(verifier: str) -> str:
    """The code challenge of a verifier (RFC 7636, section 4.2)."""
    from joserfc.util import urlsafe_b64encode

    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode()


def _fault(asked: Mapping[str, str]) -> tuple[str, str] | None:
    """The error of an authorization request with a valid client and redirect URI."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type", "only the code flow is served"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope", "the scope lacks openid"
    for name in ("state", "nonce", "code_challenge"):
        if not asked.get(name):
            return "invalid_request", f"{name} is missing"
    if asked.get("code_challenge_method") != "S256":
        return "invalid_request", "code_challenge_method is not S256"
    return None


class IssuerServer:
    """Every provider of every world, on one web server on loopback that starts with the first provider.

    Use it as a context manager.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._issuers: dict[str, _Issuer] = {}
        self._places: dict[_Place, str] = {}
        self._keys: dict[str, Any] = {}
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def open(self, world_key: str, provider: str, *, redirect_uri: str, now: Callable[[], datetime]) -> dict[str, str]:
        """Register the target with a provider, and return an entry of ``identity_providers`` for its wiring.

        Args:
            world_key: The world of the provider.
            provider: One of :data:`PROVIDERS`.
            redirect_uri: The only URI to which the provider redirects people.
            now: The time of the world, which the provider's tokens carry.
        """
        with self._lock:
            port = self._started()
            if provider not in self._keys:
                from joserfc.jwk import RSAKey

                self._keys[provider] = RSAKey.generate_key(2048, {"kid": f"{provider}-1", "use": "sig"})
            path = self._places.setdefault(_Place(world_key, provider), secrets.token_urlsafe(18))
            if path not in self._issuers:
                url = f"http://{self.host}:{port}/{path}"
                self._issuers[path] = _Issuer(url, self._keys[provider], now, redirect_uri)
            issuer = self._issuers[path]
        return {
            "provider": provider,
            "issuer": issuer.url,
            "client_id": issuer.client_id,
            "client_secret": issuer.client_secret,
        }

    def sign_up(self, world_key: str, provider: str, account: ProviderAccount) -> str:
        """Give a person an account at a provider, and return the session of their browser there."""
        session = secrets.token_urlsafe(24)
        with self._lock:
            self._at(world_key, provider).sessions[session] = account
        return session

    def agree(self, url: str, session: str) -> str:
        """Open an authorization URL of the target, as the browser of a person who grants everything.

        Args:
            url: The address.
            session: The session from :meth:`sign_up`.

        Returns:
            Where the provider sends the browser next, back to the target.

        Raises:
            TargetError: It leads to no provider, or the provider turns it away: client or redirect address are wrong.
        """
        if self._server is None or not url.startswith(f"http://{self.host}:{self._server.server_port}/"):
            raise _astray("it does not lead to the provider that the target was wired to")
        with requests.Session() as browser:
            # The machine's proxies must have no effect here.
            browser.trust_env = False
            answer = browser.get(url, cookies={_SESSION: session}, timeout=_SECONDS, allow_redirects=False)
        if answer.status_code != _SEEN_OTHER:
            raise _astray(answer.text)
        return answer.headers["Location"]

    def asked(self, world_key: str, provider: str) -> list[dict[str, str]]:
        """The parameters of every authorization request to a provider, in order."""
        with self._lock:
            return list(self._at(world_key, provider).asked)

    def given(self, world_key: str, provider: str, account: ProviderAccount) -> list[str]:
        """Codes and tokens that a provider has issued about a person, in order."""
        with self._lock:
            return [value for subject, value in self._at(world_key, provider).given if subject == account.subject]

    def _at(self, world_key: str, provider: str) -> _Issuer:
        return self._issuers[self._places[_Place(world_key, provider)]]

    def _started(self) -> int:
        if self._server is None:
            # Imported here, because the import is slow and few runs need it.
            from werkzeug.serving import make_server

            logging.getLogger("werkzeug").setLevel(logging.ERROR)
            self._server = make_server(self.host, 0, _application(self._issuers, self._lock), threaded=True)
            self._thread = threading.Thread(
                target=self._server.serve_forever, args=(0.02,), name="identity providers", daemon=True
            )
            self._thread.start()
        return int(self._server.server_port)


def _astray(why: str) -> TargetError:
    return TargetError(
        f"Sign-in at the provider is not possible with the URL that the target gave: {why}.",
        cause="the target uses another provider, or differs from its registration there",
        remedy="see Identity providers in harness/contract/README.md, and the exchange in the evidence",
    )


def _application(issuers: Mapping[str, _Issuer], lock: threading.RLock) -> Any:
    """The endpoints of all issuers, as a WSGI application."""
    from werkzeug.exceptions import NotFound
    from werkzeug.routing import Map, Rule
    from werkzeug.utils import redirect
    from werkzeug.wrappers import Request, Response

    def said(content: object, status: int = 200) -> Response:
        return Response(json.dumps(content), status, content_type="application/json")

    def refused(status: int, error: str) -> Response:
        return said({"error": error}, status)

    def discovery(issuer: _Issuer, request: Request) -> Response:
        return said(issuer.discovery())

    def jwks(issuer: _Issuer, request: Request) -> Response:
        return said({"keys": [issuer.key.as_dict(private=False)]})

    def authorize(issuer: _Issuer, request: Request) -> Response:
        asked = request.args.to_dict()
        # People are redirected to the registered client only (RFC 6749, section 4.1.2.1).
        if asked.get("client_id") != issuer.client_id:
            return Response("the client is unknown", 400)
        if asked.get("redirect_uri") != issuer.redirect_uri:
            return Response(f"the redirect URI is not {issuer.redirect_uri}", 400)
        with lock:
            issuer.asked.append(asked)
            account = issuer.sessions.get(request.cookies.get(_SESSION, ""))
            if account is None:
                return Response("no person is signed in at the provider", 401)
            back = issuer.authorize(asked, account)
        return redirect(f"{issuer.redirect_uri}?{urlencode(back)}", _SEEN_OTHER)

    def token(issuer: _Issuer, request: Request) -> Response:
        basic, form = request.authorization, request.form.to_dict()
        named = (basic.username, basic.password) if basic else (form.get("client_id"), form.get("client_secret"))
        if named != (issuer.client_id, issuer.client_secret):
            return refused(401, "invalid_client")
        with lock:
            given = issuer.redeem(form)
        if isinstance(given, str):
            return refused(400, given)
        answer = said(given)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def userinfo(issuer: _Issuer, request: Request) -> Response:
        bearer = request.authorization
        with lock:
            account = issuer.tokens.get((bearer.token or "") if bearer else "")
        return said(account.claims) if account else refused(401, "invalid_token")

    endpoints = Map(
        [
            Rule("/<path>/.well-known/openid-configuration", endpoint=discovery, methods=["GET"]),
            Rule("/<path>/jwks", endpoint=jwks, methods=["GET"]),
            Rule("/<path>/authorize", endpoint=authorize, methods=["GET"]),
            Rule("/<path>/token", endpoint=token, methods=["POST"]),
            Rule("/<path>/userinfo", endpoint=userinfo, methods=["GET"]),
        ]
    )

    @Request.application
    def application(request: Request) -> Response:
        answer, found = endpoints.bind_to_environ(request.environ).match()
        if found["path"] not in issuers:
            raise NotFound
        response: Response = answer(issuers[found["path"]], request)
        return response

    return application
