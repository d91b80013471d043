"""A scenario: its stage, its steps as they run, and its verdict."""

from __future__ import annotations

import inspect
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Outcome
from harness.plugin.matching import lines_of
from harness.plugin.run import KEY, RUN
from harness.plugin.watch import Watch, failure_message, repeat_command
from harness.target.http import Http
from harness.target.world import require

_WATCH = pytest.StashKey[Watch]()
_WORDS = {
    Outcome.PASSED: ("passed", ".", "PASSED"),
    Outcome.VIOLATED: ("failed", "V", "VIOLATED"),
    Outcome.INCONCLUSIVE: ("failed", "I", "INCONCLUSIVE"),
    Outcome.NOT_ASSESSED: ("skipped", "n", "NOT ASSESSED"),
    Outcome.NOT_APPLICABLE: ("skipped", "-", "NOT APPLICABLE"),
}


@dataclass(frozen=True)
class _Backstage:
    """What all scenarios of one process share: a client, and the world outside."""

    http: Http
    outside: Any


@pytest.fixture(scope="session")
def _backstage(request: pytest.FixtureRequest) -> Iterator[_Backstage]:
    # Imported here: they take a moment, and most pytest runs on a machine with this plugin need none of them.
    from harness.stage import Outside
    from harness.world.bucket import BucketServer
    from harness.world.issuers import IssuerServer
    from harness.world.mailbox import MailServer
    from harness.world.recipients import RecipientServer

    run = request.config.stash[RUN]
    with ExitStack() as stack:
        http = Http(run.profile)
        stack.callback(http.close)
        mail = stack.enter_context(MailServer())
        recipients = stack.enter_context(RecipientServer())
        buckets = stack.enter_context(BucketServer())
        issuers = stack.enter_context(IssuerServer())
        yield _Backstage(http, Outside(mail, recipients, buckets, issuers))


@pytest.fixture
def stage(request: pytest.FixtureRequest, _backstage: _Backstage) -> Iterator[Any]:
    """The stage of a scenario: see :class:`harness.stage.Stage`."""
    from harness.people.person import PeopleFactory
    from harness.stage import Stage

    run = request.config.stash[RUN]
    # Another target may have been named since the client was made.
    _backstage.http.profile = run.profile
    watch = request.node.stash[_WATCH]
    people = PeopleFactory(f"{run.seed}/{watch.key.id}", run.profile.mail_domain, run.profile.user_agent)
    one = Stage(_backstage.http, run.description, _backstage.outside, people)
    watch.enter(one, _backstage.http)
    yield one
    one.service.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin to watch, and say at once when the target does not offer what the scenario needs."""
    key = item.stash.get(KEY, None)
    run = item.config.stash.get(RUN, None)
    if key is None or run is None:
        return
    item.stash[_WATCH] = Watch(
        key=key,
        promise=run.promises.get(key.clauses[0], key.rule),
        repeat=repeat_command(key, target=run.target, seed=run.seed, gate=run.gate, out=run.out),
        lines=lines_of(item),
    )
    require(run.description, *map(Capability, key.needs))


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """A step begins."""
    watch = request.node.stash.get(_WATCH, None)
    if watch is not None:
        if watch.stage is None:
            request.getfixturevalue("stage")
        watch.before_step(step.type)


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step_call(step_func: Any) -> None:
    """Refuse a step that pytest-bdd would call and never wait for."""
    if inspect.iscoroutinefunction(step_func) or inspect.isasyncgenfunction(step_func):
        raise HarnessError(
            f"The step {step_func.__name__} is asynchronous, so it would pass without being run.",
            cause="it is written with `async def`",
            remedy="write it with `def`",
        )


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """A step has ended well."""
    watch = request.node.stash.get(_WATCH, None)
    if watch is not None:
        watch.after_step()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge a scenario that has ended, and hand its line of the raw report to the controller."""
    report = yield
    watch = item.stash.get(_WATCH, None)
    if watch is None:
        return report
    if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
        report.shes_scenario_id = watch.key.id  # type: ignore[attr-defined]
        if call.when == "teardown":
            # pytest keeps its items to the end, and with it all that was seen, for the garbage collector to go through.
            del item.stash[_WATCH]
        return report
    run = item.config.stash[RUN]
    worker = getattr(item.config, "workerinput", {}).get("workerid", "main")
    finished = watch.finish(call.excinfo.value if call.excinfo else None, worker)
    report.shes_scenario = finished.model_dump_json()  # type: ignore[attr-defined]
    report.shes_waiting = finished.waiting  # type: ignore[attr-defined]
    report.shes_outcome = finished.outcome.value  # type: ignore[attr-defined]
    match finished.outcome:
        case Outcome.PASSED:
            report.outcome = "passed"
        case Outcome.NOT_ASSESSED | Outcome.NOT_APPLICABLE:
            report.outcome = "skipped"
            report.longrepr = (finished.scenario.file, finished.scenario.line, finished.reason)
        case _:
            report.outcome = "failed"
            report.longrepr = failure_message(finished, str(run.out / "raw.jsonl"))
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Show verdicts by their own names."""
    outcome = getattr(report, "shes_outcome", None)
    return None if outcome is None else _WORDS[Outcome(outcome)]
