"""``summary.md``: the run on one screen, for the step summary of a CI server."""

from __future__ import annotations

import re

from harness.evidence.model import Outcome, ScenarioFinished
from harness.verdict.model import GateFinding, Verdict
from reports.material import Material
from reports.words import BROKEN, OUTCOMES, VERDICTS, count, duration

# CI servers truncate a summary at one mebibyte; readers stop long before that.
_MOST_FINDINGS = 40
_MOST_SCENARIOS = 5
_LONGEST = 600

# A column for each verdict that requires action, and one for satisfied clauses.
_COLUMNS = (
    Verdict.SATISFIED,
    Verdict.VIOLATED,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_ASSESSED,
    Verdict.NOT_APPLICABLE,
    Verdict.ATTESTED,
)


def make_summary(material: Material) -> str:
    """The run as GitHub-flavoured Markdown."""
    parts = (_headline, _table, _findings, _waivers, _footer)
    return "\n".join(line for part in parts for line in part(material)) + "\n"


def _headline(material: Material) -> list[str]:
    compliance, gate, end = material.compliance, material.compliance.gate, material.raw.end
    answer = Verdict.SATISFIED if gate.passed else Verdict.VIOLATED
    target = _code(compliance.service or compliance.target)
    took = f", duration {duration(end.seconds)}" if end else ""
    lines = [
        f"## {VERDICTS[answer].sign} Gate {'passed' if gate.passed else 'failed'}",
        "",
        f"{material.gate_line} Target {target}, seed {compliance.seed}, {material.started}{took}.",
        "",
    ]
    if not compliance.complete:
        lines += [f"> **This run is incomplete.** {_escape(material.incomplete_because)}", ""]
    return lines


def _table(material: Material) -> list[str]:
    heads = [f"{VERDICTS[verdict].sign} {VERDICTS[verdict].label}" for verdict in _COLUMNS]
    lines = ["| Section | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(heads)]
    for section in material.sections:
        cells = [str(section.counts[verdict] or "") for verdict in _COLUMNS]
        lines.append(f"| {_escape(section.name)} | " + " | ".join(cells) + " |")
    totals = [f"**{material.counts[verdict]}**" for verdict in _COLUMNS]
    return [*lines, "| **All** | " + " | ".join(totals) + " |", ""]


def _findings(material: Material) -> list[str]:
    findings = material.findings
    lines: list[str] = []
    if findings:
        lines += ["### Findings against the release", ""]
    for finding in findings[:_MOST_FINDINGS]:
        lines += _finding(material, finding)
    if len(findings) > _MOST_FINDINGS:
        lines += [f"{count(len(findings) - _MOST_FINDINGS, 'more finding')} in `statement.html`.", ""]
    return lines


def _finding(material: Material, finding: GateFinding) -> list[str]:
    clause = material.clauses.get(finding.clause)
    word = f" — {VERDICTS[finding.verdict].label.lower()}" if finding.verdict else ""
    lines = [f"#### {_escape(material.clause_title(finding.clause))}{word}", "", _escape(finding.message), ""]
    if clause:
        lines += [f"- **Obligation:** {_escape(clause.promise)}"]
    scenarios = material.blocking(finding.clause)
    for done in scenarios[:_MOST_SCENARIOS]:
        lines += _scenario(done)
    if len(scenarios) > _MOST_SCENARIOS:
        lines.append(
            f"- {count(len(scenarios) - _MOST_SCENARIOS, 'more scenario')} did not pass, see `statement.html`."
        )
    return [*lines, ""]


def _scenario(done: ScenarioFinished) -> list[str]:
    because = f" ({BROKEN[done.scenario.origin].lower()})" if done.outcome is Outcome.VIOLATED else ""
    lines = [f"- **{OUTCOMES[done.outcome].label}:** {_escape(done.scenario.name)}{because}"]
    lines.append(f"  Result: {_escape(done.reason)}")
    if done.repeat:
        # A fence must be longer than any run of backticks within it.
        fence = "`" * max([3, *(len(row) + 1 for row in re.findall("`+", done.repeat))])
        lines += ["", f"  {fence}sh", *(f"  {line}" for line in done.repeat.splitlines()), f"  {fence}", ""]
    return lines


def _waivers(material: Material) -> list[str]:
    gate = material.compliance.gate
    lines = []
    if gate.waivers:
        heads = ("Clauses", "Channel", "Reason", "Owner", "Last day")
        lines += ["### Waivers", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for one in gate.waivers:
        cells = (", ".join(one.clauses), one.channel.value, one.reason, one.owner, one.until.isoformat())
        lines.append(f"| {' | '.join(map(_escape, cells))} |")
    lines += ["", *(f"> **Warning:** {_escape(warning)}." for warning in gate.warnings), ""]
    return lines if gate.waivers else []


def _footer(material: Material) -> list[str]:
    clauses = len(material.compliance.clauses)
    looked = clauses - material.counts[Verdict.NOT_ASSESSED]
    return [
        f"{looked} of {count(clauses, 'clause')} were examined.",
        f"All verdicts with their evidence: `statement.html`. Raw report: {_code(material.raw_name)}.",
    ]


def _escape(text: str) -> str:
    """Text on one line, escaped for Markdown and HTML."""
    flat = " ".join(text.split())
    if len(flat) > _LONGEST:
        flat = flat[:_LONGEST].rstrip() + " … (shortened)"
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", flat)


def _code(text: str) -> str:
    return "`" + " ".join(text.split()).replace("`", "'") + "`"
