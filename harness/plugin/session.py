"""A run from its preparation to its last line: what is collected, what is left out, what does not add up."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from datetime import UTC, datetime
from time import perf_counter

import pytest
from _pytest.config import ExitCode as PytestExit

from harness.errors import AuditError
from harness.evidence.folder import writing_to
from harness.evidence.model import RunFinished
from harness.plugin.foreign import foreign
from harness.plugin.lookup import remember
from harness.plugin.matching import match, template_of
from harness.plugin.options import complete_markers, is_worker, order_of, wants_features
from harness.plugin.preparation import prepare
from harness.plugin.run import KEY, RUN, Given, RawReport, Run
from harness.plugin.workers import enlist
from harness.suite.features import features_folder

_OBJECTS_TO_COLLECT = 50_000


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Prepare the run, where there is one, before any worker starts."""
    config = session.config
    if is_worker(config):
        enlist(config)
        return
    if config.option.collectonly or not wants_features(config):
        return
    cleanup = ExitStack()
    prepared = next((one.prepared for one in config.pluginmanager.get_plugins() if isinstance(one, Given)), None)
    if prepared is None:
        try:
            order = order_of(config)
            cleanup.enter_context(writing_to(order.out))
            prepared = cleanup.enter_context(prepare(order))
        except AuditError as error:
            cleanup.close()
            pytest.exit(f"\n{error}", returncode=int(error.exit_code))
    run = Run(
        profile=prepared.profiles[0],
        description=prepared.description,
        places=prepared.features.places,
        selected=prepared.selected,
        seed=prepared.order.seed,
        out=prepared.order.out,
        gate=prepared.order.gate,
        target=prepared.order.target,
        promises={clause.id: clause.obligation for clause in prepared.suite.register.clauses},
        prepared=prepared,
        cleanup=cleanup,
    )
    config.stash[RUN] = run
    config.pluginmanager.register(RawReport(run))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Find each item's scenario, and leave out what was not asked for."""
    if wants_features(config):
        for item in items:
            if template_of(item) is not None:
                complete_markers(item)
    run = config.stash.get(RUN, None)
    if run is None:
        return
    found = {item: template for item in items if (template := template_of(item)) is not None}
    keys = match(found, run.places, features_folder().resolve())
    run.collected = len(keys)
    for item, key in keys.items():
        item.stash[KEY] = key
    left_out = {item for item, key in keys.items() if key.id not in run.selected}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Count what is left to run."""
    run = session.config.stash.get(RUN, None)
    if run is not None:
        remember()
        # What is there now stays to the end, so the garbage collector need not go through it again and again; and
        # what a scenario leaves behind can wait for the next few.
        gc.freeze()
        gc.set_threshold(_OBJECTS_TO_COLLECT)
        run.chosen = sum(KEY in item.stash for item in session.items)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the last line of the raw report and stop what was started."""
    config = session.config
    run = config.stash.get(RUN, None)
    if run is None:
        return
    if is_worker(config):
        config.workeroutput["shes_counts"] = (run.parsed, run.collected, run.chosen)  # type: ignore[attr-defined]
        return
    integrity = [] if run.interrupted else _integrity(config, run)
    if run.prepared is not None:
        run.prepared.writer.write(
            RunFinished(
                finished_at=datetime.now(UTC),
                parsed=run.parsed,
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


def _integrity(config: pytest.Config, run: Run) -> list[str]:
    """What does not add up between the parsed, the collected, the selected and the run scenarios."""
    duplicates = run.prepared.features.duplicates if run.prepared is not None else ()
    wrong = [f"a scenario name stands twice, and one of the two is lost: {name}" for name in duplicates]
    # Several workers may have met the same.
    wrong += dict.fromkeys(run.broken)
    wrong += [f"{path} was loaded, which is no part of the suite and can change outcomes" for path in foreign(config)]
    narrowed = bool(config.getoption("lf", False)) or any("::" in arg for arg in config.args)
    if not narrowed and run.collected != run.parsed:
        wrong.append(f"{run.parsed} scenarios are in the feature files, but pytest collected {run.collected}")
    filtered = narrowed or config.option.keyword or config.option.markexpr or config.getoption("deselect", None)
    if not filtered and run.chosen != len(run.selected):
        wrong.append(f"{len(run.selected)} scenarios were selected, but {run.chosen} are left to run")
    if run.ran != run.chosen:
        wrong.append(f"{run.chosen} scenarios were to run, but {run.ran} did")
    return wrong
