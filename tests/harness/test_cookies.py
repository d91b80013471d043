"""The cookies that a person's browser keeps and sends, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from harness.target.cookies import Cookies
from harness.target.http import Exchange, Http
from harness.target.profile import Profile
from tests.served import QuietHandler, served

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
YEARS_AGO, LATER = "Thu, 01 Jan 2015 00:00:00 GMT", "Mon, 16 Mar 2026 10:30:00 GMT"


class Site:
    """A site that sets cookies, and remembers which were sent to it."""

    def __init__(self) -> None:
        self.sets: list[str] = []
        self.sent: list[str | None] = []
        self.url = ""


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            found.sent.append(self.headers["Cookie"])
            self.send_response(204)
            for one in found.sets:
                self.send_header("Set-Cookie", one)
            self.end_headers()

    with served(Handler) as url:
        found.url = url
        yield found


@pytest.mark.parametrize(
    ("sets", "sent"),
    [
        (["shes=; Max-Age=0; Path=/old", "shes=abc; Path=/cb"], "shes=abc"),
        (["shes=abc; Path=/cb", "shes=; Max-Age=0; Path=/cb"], None),
        ([f"shes=abc; Path=/cb; Expires={YEARS_AGO}"], None),
        ([f"shes=abc; Path=/cb; Expires={LATER}"], "shes=abc"),
        (["shes=abc; Path=/other"], None),
        (["shes=abc"], None),
        (["shes=abc; Path=/", "more=x=1; Path=/cb; HttpOnly; SameSite=Lax"], "more=x=1; shes=abc"),
        (["shes=abc; Path=/; Secure"], "shes=abc"),
        (["shes=abc; Path=/; Domain=elsewhere.example"], None),
    ],
)
def test_cookies_are_sent_where_a_browser_sends_them(sets: list[str], sent: str | None, site: Site) -> None:
    exchanges: list[Exchange] = []
    http = Http(Profile(url=site.url), lambda one: exchanges.append(one) or "")
    cookies = Cookies(lambda: NOW)
    site.sets = sets
    http.request("GET", f"{site.url}/v1/begin", cookies=cookies)
    http.request("GET", f"{site.url}/cb", cookies=cookies)
    http.request("GET", f"{site.url}/cb")

    assert site.sent == [None, sent, None]
    assert exchanges[1].request_headers.get("Cookie") == sent


def test_cookies_expire_by_the_time_of_the_world(site: Site) -> None:
    http, now = Http(Profile(url=site.url)), NOW
    cookies = Cookies(lambda: now)
    site.sets = ["shes=abc; Path=/; Max-Age=600"]
    http.request("GET", site.url, cookies=cookies)
    site.sets = []
    http.request("GET", site.url, cookies=cookies)
    now += timedelta(minutes=11)
    http.request("GET", site.url, cookies=cookies)

    assert site.sent == [None, "shes=abc", None]


def test_a_secure_cookie_leaves_only_by_https_or_to_this_machine() -> None:
    import requests

    cookies = Cookies(lambda: NOW)
    cookies.set("shes", "abc", domain="", path="/", secure=True)
    sent = {}
    for url in ("http://127.0.0.1/cb", "http://localhost/cb", "http://shes.example/cb", "https://shes.example/cb"):
        host = url.split("/")[2]
        cookies.set("shes", "abc", domain=host if "." in host else f"{host}.local", path="/", secure=True)
        sent[url] = "Cookie" in requests.Request("GET", url, cookies=cookies).prepare().headers

    assert list(sent.values()) == [True, True, False, True]
