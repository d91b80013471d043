"""Every seeded violation in one process, each at an address of its own."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Lock

from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl.bootstrap import Ground, Options, open_site
from reference_impl.http import problems
from reference_impl.violations.model import Violation


@dataclass(frozen=True)
class _Variant:
    application: ASGIApp
    closing: ExitStack


class Variants:
    """The application: below ``/variants/ID`` answers a service with the violation ID.

    A service is opened at its first request. Only those used last stay open; the others are closed and their data is
    thrown away.
    """

    PREFIX = "/variants/"
    MOST_OPEN = 4

    def __init__(self, violations: Iterable[Violation], options: Options, ground: Ground) -> None:
        self._violations = {violation.id: violation for violation in violations}
        self._options = options
        self._ground = ground
        self._lock = Lock()
        self._open: OrderedDict[str, _Variant] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        name, slash, rest = scope["path"].removeprefix(self.PREFIX).partition("/")
        if name not in self._violations:
            await problems.problem(404, "There is no such variant")(scope, receive, send)
            return
        application = await run_in_threadpool(self._find, name)
        await application({**scope, "path": slash + rest, "root_path": ""}, receive, send)

    def close_all(self) -> None:
        """Close every service."""
        with self._lock:
            while self._open:
                self._close_oldest()

    def _find(self, name: str) -> ASGIApp:
        with self._lock:
            if name not in self._open:
                while len(self._open) >= self.MOST_OPEN:
                    self._close_oldest()
                self._open[name] = self._opened(self._violations[name])
            self._open.move_to_end(name)
            return self._open[name].application

    def _opened(self, violation: Violation) -> _Variant:
        folder = self._ground.scratch / violation.id
        address = f"{self._ground.address}{self.PREFIX}{violation.id}"
        with ExitStack() as closing:
            folder.mkdir()
            closing.callback(shutil.rmtree, folder, ignore_errors=True)
            ground = Ground(folder, self._ground.template, address)
            application = closing.enter_context(open_site(self._options, violation.parts(), ground))
            return _Variant(application, closing.pop_all())

    def _close_oldest(self) -> None:
        _, variant = self._open.popitem(last=False)
        variant.closing.close()


@contextmanager
def open_variants(violations: Iterable[Violation], options: Options, ground: Ground) -> Iterator[ASGIApp]:
    """The application, and at the end every service closed."""
    variants = Variants(violations, options, ground)
    try:
        yield variants
    finally:
        variants.close_all()
