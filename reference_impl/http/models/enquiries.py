"""Enquiries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Email, Language, Text


class EnquiryForm(Body):
    """A question about an account."""

    email: Email
    language: Language
    subject: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Annotated[Text, Field(min_length=1, max_length=5000)]


class EnquiryTaken(Answer):
    """The same whether or not the address is known."""

    enquiry_id: str
