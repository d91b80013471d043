"""What a run needs before its first scenario: register, scenarios, selection, a target that answers, a raw report."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from harness.contract import Capability
from harness.errors import UsageError
from harness.evidence.model import RunStarted, ScenarioKey
from harness.evidence.raw import RawWriter, check_writable
from harness.order import Order
from harness.people.person import PeopleFactory
from harness.people.residences import RESIDES, residence, residences_in
from harness.policy.jurisdictions import clauses_in
from harness.policy.load import find_register, load_register
from harness.policy.model import Origin, Register
from harness.policy.scenarios import ScenarioRef, check_tags, find_duplicates, read_scenarios
from harness.target.discovery import Description, discover
from harness.target.http import Http
from harness.target.process import Started, bundled_reference
from harness.target.profile import Profile, load_profile

_MOST_WORKERS = 4
_SENTENCE = re.compile(rf"^(?P<residence>.*{RESIDES}.*)$", re.MULTILINE)

# What it takes to look into a channel.
_CHANNEL_NEEDS = {
    "outbound": (Capability.WIRING, Capability.SETTLE),
    "mail": (Capability.WIRING, Capability.SETTLE),
    "storage": (Capability.STORAGE,),
    "record": (Capability.RECORDS,),
}


Places = dict[str, dict[int, tuple[ScenarioKey, ...]]]
"""Scenarios by file and by the line on which the scenario or outline begins: the rows of an outline, in their order."""


@dataclass(frozen=True, slots=True)
class Features:
    """The scenarios of the feature files, read independently of pytest.

    Attributes:
        refs: As they were parsed.
        keys: The same, as reports know them.
        duplicates: Names that stand twice in one file; pytest-bdd would drop one of the two.
    """

    refs: tuple[ScenarioRef, ...]
    keys: tuple[ScenarioKey, ...]
    duplicates: tuple[str, ...]

    @property
    def places(self) -> Places:
        """The keys by their places."""
        found: Places = {}
        for ref, key in zip(self.refs, self.keys, strict=True):
            lines = found.setdefault(ref.file, {})
            lines[ref.scenario_line] = (*lines.get(ref.scenario_line, ()), key)
        return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a run needs.

    Attributes:
        profiles: What each worker audits. All are the same service.
        processes: Those that were started for the run.
    """

    order: Order
    register: Register
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


def features_folder() -> Path:
    """The features room: the folder the register lies in."""
    return find_register().parent


def read_features(folder: Path) -> Features:
    """Read every scenario of the features room.

    Raises:
        UsageError: A feature file cannot be parsed.
    """
    refs = tuple(read_scenarios(folder, _jurisdictions, _SENTENCE))
    duplicates = tuple(f"{one.name!r} in {one.file}, lines {one.lines}" for one in find_duplicates(refs))
    return Features(refs, tuple(_key(ref) for ref in refs), duplicates)


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
    check_writable(order.out)
    with ExitStack() as stack:

        def start() -> Started:
            return stack.enter_context(bundled_reference(order.out))

        # A process takes a second to start: the first one does so while the features are read.
        processes = [] if profile else [reference or start()]
        register = register or load_register(folder / "register")
        features = read_features(folder)
        check_tags(features.refs, register)
        selected = select(order, register, features.keys)
        if profile is None:
            # One for each core that works: a process of Python keeps no more than one busy.
            cores = min(_most_workers(order, len(selected)), os.cpu_count() or 1)
            processes += [start() for _ in range(cores - 1)]
        profiles = [profile] if profile else [Profile(url=one.url, name="bundled reference") for one in processes]
        profile = profiles[0]
        # Nobody at all is made here: a domain that is not reserved is refused.
        PeopleFactory(order.seed, profile.mail_domain, profile.user_agent)
        http = Http(profile)
        stack.callback(http.close)
        description = discover(http)
        workers = _workers(order, description, len(selected))
        profiles = (profiles * workers)[:workers]
        now = datetime.now(UTC)
        # Last: what an earlier run left is replaced only when this one begins.
        writer = stack.enter_context(RawWriter(order.out))
        prepared = Prepared(
            order, register, features, selected, tuple(profiles), tuple(processes), description, writer, now
        )
        # Before the first one is waited for, all are told.
        stack.callback(prepared.dismiss)
        writer.write(_first_line(prepared))
        yield prepared


def _first_line(prepared: Prepared) -> RunStarted:
    order = prepared.order
    return RunStarted(
        run_id=secrets.token_hex(8),
        tool=f"shes-audit {version('shes-audit')}",
        started_at=prepared.started_at,
        target=prepared.profiles[0].title,
        service=prepared.description.service,
        contract=prepared.description.contract,
        capabilities=tuple(sorted(prepared.description.capabilities)),
        declared=prepared.description.declared,
        seed=order.seed,
        policy=_title(prepared.register),
        clauses=_asked(prepared),
        jurisdiction=order.jurisdiction,
        parsed=prepared.features.keys,
        selected=tuple(key.id for key in prepared.features.keys if key.id in prepared.selected),
    )


def _asked(prepared: Prepared) -> tuple[str, ...]:
    """Clauses that the run is for; none when it is for all of them."""
    asked = asked_clauses(prepared.order, prepared.register)
    if prepared.order.scenarios:
        asked = frozenset(
            clause for key in prepared.features.keys if key.id in prepared.selected for clause in key.clauses
        )
    return prepared.register.in_order(asked)


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


def _title(register: Register) -> str:
    policy = register.policy
    return f"{policy.publisher}, {policy.account_name}, last updated {policy.last_updated}"


def _key(ref: ScenarioRef) -> ScenarioKey:
    unknown = sorted(set(ref.needs) - set(Capability))
    if unknown:
        raise UsageError(
            f"{ref.file}:{ref.line}: no target can have the capability {unknown[0]!r} ({ref.name}).",
            cause="a slip in a tag @needs-...",
            remedy=f"one of: {', '.join(Capability)}",
        )
    implied = [str(need) for channel in ref.channels for need in _CHANNEL_NEEDS.get(channel, ())]
    return ScenarioKey(
        id=ref.id,
        feature=ref.feature,
        file=ref.file,
        line=ref.line,
        rule=ref.rule,
        name=ref.name,
        clauses=ref.clauses,
        origin=ref.origin or Origin.POLICY,
        channels=ref.channels,
        needs=tuple(dict.fromkeys([*implied, *ref.needs])),
        jurisdictions=tuple(sorted(ref.jurisdictions)),
    )


@cache
def _jurisdictions(sentence: str) -> frozenset[str]:
    return frozenset(code for place in residences_in(sentence) for code in residence(place).jurisdictions)


def _known(what: str, asked: Sequence[str], known: set[str]) -> None:
    for one in asked:
        if one not in known:
            raise UsageError(
                f"There is no {what} {one!r}.",
                cause="a typing error, or nothing looks at it yet",
                remedy=f"one of: {', '.join(sorted(known))}" if len(known) < 80 else "see `shes-audit clauses`",
            )
