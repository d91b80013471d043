"""Running the service as a process."""

from __future__ import annotations

import gc
import os
import resource
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import uvicorn

from reference_impl.bootstrap.parts import Parts, Shared, World, WorldClock, build, state_of_zip
from reference_impl.bootstrap.worlds import DATABASE, OpenWorlds, make_template
from reference_impl.service.ports import Wiring
from reference_impl.store.migrate import migrate


class ServerError(Exception):
    """The service cannot start; the words are for people."""


@dataclass(frozen=True)
class Options:
    """How the process is to run.

    Attributes:
        host: Address to listen on.
        port: Port to listen on; 0 for a free one.
        data_dir: Where the data of the service at the process's own address is kept; None: thrown away at the end.
        log_dir: Where its log is kept; None: beside the data.
        assurance: Whether the assurance API is open, and mail is taken in.
        assurance_token: What the auditor must bear; None: nothing.
        exit_with_parent: End when standard input ends.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path | None = None
    log_dir: Path | None = None
    assurance: bool = True
    assurance_token: str | None = None
    exit_with_parent: bool = False


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def serve(options: Options, parts: Parts, announce: Callable[[str], None]) -> None:
    """Run until told to stop.

    Args:
        options: How to run.
        parts: What the service is made of.
        announce: Called with the address when connections are accepted.

    Raises:
        ServerError: The port is in use, or a folder cannot be used.
    """
    # uvicorn raises the signal that ended it once more, after it has ended; what is below must still be put away then.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with ExitStack() as cleanup:
        listener = cleanup.enter_context(_listen(options))
        _allow_many_files()
        scratch = Path(tempfile.mkdtemp(prefix="shes-"))
        cleanup.callback(shutil.rmtree, scratch, ignore_errors=True)
        address = _address(options.host, listener.getsockname()[1])
        shared = Shared.of(parts)
        template = make_template(scratch / "template.db")
        worlds = OpenWorlds(shared, scratch, template)
        worlds.address = address
        cleanup.callback(worlds.close_all)
        root = _root(options, shared, scratch, template, address)
        cleanup.callback(root.close)
        if options.assurance:
            shared.mail_server.start(options.host)
            cleanup.callback(shared.mail_server.stop)
        app = parts.application(
            root.service, worlds, assurance_api=options.assurance, assurance_token=options.assurance_token
        )

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
        ended = Event()
        cleanup.callback(ended.set)
        _in_background(lambda: _tick(root, ended))
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


def _root(options: Options, shared: Shared, scratch: Path, template: Path, address: str) -> World:
    folder = options.data_dir or scratch / "root"
    logs = options.log_dir or folder / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        logs.mkdir(parents=True, exist_ok=True)
        database = folder / DATABASE
        if database.exists():
            migrate(database)
        else:
            shutil.copyfile(template, database)
        secret = _secret(folder / "refusals.key")
    except OSError as error:
        raise ServerError(
            f"cannot keep data in {folder} and logs in {logs}: {error.strerror}. Name folders that can be written."
        ) from error
    return build(
        shared,
        world_id="",
        folder=folder,
        database=database,
        logs=logs,
        clock=WorldClock(),
        base_url=address,
        wiring=Wiring(),
        secret=secret,
        durable=True,
    )


def _secret(path: Path) -> bytes:
    # A file of its own, for its owner's eyes: without it what the database keeps of refusals points to nobody.
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()


def _tick(root: World, ended: Event) -> None:
    # A running clock makes things due without anybody's doing; worlds' clocks stand still.
    while not ended.wait(1.0):
        if root.clock.runs:
            root.service.scheduler.wake()


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
