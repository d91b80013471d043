import re
from html.parser import HTMLParser

import pytest

from harness.evidence.model import Channel, Evidence, EvidenceKind, Outcome
from reports.statement import make_statement

LIMIT = 3_000_000


class Page(HTMLParser):
    """What a browser would make of the page: its ids, links, things it loads, and the visible text of each clause."""

    def __init__(self, source):
        super().__init__()
        self.ids, self.links, self.loads, self.tags = [], [], [], []
        self.texts, self.source, self._clause, self._quiet = {}, source, "", ""
        self.feed(source)
        self.texts = {clause: " ".join("".join(parts).split()) for clause, parts in self.texts.items()}

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        self.loads += [value for name, value in attrs if name in ("src", "srcset", "data", "action", "poster")]
        if tag == "link":
            self.loads.append(found["href"])
        if tag in ("script", "style"):
            self._quiet = tag
        if tag == "article":
            self._clause = found["id"].removeprefix("clause-")

    def handle_endtag(self, tag):
        if tag == "article":
            self._clause = ""
        if tag == self._quiet:
            self._quiet = ""

    def handle_data(self, data):
        if not self._quiet:
            self.texts.setdefault(self._clause, []).append(data)


def read(folder):
    return Page((folder / "statement.html").read_text(encoding="utf-8"))


@pytest.fixture
def page(sample):
    return read(sample.fill().views())


def test_every_clause_is_there_with_its_promise_and_its_verdict_in_words(page, sample, register):
    words = {"1.4": "Satisfied", "2.3": "Violated", "5.5": "Inconclusive", "7.1": "Not assessed"}
    for clause in register.clauses:
        text = page.texts[clause.id]
        assert " ".join(clause.obligation.split()) in text
        assert f"{clause.title}" in text
        assert words.get(clause.id, "") in text
    assert "Not assessed: no scenario tests it yet" in page.texts["0.1"]


def test_readings_and_law_of_a_clause_are_told(page, register):
    clause = register.clause("4.1")
    text = page.texts["4.1"]
    for part in (*clause.law, clause.readings[0].tested, clause.derived[0].text, clause.violated_by[0]):
        assert " ".join(part.split()) in text


def test_links_lead_somewhere_and_no_id_stands_twice(page):
    inner = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if not link.startswith("#")} == {"raw.jsonl"}


