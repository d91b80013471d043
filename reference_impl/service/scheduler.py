"""Doing what is due in all worlds, on a few threads.

Nothing here looks at the computer's clock but for how long a caller is willing to wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from threading import Condition, Thread

from reference_impl.domain.entities import Message
from reference_impl.service.backups import Backups
from reference_impl.service.context import Context
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.purge import Purge
from reference_impl.service.refusals import Refusals
from reference_impl.service.upkeep import Upkeep

Job = Callable[[], None]


class Workers:
    """Threads shared by all worlds: some look what is due, some send."""

    def __init__(self, lookers: int = 2, senders: int = 16) -> None:
        self._looking: SimpleQueue[Job | None] = SimpleQueue()
        self._sending: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = ((self._looking, lookers), (self._sending, senders))
        for queue, count in self._threads:
            for _ in range(count):
                Thread(target=self._work, args=(queue,), daemon=True).start()

    def look(self, job: Job) -> None:
        """Run a short job soon."""
        self._looking.put(job)

    def send(self, job: Job) -> None:
        """Run a job that waits for somebody outside."""
        self._sending.put(job)

    def stop(self) -> None:
        """End the threads, each as soon as its job is done."""
        for queue, count in self._threads:
            for _ in range(count):
                queue.put(None)

    @staticmethod
    def _work(queue: SimpleQueue[Job | None]) -> None:
        while job := queue.get():
            job()


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether a world is at rest, and if not, what is due."""

    settled: bool
    pending: list[str] = field(default_factory=list)
    next_due_at: datetime | None = None


class Scheduler:
    """Does what is due in one world: upkeep, messages, then purges, then the care of the journal.

    Every commit that leaves something to do and every move of the clock wakes it.
    """

    STUCK = 0.05
    """Seconds after which a job that could not be done is looked at again while somebody waits for it."""

    LAST_MOMENT = 1.0
    """Seconds that closing waits for work in progress; later work finds the store closed."""

    def __init__(
        self,
        context: Context,
        workers: Workers,
        dispatcher: Dispatcher,
        purge: Purge,
        upkeep: Upkeep,
        refusals: Refusals,
        backups: Backups,
    ) -> None:
        self._context = context
        self._workers = workers
        self._dispatcher = dispatcher
        self._purge = purge
        self._upkeep = upkeep
        self._backups = backups
        self._refusals = refusals
        self._changed = Condition()
        self._looking = False
        self._look_again = False
        self._closed = False
        self._lanes: set[str] = set()
        # Everything that decides what is due, as it stood when nothing was. Most wakings come to nothing.
        self._nothing_due: tuple[object, ...] | None = None
        self._undone: list[str] = []
        self._errors: list[str] = []

    def wake(self) -> None:
        """Check soon what is due."""
        with self._changed:
            self._look_again = True
            if not self._looking and not self._closed:
                self._looking = True
                self._workers.look(self._look)

    def settle(self, timeout_seconds: float) -> Rest:
        """Wait until nothing is due and nothing is on its way, at most that many seconds by the computer's clock."""
        deadline = time.monotonic() + timeout_seconds
        while True:
            self.wake()
            with self._changed:
                self._changed.wait_for(lambda: self._idle() or self._closed, max(0.0, deadline - time.monotonic()))
                if self._idle() and not self._undone and not self._errors:
                    break
                if time.monotonic() >= deadline or self._closed:
                    return Rest(settled=False, pending=self._pending())
                self._changed.wait(self.STUCK)
        self._context.store.come_to_rest()
        with self._context.store.transaction() as tx:
            return Rest(settled=True, next_due_at=tx.next_due_at(self._context.now()))

    def close(self) -> None:
        """Begin nothing more, and give what is on its way a moment to end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._looking and not self._lanes, self.LAST_MOMENT)

    def _idle(self) -> bool:
        return not self._looking and not self._look_again and not self._lanes

    def _pending(self) -> list[str]:
        waiting = [f"on its way: {lane.rsplit('/', 1)[0]}" for lane in sorted(self._lanes)]
        return waiting + self._undone + self._errors or ["checking what is due"]

    def _look(self) -> None:
        while True:
            with self._changed:
                self._look_again = False
            undone: list[str] = []
            try:
                if not self._closed:
                    undone = self._do_what_is_due()
            except Exception as error:  # a scheduler that dies of one error would leave everything else undone
                self._context.log.record("scheduler-error", error=type(error).__name__)
                undone = [f"a job failed: {type(error).__name__}"]
            with self._changed:
                if self._look_again and not self._closed:
                    continue
                self._undone = undone
                self._looking = False
                self._changed.notify_all()
                return

    def _do_what_is_due(self) -> list[str]:
        now = self._context.now()
        standing = (self._context.store.changes, now, self._context.wiring, self._context.register)
        if standing == self._nothing_due:
            return []
        self._upkeep.run(now)
        with self._context.store.transaction() as tx:
            messages = self._dispatcher.due(tx, now)
            purges = self._purge.due(tx, now)
            self._refusals.expire(tx, now)
        with self._changed:
            self._errors.clear()
            free = [message for message in messages if message.lane not in self._lanes]
            self._lanes.update(message.lane for message in free)
        for message in free:
            self._workers.send(lambda message=message: self._send(message))  # type: ignore[misc]
        undone = self._purge.run(purges)
        if not self._purge.finish():
            undone.append("the journal is not erased yet")
        self._backups.keep_up()
        if not messages and not purges and not undone:
            self._nothing_due = standing
        return undone

    def _send(self, message: Message) -> None:
        errors = []
        try:
            if not self._closed:
                self._dispatcher.dispatch(message.message_id, message.person_id)
        except Exception as error:  # as above; not looked at again before something wakes the scheduler
            self._context.log.record("sender-error", error=type(error).__name__)
            errors = [f"a message could not be sent: {type(error).__name__}"]
        with self._changed:
            self._lanes.discard(message.lane)
            self._errors += errors
            self._changed.notify_all()
        if not errors:
            self.wake()
