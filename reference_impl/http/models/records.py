"""Ledgers and the record of processing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import Occasion
from reference_impl.domain.recipients import Purpose
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Country, Instant, Text
from reference_impl.http.models.requests import OwnRequest


class ConsentRecord(Answer):
    """An entry of the consent ledger."""

    account_id: str
    purpose: ConsentPurpose
    text_version: str
    language: str
    given_at: Instant
    withdrawn_at: Instant | None
    withdrawn_by: str | None
    product_app: str | None


class ConsentRecords(Answer):
    """The consent ledger."""

    entries: list[ConsentRecord]


class RequestRecord(OwnRequest):
    """An entry of the ledger of requests."""

    account_id: str | None


class RequestRecords(Answer):
    """The ledger of requests."""

    entries: list[RequestRecord]


class EnquiryRecord(Answer):
    """An entry of the ledger of enquiries."""

    enquiry_id: str
    account_id: str | None
    channel: str
    language: str
    received_at: Instant
    answered_at: Instant | None


class EnquiryRecords(Answer):
    """The ledger of enquiries."""

    entries: list[EnquiryRecord]


class ProcessingRecord(Answer):
    """An entry of the record of processing (Article 30 GDPR)."""

    activity: str
    purpose: str
    basis: str
    consent: ConsentPurpose | None
    residences: list[str] | None


class ProcessingRecords(Answer):
    """The record of processing."""

    entries: list[ProcessingRecord]


class GroundRecord(Answer):
    """On what a transfer rests."""

    kind: str
    reference: str


class DisclosureRecord(Answer):
    """An entry of the disclosure ledger."""

    delivery_id: str
    subject_id: str | None
    recipient: str
    recipient_country: str
    purpose: Purpose
    kind: str
    state: str
    decided_at: Instant
    delivered_at: Instant | None
    safeguard: GroundRecord | None


class DisclosureRecords(Answer):
    """The disclosure ledger."""

    entries: list[DisclosureRecord]


class DisposalRecord(Answer):
    """So many things of a kind were destroyed."""

    kind: str
    items: int
    disposed_at: Instant


class DisposalRecords(Answer):
    """The ledger of disposals of data that was no longer needed."""

    entries: list[DisposalRecord]


class StaffAccessOrder(Body):
    """A member of staff wants to see an account, and says from where, as what and what for."""

    account_id: Annotated[Text, Field(min_length=1, max_length=100)]
    place: Country
    role: Annotated[Text, Field(min_length=1, max_length=100, pattern=r"\S")]
    purpose: Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]


class NoticeRecord(Answer):
    """The notice in force when a person provided data."""

    account_id: str | None
    occasion: Occasion
    topic: str
    version: str
    language: str
    country: str
    subdivision: str | None
    told_at: Instant


class NoticeRecords(Answer):
    """The ledger of notices."""

    entries: list[NoticeRecord]


class StaffAccessRecord(Answer):
    """That a member of staff has seen an account."""

    account_id: str
    place: str
    role: str
    purpose: str
    at: Instant


class StaffAccessRecords(Answer):
    """The ledger of accesses by staff."""

    entries: list[StaffAccessRecord]
