"""Signing in by an identity provider: who gets in, and that nothing that was forged or was used before does."""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from harness.world.issuers import IssuerServer, ProviderAccount
from reference_impl.domain import instants
from reference_impl.domain.providers import Provider, vouched_address
from reference_impl.outbound.providers import OpenIdConnect
from reference_impl.service.ports import Attempt, NotVouched, ProviderClient

from .conftest import PERSON

if TYPE_CHECKING:
    import requests

    from .conftest import Api, OpenWorld, Outside

NOW = "2026-03-10T12:00:00Z"
FEMKE = ProviderAccount("subject-4711-of-femke", PERSON["email"], True, "Femke Quillwater", {"birthdate": "1990-05-17"})
SONY_ACCOUNT_REQUIRED = "urn:shes:problem:sony-account-required"
TOO_YOUNG = "urn:shes:problem:age-below-threshold"
UNKNOWN = "urn:shes:problem:provider-sign-in-unknown"
NOT_PROVED = "urn:shes:problem:provider-sign-in-not-proved"


@dataclass
class Town:
    """A world of the service, and the providers around it."""

    api: Api
    issuers: IssuerServer
    time: datetime = field(default_factory=lambda: instants.parse(NOW))

    def wire(self, outside: Outside, *providers: str) -> None:
        mail = {"host": "127.0.0.1", "port": outside.smtp_port}
        self.api("PUT", "/assurance/v1/wiring", 204, json={"mail": mail, "identity_providers": self.opened(*providers)})

    def opened(self, *providers: str) -> list[dict[str, str]]:
        callback = f"{self.api.url}/v1/identity-providers/callback"
        return [self.issuers.open("w", one, redirect_uri=callback, now=lambda: self.time) for one in providers]

    def pass_time(self, span: timedelta) -> None:
        self.time += span
        self.api.move(instants.render(self.time))

    def begin(self, provider: str = "google") -> tuple[str, str]:
        """Where the browser goes, and its cookie."""
        answer = self.api("POST", f"/v1/identity-providers/{provider}/sign-ins", 201)
        assert answer.headers["Cache-Control"] == "no-store"
        # requests would keep it, and send it with everything.
        self.api.session.cookies.clear()
        return answer.json()["authorization_url"], answer.headers["Set-Cookie"]

    def agree(self, url: str, account: ProviderAccount = FEMKE, provider: str = "google") -> str:
        back = self.issuers.agree(url, self.issuers.sign_up("w", provider, account))
        return back.removeprefix(self.api.url)

    def come_back(self, back: str, cookie: str, expect: int = 200, **headers: str) -> requests.Response:
        headers |= {"Cookie": cookie.partition(";")[0]} if cookie else {}
        answer = self.api("GET", back, expect, headers=headers, token=None)
        self.api.session.cookies.clear()
        return answer

    def sign_in(self, account: ProviderAccount = FEMKE, expect: int = 200, **headers: str) -> dict[str, Any]:
        url, cookie = self.begin()
        answer: dict[str, Any] = self.come_back(self.agree(url, account), cookie, expect, **headers).json()
        return answer

    @property
    def issuer(self) -> Any:
        """The inside of the provider, for making it lie."""
        (found,) = self.issuers._issuers.values()
        return found


@pytest.fixture
def town(open_world: OpenWorld, outside: Outside) -> Iterator[Town]:
    with IssuerServer() as issuers:
        town = Town(open_world(), issuers)
        town.wire(outside, "google")
        yield town


@pytest.fixture
def at_home(town: Town, outside: Outside) -> Town:
    town.api.open_account(outside)
    town.api.token = None
    return town


