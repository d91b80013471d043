"""Raw reports made by hand, so that the views are tested without a target."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.evidence.model import (
    Channel,
    Check,
    Digests,
    Evidence,
    EvidenceKind,
    Model,
    Origin,
    Outcome,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioKey,
    Step,
    TargetFound,
    Tier,
    digest_of,
)
from harness.evidence.outcome import ENDINGS
from harness.evidence.raw import FILE_NAME, RawWriter, read_raw
from harness.policy.load import find_register, load_register
from harness.policy.model import Register
from harness.suite.installed import Suite
from harness.suite.lock import make_lock
from harness.verdict import Conditions, assess
from harness.verdict.model import Compliance
from reports.material import Material
from reports.views import write_all

TODAY = date(2026, 3, 1)
START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DIGESTS = Digests(features="f" * 64, policy="e" * 64, steps="d" * 64)
LINES = (
    ("Given ", "Femke from the Netherlands has a SHES account"),
    ("When ", "she deletes her account"),
    ("Then ", "her data is gone"),
)


@dataclass
class Sample:
    """A run under construction, of which every view can be made."""

    folder: Path
    register: Register
    required: list[str] = field(default_factory=lambda: ["4.1"])
    done: list[ScenarioFinished] = field(default_factory=list)
    never_ended: list[ScenarioKey] = field(default_factory=list)
    service: str = "Reference SHES account service 0.1"
    policy: str = ""
    ends: bool = True
    integrity: tuple[str, ...] = ()
    waivers: str = ""

    def key(self, clause: str, name: str, **more: Any) -> ScenarioKey:
        file = f"{int(clause.split('.', maxsplit=1)[0]):02d}-sample.feature"
        row = self.register.clause(clause)
        values: dict[str, Any] = {
            "id": f"{file}::{name}",
            "feature": f"Section {clause.split('.', maxsplit=1)[0]}",
            "file": file,
            "line": 12,
            "rule": row.title,
            "name": name,
            "clauses": (clause,),
            "origin": Origin.POLICY,
            "channels": tuple(Channel(channel) for channel in row.channels),
        }
        values |= more
        parts = (values[part] for part in ("clauses", "origin", "channels"))
        values["digest"] = digest_of(*parts, values.get("needs", ()), [text for _, text in LINES])
        return ScenarioKey(**values)

    def add(
        self,
        clause: str,
        name: str,
        outcome: Outcome = Outcome.PASSED,
        reason: str = "",
        *,
        evidence: tuple[Evidence, ...] | None = None,
        observations: tuple[str, ...] = (),
        channels_checked: tuple[Channel, ...] | None = None,
        **key: Any,
    ) -> ScenarioFinished:
        scenario = self.key(clause, name, **key)
        passed = outcome is Outcome.PASSED
        looked = outcome in (Outcome.PASSED, Outcome.VIOLATED)
        states = ("passed", "passed", ENDINGS.get(outcome, "passed"))
        pieces = EVIDENCE if evidence is None else evidence
        done = ScenarioFinished(
            scenario=scenario,
            outcome=outcome,
            promise=self.register.clause(clause).obligation,
            reason=reason,
            steps=tuple(
                Step(
                    keyword=keyword,
                    text=text,
                    status=state,
                    seconds=0.2,
                    message=reason if state in ENDINGS.values() else "",
                )
                for (keyword, text), state in zip(LINES, states, strict=True)
            ),
            checks=tuple(
                Check(
                    channel=channel,
                    tier=Tier.OBSERVED,
                    claim=f"nothing of Femke is found by way of {channel}",
                    passed=passed,
                    detail="" if passed else "her e-mail address stands in account.db at byte 40960",
                    evidence=tuple(piece.id for piece in pieces[-1:]),
                    step=2,
                )
                for channel in (scenario.channels if channels_checked is None else channels_checked)
            )
            if looked
            else (),
            evidence=pieces,
            people=("Femke de Vries <femke.devries@example.org>, Utrecht, born 1990-05-04",),
            observations=observations,
            repeat=f"shes-audit run --scenario '{scenario.id}' --seed 7",
            started_at=START + timedelta(seconds=len(self.done)),
            seconds=0.6,
            waiting=0.4,
        )
        self.done.append(done)
        return done

    def write(self) -> Path:
        keys = [*(one.scenario for one in self.done), *self.never_ended]
        start = RunStarted(
            run_id="20260301-093000-7",
            tool="shes-audit 0.1.0",
            started_at=START,
            target="http://127.0.0.1:8080",
            seed=7,
            policy=self.policy or self.register.policy.title,
            suite=DIGESTS,
            parsed=tuple(keys),
            selected=tuple(key.id for key in keys),
        )
        found = TargetFound(
            address="http://127.0.0.1:8080",
            service=self.service,
            build="0.1",
            contract="1.0.0",
            capabilities=("worlds", "clock", "storage", "mail"),
        )
        lines: list[Model] = [start, found, *self.done]
        if self.ends:
            lines.append(
                RunFinished(
                    finished_at=START + timedelta(seconds=90),
                    parsed=len(keys),
                    collected=len(keys),
                    selected=len(self.done),
                    ran=len(self.done),
                    integrity=self.integrity,
                    seconds=90,
                    waiting=75,
                )
            )
        with RawWriter(self.folder) as writer:
            for line in lines:
                writer.write(line)
        return writer.path

    def write_gate(self) -> Path:
        path = self.folder / "gate.toml"
        path.write_text(f"require = {self.required!r}\n".replace("'", '"') + self.waivers, encoding="utf-8")
        return path

    def suite(self) -> Suite:
        keys = (*(one.scenario for one in self.done), *self.never_ended)
        return Suite(self.register, keys, DIGESTS, make_lock(self.register.ids, keys, DIGESTS))

    def compliance(self) -> Compliance:
        raw = self.write()
        now = datetime.combine(TODAY, time(12), UTC)
        return assess(read_raw(raw), self.suite(), self.write_gate(), Conditions(now=now))

    def material(self) -> Material:
        compliance = self.compliance()
        path = self.folder / FILE_NAME
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return Material(read_raw(path), compliance, self.register, FILE_NAME, digest)

    def views(self) -> Path:
        compliance = self.compliance()
        path = self.folder / FILE_NAME
        write_all(path, compliance, self.folder, self.register)
        return self.folder

    def fill(self) -> Sample:
        """A bit of everything: each outcome, each origin, several jurisdictions, a channel that nobody looked into."""
        self.required = ["1.4", "2.3", "2.5", "4.1", "4.3"]
        self.add("1.4", "No more than the five items is stored", jurisdictions=("FR",))
        self.add("1.4", "No more than the five items is stored in Japan", jurisdictions=("JP",))
        self.add("2.5", "The share goes to the company of the residence", channels_checked=(Channel.API,))
        self.add(
            "2.3",
            "A service mail carries no promotion",
            Outcome.VIOLATED,
            "The mail of 2 March to Bram advertises headphones.",
            origin=Origin.DERIVED,
        )
        self.add("4.1", "Six months after 31 August", observations=("The purge came 3 days before it had to.",))
        self.add("4.1", "Erased within the declared window", origin=Origin.DERIVED, clauses=("4.1", "4.3"))
        self.add(
            "4.3",
            "Nothing of the person is left in the bytes",
            Outcome.VIOLATED,
            "Femke's e-mail address stands in account.db at byte 40960, six months and 8 days after the deletion.",
        )
        self.add("5.5", "A safeguard for each transfer", Outcome.INCONCLUSIVE, "The target did not settle within 30 s.")
        self.add(
            "7.1", "Asked for age in Spain", Outcome.NOT_ASSESSED, "The target does not offer `clock`.", needs=("mail",)
        )
        self.add("8.CA.18", "No financial incentive without notice", origin=Origin.LAW, jurisdictions=("US-CA",))
        return self


EVIDENCE = (
    Evidence(
        id="e1",
        kind=EvidenceKind.EXCHANGE,
        title="DELETE /v1/account -> 202",
        text="DELETE /v1/account HTTP/1.1\nAuthorization: Bearer [redacted]\n\nHTTP/1.1 202 Accepted\n",
        step=1,
    ),
    Evidence(
        id="e2",
        kind=EvidenceKind.STORAGE,
        title="account.db, 45 places searched",
        media_type="application/json",
        text='{"places": 45, "found": []}',
        step=2,
    ),
)


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(find_register())


@pytest.fixture(autouse=True)
def _no_allure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allure's own program takes seconds and has tests of its own."""
    monkeypatch.setattr("reports.allure.tool.find_allure", lambda: None)


@pytest.fixture
def sample(tmp_path: Path, register: Register) -> Sample:
    return Sample(tmp_path / "out", register)
