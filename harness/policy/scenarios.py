"""Reads the feature files as the official Gherkin parser and pickle compiler understand them.

The tags of a scenario, including those of its feature, rule and examples, state its subject:
``@clause-4.1`` names a clause, ``@policy``, ``@derived`` or ``@law`` the origin (the innermost applies), ``@api``,
``@storage`` and so on the evidence channels, ``@needs-clock`` a capability that the target must have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.policy.model import Channel, Origin, Register

CLAUSE_TAG = "clause-"
NEEDS_TAG = "needs-"
_ORIGINS = {str(origin): origin for origin in Origin}
_CHANNELS = {str(channel): channel for channel in Channel}
_KEYWORDS = {"Context": "given", "Action": "when", "Outcome": "then"}
_BYTE_ORDER_MARK = "\ufeff"
_PLACEHOLDER = re.compile(r"<(.+?)>")
# A name is written with capitals: "lives in the Netherlands and has an account".
RESIDENCE = re.compile(r"\blives in (?P<residence>(?:the )?[^\W\d_a-z]\w*(?:[ -][^\W\d_a-z]\w*)*)")


@dataclass(frozen=True, slots=True)
class ScenarioRef:
    """A scenario as it will run: each row of an outline is one.

    Attributes:
        id: Stable name: ``retention.feature::Data goes after six months``, with ``[2]`` for the second row.
        file: Path of the feature file below the folder of the features, with slashes.
        feature: Name of the feature.
        rule: Name of the rule, or nothing.
        template: Name as written, with placeholders.
        name: Name with the values of the row.
        row: Number of the row over all tables of the outline, from 1; nothing for a plain scenario.
        values: The row's values by column.
        line: Line in the file: of the row, or of the scenario.
        scenario_line: Line on which the scenario or outline begins.
        tags: Every tag, outermost first, without ``@``.
        clauses: Ids of the clauses.
        origin: Who requires what it tests; nothing without such a tag.
        channels: Evidence channels.
        needs: Capabilities that the target must have.
        jurisdictions: Codes of the jurisdictions of its people's residences.
        steps: Texts of the steps, those of the background included.
        keywords: What each step is: ``given``, ``when`` or ``then``.
    """

    id: str
    file: str
    feature: str
    rule: str
    template: str
    name: str
    row: int | None
    values: Mapping[str, str] = field(hash=False)
    line: int
    scenario_line: int
    tags: tuple[str, ...]
    clauses: tuple[str, ...]
    origin: Origin | None
    channels: tuple[Channel, ...]
    needs: tuple[str, ...]
    jurisdictions: frozenset[str]
    steps: tuple[str, ...]
    keywords: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """Keyword and text of each step."""
        return list(zip(self.keywords, self.steps, strict=True))

    @property
    def reason(self) -> str:
        """Why the row is in its table: its column ``reason``, if any."""
        return self.values.get("reason", "")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A name shared by several scenarios of one feature file; pytest-bdd would run only the last one."""

    file: str
    name: str
    lines: tuple[int, ...]


def read_scenarios(
    features: Path,
    jurisdictions: Callable[[str], Iterable[str]] | None = None,
    residence: re.Pattern[str] = RESIDENCE,
) -> list[ScenarioRef]:
    """Every scenario of the feature files in a folder and below, in the order of files and lines.

    Args:
        features: The folder.
        jurisdictions: Codes of the law that holds at a residence, given as the steps name it.
        residence: Finds residences in the text of a step; its group ``residence`` is the name.

    Raises:
        UsageError: A file is no Gherkin, an outline has no rows, or a step would run otherwise than it reads; the
            message names file and line. Whatever ``jurisdictions`` raises about an unknown residence comes through as
            it is.
    """
    resolve = jurisdictions or (lambda _: ())
    found: list[ScenarioRef] = []
    for file in sorted(features.rglob("*.feature"), key=_place_in_policy):
        found += _read(file, file.relative_to(features).as_posix(), resolve, residence)
    return found


