"""Whatever the contract allows a target to answer, and whatever it does not, a step makes something of it.

Answers are generated from the schemas of the contract. Every scenario is played against a target that gives nothing
but such answers: it may end in any way, only not by a fault of the harness.
"""

from __future__ import annotations

import json
import random
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from harness import contract
from harness.contract import Capability
from harness.errors import AuditError, PromiseBroken
from harness.people.person import PeopleFactory
from harness.people.residences import countries
from harness.plugin.preparation import read_features
from harness.policy.scenarios import ScenarioRef
from harness.stage import Outside, Stage
from harness.stage.mailbox import Mailbox
from harness.target.conformity import breaches
from harness.target.discovery import describe
from harness.target.http import Answer, Exchange, Http
from harness.target.profile import Profile
from harness.vocabulary.lookup import load, understand
from harness.world.mailbox import MailServer
from harness.world.recipients import RecipientServer

FEATURES = Path(__file__).parents[2] / "features"
DRAWN = 10
"""Answers drawn for each operation and status."""
REACHED = 90
"""Sentences that are carried out at least; people who are never let in, and empty inboxes, end many scenarios early."""
DAMAGE: tuple[Any, ...] = (None, 7, "no time", [], {}, [None], True)


def _responses() -> Iterator[tuple[str, int, dict[str, Any]]]:
    document = contract.document()
    for operation in contract.operations().values():
        spec = document["paths"][operation.path][operation.method.lower()]
        for status, found in spec["responses"].items():
            response = document["components"]["responses"].get(found.get("$ref", "").rpartition("/")[2], found)
            for media in response.get("content", {}).values():
                if media["schema"] != {}:
                    yield operation.id, int(status), media["schema"]


@cache
def answers() -> dict[tuple[str, int], list[Any]]:
    """Drawn answers by operation and status. Each schema of an answer is made that of a request, which can be drawn."""
    document = contract.document()
    found = list(_responses())
    # Many operations share a schema.
    distinct = {json.dumps(schema): schema for _, _, schema in found}
    paths = {
        f"/{number}": {
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "None"}},
            }
        }
        for number, schema in enumerate(distinct.values())
    }
    schemas = {"schemas": document["components"]["schemas"]}
    info = {"title": "Answers", "version": "1"}
    made = schemathesis.openapi.from_dict({"openapi": "3.1.0", "info": info, "paths": paths, "components": schemas})
    drawn = {text: _drawn(made[f"/{number}"]["POST"].as_strategy()) for number, text in enumerate(distinct)}
    # Not every library takes the same characters for blanks.
    return {
        (one, status): [body for body in drawn[json.dumps(schema)] if not any(breaches(one, status, _bytes(body)))]
        for one, status, schema in found
    }


def _bytes(body: Any) -> bytes:
    return json.dumps(body).encode()


def _drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    drawn: list[Any] = []

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Any) -> None:
        drawn.append(case.body)

    draw()
    return drawn


class Anything(Http):
    """A target that answers anything the contract allows; with ``damaged``, most of it with one member spoilt."""

    def __init__(self, chance: random.Random, *, damaged: bool) -> None:
        super().__init__(Profile(url="http://127.0.0.1:9"))
        self.chance = chance
        self.damaged = damaged

    def request(self, method: str, url: str, *, name: str = "", **_: Any) -> Answer:  # type: ignore[override]
        status, body = self._answer(name)
        content = body if isinstance(body, bytes) else _bytes(body)
        headers = {"content-type": "application/json"}
        number = self.observer(Exchange(method, url, {}, "", status, headers, content, 0.0, operation=name))
        return Answer(name or f"{method} {url}", status, headers, content, number)

    def _answer(self, name: str) -> tuple[int, Any]:
        if name == "openWorld":
            return 201, {"world_id": "w", "base_url": "http://127.0.0.1:9/w", "now": "2026-03-16T10:17:23Z"}
        if name in {"settle", "setClock"}:
            return 200, {"settled": True, "now": "2026-03-16T10:17:23Z"}
        operation = contract.operations().get(name)
        if operation is None:
            return 200, b"<html>Bonjour</html>"
        success = sorted(one for one in operation.statuses if one < 300)
        refused = sorted(operation.statuses - set(success))
        status = self.chance.choice(refused if refused and self.chance.random() < 0.04 else success)
        drawn = answers().get((name, status))
        if drawn is None:
            return status, b"\x00some bytes"
        body = self.chance.choice(drawn)
        if name == "readMailIntake":
            # Nobody is connected to.
            body = {**body, "host": "127.0.0.1", "port": 9, "url": "http://127.0.0.1:9/", "alternatives": []}
        return status, self._spoilt(body) if self.damaged and self.chance.random() < 0.2 else body

    def _spoilt(self, body: Any) -> Any:
        """The same with one member replaced, at any depth."""
        if isinstance(body, dict) and body:
            name = self.chance.choice(sorted(body))
            deeper = isinstance(body[name], dict | list) and body[name] and self.chance.random() < 0.6
            return {**body, name: self._spoilt(body[name]) if deeper else self.chance.choice(DAMAGE)}
        if isinstance(body, list) and body:
            return [self._spoilt(body[0]), *body[1:]]
        return self.chance.choice(DAMAGE)


