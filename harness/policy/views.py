"""Shows clauses, and the check of a policy's text, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from harness.policy.check import PolicyCheck
from harness.policy.model import Channel, Clause, Register
from harness.policy.scenarios import ScenarioRef
from harness.policy.segment import Sentence

Scenarios = Mapping[str, Sequence[ScenarioRef]]


def clauses_as_data(clauses: Iterable[Clause], scenarios: Scenarios) -> list[dict[str, Any]]:
    """Clauses with their scenarios, ready for JSON."""
    return [
        {
            "id": clause.id,
            "section": clause.section,
            "title": clause.title,
            "origin": clause.origin,
            "level": clause.level,
            "protects": clause.protects,
            "excludes": clause.excludes,
            "channels": clause.channels,
            "channels_seen": [channel for channel in clause.channels if channel in clause.seen],
            "scenarios": [
                {"id": ref.id, "name": ref.name, "origin": ref.origin, "channels": ref.channels, "needs": ref.needs}
                for ref in scenarios.get(clause.id, ())
            ],
        }
        for clause in clauses
    ]


def clauses_as_table(clauses: Sequence[Clause], scenarios: Scenarios) -> RenderableType:
    """Clauses as a table for the terminal."""
    table = Table("Clause", "Title", "Protects", "Origin", "Channels", header_style="bold")
    table.add_column("Scenarios", justify="right")
    for clause in clauses:
        table.add_row(*map(Text, _cells(clause, scenarios)))
    covered = sum(1 for clause in clauses if scenarios.get(clause.id))
    return Group(table, Text(f"{len(clauses)} clauses, {covered} of them with scenarios"))


def clauses_as_markdown(clauses: Iterable[Clause], scenarios: Scenarios) -> str:
    """Clauses as a table in Markdown."""
    rows = [
        ["Clause", "Title", "Protects", "Origin", "Channels", "Scenarios"],
        ["---", "---", "---", "---", "---", "---:"],
        *(_cells(clause, scenarios) for clause in clauses),
    ]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def _cells(clause: Clause, scenarios: Scenarios) -> list[str]:
    return [
        clause.id,
        clause.title,
        _protects(clause),
        clause.origin,
        ", ".join(clause.channels),
        str(len(scenarios.get(clause.id, ()))),
    ]


def _protects(clause: Clause) -> str:
    words = ", ".join(clause.protects)
    if clause.excludes:
        words += f" except {', '.join(clause.excludes)}"
    return f"{words} (by {clause.varies_by})" if clause.varies_by else words


def explanation(clause: Clause, register: Register, scenarios: Sequence[ScenarioRef]) -> RenderableType:
    """All details of one clause, for the terminal."""
    section = next(section for section in register.sections if section.id == clause.section)
    facts = Table.grid(padding=(0, 2))
    for name, value in (
        ("Section", f"{section.id} {section.title}"),
        ("Protects", _protects(clause)),
        ("Level", clause.level),
        ("Origin", clause.origin),
        ("Evidence", ", ".join(clause.channels)),
        ("Law", "; ".join(clause.law) or "none"),
        ("Passages", "; ".join(passage.place for passage in register.passages_of(clause.id)) or "none"),
    ):
        facts.add_row(Text(name, style="bold"), Text(value))
    parts: list[RenderableType] = [
        Rule(Text(f"{clause.id} {clause.title}", style="bold"), align="left"),
        Text(clause.obligation),
        Text(),
        facts,
    ]
    parts += _chapter(
        "Requirements not stated by the policy",
        [f"{part.text} ({part.origin}: {part.why})" for part in clause.derived],
    )
    for reading in clause.readings:
        parts += _chapter(
            f"Reading: {reading.passage}",
            [
                *(f"possible: {meaning}" for meaning in reading.readings),
                f"tested: {reading.tested}",
                f"because {reading.why}",
            ],
        )
    parts += _chapter("What would violate it", clause.violated_by)
    parts += _chapter("Scenarios", [_scenario(ref) for ref in scenarios] or [_without_scenarios(clause)])
    return Group(*parts)


def _chapter(title: str, items: Iterable[str]) -> list[RenderableType]:
    shown: list[RenderableType] = []
    for item in items:
        line = Table.grid(padding=(0, 1))
        line.add_row("-", Text(item))
        shown.append(Padding(line, (0, 0, 0, 2)))
    return [Text(), Text(title, style="bold"), *shown] if shown else []


def _scenario(ref: ScenarioRef) -> str:
    reason = f" ({ref.reason})" if ref.reason and ref.reason not in ref.name else ""
    needs = f"; needs {', '.join(ref.needs)}" if ref.needs else ""
    return f"{ref.name}{reason} [{ref.origin}; {', '.join(ref.channels)}{needs}] {ref.file}:{ref.line}"


def _without_scenarios(clause: Clause) -> str:
    if clause.channels == (Channel.ORG,):
        return "none: requires a signed statement"
    return "none yet: reported as not assessed"


def check_as_data(check: PolicyCheck, register: Register) -> dict[str, Any]:
    """The check of a text, ready for JSON."""
    return {
        "ok": check.ok,
        "file": check.file,
        "policy": {
            "publisher": register.policy.publisher,
            "account": register.policy.account_name,
            "last_updated": register.policy.last_updated.isoformat(),
        },
        "matched": [asdict(passage) for passage in check.matched],
        "changed": [{"was": asdict(item.passage), "is": _found(item.sentence)} for item in check.changed],
        "gone": [asdict(passage) for passage in check.gone],
        "moved": [{"was": asdict(item.passage), "is": _found(item.sentence)} for item in check.moved],
        "new": [{"is": _found(item.sentence), "beside": item.beside} for item in check.new],
        "suspect": [{"id": clause_id, "title": register.clause(clause_id).title} for clause_id in check.suspect],
    }


def _found(sentence: Sentence) -> dict[str, Any]:
    return {
        "section": sentence.section,
        "paragraph": sentence.paragraph,
        "sentence": sentence.sentence,
        "line": sentence.line,
        "sha256": sentence.sha256,
        "text": sentence.text,
    }


def check_as_table(check: PolicyCheck, register: Register) -> RenderableType:
    """The check of a text, for the terminal: what matches by section, each difference, the suspect clauses."""
    policy = register.policy
    of = f"the policy of {policy.publisher} for the {policy.account_short_name}, last updated {policy.last_updated}"
    if check.ok:
        return Text(f"{check.file} is {of}: all {len(check.matched)} sentences are unchanged.", style="green")
    total = Counter(passage.section for passage in register.passages)
    matching = Counter(passage.section for passage in check.matched)
    sections = Table("Section", title="Sentences that still match", title_justify="left", header_style="bold")
    sections.add_column("Match", justify="right")
    sections.add_column("Known", justify="right")
    for number, known in total.items():
        sections.add_row(str(number), str(matching[number]), str(known))
    differences = Table("Difference", "Where", "Clauses", "Text", title="What differs", title_justify="left")
    for kind, place, clauses, text in _differences(check):
        differences.add_row(Text(kind, style="bold"), Text(place), Text(", ".join(clauses) or "none"), Text(text))
    suspects: list[RenderableType] = [Text(f"{check.file} differs from {of}.", style="bold red")]
    suspects += _chapter(
        "Clauses to review",
        [f"{clause_id} {register.clause(clause_id).title}" for clause_id in check.suspect] or ["none"],
    )
    return Group(sections, Text(), differences, Text(), *suspects)


def _differences(check: PolicyCheck) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        *(("changed", item.passage.place, item.passage.clauses, item.sentence.text) for item in check.changed),
        *(("gone", passage.place, passage.clauses, passage.not_normative or "") for passage in check.gone),
        *(
            ("moved", f"{item.passage.place}; now line {item.sentence.line}", item.passage.clauses, item.sentence.text)
            for item in check.moved
        ),
        *(("new", f"line {item.sentence.line}", item.beside, item.sentence.text) for item in check.new),
    ]