def find_duplicates(scenarios: Iterable[ScenarioRef]) -> list[Duplicate]:
    """Names that occur twice within one feature file, in any rule."""
    lines: dict[tuple[str, str], set[int]] = defaultdict(set)
    for scenario in scenarios:
        lines[scenario.file, scenario.template].add(scenario.scenario_line)
    return [Duplicate(file, name, tuple(sorted(found))) for (file, name), found in lines.items() if len(found) > 1]


def check_tags(scenarios: Iterable[ScenarioRef], register: Register) -> None:
    """Check that every scenario names clauses of the register, an origin and evidence channels.

    Raises:
        UsageError: Some do not; the message lists them with file and line.
    """
    known = set(register.ids)
    complaints = []
    for scenario in scenarios:
        lacks = [f"unknown clause {clause_id}" for clause_id in scenario.clauses if clause_id not in known]
        lacks += ["no clause"] * (not scenario.clauses)
        lacks += ["no origin"] * (scenario.origin is None)
        lacks += ["no evidence channel"] * (not scenario.channels)
        lacks += ["no steps"] * (not scenario.steps)
        if lacks:
            complaints.append(f"{scenario.file}:{scenario.line}: {', '.join(lacks)} ({scenario.name})")
    if complaints:
        raise UsageError(
            "The tags of a scenario do not match the policy register:\n" + "\n".join(complaints),
            cause="A mistyped or missing tag.",
            remedy=(
                "Give each scenario, or its rule or feature, a tag like @clause-4.1 of a known clause, one of "
                "@policy, @derived and @law, and the channels that it examines, like @api."
            ),
        )


def by_clause(scenarios: Iterable[ScenarioRef]) -> dict[str, list[ScenarioRef]]:
    """The scenarios of each clause that has any."""
    found: dict[str, list[ScenarioRef]] = defaultdict(list)
    for scenario in scenarios:
        for clause_id in scenario.clauses:
            found[clause_id].append(scenario)
    return dict(found)


def _place_in_policy(file: Path) -> list[tuple[int, str]]:
    """Sorts ``10_changes.feature`` after ``2_purposes.feature``."""
    return [(int(number or 0), words) for number, words in re.findall(r"(\d*)(\D*)", file.as_posix())]