def scenarios() -> tuple[ScenarioRef, ...]:
    load()
    return read_features(FEATURES).refs


def declared(chance: random.Random) -> dict[str, Any]:
    """A description with everything that can be looked at, and otherwise as drawn."""
    drawn = dict(chance.choice(answers()["describeService", 200]))
    everywhere = [place.country for place in countries()]
    company = {"name": "Company", "role": "group-company", "country": "NL", "residences": everywhere}
    marketing = {**company, "id": "sony-europe-bv", "purposes": ["email-marketing", "personalisation", "profiling"]}
    vendor = {**company, "id": "vendor", "role": "advertising-vendor", "purposes": ["advertising"]}
    retention = {**drawn["retention"], "period": "P6M", "time_zone": "Europe/Amsterdam", "purge_window": "P1D"}
    return {
        **drawn,
        "capabilities": list(Capability),
        "retention": retention,
        "recipients": [*drawn["recipients"], marketing, vendor],
    }


def play(scenario: ScenarioRef, http: Anything, outside: Outside, reached: set[Any]) -> tuple[str, str]:
    """Play a scenario; returns the sentence at which the harness failed, and how, or nothing."""
    http.observer = lambda _: ""
    stage = Stage(http, describe(declared(http.chance)), outside, PeopleFactory(scenario.id))
    for keyword, sentence in scenario.sentences:
        performance = understand(keyword, sentence)
        assert performance is not None, sentence
        reached.add(performance.declaration.function)
        try:
            performance.run(stage, as_given=keyword == "given")
        except (AuditError, PromiseBroken):
            return "", ""
        except Exception as error:
            if http.damaged and stage.evidence.breaches():
                return "", ""
            return sentence, "".join(traceback.format_exception(error)[-4:])
    return "", ""


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    with MailServer() as mail, RecipientServer() as recipients:
        yield Outside(mail, recipients)


@pytest.mark.parametrize("damaged", [False, True], ids=["allowed", "not allowed"])
def test_no_step_fails_over_an_answer(outside: Outside, monkeypatch: pytest.MonkeyPatch, damaged: bool) -> None:
    monkeypatch.setattr(Mailbox, "newest_code", lambda *_: "123456")
    reached: set[Any] = set()
    failed: dict[str, str] = {}
    for number, scenario in enumerate(scenarios()):
        http = Anything(random.Random(f"{number} {damaged}"), damaged=damaged)
        sentence, how = play(scenario, http, outside, reached)
        if sentence:
            failed.setdefault(how.splitlines()[-1], f"{scenario.id}: {sentence}\n{how}")

    assert not failed, "\n\n".join(failed.values())
    assert len(reached) > REACHED


def test_every_schema_of_an_answer_is_drawn_from() -> None:
    """Otherwise this whole file would show nothing."""
    assert len(answers()) > 200
    assert all(len(drawn) > 1 for drawn in answers().values())
    ages = [rule for body in answers()["describeService", 200] for rule in body["age_thresholds"]]
    assert any("valid_from" in rule and rule["valid_from"] is None for rule in ages)
