"""Programs that open links in mail before a person does: link scanners, and mail programs that load in advance."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from harness.errors import TargetError
from harness.stage.service import Service
from harness.target.http import Answer
from harness.world.mailbox import ReceivedMail
from harness.world.pages import sends_by_itself

PROGRAMS = (
    {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"},
    {"User-Agent": "Mozilla/5.0 (compatible; MailSafetyBot/2.1)", "Purpose": "prefetch", "Sec-Purpose": "prefetch"},
    {"User-Agent": "python-requests/2.32", "Accept": "*/*"},
)
"""What they send with each request."""
METHODS = ("HEAD", "GET")
"""How they request a link."""


class LinkScanner:
    """Opens links without a sign-in. A page that submits itself does so; buttons are left alone."""

    def __init__(self, service: Service) -> None:
        """No link has been opened yet."""
        self._service = service
        self._opened: set[str] = set()

    def open_links(self, mails: Iterable[ReceivedMail], methods: Iterable[str] = METHODS) -> None:
        """Open the links of mails that lead to the target by these methods, once in the scenario."""
        for url in dict.fromkeys(link for mail in mails for link in mail.links):
            if url not in self._opened and self._leads_to_target(url):
                self.open(url, methods)

    def open(self, url: str, methods: Iterable[str] = METHODS, programs: int = 2) -> None:
        """Open a link, whatever is answered.

        Args:
            url: The link.
            methods: The HTTP methods, each used by every program.
            programs: How many programs open it.
        """
        self._opened.add(url)
        for headers in PROGRAMS[:programs]:
            for method in methods:
                with suppress(TargetError):  # what stands behind a link may be anything
                    answer = self._service.request(method, url, headers=headers)
                    self._run(answer, url, headers)

    def _run(self, answer: Answer, url: str, headers: dict[str, str]) -> None:
        """What a page does by itself, as far as it concerns its own server."""
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return
        for one in sends_by_itself(answer.text, url):
            if _origin(one.url) == _origin(url):
                self._service.request(one.method, one.url, headers=headers, **({"data": one.form} if one.form else {}))

    def _leads_to_target(self, url: str) -> bool:
        return _origin(url) == _origin(self._service.world.base_url)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
