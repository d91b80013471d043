"""The worker processes: started, given jobs, heard, and stopped."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from harness.errors import HarnessError
from harness.selfcheck.model import Job, Message, Ran

_STOP_LIMIT = 30.0


class Crew:
    """The workers.

    Args:
        count: How many processes share the work.
        seed: Makes the synthetic people.
        logs: Folder for the logs of the workers and of their servers.
    """

    def __init__(self, count: int, seed: int, logs: Path) -> None:
        self._count = count
        self._seed = seed
        self._logs = logs

    def work(self, jobs: Sequence[Job]) -> Iterator[Ran | Job]:
        """Have the jobs done, the first ones first.

        Yields:
            Each scenario as it ends, and each job when it is done.

        Raises:
            HarnessError: A worker failed.
        """
        waiting: Queue[Job] = Queue()
        for job in jobs:
            waiting.put(job)
        heard: Queue[Ran | Job | HarnessError] = Queue()
        members: list[_Member] = []
        try:
            # One by one: those that have started are stopped where the next cannot be.
            for number in range(min(self._count, len(jobs))):
                members += [_Member(number, self._seed, self._logs, waiting, heard)]
            done = 0
            while done < len(jobs):
                one = heard.get()
                if isinstance(one, HarnessError):
                    raise one
                done += isinstance(one, Job)
                yield one
        except BaseException:
            for member in members:
                member.stop()
            raise
        finally:
            for member in members:
                member.wait()


class _Member:
    """One worker process, and the thread that speaks with it."""

    def __init__(
        self, number: int, seed: int, logs: Path, waiting: Queue[Job], heard: Queue[Ran | Job | HarnessError]
    ) -> None:
        self._log = logs / f"worker-{number}.log"
        self._waiting, self._heard = waiting, heard
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "harness.selfcheck.worker", str(logs), str(number), str(seed)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                # Ctrl-C in a terminal is for the one who stops the workers.
                start_new_session=True,
            )
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it in the middle of its work; its server ends with it."""
        self._process.terminate()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join(_STOP_LIMIT)
        try:
            self._process.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _speak(self) -> None:
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None
        assert answers is not None
        # A worker that has ended is noticed by its answers.
        with answers, contextlib.suppress(OSError), orders:
            while (job := self._next()) is not None:
                orders.write(job.model_dump_json() + "\n")
                orders.flush()
                if not self._hear(job, answers):
                    return

    def _next(self) -> Job | None:
        with contextlib.suppress(Empty):
            return self._waiting.get_nowait()
        return None

    def _hear(self, job: Job, answers: IO[str]) -> bool:
        """Pass on what the worker says of a job; False where it failed."""
        failure = ""
        for line in answers:
            message = Message.model_validate_json(line)
            if message.ran is not None:
                self._heard.put(message.ran)
                continue
            if not message.failure:
                self._heard.put(job)
                return True
            failure = message.failure
            break
        words = f"The check of {job.fault} did not come to its end. {failure}".strip()
        self._heard.put(HarnessError(words, remedy=f"read {self._log}"))
        return False