def test_the_page_loads_nothing_and_runs_nothing_but_its_own_script(page):
    assert page.loads == ["data:,"]
    assert "url(" not in page.source
    assert "@import" not in page.source
    (policy,) = [found["content"] for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src 'sha256-" in policy
    assert sum(tag == "script" for tag, _ in page.tags) == 1


def test_the_script_is_the_one_that_the_page_allows(page):
    import base64
    import hashlib

    (script,) = re.findall(r"<script>(.*?)</script>", page.source, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.source


def test_channels_asked_for_and_not_looked_into_are_visible(sample):
    sample.required = ["2.3"]
    sample.add("2.3", "Only the API was asked", channels_checked=(Channel.API,))
    text = read(sample.views()).texts["2.3"]
    assert "api: examined, satisfied" in text
    assert "outbound: not examined" in text
    assert "mail: not examined" in text


def test_a_channel_that_was_looked_into_and_did_not_hold_is_not_called_unseen(sample):
    sample.add("4.3", "Still in the file", Outcome.VIOLATED, "Found.")
    assert "storage: examined, not satisfied" in read(sample.views()).texts["4.3"]


def test_origins_are_kept_apart(sample):
    sample.add("4.1", "Our own reading", Outcome.VIOLATED, "Otherwise.", origin="derived")
    sample.add("4.3", "The promise itself", Outcome.VIOLATED, "Otherwise.")
    page = read(sample.views())
    assert "No violation of the policy's own promise was found" in page.texts["4.1"]
    assert "A promise of the policy is violated." not in page.texts["4.1"]
    assert "A promise of the policy is violated." in page.texts["4.3"]


def test_verdicts_by_jurisdiction(sample):
    sample.add("4.1", "In France", jurisdictions=("FR",))
    sample.add("4.1", "In Japan", Outcome.VIOLATED, "Otherwise.", jurisdictions=("JP",))
    assert "FR ✓Satisfied JP ✕Violated" in read(sample.views()).texts["4.1"]


def test_a_scenario_of_two_clauses_is_told_once_and_linked(page):
    assert page.texts["4.3"].count("described under 4.1") == 1
    assert len([one for one in page.ids if one.startswith("scenario-")]) == 10


def test_what_went_wrong_is_unfolded_and_the_rest_folded(page):
    scenarios = [found for tag, found in page.tags if tag == "details" and found.get("class") == "scenario"]
    assert sum("open" in found for found in scenarios) == 3
    assert len(scenarios) == 10


def test_a_run_that_was_cut_off_says_so_and_names_what_never_ended(sample):
    sample.add("4.1", "Six months after 31 August")
    sample.never_ended = [sample.key("4.2", "Lost on the way")]
    sample.ends = False
    page = read(sample.views())
    assert "This run is incomplete" in page.texts[""]
    assert "Lost on the way" in page.texts[""]
    assert "Did not finish Lost on the way" in page.texts["4.2"]


def test_what_does_not_add_up_is_a_finding_of_the_gate(sample):
    sample.add("4.1", "Six months after 31 August")
    sample.integrity = ("12 scenarios were parsed, 11 collected",)
    text = read(sample.views()).texts[""]
    assert "The run as a whole" in text
    assert "12 scenarios were parsed, 11 collected" in text


def test_hostile_text_stays_text(sample):
    hostile = "</pre></script><script>alert('x')</script><img src=https://a.example onerror=alert(1)>{{ 7*7 }}"
    sample.service = hostile
    sample.policy = hostile
    sample.add(
        "4.1",
        hostile,
        Outcome.VIOLATED,
        hostile,
        evidence=(Evidence(id="e1", kind=EvidenceKind.MAIL, title=hostile, media_type="text/html", text=hostile),),
        observations=(hostile,),
    )
    page = read(sample.views())
    assert page.loads == ["data:,"]
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not any(tag == "img" for tag, _ in page.tags)
    assert hostile in page.texts["4.1"]
    assert "49" not in page.texts["4.1"].replace("4096", "")


def test_names_of_all_scripts_and_of_any_length_are_shown(sample):
    sample.add("4.1", "מרים בת אברהם and مريم and 山田 花子")
    sample.add("4.1", "x" * 5_000)
    text = read(sample.views()).texts["4.1"]
    assert "מרים בת אברהם and مريم and 山田 花子" in text
    assert "more characters in the raw report" in text


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.VIOLATED])
def test_the_page_stays_small_however_much_was_recorded(sample, register, outcome):
    pieces = tuple(
        Evidence(
            id=f"e{number}",
            kind=EvidenceKind.EXCHANGE,
            title=f"GET /v1/{number} -> 200",
            text='{"key": "value"} ' * 200,
        )
        for number in range(1, 31)
    )
    for number in range(200):
        clause = register.ids[number % len(register.ids)]
        sample.add(
            clause, f"Scenario {number}", outcome, "" if outcome is Outcome.PASSED else "Otherwise.", evidence=pieces
        )
    page = Page(make_statement(sample.material()))
    assert len(page.source.encode()) < LIMIT
    assert "more characters in the raw report" in page.texts["4.1"]


def test_the_evidence_of_a_failed_check_is_never_what_is_left_out(sample):
    filler = tuple(
        Evidence(id=f"e{number}", kind=EvidenceKind.EXCHANGE, title=f"GET /v1/{number}", text="filler " * 1_000)
        for number in range(1, 61)
    )
    proof = Evidence(
        id="e61", kind=EvidenceKind.STORAGE, title="account.db", text="the address stands at byte 40960 of it"
    )
    sample.add("4.1", "Six months after 31 August", Outcome.VIOLATED, "Otherwise.", evidence=(*filler, proof))
    text = read(sample.views()).texts["4.1"]
    assert proof.text in text
    assert "pieces of evidence are in the raw report only: e" in text
