"""Links that a person follows without being signed in."""

from __future__ import annotations

from typing import Any

from harness.stage.actor.client import Client
from harness.target.http import Answer

FORM = {"List-Unsubscribe": "One-Click"}
"""What a mail program posts to unsubscribe with one click (RFC 8058)."""
MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"


class Links:
    """Addresses that a person was given, mostly by mail."""

    def __init__(self, client: Client) -> None:
        """The links followed with this client."""
        self._client = client

    def visit(self, url: str, method: str = "GET") -> Answer:
        """Follow an address, as a browser or a link scanner does."""
        return self._client.request(method, url)

    def unsubscribe(self, url: str, *, media_type: str = URLENCODED) -> Answer:
        """Unsubscribe with one click: no sign-in, no cookie.

        Args:
            url: The link.
            media_type: How the form is sent: as ``multipart/form-data``, as mail programs should (RFC 8058, section
                3.2), or as they may, encoded as in an address, with or without a character set.
        """
        headers = self._client.browser
        if media_type == MULTIPART:
            form: dict[str, Any] = {"headers": headers, "files": {name: (None, value) for name, value in FORM.items()}}
        else:
            form = {"headers": {**headers, "Content-Type": media_type}, "data": FORM}
        return self._client.insist("unsubscribe", lambda: self._client.request("POST", url, **form))
