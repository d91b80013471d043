"""Requests of data subjects."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from reference_impl.http.models import accounts, reports, requests
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, SignedIn, Token
from reference_impl.service.choices import ChoiceForm
from reference_impl.service.guardians import Report
from reference_impl.service.rights import RequestView

router = APIRouter(tags=["rights"])

_RequestId = Annotated[str, Path(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$")]


@router.post("/v1/privacy-requests", status_code=202, response_model_exclude_none=True, responses=errors(400, 409, 422))
def submit(body: requests.PrivacyRequestSubmission, here: CurrentService) -> requests.PrivacyRequest:
    """Exercise a right as a data subject. The answer does not reveal whether the address is known."""
    if body.kind.needs_proof:
        return _view(here.rights.submit(body.kind, body.email))
    items = {"Name": body.name, "Postal address": body.postal_address, "Postal code": body.postal_code}
    return _view(here.choices.submit(ChoiceForm(body.kind, body.email, {**items, "E-mail": body.email})))


@router.get("/v1/shes-account/privacy-requests", responses=errors(401, 404))
def read_own(who: SignedIn, here: CurrentService) -> requests.OwnRequests:
    """Every request of the person, however it came."""
    return requests.OwnRequests(
        requests=[requests.OwnRequest.model_validate(request) for request in here.choices.of(who.person_id)]
    )


@router.post(
    "/v1/privacy-requests/{request_id}/verification",
    response_model_exclude_none=True,
    responses=errors(400, 403, 422),
)
def verify(request_id: _RequestId, body: accounts.Code, here: CurrentService) -> requests.PrivacyRequest:
    """Prove who asks, with the code from the mail."""
    return _view(here.rights.verify(request_id, body.code))


@router.get("/v1/privacy-requests/{request_id}", response_model_exclude_none=True, responses=errors(401))
def read(request_id: str, here: CurrentService, token: Token) -> requests.PrivacyRequest:
    """The state of a request, and its answer; authorised by the request's own token."""
    return _view(here.rights.read(request_id, token))


@router.post("/v1/guardian-reports", status_code=202, responses=errors(400, 422))
def report_child(body: reports.GuardianReport, here: CurrentService) -> reports.ReportTaken:
    """A parent or guardian reports a child. The answer does not reveal whether the address is known."""
    here.guardians.submit(Report(body.email, (body.child_email,), body.statement, body.language))
    return reports.ReportTaken()


def _view(request: RequestView) -> requests.PrivacyRequest:
    return requests.PrivacyRequest(
        request_id=request.request_id,
        kind=request.kind,
        status=request.status,
        request_token=request.token,
        answer=None if request.data is None else requests.RequestAnswer(data=request.data),
    )