class TestWhoGetsIn:
    def test_whoever_has_a_sony_account(self, at_home: Town) -> None:
        session = at_home.sign_in()
        assert session["token_type"] == "Bearer"
        at_home.api.token = session["access_token"]
        assert at_home.api("GET", "/v1/shes-account", 200).json()["display_name"] == "Femke Quillwater"

    def test_in_whatever_case_the_provider_writes_the_address(self, at_home: Town) -> None:
        at_home.sign_in(ProviderAccount("sub", PERSON["email"].upper(), True, "F"))

    def test_nobody_else_and_nothing_about_them_is_kept(self, at_home: Town) -> None:
        kim = ProviderAccount("subject-of-kim", "kim.fernwhistle@example.org", True, "Kim Fernwhistle")
        assert at_home.sign_in(kim, 403)["type"] == SONY_ACCOUNT_REQUIRED
        at_home.api.settle()
        for place, content in at_home.api.bytes_by_place().items():
            for word in (b"fernwhistle", b"subject-of-kim"):
                assert word not in content.lower(), place

    def test_not_by_an_address_that_the_provider_did_not_verify(self, at_home: Town) -> None:
        answer = at_home.sign_in(ProviderAccount("sub", PERSON["email"], False, "F"), 403)
        assert answer["type"] == "urn:shes:problem:email-not-vouched-for"

    def test_not_before_the_sony_account_is_verified(self, town: Town) -> None:
        town.api("POST", "/v1/sony-accounts", 202, json=PERSON)
        assert town.sign_in(expect=403)["type"] == SONY_ACCOUNT_REQUIRED

    def test_not_after_the_account_was_deleted(self, at_home: Town) -> None:
        at_home.api.token = at_home.sign_in()["access_token"]
        at_home.api("POST", "/v1/shes-account/deletion", 202, json={})
        at_home.api.token = None
        assert at_home.sign_in(expect=403)["type"] == SONY_ACCOUNT_REQUIRED

    def test_not_a_child_who_was_turned_away(self, town: Town) -> None:
        town.api("POST", "/v1/sony-accounts", 403, json={**PERSON, "date_of_birth": "2014-05-15"})
        assert town.sign_in(expect=403)["type"] == TOO_YOUNG
        town.pass_time(timedelta(days=8))
        assert town.sign_in(expect=403)["type"] == SONY_ACCOUNT_REQUIRED

    def test_whoever_types_the_address_of_somebody_else_locks_nobody_out(self, at_home: Town) -> None:
        at_home.api("POST", "/v1/sony-accounts", 403, json={**PERSON, "date_of_birth": "2014-05-15"})
        at_home.sign_in()

    def test_a_signal_counts_on_this_route_too(self, at_home: Town) -> None:
        at_home.api.token = at_home.sign_in(**{"Sec-GPC": "1"})["access_token"]
        choices = at_home.api("GET", "/v1/shes-account/privacy-choices", 200).json()
        assert "signal" in str(choices)

    def test_a_date_of_birth_is_ignored_where_the_sony_account_has_one(self, town: Town, outside: Outside) -> None:
        town.api.register(outside)
        town.api.sign_in()
        town.api.create(date_of_birth="2014-05-15")
        assert town.api("GET", "/v1/sony-account", 200).json()["date_of_birth"] == PERSON["date_of_birth"]
        for malformed in ("yesterday", None, 7):
            body = {"email": PERSON["email"], "display_name": "F", "country": "NL", "postal_code": "1012 AB"}
            town.api("POST", "/v1/shes-account", 422, json={**body, "date_of_birth": malformed})


class TestProviders:
    def test_those_of_the_wiring_are_offered(self, town: Town, outside: Outside) -> None:
        def offered() -> list[str]:
            found = town.api("GET", "/v1/identity-providers", 200).json()["providers"]
            return [one["provider"] for one in found]

        assert offered() == ["google"]
        town.wire(outside, "apple", "amazon")
        assert offered() == ["apple", "amazon"]

    @pytest.mark.parametrize(("provider", "status"), [("apple", 404), ("myspace", 422)])
    def test_no_other(self, town: Town, provider: str, status: int) -> None:
        town.api("POST", f"/v1/identity-providers/{provider}/sign-ins", status)

    def test_one_that_is_down_is_no_failure_of_the_service(self, town: Town) -> None:
        url, cookie = town.begin()
        back = town.agree(url)
        town.issuers.__exit__()
        town.api("POST", "/v1/identity-providers/google/sign-ins", 409)
        assert town.come_back(back, cookie, 409).json()["type"] == "urn:shes:problem:identity-provider"

    def test_one_that_says_it_is_another_is_not_believed(self, town: Town) -> None:
        town.issuer.url += "/"
        town.api("POST", "/v1/identity-providers/google/sign-ins", 409)

    def test_is_asked_for_the_address_alone_with_all_that_protects_it(self, at_home: Town) -> None:
        at_home.sign_in()
        (asked,) = at_home.issuers.asked("w", "google")
        assert asked["scope"] == "openid email"
        assert asked["code_challenge_method"] == "S256"
        assert set(asked) == {
            *("client_id", "response_type", "redirect_uri", "scope", "state", "nonce"),
            *("code_challenge", "code_challenge_method"),
        }


