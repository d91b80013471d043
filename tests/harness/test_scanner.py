"""What link scanners open, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from harness.stage.scanner import LinkScanner
from harness.stage.service import Service
from harness.target.http import Http
from harness.target.profile import Profile
from harness.world.mailbox import ReceivedMail
from tests.served import QuietHandler, served

PAGE = b"""<form method=post action="/done"><input name=yes value=1><button>Yes</button></form>
<a href="/other">Other</a><img src="http://elsewhere.example/pixel"><script>document.forms[0].submit()</script>"""


class Target:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    def scanner(self) -> LinkScanner:
        http = Http(Profile(url=self.url))
        service = SimpleNamespace(world=SimpleNamespace(base_url=f"{self.url}/worlds/1"), request=http.request)
        return LinkScanner(cast(Service, service))


@pytest.fixture
def target() -> Iterator[Target]:
    found = Target()

    class Handler(QuietHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            found.asked.append(f"{self.command} {self.path} {body}".strip())
            self.send_response(500 if self.path == "/fails" else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(PAGE)

        do_GET = do_HEAD = do_POST = answer

    with served(Handler) as url:
        found.url = url
        yield found


def mail(*links: str) -> ReceivedMail:
    text = "Content-Type: text/plain\r\n\r\n" + "\r\n".join(links)
    return ReceivedMail(1, datetime.now(UTC), "a@b.example", ("c@d.example",), text.encode())


def test_each_link_to_the_target_is_looked_at_twice_by_both_methods_and_its_page_runs(target: Target) -> None:
    target.scanner().open_links([mail(f"{target.url}/confirm?code=1")])

    assert target.asked == ["HEAD /confirm?code=1", "GET /confirm?code=1", "POST /done yes=1"] * 2


def test_links_are_opened_once_in_a_scenario_and_failures_are_nothing(target: Target) -> None:
    scanner = target.scanner()
    scanner.open_links([mail(f"{target.url}/fails")])
    scanner.open_links([mail(f"{target.url}/fails")])

    assert target.asked == ["HEAD /fails", "GET /fails"] * 2


def test_nobody_else_is_contacted(target: Target) -> None:
    target.scanner().open_links([mail("http://shes.example/confirm?code=1", "https://127.0.0.1/x")])

    assert target.asked == []
