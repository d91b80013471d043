"""OpenID Connect with identity providers, as a relying party: the code flow with PKCE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import requests

from reference_impl.service.ports import Attempt, NotVouched, ProviderClient, ProviderError


class OpenIdConnect:
    """Requests only the address, and relies on what the provider has signed.

    What a provider says of itself and its keys is read every time: keys change, and sign-ins are rare.
    """

    SCOPE = "openid email"
    ALGORITHMS = ("RS256", "ES256")
    LEEWAY_SECONDS = 60
    SECONDS = 5.0

    def authorization_url(self, client: ProviderClient, attempt: Attempt) -> str:
        """The address for the person's browser to sign in (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636).

        Raises:
            ProviderError: The provider fails.
        """
        with self._asking(client, attempt) as session:
            url: str
            url, _ = session.create_authorization_url(
                self._discovered(session, client)["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
            return url

    def vouch(self, client: ProviderClient, attempt: Attempt, code: str, now: datetime) -> Mapping[str, object]:
        """The claims of the ID token that the provider gives for a code, when all of it holds (section 3.1.3.7).

        Raises:
            NotVouched: The provider refuses the code, or what it gives does not hold.
            ProviderError: It fails.
        """
        with self._asking(client, attempt) as session:
            about = self._discovered(session, client)
            given = session.fetch_token(
                about["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                timeout=self.SECONDS,
                allow_redirects=False,
            )
            keys = self._read(session, about["jwks_uri"])
            return self.validated(str(given.get("id_token")), keys, client, attempt, now)

    def validated(
        self, id_token: str, keys: Any, client: ProviderClient, attempt: Attempt, now: datetime
    ) -> Mapping[str, object]:
        """The claims of an ID token: signed by the issuer, for this client, in this sign-in, and not too old.

        Raises:
            NotVouched: It is not so.
        """
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=self.LEEWAY_SECONDS,
            iss={"essential": True, "value": client.issuer},
            aud={"essential": True, "value": client.client_id},
            nonce={"essential": True, "value": attempt.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            claims = jwt.decode(id_token, KeySet.import_key_set(keys), self.ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            raise NotVouched from error
        # Who else is meant by it must not be able to use it here.
        shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if shared else client.client_id) != client.client_id:
            raise NotVouched
        return claims

    def _discovered(self, session: Any, client: ProviderClient) -> dict[str, Any]:
        about = self._read(session, f"{client.issuer.rstrip('/')}/.well-known/openid-configuration")
        # OpenID Connect Discovery 1.0, section 4.3: nobody speaks for another issuer.
        if about["issuer"] != client.issuer:
            raise ProviderError
        return about

    def _read(self, session: Any, url: str) -> dict[str, Any]:
        answer = session.get(url, timeout=self.SECONDS, allow_redirects=False, withhold_token=True)
        answer.raise_for_status()
        read: dict[str, Any] = answer.json()
        return read

    @contextmanager
    def _asking(self, client: ProviderClient, attempt: Attempt) -> Iterator[Any]:
        # Imported here: they take a moment, and most of what the service does needs none of them.
        from authlib.integrations.base_client import OAuthError
        from authlib.integrations.requests_client import OAuth2Session

        with OAuth2Session(
            client.client_id,
            client.client_secret,
            scope=self.SCOPE,
            redirect_uri=attempt.redirect_uri,
            code_challenge_method="S256",
        ) as session:
            session.trust_env = False
            try:
                yield session
            except OAuthError as error:
                raise NotVouched from error
            except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
                raise ProviderError from error