class TestReturns:
    def test_the_cookie_is_for_nothing_else(self, town: Town) -> None:
        _, cookie = town.begin()
        path = urlsplit(town.api.url).path
        assert f"Path={path}/v1/identity-providers/callback;" in cookie
        assert {"HttpOnly", "SameSite=lax", "Max-Age=600"} <= set(re.split(r"; *", cookie))

    def test_a_state_serves_once(self, at_home: Town) -> None:
        url, cookie = at_home.begin()
        back = at_home.agree(url)
        at_home.come_back(back, cookie)
        assert at_home.come_back(back, cookie, 403).json()["type"] == UNKNOWN

    def test_a_state_that_nobody_began(self, at_home: Town) -> None:
        url, cookie = at_home.begin()
        back = at_home.agree(url)
        forged = re.sub("state=[^&]+", "state=forged", back)
        assert at_home.come_back(forged, cookie, 403).json()["type"] == UNKNOWN
        assert at_home.come_back(re.sub("state=[^&]+", "", back), cookie, 403).json()["type"] == UNKNOWN
        at_home.come_back(back, cookie)

    def test_another_browser(self, at_home: Town) -> None:
        _, other = at_home.begin()
        for cookie in ("", other):
            url, _ = at_home.begin()
            assert at_home.come_back(at_home.agree(url), cookie, 403).json()["type"] == UNKNOWN

    def test_ten_minutes_and_no_longer(self, at_home: Town) -> None:
        at_home.pass_time(timedelta(minutes=1))
        for minutes, status in ((timedelta(minutes=10) - timedelta(seconds=1), 200), (timedelta(minutes=10), 403)):
            url, cookie = at_home.begin()
            at_home.pass_time(minutes)
            at_home.come_back(at_home.agree(url), cookie, status)

    @pytest.mark.parametrize("change", [("code=[^&]+", "error=access_denied"), ("iss=[^&]+", "iss=http://other")])
    def test_without_a_code_or_from_another_issuer(self, at_home: Town, change: tuple[str, str]) -> None:
        url, cookie = at_home.begin()
        answer = at_home.come_back(re.sub(*change, at_home.agree(url)), cookie, 403)
        assert answer.json()["type"] == "urn:shes:problem:provider-sign-in-declined"

    def test_a_code_of_another_sign_in(self, at_home: Town) -> None:
        (one, cookie), (other, _) = at_home.begin(), at_home.begin()
        code = parse_qs(urlsplit(at_home.agree(other)).query)["code"][0]
        back = re.sub("code=[^&]+", f"code={code}", at_home.agree(one))
        assert at_home.come_back(back, cookie, 403).json()["type"] == NOT_PROVED

    def test_an_id_token_that_others_have_signed(self, at_home: Town) -> None:
        at_home.sign_in()
        honest = at_home.issuer.key
        forger = RSAKey.generate_key(2048, {"kid": honest.kid})
        make = at_home.issuer._id_token

        def forged(code: Any) -> str:
            at_home.issuer.key = forger
            try:
                made: str = make(code)
                return made
            finally:
                at_home.issuer.key = honest

        at_home.issuer._id_token = forged
        assert at_home.sign_in(expect=403)["type"] == NOT_PROVED
        at_home.issuer._id_token = make
        at_home.sign_in()

    def test_no_secret_is_logged_or_stored(self, at_home: Town) -> None:
        abandoned, browser = at_home.begin()
        session = at_home.sign_in()
        asked = {name: value for name, (value,) in parse_qs(urlsplit(abandoned).query).items()}
        secrets = [asked["state"], asked["nonce"], browser.partition(";")[0].partition("=")[2], session["access_token"]]
        secrets += at_home.issuers.given("w", "google", FEMKE)
        secrets += [at_home.issuer.client_secret, FEMKE.subject]
        for place, content in at_home.api.bytes_by_place().items():
            for secret in secrets:
                assert secret.encode() not in content, place


