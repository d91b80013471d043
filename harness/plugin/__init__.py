"""The pytest plugin: runs the features against a target and writes the raw report.

It is idle unless the features room is among what pytest was asked to run. With pytest-xdist, the controller prepares
the run and writes the raw report; each worker plays the outside world for its own scenarios.
"""

from __future__ import annotations

import gc
import inspect
import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from _pytest.config import ExitCode as PytestExit
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from harness.contract import Capability
from harness.errors import AuditError, HarnessError
from harness.evidence.model import Outcome, RunFinished, ScenarioFinished, ScenarioKey
from harness.plugin.lookup import remember
from harness.plugin.preparation import (
    DEFAULT_OUT,
    DEFAULT_SEED,
    Features,
    Order,
    Prepared,
    features_folder,
    prepare,
    read_features,
    select,
)
from harness.plugin.watch import Watch, failure_message, repeat_command
from harness.policy.load import load_register
from harness.policy.scenarios import NEEDS_TAG
from harness.target.discovery import Description, describe
from harness.target.http import Http
from harness.target.profile import Profile
from harness.target.world import require

_WATCH = pytest.StashKey[Watch]()
_KEY = pytest.StashKey[ScenarioKey]()
_RUN = pytest.StashKey["_Run"]()
_EXAMPLE = "_pytest_bdd_example"  # what pytest-bdd calls the row of an outline
_WORDS = {
    Outcome.PASSED: ("passed", ".", "PASSED"),
    Outcome.VIOLATED: ("failed", "V", "VIOLATED"),
    Outcome.INCONCLUSIVE: ("failed", "I", "INCONCLUSIVE"),
    Outcome.NOT_ASSESSED: ("skipped", "n", "NOT ASSESSED"),
    Outcome.NOT_APPLICABLE: ("skipped", "-", "NOT APPLICABLE"),
}


_UNNEEDED = (
    "cacheprovider",
    "schemathesis",
    "hypothesispytest",
    "faker",
    "allure_pytest",
    "timeout",
    "anyio",
    "unraisableexception",
)
LEAN = ("--assert=plain", *(part for name in _UNNEEDED for part in ("-p", f"no:{name}")))
"""Arguments that spare a run what it does not need of pytest: half of the time to its first scenario."""
_OBJECTS_TO_COLLECT = 50_000


@dataclass(frozen=True, eq=False)
class Given:
    """Hand this to ``pytest.main`` as a plugin when the run is prepared already."""

    prepared: Prepared


@dataclass
class _Run:
    """A run as one process sees it; only the controller writes."""

    profile: Profile
    description: Description
    features: Features
    selected: frozenset[str]
    seed: int
    out: Path
    target: str
    prepared: Prepared | None = None
    cleanup: ExitStack = field(default_factory=ExitStack)
    promises: dict[str, str] = field(default_factory=dict)
    collected: int = 0
    chosen: int = 0
    ran: int = 0
    waiting: float = 0.0
    interrupted: bool = False
    broken: list[str] = field(default_factory=list)
    since: float = field(default_factory=perf_counter)


# -- for those who drive a session themselves --------------------------------------------------------------


def scenario_of(item: pytest.Item) -> ScenarioKey | None:
    """The scenario that a collected item runs; None where it runs none."""
    return item.stash.get(_KEY, None)


def audit_another(config: pytest.Config, profile: Profile, description: Description) -> None:
    """Audit another target from the next scenario on, by the same features and with the same people."""
    run = config.stash[_RUN]
    run.profile, run.description, run.target = profile, description, profile.url