def _read(
    file: Path, name: str, resolve: Callable[[str], Iterable[str]], residence: re.Pattern[str]
) -> Iterator[ScenarioRef]:
    from gherkin.errors import ParserError
    from gherkin.parser import Parser
    from gherkin.pickles.compiler import Compiler

    try:
        text = file.read_text(encoding="utf-8")
        if text.startswith(_BYTE_ORDER_MARK):
            raise UsageError(
                f"A feature file begins with a byte order mark: {file}.",
                cause="an editor saved it as UTF-8 with BOM, which pytest-bdd cannot read",
                remedy="Save it as UTF-8 without BOM.",
            )
        document: Any = Parser().parse(text)
    except (OSError, UnicodeDecodeError, ParserError) as error:
        raise UsageError(
            f"A feature file cannot be read: {file}.", cause=str(error), remedy="Correct the file at the given line."
        ) from None
    document["uri"] = name
    feature = document.get("feature")
    if feature is None:
        raise UsageError(
            f"A feature file has no feature: {file}.",
            cause="It is empty, or has comments only.",
            remedy="Write a feature, or remove the file.",
        )
    written = {scenario["id"]: (rule, scenario) for rule, scenario in _scenarios(feature)}
    texts = {step["id"]: step["text"] for step in _steps(feature)}
    rows = {row_id: row for _, scenario in written.values() for row_id, row in _rows(scenario)}
    rows_seen: dict[str, int] = defaultdict(int)
    for pickle in Compiler().compile(document):
        scenario_id, *row_id = pickle["astNodeIds"]
        rule, scenario = written[scenario_id]
        rows_seen[scenario_id] += 1
        row = rows_seen[scenario_id] if row_id else None
        given = [tag["name"].removeprefix("@") for tag in pickle["tags"]]
        tags = tuple(dict.fromkeys(given))
        steps = tuple(step["text"] for step in pickle["steps"])
        values = rows[row_id[0]] if row_id else {}
        written_as = (scenario["name"], *(texts[step["astNodeIds"][0]] for step in pickle["steps"]))
        _check_reading(f"{file}:{pickle['location']['line']}", (pickle["name"], *steps), written_as, values)
        yield ScenarioRef(
            id=f"{name}::{scenario['name']}" + (f"[{row}]" if row else ""),
            file=name,
            feature=feature["name"],
            rule=rule,
            template=scenario["name"],
            name=pickle["name"],
            row=row,
            values=values,
            line=pickle["location"]["line"],
            scenario_line=scenario["location"]["line"],
            tags=tags,
            clauses=tuple(tag.removeprefix(CLAUSE_TAG) for tag in tags if tag.startswith(CLAUSE_TAG)),
            origin=next((_ORIGINS[tag] for tag in reversed(given) if tag in _ORIGINS), None),
            channels=tuple(_CHANNELS[tag] for tag in tags if tag in _CHANNELS),
            needs=tuple(tag.removeprefix(NEEDS_TAG) for tag in tags if tag.startswith(NEEDS_TAG)),
            jurisdictions=frozenset(
                code for match in residence.finditer("\n".join(steps)) for code in resolve(match["residence"].strip())
            ),
            steps=steps,
            keywords=tuple(_keywords(pickle["steps"])),
        )
    for scenario_id, (_, scenario) in written.items():
        if not rows_seen[scenario_id]:
            raise UsageError(
                f"A scenario outline has no rows: {file}:{scenario['location']['line']} ({scenario['name']}).",
                cause="Its table of examples is empty or missing; it would never run.",
                remedy="Add a row, or remove the outline.",
            )


def _keywords(steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What each step is; an asterisk is what the step before it was."""
    last = "given"
    for step in steps:
        last = _KEYWORDS.get(step.get("type", ""), last)
        yield last


def _steps(parent: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Each step as written, in a feature or rule: those of backgrounds and scenarios."""
    for child in parent["children"]:
        for kind, part in child.items():
            yield from _steps(part) if kind == "rule" else part["steps"]


def _check_reading(place: str, read: Iterable[str], written: Iterable[str], values: Mapping[str, str]) -> None:
    """Check that what is read is what pytest-bdd runs.

    Args:
        place: File and line.
        read: Name and steps, as Gherkin reads them.
        written: The same, with placeholders.
        values: The row's values by column.

    Raises:
        UsageError: A text is read in two ways.
    """
    for text, template in zip(read, written, strict=True):
        runs = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)
        if text != runs:
            raise UsageError(
                f"A line of a feature file can be read in two ways: {place}. Gherkin reads {text!r}, "
                f"pytest-bdd runs {runs!r}.",
                cause="a placeholder in a Background, a column that is there twice, or a value that looks like one",
                remedy="Use placeholders only in the steps of the outline itself, and give each column its own name.",
            )


def _scenarios(feature: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each scenario as written, with the name of its rule."""
    for child in feature["children"]:
        if "scenario" in child:
            yield "", child["scenario"]
        for grandchild in child.get("rule", {}).get("children", ()):
            if "scenario" in grandchild:
                yield child["rule"]["name"], grandchild["scenario"]


def _rows(scenario: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The id of each row of an outline, with its values by column."""
    for table in scenario["examples"]:
        for row in table.get("tableBody", ()):
            names = (cell["value"] for cell in table["tableHeader"]["cells"])
            yield row["id"], dict(zip(names, (cell["value"] for cell in row["cells"]), strict=True))