def test_an_abandoned_sign_in_goes_in_the_declared_time(at_home: Town) -> None:
    def kinds() -> list[str]:
        entries = at_home.api("GET", "/assurance/v1/records/disposals", 200).json()["entries"]
        return [one["kind"] for one in entries]

    at_home.begin()
    at_home.pass_time(timedelta(hours=23))
    assert "provider-sign-in" not in kinds()
    at_home.pass_time(timedelta(hours=1))
    assert "provider-sign-in" in kinds()


# -- what an ID token must be ----------------------------------------------------------------------------------------

CLIENT = ProviderClient(Provider.GOOGLE, "https://google.example", "client-1", "secret")
ATTEMPT = Attempt("state", "nonce-1", "verifier", "https://shes.example/callback")
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
KEYS = {"keys": [KEY.as_dict(private=False)]}
TIME = int(instants.parse(NOW).timestamp())
CLAIMS = {
    "iss": "https://google.example",
    "aud": "client-1",
    "sub": "s",
    "nonce": "nonce-1",
    "iat": TIME,
    "exp": TIME + 300,
}


def validated(claims: dict[str, Any], sign: Callable[[dict[str, Any]], str] | None = None) -> Any:
    token = sign(claims) if sign else jwt.encode({"alg": "RS256", "kid": "1"}, claims, KEY)
    return OpenIdConnect().validated(token, KEYS, CLIENT, ATTEMPT, instants.parse(NOW))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"aud": ["client-1"]},
        {"aud": ["client-1", "other"], "azp": "client-1"},
        {"exp": TIME - 59},
        {"birthdate": "2014-05-15"},
    ],
    ids=str,
)
def test_a_sound_id_token_is_believed(change: dict[str, Any]) -> None:
    assert validated({**CLAIMS, **change})["sub"] == "s"


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://apple.example"},
        {"aud": "other"},
        {"aud": ["client-1", "other"]},
        {"azp": "other"},
        {"nonce": "nonce-2"},
        {"nonce": None},
        {"exp": TIME - 60},
        {"exp": None},
        {"iat": TIME + 61},
        {"sub": ""},
    ],
    ids=str,
)
def test_any_other_is_not(change: dict[str, Any]) -> None:
    claims = {name: value for name, value in {**CLAIMS, **change}.items() if value is not None}
    with pytest.raises(NotVouched):
        validated(claims)


def _by_hand(algorithm: str, sign: Callable[[bytes], bytes]) -> Callable[[dict[str, Any]], str]:
    def signed(claims: dict[str, Any]) -> str:
        parts = [urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": algorithm}, claims)]
        return b".".join([*parts, urlsafe_b64encode(sign(b".".join(parts))).rstrip(b"=")]).decode()

    return signed


@pytest.mark.parametrize(
    "sign",
    [
        _by_hand("none", lambda _: b""),
        # The public key, which everybody has, taken for a password.
        _by_hand("HS256", lambda text: hmac.digest(KEY.as_pem(private=False), text, "sha256")),
        lambda _: "None",
        lambda _: "a.b.c",
    ],
    ids=["unsigned", "by the public key", "no token", "no JSON"],
)
def test_a_signature_that_is_none(sign: Callable[[dict[str, Any]], str]) -> None:
    with pytest.raises(NotVouched):
        validated(CLAIMS, sign)


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": "f@example.org", "email_verified": True}, "f@example.org"),
        ({"email": "f@example.org", "email_verified": "true"}, "f@example.org"),
        ({"email": "f@example.org", "email_verified": "false"}, None),
        ({"email": "f@example.org", "email_verified": False}, None),
        ({"email": "f@example.org"}, None),
        ({"email": 7, "email_verified": True}, None),
        ({"email_verified": True}, None),
    ],
    ids=str,
)
def test_an_address_counts_when_it_is_vouched_for(claims: dict[str, object], address: str | None) -> None:
    assert vouched_address(claims) == address
