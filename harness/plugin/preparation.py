"""What a run needs before its first scenario: register, scenarios, selection, a target that answers, a raw report."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import entry_points, version

from harness.contract import Capability
from harness.errors import AuditError, UsageError
from harness.evidence.model import RunFinished, RunStarted, ScenarioKey, TargetFound
from harness.evidence.raw import RawWriter
from harness.order import Order
from harness.people.person import PeopleFactory
from harness.policy.jurisdictions import clauses_in
from harness.policy.load import load_register
from harness.policy.model import Register
from harness.policy.scenarios import check_tags
from harness.suite.features import Features, features_folder, read_features
from harness.suite.installed import Suite, load_suite
from harness.target.discovery import Description, discover
from harness.target.http import Http
from harness.target.process import Started, bundled_reference
from harness.target.profile import Profile, load_profile

_BUNDLED_TITLE = "bundled reference"
_BEFORE = "shes_audit.before_run"
_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a run needs.

    Attributes:
        profiles: What each worker audits. All are the same service.
        processes: Those that were started for the run.
    """

    order: Order
    suite: Suite
    features: Features
    selected: frozenset[str]
    profiles: tuple[Profile, ...]
    processes: tuple[Started, ...]
    description: Description
    writer: RawWriter
    started_at: datetime

    @property
    def workers(self) -> int:
        """Processes that share the work."""
        return len(self.profiles)

    def dismiss(self) -> None:
        """Let the processes end side by side, while the caller does something else: nothing is asked of them now."""
        for process in self.processes:
            process.dismiss()


def select(order: Order, register: Register, keys: Iterable[ScenarioKey]) -> frozenset[str]:
    """Ids of the scenarios that were asked for.

    Raises:
        UsageError: A clause, section, jurisdiction or scenario that there is not, or a selection that is empty.
    """
    for clause_id in order.clauses:
        register.clause(clause_id)
    keys = tuple(keys)
    if order.jurisdiction:
        _known("jurisdiction", [order.jurisdiction], {code for key in keys for code in key.jurisdictions})
        clauses_in(register, order.jurisdiction)
    _known("scenario", order.scenarios, {key.id for key in keys})
    clauses = asked_clauses(order, register)
    chosen = frozenset(
        key.id
        for key in keys
        if (not clauses or clauses & set(key.clauses))
        and (not order.jurisdiction or order.jurisdiction in key.jurisdictions)
        and (not order.scenarios or key.id in order.scenarios)
    )
    if not chosen:
        raise UsageError(
            "No scenario fits what was asked for.",
            cause="no scenario looks at these clauses yet, or none of them is about this jurisdiction",
            remedy="`shes-audit clauses` lists the clauses with their scenarios",
        )
    return chosen


def asked_clauses(order: Order, register: Register) -> frozenset[str]:
    """Clauses that were asked for by id or by section; none means all."""
    of_sections = {clause.id for section in order.sections for clause in register.in_section(section)}
    return frozenset(order.clauses) | of_sections


