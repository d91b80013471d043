"""Questions about an account."""

from __future__ import annotations

from fastapi import APIRouter

from reference_impl.http.models import enquiries
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.enquiries import Question

router = APIRouter(tags=["account"])


@router.post("/v1/enquiries", status_code=202, responses=errors(400, 422))
def ask(body: enquiries.EnquiryForm, here: CurrentService) -> enquiries.EnquiryTaken:
    """Accept a question; it is answered by mail."""
    return enquiries.EnquiryTaken(
        enquiry_id=here.enquiries.receive(Question(body.email, body.language, "api")).enquiry_id
    )