# -- options and markers ---------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a run, for whoever prefers plain pytest to ``shes-audit run``."""
    group = parser.getgroup("shes-audit")
    group.addoption("--shes-target", default="", help="address or profile of the target (default: bundled reference)")
    group.addoption("--shes-seed", type=int, default=DEFAULT_SEED, help="makes the synthetic people")
    group.addoption("--shes-out", type=Path, default=DEFAULT_OUT, help="folder of the raw report")
    group.addoption("--shes-clause", action="append", default=[], help="only this clause (may be repeated)")
    group.addoption("--shes-section", action="append", default=[], help="only this section (may be repeated)")
    group.addoption("--shes-jurisdiction", default="", help="only scenarios about people of this jurisdiction")
    group.addoption("--shes-scenario", action="append", default=[], help="only this scenario, by id (may be repeated)")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known that tags are translated to."""
    for line in (
        "clause(id): the clause a scenario tests, from a tag such as @clause-4.1",
        "origin(name): policy, derived or law",
        "channel(name): an evidence channel the scenario looks into",
        "needs(name): a capability the scenario needs beyond those of its channels",
        # pytest-bdd hands the tags of a table of examples on as they stand.
        *(f"{NEEDS_TAG}{one}: this row of an outline needs it" for one in Capability),
    ):
        config.addinivalue_line("markers", line)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:
    """Translate the tags of features into markers; a tag that is none of ours is a mistake."""
    kind, _, value = tag.partition("-")
    match kind:
        case "clause":
            pytest.mark.clause(id=value)(function)
        case "needs":
            pytest.mark.needs(name=value)(function)
        case "policy" | "derived" | "law":
            pytest.mark.origin(name=tag)(function)
        case "api" | "outbound" | "mail" | "storage" | "page" | "notice" | "record":
            pytest.mark.channel(name=tag)(function)
        case _:
            raise pytest.UsageError(f"No tag @{tag} is known; see features/README.md")
    return True


# -- the run ---------------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Prepare the run, where there is one, before any worker starts."""
    config = session.config
    if _is_worker(config) or config.option.collectonly or not _wants_features(config):
        return
    cleanup = ExitStack()
    prepared = next((one.prepared for one in config.pluginmanager.get_plugins() if isinstance(one, Given)), None)
    if prepared is None:
        try:
            prepared = cleanup.enter_context(prepare(_order(config)))
        except AuditError as error:
            pytest.exit(f"\n{error}", returncode=int(error.exit_code))
    run = _Run(
        profile=prepared.profiles[0],
        description=prepared.description,
        features=prepared.features,
        selected=prepared.selected,
        seed=prepared.order.seed,
        out=prepared.order.out,
        target=prepared.order.target,
        prepared=prepared,
        cleanup=cleanup,
    )
    run.promises = {clause.id: clause.obligation for clause in prepared.register.clauses}
    config.stash[_RUN] = run
    config.pluginmanager.register(_RawReport(run))


