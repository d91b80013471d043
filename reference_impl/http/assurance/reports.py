"""What staff find about reports of children."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from reference_impl.http.assurance.access import assurance_router
from reference_impl.http.models import reports
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService

router = assurance_router()

_ReportId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]


@router.get("/guardian-reports", responses=errors(401))
def open_reports(here: CurrentService) -> reports.OpenReports:
    """Reports of parents and guardians that staff have not looked at yet."""
    return reports.OpenReports(
        reports=[
            reports.OpenReport(report_id=report.report_id, child_email=person.email, received_at=report.received_at)
            for report, person in here.guardians.open_reports()
        ]
    )


@router.put("/guardian-reports/{report_id}/finding", status_code=204, responses=errors(400, 401, 404, 422))
def find(report_id: _ReportId, body: reports.Finding, here: CurrentService) -> None:
    """Find, as staff would, whether a report is founded."""
    here.guardians.find(report_id, founded=body.founded)
