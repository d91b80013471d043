from xml.etree import ElementTree as ET

import pytest

from harness.evidence.model import Outcome


def read(folder):
    return ET.parse(folder / "junit.xml").getroot()


def case_named(root, name):
    return next(case for case in root.iter("testcase") if case.get("name") == name)


def test_a_suite_for_each_section_and_a_case_for_each_scenario(sample, register):
    root = read(sample.fill().views())
    titles = {section.id: section.title for section in register.sections}

    assert [suite.get("name") for suite in root] == [
        *(f"{section} {titles[section]}" for section in ("1", "2", "4", "5", "7", "8.CA")),
        "Clauses that were not assessed",
    ]
    assert sum(case.get("classname") != "clauses" for case in root.iter("testcase")) == len(sample.done)
    shared = [case for case in root.iter("testcase") if case.get("name") == "Erased within the declared window"]
    assert len(shared) == 1, "a scenario of two clauses is one case"


@pytest.mark.parametrize(
    ("outcome", "tag"),
    [(Outcome.VIOLATED, "failure"), (Outcome.INCONCLUSIVE, "error"), (Outcome.NOT_ASSESSED, "skipped")],
)
def test_what_did_not_pass_is_told_in_its_own_way(sample, outcome, tag):
    sample.add("4.1", "Six months after 31 August", outcome, "The reason stands here.")
    (result,) = [
        child for child in case_named(read(sample.views()), "Six months after 31 August") if child.tag != "properties"
    ]

    assert result.tag == tag
    assert "The reason stands here." in (result.get("message") or "")
    assert "shes-audit run --scenario" in (result.text or "")


def test_passed_has_no_result(sample):
    sample.add("4.1", "Six months after 31 August")
    assert [child.tag for child in case_named(read(sample.views()), "Six months after 31 August")] == ["properties"]


def test_only_a_scenario_of_the_policy_is_called_a_broken_promise(sample):
    for origin in ("policy", "derived", "law"):
        sample.add("4.1", origin, Outcome.VIOLATED, "It was otherwise.", origin=origin)
    root = read(sample.views())
    messages = {name: case_named(root, name).find("failure").get("message") for name in ("policy", "derived", "law")}
    assert [name for name, message in messages.items() if "promise of the policy is violated" in message] == ["policy"]


def test_the_numbers_add_up(sample):
    sample.fill()
    sample.never_ended = [sample.key("4.1", "Lost on the way")]
    root = read(sample.views())

    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert element.get(attribute) == str(sum(case.find(tag) is not None for case in cases))
    assert (root.get("failures"), root.get("errors")) == ("2", "2")


def test_a_scenario_that_never_ended_is_an_error(sample):
    sample.add("4.1", "Six months after 31 August")
    sample.never_ended = [sample.key("4.1", "Lost on the way")]
    sample.ends = False
    assert case_named(read(sample.views()), "Lost on the way").find("error") is not None


def test_properties_carry_clause_origin_and_jurisdiction_and_come_first(sample):
    sample.add("4.1", "In two places", Outcome.VIOLATED, "No.", clauses=("4.1", "4.3"), jurisdictions=("FR", "JP"))
    case = case_named(read(sample.views()), "In two places")
    assert case[0].tag == "properties"
    values = [(item.get("name"), item.get("value")) for item in case[0]]
    expected = [
        ("clause", "4.1"),
        ("clause", "4.3"),
        ("origin", "policy"),
        ("jurisdiction", "FR"),
        ("jurisdiction", "JP"),
    ]
    assert set(expected) <= set(values)


def test_hostile_text_stays_text(sample):
    reason = "<script>alert(1)</script> ]]> \x00 \x1b[31m \ufffe & מרים"
    sample.add("4.1", "A name with <b>tags</b> & \x07", Outcome.VIOLATED, reason)
    (case,) = (one for one in read(sample.views()).iter("testcase") if one.get("classname") != "clauses")
    assert case.get("name") == "A name with <b>tags</b> & \ufffd"
    assert "<script>alert(1)</script> ]]> \ufffd \ufffd[31m \ufffd & מרים" in case.find("failure").text


def test_each_pair_of_classname_and_name_is_there_once(sample):
    for row in (1, 2):
        sample.add("4.1", "Twice by one name", id=f"04-sample.feature::Twice <a>[{row}]")
    sample.add("4.1", "Once")
    # A name that another is numbered to, and two that differ by what XML cannot hold.
    sample.add("4.1", "Twice by one name [2]", id="04-sample.feature::Third")
    sample.add("4.1", "Odd \x01", id="04-sample.feature::Odd 1")
    sample.add("4.1", "Odd \x02", id="04-sample.feature::Odd 2", line=13)

    pairs = [(case.get("classname"), case.get("name")) for case in read(sample.views()).iter("testcase")]

    assert len(set(pairs)) == len(pairs)
    assert {"Once", "Twice by one name [1]"} <= {name for _, name in pairs}


def test_the_file_is_named_from_the_repository(sample):
    sample.add("4.1", "Six months after 31 August")

    case = case_named(read(sample.views()), "Six months after 31 August")

    assert (case.get("file"), case.get("line")) == ("features/04-sample.feature", "12")


def test_a_clause_that_was_not_assessed_is_skipped(sample):
    sample.add("4.1", "Six months after 31 August")

    cases = [case for case in read(sample.views()).iter("testcase") if case.get("classname") == "clauses"]

    assert any((case.get("name") or "").startswith("3.1 ") for case in cases)
    assert all((case.find("skipped").get("message") or "").strip() for case in cases)
