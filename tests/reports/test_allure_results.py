import json

import pytest

from harness.evidence.model import Evidence, EvidenceKind, Outcome


def results(folder):
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "allure-results").glob("*-result.json")]
    return {result["name"]: result for result in found}


def labels(result, name):
    return [label["value"] for label in result["labels"] if label["name"] == name]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.PASSED, "passed"),
        (Outcome.VIOLATED, "failed"),
        (Outcome.INCONCLUSIVE, "broken"),
        (Outcome.NOT_ASSESSED, "skipped"),
    ],
)
def test_outcomes(sample, outcome, status):
    sample.add("4.1", "One", outcome, "" if outcome is Outcome.PASSED else "The reason.")
    result = results(sample.views())["One"]
    assert result["status"] == status
    assert ("The reason." in result.get("statusDetails", {}).get("message", "")) == (outcome is not Outcome.PASSED)


def test_labels_and_severity(sample):
    sample.add("4.1", "One", clauses=("4.1", "4.3"), jurisdictions=("FR",), origin="derived")
    result = results(sample.views())["One"]
    assert labels(result, "epic") == labels(result, "parentSuite") == labels(result, "section") == ["4 Retention"]
    assert labels(result, "story") == [
        "4.1 Retention period of six months after deletion",
        "4.3 Destruction or de-identification",
    ]
    assert labels(result, "clause") == ["4.1", "4.3"]
    assert labels(result, "jurisdiction") == ["FR"]
    assert labels(result, "origin") == ["derived"]
    assert labels(result, "channel") == ["api", "storage"]
    assert labels(result, "severity") == ["critical"]
    assert {"4.1", "derived", "FR"} <= set(labels(result, "tag"))


def test_steps_hold_their_checks_and_evidence(sample):
    sample.add("4.1", "One", Outcome.VIOLATED, "Otherwise.")
    folder = sample.views()
    given, when, then = results(folder)["One"]["steps"]
    assert given["name"] == "Given Femke from the Netherlands has a SHES account"
    assert (given["status"], then["status"]) == ("passed", "failed")
    assert [check["status"] for check in then["steps"]] == ["failed", "failed"]
    assert then["steps"][0]["statusDetails"]["message"].startswith("her e-mail address stands")
    (attachment,) = when["attachments"]
    text = (folder / "allure-results" / attachment["source"]).read_text(encoding="utf-8")
    assert "HTTP/1.1 202 Accepted" in text
    assert given["stop"] == when["start"]


def test_evidence_is_one_text_but_for_what_a_failed_check_rests_on(sample):
    pieces = tuple(
        Evidence(
            id=f"e{n}",
            kind=EvidenceKind.EXCHANGE,
            title=f"GET /{n}",
            media_type="text/plain",
            text=f"<{n}>",
            step=1 if n == 1 else 2,
        )
        for n in range(1, 6)
    )
    sample.add("4.1", "One", Outcome.VIOLATED, "Otherwise.", evidence=pieces)
    sample.add("4.1", "Two", evidence=pieces)
    assert {number for check in sample.done[-1].checks for number in check.evidence} == {"e5"}
    folder = sample.views()

    def texts(owner):
        return [(folder / "allure-results" / one["source"]).read_text("utf-8") for one in owner.get("attachments", ())]

    failed, passed = results(folder)["One"], results(folder)["Two"]
    assert texts(failed) == []
    assert texts(failed["steps"][2]) == ["e2 GET /2\n\n<2>\n\n\ne3 GET /3\n\n<3>\n\n\ne4 GET /4\n\n<4>", "<5>"]
    # Of a scenario that passed, all of it is one, under the lines of its steps.
    (whole,) = texts(passed)
    assert not any("attachments" in step for step in passed["steps"])
    assert whole.count("====\n") == 2
    assert [whole.index(part) for part in ("When ", "<1>", "Then ", "<2>", "<5>")] == sorted(
        whole.index(part) for part in ("When ", "<1>", "Then ", "<2>", "<5>")
    )


def test_what_a_target_sent_is_attached_as_text_and_never_as_markup(sample):
    piece = Evidence(
        id="e1", kind=EvidenceKind.MAIL, title="Mail", media_type="text/html", text="<script>alert(1)</script>", step=0
    )
    sample.add("4.1", "One", evidence=(piece,))
    (attachment,) = results(sample.views())["One"]["attachments"]
    assert attachment["type"] == "text/plain"
    assert attachment["source"].endswith(".txt")


def test_a_scenario_that_never_ended_is_there(sample):
    sample.add("4.1", "One")
    sample.never_ended = [sample.key("4.2", "Lost on the way")]
    sample.ends = False
    assert results(sample.views())["Lost on the way"]["status"] == "broken"


def test_made_again_it_is_the_same_and_nothing_old_is_left(sample):
    folder = sample.fill().views()
    before = results(folder)
    (folder / "allure-results" / "old-result.json").write_text('{"name": "old"}')
    assert results(sample.views()) == before
    keys = {result["historyId"] for result in before.values()}
    assert len(keys) == len(sample.done)


def test_properties_stay_one_a_line(sample):
    sample.service = "Two\nlines = bad"
    sample.add("4.1", "One")
    lines = (sample.views() / "allure-results" / "environment.properties").read_text(encoding="utf-8").splitlines()
    assert "Service = Two lines = bad" in lines
    assert "Seed = 7" in lines
