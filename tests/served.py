"""A server of a test's own, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class QuietHandler(BaseHTTPRequestHandler):
    """Answers without a line on the console for each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(handler: type[QuietHandler]) -> Iterator[str]:
    """Serve while the context lasts.

    Returns:
        The address, without a slash at its end.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
