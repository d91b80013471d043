"""The files and folders of the views in an output folder."""

from __future__ import annotations

import shutil
from pathlib import Path

COMPLIANCE = "compliance.json"
JUNIT = "junit.xml"
SUMMARY = "summary.md"
STATEMENT = "statement.html"
INDEX = "index.html"
ALLURE_RESULTS = "allure-results"
ALLURE_REPORT = "allure-report"


def remove_views(out: Path) -> None:
    """Remove the views of an earlier run: they would look like the result of the run that begins."""
    for name in (COMPLIANCE, JUNIT, SUMMARY, STATEMENT, INDEX):
        (out / name).unlink(missing_ok=True)
    for name in (ALLURE_RESULTS, ALLURE_REPORT):
        shutil.rmtree(out / name, ignore_errors=True)
