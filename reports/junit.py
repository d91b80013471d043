"""``junit.xml``: one suite for each section, one case for each scenario and for each clause not assessed.

The order of the children of a case (properties, result, output) follows the common schemas of the format. A scenario
that was selected and did not finish is an error: a run that was cut off must not look successful. GitLab and others
know a case by classname and name alone, so each pair is there once; a row of an outline whose name another row has too
is numbered, the same in every run. ``file`` is relative to the repository.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from harness.evidence.model import Outcome, ScenarioFinished, ScenarioKey, Step
from harness.policy.load import find_register
from harness.verdict.model import ClauseVerdict, Verdict
from reports.material import Material
from reports.words import BROKEN

# Characters that XML 1.0 cannot contain, even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ROW = re.compile(r"\[\d+\]$")

_RESULT = {
    Outcome.VIOLATED: "failure",
    Outcome.INCONCLUSIVE: "error",
    Outcome.NOT_ASSESSED: "skipped",
    Outcome.NOT_APPLICABLE: "skipped",
}
NOT_ASSESSED = "Clauses that were not assessed"
NEVER_ENDED = "The run ended before this scenario finished; its outcome is unknown."


def make_junit(material: Material) -> bytes:
    """The run as JUnit XML, in UTF-8."""
    root = ET.Element("testsuites", name="shes-audit")
    names = _names(material.raw.run.parsed)
    room = _room()
    suites: dict[str, ET.Element] = {}

    def suite_of(key: ScenarioKey) -> ET.Element:
        name = material.section_name(key)
        if name not in suites:
            suites[name] = ET.SubElement(root, "testsuite", name=_clean(name))
            _add_waivers(suites[name], name, material)
        return suites[name]

    for done in material.raw.scenarios:
        case = _case(suite_of(done.scenario), done.scenario, done.seconds, names, room)
        _add_result(case, done, material)
    for key in material.unfinished:
        case = _case(suite_of(key), key, 0.0, names, room)
        ET.SubElement(case, "error", type="never-ended", message=NEVER_ENDED)

    unassessed = [clause for clause in material.compliance.clauses if clause.verdict is Verdict.NOT_ASSESSED]
    if unassessed:
        suites[NOT_ASSESSED] = ET.SubElement(root, "testsuite", name=NOT_ASSESSED)
        for clause in unassessed:
            _add_unassessed(suites[NOT_ASSESSED], clause)

    for suite in suites.values():
        suite.set("timestamp", f"{material.raw.run.started_at:%Y-%m-%dT%H:%M:%S}")
        suite.set("hostname", "localhost")
        _count(suite, suite.iter("testcase"))
    _count(root, root.iter("testcase"))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add_waivers(suite: ET.Element, section: str, material: Material) -> None:
    """The waivers for clauses of a section, as properties of its suite."""
    found = [
        waiver
        for waiver in material.compliance.gate.waivers
        if section in {material.section_names.get(clause) for clause in waiver.clauses}
    ]
    if found:
        properties = ET.SubElement(suite, "properties")
        for waiver in found:
            ET.SubElement(properties, "property", name="waiver", value=_clean(str(waiver)))


def _names(keys: Iterable[ScenarioKey]) -> dict[str, str]:
    """A name for each scenario by id that no other scenario of its file has: its own, or its own and its row."""
    keys = tuple(keys)
    names = {key.id: _clean(key.name) for key in keys}
    for longer in (_with_row, _clean_id):
        found = Counter((key.file, names[key.id]) for key in keys)
        names |= {key.id: longer(key) for key in keys if found[key.file, names[key.id]] > 1}
    return names


def _with_row(key: ScenarioKey) -> str:
    row = _ROW.search(key.id)
    return _clean(f"{key.name} {row[0] if row else key.line}")


def _clean_id(key: ScenarioKey) -> str:
    return _clean(key.id)


def _room() -> str:
    """The features room as seen from the repository that it lies in, or by its own name where it lies in none."""
    room = find_register().resolve().parent
    repository = next((folder for folder in room.parents if (folder / ".git").exists()), room.parent)
    return room.relative_to(repository).as_posix()


def _add_unassessed(suite: ET.Element, clause: ClauseVerdict) -> None:
    attributes = {"name": _clean(f"{clause.id} {clause.title}"), "classname": "clauses", "time": "0.000"}
    case = ET.SubElement(suite, "testcase", attributes)
    ET.SubElement(case, "skipped", type=clause.verdict.value, message=_clean(clause.reason))


def _add_result(case: ET.Element, done: ScenarioFinished, material: Material) -> None:
    if done.outcome in _RESULT:
        violated = done.outcome is Outcome.VIOLATED
        headline = f"{BROKEN[done.scenario.origin]}: {done.reason}" if violated else done.reason
        kind = f"violated-{done.scenario.origin}" if violated else done.outcome.value
        result = ET.SubElement(case, _RESULT[done.outcome], type=kind, message=_clean(headline))
        result.text = _clean(_explain(done, material.raw_name))
    if done.observations:
        ET.SubElement(case, "system-out").text = _clean("\n".join(f"Observation: {line}" for line in done.observations))


def _case(suite: ET.Element, key: ScenarioKey, seconds: float, names: Mapping[str, str], room: str) -> ET.Element:
    attributes = {
        "name": names.get(key.id) or _clean(key.id),
        "classname": _clean(key.file.removesuffix(".feature").replace("/", ".")),
        "time": f"{seconds:.3f}",
        "file": _clean(f"{room}/{key.file}"),
        "line": str(key.line),
    }
    case = ET.SubElement(suite, "testcase", attributes)
    properties = ET.SubElement(case, "properties")
    values = [
        ("scenario", key.id),
        ("origin", key.origin.value),
        *(("clause", clause) for clause in key.clauses),
        *(("jurisdiction", code) for code in key.jurisdictions),
        *(("channel", channel.value) for channel in key.channels),
    ]
    for name, value in values:
        ET.SubElement(properties, "property", name=name, value=_clean(value))
    return case


def _explain(done: ScenarioFinished, raw_name: str) -> str:
    parts = []
    if done.promise:
        parts.append(f"Obligation: {done.promise}")
    parts += [f"Result: {done.reason}", "", *map(_line, done.steps)]
    parts += ["", f"Evidence: {raw_name}, scenario {done.scenario.id}"]
    if done.repeat:
        parts.append(f"To repeat this scenario: {done.repeat}")
    return "\n".join(parts)


def _line(step: Step) -> str:
    return f"  [{step.status}] {step.keyword.strip()} {step.text}"


def _count(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    found = list(cases)
    element.set("tests", str(len(found)))
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in found)))
    element.set("time", f"{sum(float(case.get('time', 0)) for case in found):.3f}")


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
