import re

from harness.evidence.model import Outcome


def read(folder):
    return (folder / "summary.md").read_text(encoding="utf-8")


def test_the_gate_comes_first_then_a_table_that_adds_up(sample, register):
    text = read(sample.fill().views())
    assert text.startswith("## ✕ Gate failed\n")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")]
    numbers = [[int(cell.strip(" *") or 0) for cell in row[1:]] for row in rows[1:]]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert sum(numbers[-1]) == len(register.clauses)


def test_a_passed_gate_has_nothing_in_its_way(sample):
    sample.add("4.1", "Six months after 31 August")
    text = read(sample.views())
    assert text.startswith("## ✓ Gate passed\n")
    assert "Findings against the release" not in text


def test_a_failure_says_what_was_promised_what_happened_and_how_to_repeat_it(sample, register):
    done = sample.add("4.1", "Six months after 31 August", Outcome.VIOLATED, "Found at byte 40960.")
    text = read(sample.views())
    assert register.clause("4.1").obligation in text
    assert "Result: Found at byte 40960." in text
    assert f"  {done.repeat}\n" in text


def test_a_clause_is_told_with_its_own_scenarios_alone(sample):
    sample.required = ["4.1", "4.2"]
    sample.add("4.1", "Six months after 31 August", Outcome.VIOLATED, "Found at byte 40960.")
    _, _, other = read(sample.views()).partition("#### 4.2 ")
    assert other
    assert "31 August" not in other


def test_a_required_clause_that_nobody_looked_at_is_named(sample):
    sample.required = ["4.1", "4.2"]
    sample.add("4.1", "Six months after 31 August")
    text = read(sample.views())
    assert "1 of 2 required clauses is satisfied." in text
    assert "#### 4.2 Longer retention only where law requires or permits it — not assessed" in text


def test_a_run_that_was_cut_off_says_so(sample):
    sample.add("4.1", "Six months after 31 August")
    sample.never_ended = [sample.key("4.2", "Lost on the way")]
    sample.ends = False
    assert "**This run is incomplete.** The run was cut off. 1 selected scenario did not finish." in read(
        sample.views()
    )


def test_hostile_text_breaks_neither_table_nor_page(sample):
    sample.service = "evil` | <img src=x>"
    sample.add(
        "4.1", "x <script> | [a](http://a.example) ```", Outcome.VIOLATED, "line\n\n# Gate passed\n" + "long " * 9999
    )
    text, commands = read(sample.views()), r"(?s)\n  (````+)sh\n.*?\n  \1\n"
    assert re.search(commands, text), "a command that holds a fence has a longer one around it"
    text = re.sub(commands, "", text)
    assert "<script>" not in text
    assert "[a](http" not in text
    assert "\n# Gate passed" not in text
    assert len(text) < 10_000


def test_it_stays_short_however_much_went_wrong(sample, register):
    for number, clause in enumerate(register.clauses):
        for case in range(3):
            sample.add(clause.id, f"Scenario {number}.{case}", Outcome.VIOLATED, "Otherwise. " * 200)
    text = read(sample.views())
    assert len(text.encode()) < 200_000
    assert f"{len(register.clauses) - 40} more findings in `statement.html`" in text
