"""Running the service as a process."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from reference_impl.bootstrap.parts import Parts, state_of_zip
from reference_impl.bootstrap.site import Options, ServerError, open_site
from reference_impl.bootstrap.worlds import Ground, make_template

Application = Callable[[Ground], AbstractContextManager[ASGIApp]]
"""Opens what the process serves, for as long as the context lasts."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def serve(options: Options, parts: Parts, announce: Callable[[str], None]) -> None:
    """Serve one site until told to stop.

    Args:
        options: How to run.
        parts: What the service is made of.
        announce: Called with the address when connections are accepted.

    Raises:
        ServerError: The port is in use, or a folder cannot be used.
    """
    serve_application(options, partial(open_site, options, parts), announce)


def serve_application(options: Options, application: Application, announce: Callable[[str], None]) -> None:
    """As :func:`serve`, with any application."""
    # uvicorn raises the signal that ended it once more, after it has ended; what is below must still be put away then.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with ExitStack() as cleanup:
        listener = cleanup.enter_context(_listen(options))
        _allow_many_files()
        scratch = Path(tempfile.mkdtemp(prefix="shes-"))
        cleanup.callback(shutil.rmtree, scratch, ignore_errors=True)
        address = _address(options.host, listener.getsockname()[1])
        ground = Ground(scratch, make_template(scratch / "template.db"), address)
        app = cleanup.enter_context(application(ground))

        def ready() -> None:
            announce(address)
            _in_background(_load_postal_codes)

        server = _Server(
            uvicorn.Config(
                app,
                http="httptools",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
                backlog=1024,
            ),
            ready=ready,
        )
        if options.exit_with_parent:
            _in_background(lambda: _stop_with_parent(server))
        server.run(sockets=[listener])


def _listen(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's algorithm off; without, every answer waits for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
    except OSError as error:
        listener.close()
        raise ServerError(
            f"cannot listen on {options.host} port {options.port}: {error.strerror}. "
            "Stop what uses the port, or choose another with --port (0 takes a free one)."
        ) from error
    return listener


def _address(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _allow_many_files() -> None:
    # Each world keeps a handful of files open.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stop_with_parent(server: uvicorn.Server) -> None:
    while os.read(0, 1024):
        pass
    server.should_exit = True


def _load_postal_codes() -> None:
    # The table takes a moment to load, and the first American should not wait for it. It is large, and stays: the
    # garbage collector need not go through it, and all else that is there by now, again and again.
    state_of_zip("10001")
    gc.freeze()


def _in_background(job: Callable[[], object]) -> None:
    Thread(target=job, daemon=True).start()
