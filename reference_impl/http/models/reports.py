"""Reports about children."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Email, Instant, Language, Text


class GuardianReport(Body):
    """What a parent or guardian writes."""

    email: Email
    child_email: Email
    statement: Annotated[Text, Field(max_length=2000)] = ""
    language: Language = "en"


class ReportTaken(Answer):
    """The same whether or not there is an account."""

    status: Literal["received"] = "received"


class OpenReport(Answer):
    """A report that staff have not looked at yet."""

    report_id: str
    child_email: str
    received_at: Instant


class OpenReports(Answer):
    """All of them."""

    reports: list[OpenReport]


class Finding(Body):
    """What staff find of a report."""

    founded: bool
