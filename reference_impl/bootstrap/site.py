"""A site: a service at an address, with the worlds below it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from starlette.types import ASGIApp

from reference_impl.bootstrap.parts import Parts, Shared, World, WorldClock, build
from reference_impl.bootstrap.worlds import DATABASE, Ground, OpenWorlds
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


@contextmanager
def open_site(options: Options, parts: Parts, ground: Ground) -> Iterator[ASGIApp]:
    """Open a site; every thread, port and file of it is given back at the end.

    Args:
        options: How the process runs.
        parts: What the service is made of.
        ground: Where the site stands.

    Yields:
        Its application.

    Raises:
        ServerError: A folder cannot be used.
    """
    with ExitStack() as cleanup:
        shared = Shared.of(parts)
        cleanup.callback(shared.workers.stop)
        worlds = OpenWorlds(shared, ground)
        cleanup.callback(worlds.close_all)
        root = _root(options, shared, ground)
        cleanup.callback(root.close)
        if options.assurance:
            shared.mail_server.start(options.host)
            cleanup.callback(shared.mail_server.stop)
        ended = Event()
        cleanup.callback(ended.set)
        Thread(target=_tick, args=(root, ended), daemon=True).start()
        yield parts.application(
            root.service, worlds, assurance_api=options.assurance, assurance_token=options.assurance_token
        )


def _root(options: Options, shared: Shared, ground: Ground) -> World:
    folder = options.data_dir or ground.scratch / "root"
    logs = options.log_dir or folder / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        logs.mkdir(parents=True, exist_ok=True)
        database = folder / DATABASE
        if database.exists():
            migrate(database)
        else:
            shutil.copyfile(ground.template, database)
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
        base_url=ground.address,
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
