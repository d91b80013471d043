"""The service is killed at random moments of purges, shares and changes of consent, and started again on the same data.

Three times here; ``make kill`` does it fifty times (``SHES_KILLS``), from another beginning if wanted (``SHES_SEED``).
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import requests

from .conftest import PERSON, Api, Arrival, Outside, Process, start

KILLS = int(os.environ.get("SHES_KILLS", "3"))
SEED = int(os.environ.get("SHES_SEED", "1"))
CONSENT = "/v1/shes-account/consents/email-marketing"
HALF_A_YEAR = timedelta(days=185)


@dataclass
class Citizen:
    """What a person was told by the service, and what they may not be told yet."""

    email: str
    name: str
    account_id: str
    consents: bool = False
    token: str | None = None
    values: set[str] = field(default_factory=set)
    shares_asked: int = 0


class Town:
    """People who use the service while it is killed, and a company that notes whatever arrives."""

    def __init__(self, outside: Outside, data: Path) -> None:
        self.dice = random.Random(SEED)
        self.outside = outside
        self.data = data
        self.now = datetime.fromisoformat("2027-03-10T12:00:00+00:00")
        self.people: list[Citizen] = []
        self.gone: list[Citizen] = []
        self.of_subject: dict[str, str] = {}
        self.bodies: dict[str, dict[str, Any]] = {}
        self.forbidden: list[str] = []
        self.may_share: set[str] = set()
        self.joined = 0
        outside.status = self.arrive
        self.session = requests.Session()
        self.begin()

    def arrive(self, arrival: Arrival) -> int:
        """Note a delivery, after a moment in which the service may be killed.

        Some that come while it is about to be killed get lost on the company's side, and no answer ever leaves.
        """
        if self.dying and self.dice.random() < 0.5:
            self.process.process.wait(60)
            return 503
        subject = dict(arrival.body["subject"])
        if arrival.body["kind"] == "share":
            self.of_subject[subject["subject_id"]] = subject["email"]
            if subject["email"] not in self.may_share:
                self.forbidden.append(f"a share about {subject['email']} after the withdrawal was answered")
        before = self.bodies.setdefault(arrival.key, arrival.body)
        if {**before, "sent_at": None} != {**arrival.body, "sent_at": None}:
            self.forbidden.append(f"two deliveries under the key {arrival.key}")
        time.sleep(self.dice.random() * 0.03)
        return 202

    def begin(self) -> None:
        """Start the service, and tell it what it is told at each start: the wiring and the time."""
        self.process: Process = start("--data-dir", str(self.data))
        self.root = Api(self.process.url, self.session)
        recipients = self.root("GET", "/.well-known/shes-assurance", 200).json()["recipients"]
        self.root("PUT", "/assurance/v1/clock", 200, json={"now": self.now.isoformat()})
        self.root("PUT", "/assurance/v1/wiring", 204, json=self.outside.wiring(recipients))
        self.root.settle()

    def join(self) -> None:
        self.joined += 1
        email, name = f"citizen-{self.joined}-{SEED}@example.org", f"Citizen Canary{self.joined}x{SEED}"
        api = Api(self.process.url, self.session)
        # In the United Kingdom: no ground for a transfer ends while the years pass here, and nobody advertises.
        api.register(self.outside, email=email, country="GB")
        api.sign_in(email)
        account = api.create("GB", "EC1A 1BB", email=email, display_name=name)
        self.people.append(Citizen(email, name, account["account_id"], values={email, name, account["account_id"]}))

    def as_citizen(self, citizen: Citizen) -> Api:
        api = Api(self.process.url, self.session)
        api.token = citizen.token
        return api

    def kill_during(self, longest: float, act: Callable[[], object]) -> None:
        """Let something happen again and again until the service dies, at a random moment."""
        process = self.process.process
        killer = Timer(self.dice.uniform(0, longest), process.kill)
        self.dying = True
        killer.start()
        try:
            while True:
                act()
        except requests.RequestException:
            assert process.wait(60) == -signal.SIGKILL
        finally:
            killer.join()
            self.dying = False
            for pipe in (process.stdin, process.stdout):
                assert pipe
                pipe.close()

    def act(self, citizen: Citizen) -> None:
        """One change; what is noted before the request may have been done, what is noted after it has been done."""
        api = self.as_citizen(citizen)
        match self.dice.choice(("give", "withdraw", "rename")):
            case "give":
                self.may_share.add(citizen.email)
                citizen.shares_asked += 1
                self.unsure = citizen
                api.consent()
                citizen.consents = True
            case "withdraw":
                self.unsure = citizen
                api("DELETE", CONSENT, 200)
                citizen.consents = False
                self.may_share.discard(citizen.email)
            case "rename":
                citizen.shares_asked += 1
                self.unsure = citizen
                name = f"{citizen.name.split('#')[0]}#{self.dice.randrange(1000)}"
                citizen.values.add(name)
                api("PATCH", "/v1/shes-account", 200, json={"display_name": name})
                citizen.name = name
        self.unsure = None

    dying = False
    """Whether the service is about to be killed."""

    unsure: Citizen | None = None
    """Whose last change was not answered."""

    def live(self) -> None:
        """One kill, and what must hold after it."""
        while len(self.people) < 4:
            self.join()
        for citizen in self.people:
            api = Api(self.process.url, self.session)
            api.sign_in(citizen.email)
            citizen.token = api.token
            for _ in range(2):
                self.act(citizen)
        self.unsure = None
        if self.dice.random() < 0.4:
            for _ in range(2):
                leaving = self.people.pop(self.dice.randrange(len(self.people)))
                self.as_citizen(leaving)("POST", "/v1/shes-account/deletion", 202, json={"reason": leaving.name})
                self.may_share.discard(leaving.email)
                self.gone.append(leaving)
            self.root.settle()
            self.now += HALF_A_YEAR
            self.kill_during(0.3, self.pass_time)
        else:
            self.kill_during(0.5, lambda: self.act(self.dice.choice(self.people)))
        self.begin()
        self.check()

    def pass_time(self) -> None:
        self.root("PUT", "/assurance/v1/clock", 200, json={"now": self.now.isoformat()})
        self.root.settle()

    def check(self) -> None:
        assert self.forbidden == []
        for citizen in self.people:
            api = Api(self.process.url, self.session)
            api.sign_in(citizen.email)
            citizen.token = api.token
            (state,) = [
                entry
                for entry in api("GET", "/v1/shes-account/consents", 200).json()["consents"]
                if entry["purpose"] == "email-marketing"
            ]
            name = api("GET", "/v1/shes-account", 200).json()["display_name"]
            if citizen is self.unsure:
                citizen.consents, citizen.name = state["given"], name
            assert (state["given"], name) == (citizen.consents, citizen.name), "what was acknowledged is lost"
            if not citizen.consents:
                self.may_share.discard(citizen.email)
        self.check_deliveries()
        content = b"".join(file.read_bytes() for file in self.data.rglob("*") if file.is_file())
        for citizen in self.gone:
            self.root("POST", "/v1/sessions", 401, json={"email": citizen.email, "password": PERSON["password"]})
            assert not [value for value in citizen.values if value.encode() in content], "the purge left something"

    def check_deliveries(self) -> None:
        """One key for each event; the ledger says what arrived; the company has what it may have."""
        ledger = {entry["delivery_id"]: entry["state"] for entry in self.root.disclosures()}
        delivered = {key for key, state in ledger.items() if state == "delivered"}
        assert delivered == set(self.bodies)
        last: dict[str, str] = {}
        shares: Counter[str] = Counter()
        for body in self.bodies.values():
            # A share may have been lost on its way; the withdrawal after it arrives alone.
            person = self.of_subject.get(body["subject"]["subject_id"], "nobody known")
            last[person] = str(body["kind"])
            shares[person] += body["kind"] == "share"
        for citizen in self.people:
            assert (last.get(citizen.email) == "share") == citizen.consents, citizen
            assert shares[citizen.email] <= citizen.shares_asked
        for citizen in self.gone:
            assert last.get(citizen.email) != "share"


@pytest.fixture
def town(outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    # What a killed process leaves in the folder for temporary files goes with the test's.
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    opened = Town(outside, tmp_path / "data")
    yield opened
    opened.session.close()
    opened.process.stop()


@pytest.mark.timeout(120 + 60 * KILLS)
def test_after_a_kill_nothing_is_lost_or_sent_twice_or_forbidden_and_purges_are_finished(town: Town) -> None:
    for _ in range(KILLS):
        town.live()
