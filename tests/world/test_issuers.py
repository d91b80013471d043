"""The providers that the harness plays: a conforming client gets in, and whoever does not conform is turned away."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

from harness.errors import TargetError
from harness.world.issuers import PROVIDERS, IssuerServer, ProviderAccount

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
HERE = "http://127.0.0.1:9/callback"
VERIFIER = "v" * 43
ASKED = {"state": "s" * 20, "nonce": "n" * 20, "code_verifier": VERIFIER}
FEMKE = ProviderAccount("sub-1", "femke@mail.example.org", True, "Femke", {"birthdate": "1990-05-17"})


class Clock:
    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    with IssuerServer() as issuers:
        yield issuers


class Client:
    """A relying party as the library has it, with what it was told of a provider."""

    def __init__(self, server, clock, world="w", provider="google"):
        self.server = server
        self.wired = server.open(world, provider, redirect_uri=HERE, now=clock)
        self.about = requests.get(
            f"{self.wired['issuer']}/.well-known/openid-configuration", allow_redirects=False, timeout=10
        ).json()
        self.browser = server.sign_up(world, provider, FEMKE)
        self.session = OAuth2Session(
            self.wired["client_id"],
            self.wired["client_secret"],
            scope="openid email",
            redirect_uri=HERE,
            code_challenge_method="S256",
        )
        self.session.trust_env = False

    def url(self, **change):
        asked = {**ASKED, **change}
        return self.session.create_authorization_url(self.about["authorization_endpoint"], **asked)[0]

    def back(self, **change):
        where = self.server.agree(self.url(**change), self.browser)
        assert where.startswith(f"{HERE}?")
        return {name: value for name, (value,) in parse_qs(urlsplit(where).query).items()}

    def redeem(self, code, **change):
        form = {"code": code, "code_verifier": VERIFIER, "grant_type": "authorization_code", **change}
        return self.session.fetch_token(self.about["token_endpoint"], timeout=10, **form)

    def error(self, code, **change):
        form = {"code": code, "code_verifier": VERIFIER, "grant_type": "authorization_code", "redirect_uri": HERE}
        answer = requests.post(
            self.about["token_endpoint"],
            data=form | change,
            auth=(self.wired["client_id"], self.wired["client_secret"]),
            timeout=10,
        )
        return answer.status_code, answer.json()["error"]


@pytest.fixture
def client(server, clock):
    return Client(server, clock)


def test_nothing_runs_before_the_first_is_asked_for(server) -> None:
    assert server._server is None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_conforming_client_is_told_who_signed_in(server, clock, provider) -> None:
    client = Client(server, clock, provider=provider)
    back = client.back()
    assert (back["state"], back["iss"]) == (ASKED["state"], client.wired["issuer"])
    given = client.redeem(back["code"])
    assert given["token_type"] == "Bearer"
    keys = KeySet.import_key_set(requests.get(client.about["jwks_uri"], timeout=10).json())
    claims = jwt.decode(given["id_token"], keys, ["RS256"]).claims
    registered = {"iss": client.wired["issuer"], "aud": client.wired["client_id"], "nonce": ASKED["nonce"]}
    times = {"iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 3600}
    assert claims == {**FEMKE.claims, **registered, **times}
    shown = requests.get(
        client.about["userinfo_endpoint"], headers={"Authorization": f"Bearer {given['access_token']}"}, timeout=10
    )
    assert shown.json() == FEMKE.claims
    assert server.given("w", provider, FEMKE) == [back["code"], given["access_token"], given["id_token"]]


def test_userinfo_asks_for_its_token(client) -> None:
    answer = requests.get(client.about["userinfo_endpoint"], headers={"Authorization": "Bearer other"}, timeout=10)
    assert answer.status_code == 401


def test_no_key_is_given_away(client) -> None:
    (key,) = requests.get(client.about["jwks_uri"], timeout=10).json()["keys"]
    assert set(key) <= {"kty", "n", "e", "kid", "use", "alg"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"nonce": ""}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code_challenge_method": "plain", "code_challenge": "x" * 43, "code_verifier": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "email"}, "invalid_scope"),
    ],
    ids=["no nonce", "no state", "no PKCE", "plain PKCE", "implicit", "no openid"],
)
def test_a_wrong_request_comes_back_with_an_error_and_no_code(client, change, error) -> None:
    back = client.back(**change)
    assert back["error"] == error
    assert "code" not in back


@pytest.mark.parametrize(
    ("change", "why"),
    [({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, "redirect"), ({"redirect_uri": f"{HERE}/"}, "redirect")],
)
def test_nobody_is_sent_anywhere_else(client, change, why) -> None:
    with pytest.raises(TargetError, match=why):
        client.server.agree(client.url(**change), client.browser)


def test_another_client_is_sent_nobody(client) -> None:
    url = client.url().replace(client.wired["client_id"], "client-of-others")
    with pytest.raises(TargetError, match="client is unknown"):
        client.server.agree(url, client.browser)


def test_whoever_has_no_account_there_does_not_sign_in(client) -> None:
    with pytest.raises(TargetError, match="no person is signed in"):
        client.server.agree(client.url(), "somebody else")


def test_another_address_is_no_provider(client) -> None:
    with pytest.raises(TargetError, match="does not lead to the provider"):
        client.server.agree("http://127.0.0.1:1/authorize", client.browser)


def test_a_wrong_verifier_gets_nothing_and_spends_the_code(client) -> None:
    code = client.back()["code"]
    assert client.error(code, code_verifier="w" * 43) == (400, "invalid_grant")
    assert client.error(code) == (400, "invalid_grant")


def test_another_redirect_address_gets_nothing(client) -> None:
    assert client.error(client.back()["code"], redirect_uri=f"{HERE}?") == (400, "invalid_grant")


def test_a_code_serves_once(client) -> None:
    code = client.back()["code"]
    assert client.redeem(code)["access_token"]
    assert client.error(code) == (400, "invalid_grant")


def test_a_code_serves_a_minute_by_the_clock_of_the_world(client, clock) -> None:
    early, late = client.back()["code"], client.back()["code"]
    clock.time += timedelta(seconds=59)
    assert client.redeem(early)["access_token"]
    clock.time += timedelta(seconds=1)
    assert client.error(late) == (400, "invalid_grant")


def test_only_codes_are_redeemed(client) -> None:
    assert client.error("x", grant_type="password") == (400, "unsupported_grant_type")


def test_a_wrong_secret_gets_nothing(client) -> None:
    client.wired["client_secret"] = "other"
    assert client.error(client.back()["code"]) == (401, "invalid_client")


def test_worlds_and_providers_have_nothing_in_common(server, clock) -> None:
    one, other = Client(server, clock, "w1"), Client(server, clock, "w2")
    apple = Client(server, clock, "w1", "apple")
    code = one.back()["code"]
    for stranger in (other, apple):
        assert stranger.wired["issuer"] != one.wired["issuer"]
        assert stranger.error(code) == (400, "invalid_grant")
    assert len(server.asked("w1", "google")) == 1
    assert server.asked("w2", "google") == server.asked("w1", "apple") == []
    assert server.asked("w1", "google")[0]["scope"] == "openid email"


def test_an_issuer_that_nobody_opened_is_not_there(client) -> None:
    root = client.wired["issuer"].rsplit("/", 1)[0]
    assert requests.get(f"{root}/other/jwks", timeout=10).status_code == 404
