"""Makes every view of a run, in order of importance: first the machine-readable ones, then those for people."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from harness.errors import UsageError
from harness.evidence.raw import FILE_NAME, RawReport, read_raw
from harness.policy.load import find_register, load_register
from harness.policy.model import Register
from harness.verdict.model import Compliance
from reports.allure.html import make_html, remove_html
from reports.allure_results import write_allure_results
from reports.compliance import make_compliance
from reports.files import ALLURE_REPORT, ALLURE_RESULTS, COMPLIANCE, INDEX, JUNIT, STATEMENT, SUMMARY
from reports.junit import make_junit
from reports.material import Material
from reports.statement import make_index, make_statement
from reports.summary import make_summary


def write_all(
    raw_path: Path,
    compliance: Compliance,
    out: Path,
    register: Register | None = None,
    *,
    raw: RawReport | None = None,
    allure: bool = True,
) -> list[Path]:
    """Make every view of a run.

    Args:
        raw_path: The raw report. If it is not in ``out``, it is copied there to complete the folder.
        compliance: Its verdicts.
        out: The folder for the views; created if missing.
        register: The policy register; located and read if not given.
        raw: The content of the raw report; read if not given.
        allure: Whether Allure's page is made, which takes longer than all other views. Its results always are.

    Returns:
        The files and folders written, including the compliance statement.

    Raises:
        UsageError: The raw report cannot be read, the folder cannot be written to, or it contains another
            run's raw report.
    """
    raw = raw or read_raw(raw_path)
    try:
        out.mkdir(parents=True, exist_ok=True)
        beside = _bring(raw_path, out)
        material = Material(
            raw,
            compliance,
            register or load_register(find_register()),
            raw_name=beside.name,
            raw_sha256=hashlib.sha256(beside.read_bytes()).hexdigest(),
        )
        return _write(material, out, allure)
    except OSError as error:
        raise UsageError(
            f"The reports cannot be written to {out}: {error.strerror or error}",
            cause="not a folder, write-protected, or the disk is full",
            remedy="choose another folder with --out",
        ) from error


def _write(material: Material, out: Path, allure: bool) -> list[Path]:
    made = [
        _save(out / COMPLIANCE, make_compliance(material.compliance).encode()),
        _save(out / JUNIT, make_junit(material)),
        _save(out / SUMMARY, make_summary(material).encode()),
        _save(out / STATEMENT, make_statement(material).encode()),
    ]
    results = out / ALLURE_RESULTS
    write_allure_results(material, results)
    made.append(results)
    report = out / ALLURE_REPORT
    page = None
    if allure:
        page = make_html(results, report)
    else:
        remove_html(report)
    if page is not None:
        made.append(page)
    # The index links to the files present, and is therefore written last.
    made.append(_save(out / INDEX, make_index(material, page.relative_to(out).as_posix() if page else None).encode()))
    return made


def _save(path: Path, content: bytes) -> Path:
    # A reader never sees an incomplete file, even if the run is interrupted here.
    draft = path.with_name(path.name + ".tmp")
    draft.write_bytes(content)
    return draft.replace(path)


def _bring(raw_path: Path, out: Path) -> Path:
    if raw_path.resolve().parent == out.resolve():
        return raw_path
    copy = out / FILE_NAME
    if copy.exists() and copy.read_bytes() != raw_path.read_bytes():
        raise UsageError(
            f"{out} contains the raw report of another run, which would be lost.",
            remedy="choose another folder with --out, or remove that report first",
        )
    shutil.copyfile(raw_path, copy)
    return copy
