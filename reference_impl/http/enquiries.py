"""Questions about an account."""

from __future__ import annotations

from fastapi import APIRouter

from reference_impl.http import models
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.enquiries import Question

router = APIRouter(tags=["account"])


@router.post("/v1/enquiries", status_code=202, responses=errors(400, 422))
def ask(body: models.EnquiryForm, here: CurrentService) -> models.EnquiryTaken:
    """Take a question; it is answered by mail."""
    return models.EnquiryTaken(enquiry_id=here.enquiries.receive(Question(body.email, body.language, "api")).enquiry_id)