@contextmanager
def prepare(order: Order, register: Register | None = None, reference: Started | None = None) -> Iterator[Prepared]:
    """Prepare a run, and clean up after it: the bundled target is stopped, the raw report closed.

    The output folder is reserved by the caller. The raw report begins before the target is contacted; if the target
    cannot be audited, its last line says why.

    Args:
        order: What somebody asked for.
        register: The policy register; read when not given.
        reference: The first process of the bundled reference; started when not given.

    Raises:
        UsageError: Something asked for cannot be.
        TargetError: The target does not answer as a target does.
    """
    folder = features_folder()
    profile = load_profile(order.target) if order.target else None
    if profile is not None:
        # Nobody at all is made here: a domain that is not reserved is refused.
        PeopleFactory(order.seed, profile.mail_domain, profile.user_agent)
        profile.assurance_token()
    with ExitStack() as stack:

        def start() -> Started:
            return stack.enter_context(bundled_reference(order.out))

        # A process takes a second to start: the first one does so while the features are read.
        processes = [] if profile else [reference or start()]
        register = register or load_register(folder / "register")
        features = read_features(folder)
        check_tags(features.refs, register)
        selected = select(order, register, features.keys)
        suite = load_suite(register, features.keys)
        if profile is None:
            # One for each core that works: a process of Python keeps no more than one busy.
            cores = min(_most_workers(order, len(selected)), os.cpu_count() or 1)
            processes += [start() for _ in range(cores - 1)]
        now = datetime.now(UTC)
        # What an earlier run left is replaced only when this one begins, and then all of it.
        for entry in entry_points(group=_BEFORE):
            entry.load()(order.out)
        writer = stack.enter_context(RawWriter(order.out))
        writer.write(_first_line(order, suite, selected, now, profile.title if profile else _BUNDLED_TITLE))
        try:
            profiles = [profile] if profile else [Profile(url=one.url, name=_BUNDLED_TITLE) for one in processes]
            http = Http(profiles[0])
            stack.callback(http.close)
            description = discover(http)
            workers = _workers(order, description, len(selected))
        except AuditError as error:
            writer.write(_never_begun(suite, error))
            raise
        profiles = (profiles * workers)[:workers]
        writer.write(
            TargetFound(
                address=profiles[0].url,
                service=description.service,
                build=description.declared["service"]["version"],
                contract=description.contract,
                capabilities=tuple(sorted(description.capabilities)),
                declared=description.declared,
            )
        )
        prepared = Prepared(
            order, suite, features, selected, tuple(profiles), tuple(processes), description, writer, now
        )
        # All are asked to end before the first is waited for.
        stack.callback(prepared.dismiss)
        yield prepared


def _first_line(order: Order, suite: Suite, selected: frozenset[str], now: datetime, target: str) -> RunStarted:
    return RunStarted(
        run_id=secrets.token_hex(8),
        tool=f"shes-audit {version('shes-audit')}",
        started_at=now,
        target=target,
        seed=order.seed,
        policy=suite.register.policy.title,
        suite=suite.digests,
        clauses=_asked(order, suite, selected),
        jurisdiction=order.jurisdiction,
        parsed=suite.keys,
        selected=tuple(key.id for key in suite.keys if key.id in selected),
    )


def _never_begun(suite: Suite, error: AuditError) -> RunFinished:
    return RunFinished(
        finished_at=datetime.now(UTC),
        parsed=len(suite.keys),
        collected=0,
        selected=0,
        ran=0,
        integrity=(f"no scenario ran: {error.what}",),
    )


def _asked(order: Order, suite: Suite, selected: frozenset[str]) -> tuple[str, ...]:
    """Clauses that the run is for; none when it is for all of them."""
    asked = asked_clauses(order, suite.register)
    if order.scenarios:
        asked = frozenset(clause for key in suite.keys if key.id in selected for clause in key.clauses)
    return suite.register.in_order(asked)


def _workers(order: Order, description: Description, scenarios: int) -> int:
    if Capability.WORLDS in description.capabilities:
        return _most_workers(order, scenarios)
    if order.workers and order.workers > 1:
        raise UsageError(
            "The target has no worlds, so scenarios cannot run side by side.",
            cause=f"-n {order.workers} was asked for",
            remedy="run with -n 1",
        )
    return 1


def _most_workers(order: Order, scenarios: int) -> int:
    return min(order.workers or min(os.cpu_count() or 1, _MOST_WORKERS), scenarios)


def _known(what: str, asked: Sequence[str], known: set[str]) -> None:
    for one in asked:
        if one not in known:
            raise UsageError(
                f"There is no {what} {one!r}.",
                cause="a typing error, or nothing looks at it yet",
                remedy=f"one of: {', '.join(sorted(known))}" if len(known) < 80 else "see `shes-audit clauses`",
            )