class _RawReport:
    """Writes the raw report as scenarios end, wherever they ran."""

    def __init__(self, run: _Run) -> None:
        self._run = run

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        text = getattr(report, "shes_scenario", None)
        if text is not None and self._run.prepared is not None:
            finished = ScenarioFinished.model_validate_json(text)
            self._run.ran += 1
            self._run.waiting += finished.waiting
            self._run.prepared.writer.write(finished)
        elif report.failed and "shes_scenario_id" in report.__dict__:
            self._run.broken.append(f"{report.shes_scenario_id}: taking the stage down failed")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._run.broken.append(f"{report.nodeid} could not be collected")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        # pytest's own reasons to stop, such as a fault while collecting or --maxfail, are derived from it.
        self._run.interrupted = excinfo.type in {KeyboardInterrupt, pytest.exit.Exception}

    def pytest_internalerror(self, excrepr: object) -> None:
        self._run.broken.append("pytest itself failed")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which target it is."""
    run = node.config.stash.get(_RUN, None)
    if run is not None and run.prepared is not None:
        number = int(node.gateway.id.removeprefix("gw"))
        node.workerinput["shes_profile"] = run.prepared.profiles[number % run.prepared.workers].model_dump()
        node.workerinput["shes_declared"] = json.dumps(run.description.declared)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Find each item's scenario, and leave out what was not asked for."""
    if config.option.collectonly:
        return
    found = {item: template for item in items if (template := _template(item)) is not None}
    run = config.stash.get(_RUN, None)
    if run is None and found and _is_worker(config) and "shes_profile" in config.workerinput:  # type: ignore[attr-defined]
        run = _worker_run(config)
    if run is None:
        return
    keys = _match(found, run.features, features_folder().resolve())
    run.collected = len(keys)
    for item, key in keys.items():
        item.stash[_KEY] = key
    left_out = {item for item, key in keys.items() if key.id not in run.selected}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Count what is left to run."""
    run = session.config.stash.get(_RUN, None)
    if run is not None:
        remember()
        # What is there now stays to the end, so the garbage collector need not go through it again and again; and
        # what a scenario leaves behind can wait for the next few.
        gc.freeze()
        gc.set_threshold(_OBJECTS_TO_COLLECT)
        run.chosen = sum(_KEY in item.stash for item in session.items)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the last line of the raw report and stop what was started."""
    config = session.config
    run = config.stash.get(_RUN, None)
    if run is None:
        return
    if _is_worker(config):
        config.workeroutput["shes_counts"] = (run.collected, run.chosen)  # type: ignore[attr-defined]
        return
    integrity = [] if run.interrupted else _integrity(config, run)
    if run.prepared is not None:
        run.prepared.writer.write(
            RunFinished(
                finished_at=datetime.now(UTC),
                parsed=len(run.features.keys),
                collected=run.collected,
                selected=run.chosen,
                ran=run.ran,
                interrupted=run.interrupted,
                integrity=tuple(integrity),
                seconds=perf_counter() - run.since,
                waiting=run.waiting,
            )
        )
    run.cleanup.close()
    for message in integrity:
        config.get_terminal_writer().line(f"\nDOES NOT ADD UP: {message}", red=True)
    if integrity and session.exitstatus == PytestExit.OK:
        session.exitstatus = PytestExit.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker counted."""
    run = node.config.stash.get(_RUN, None)
    if run is None:
        return
    if error:
        run.broken.append(f"worker {node.gateway.id} ended before its time: {error}")
    collected, chosen = getattr(node, "workeroutput", {}).get("shes_counts", (0, 0))
    run.collected, run.chosen = max(run.collected, collected), max(run.chosen, chosen)


def _integrity(config: pytest.Config, run: _Run) -> list[str]:
    """What does not add up between the parsed, the collected, the selected and the run scenarios."""
    wrong = [f"a scenario name stands twice, and one of the two is lost: {name}" for name in run.features.duplicates]
    wrong += run.broken
    narrowed = bool(config.getoption("lf", False)) or any("::" in arg for arg in config.args)
    if not narrowed and run.collected != len(run.features.keys):
        wrong.append(
            f"{len(run.features.keys)} scenarios are in the feature files, but pytest collected {run.collected}"
        )
    filtered = narrowed or config.option.keyword or config.option.markexpr or config.getoption("deselect", None)
    if not filtered and run.chosen != len(run.selected):
        wrong.append(f"{len(run.selected)} scenarios were selected, but {run.chosen} are left to run")
    if run.ran != run.chosen:
        wrong.append(f"{run.chosen} scenarios were to run, but {run.ran} did")
    return wrong


# -- a scenario ------------------------------------------------------------------------------------------


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

    run = request.config.stash[_RUN]
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

    run = request.config.stash[_RUN]
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
    key = item.stash.get(_KEY, None)
    run = item.config.stash.get(_RUN, None)
    if key is None or run is None:
        return
    item.stash[_WATCH] = Watch(
        key=key,
        promise=run.promises.get(key.clauses[0], key.rule),
        repeat=repeat_command(key, target=run.target, seed=run.seed),
    )
    require(run.description, *map(Capability, key.needs))


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """Take down the lines of the scenario."""
    watch = request.node.stash.get(_WATCH, None)
    if watch is not None:
        watch.lines = [(step.keyword.strip(), step.name) for step in scenario.steps]


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
    run = item.config.stash[_RUN]
    worker = getattr(item.config, "workerinput", {}).get("workerid", "main")
    finished = watch.finish(call.excinfo.value if call.excinfo else None, worker)
    report.shes_scenario = finished.model_dump_json()  # type: ignore[attr-defined]
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


# -- helpers ---------------------------------------------------------------------------------------------


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _wants_features(config: pytest.Config) -> bool:
    """Whether what pytest was asked to run lies in the features room, or around it."""
    try:
        room = features_folder().resolve()
    except AuditError:
        return False
    asked = [(config.invocation_params.dir / arg.split("::")[0]).resolve() for arg in config.args]
    return any(path == room or room in path.parents or path in room.parents for path in asked)


def _order(config: pytest.Config) -> Order:
    option = config.option
    return Order(
        target=option.shes_target,
        seed=option.shes_seed,
        out=option.shes_out,
        clauses=tuple(option.shes_clause),
        sections=tuple(option.shes_section),
        jurisdiction=option.shes_jurisdiction,
        scenarios=tuple(option.shes_scenario),
        workers=getattr(option, "numprocesses", None) or 1,
    )


def _worker_run(config: pytest.Config) -> _Run:
    """The run as a worker sees it: the same target, features and selection."""
    order = _order(config)
    folder = features_folder()
    register = load_register(folder / "register")
    features = read_features(folder)
    run = _Run(
        profile=Profile.model_validate(config.workerinput["shes_profile"]),  # type: ignore[attr-defined]
        description=describe(json.loads(config.workerinput["shes_declared"])),  # type: ignore[attr-defined]
        features=features,
        selected=select(order, register, features.keys),
        seed=order.seed,
        out=order.out,
        target=order.target,
        promises={clause.id: clause.obligation for clause in register.clauses},
    )
    config.stash[_RUN] = run
    return run


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario or outline that an item was made from, if it was made from one."""
    return registry_get_safe(scenario_wrapper_template_registry, getattr(item, "function", None))


def _match(
    found: Mapping[pytest.Item, ScenarioTemplate], features: Features, folder: Path
) -> dict[pytest.Item, ScenarioKey]:
    """Which scenario each item is: by the place of its scenario or outline, and the number of its example."""
    by_place: dict[tuple[Path, int], list[ScenarioKey]] = {}
    for ref, key in zip(features.refs, features.keys, strict=True):
        by_place.setdefault((folder / ref.file, ref.scenario_line), []).append(key)
    matched: dict[pytest.Item, ScenarioKey] = {}
    for item, template in found.items():
        place = (Path(template.feature.filename).resolve(), template.line_number)
        callspec = getattr(item, "callspec", None)
        number = callspec.indices.get(_EXAMPLE, 0) if callspec is not None else 0
        if number < len(by_place.get(place, ())):
            matched[item] = by_place[place][number]
    return matched
