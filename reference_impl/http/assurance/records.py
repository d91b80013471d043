"""Ledgers, and accesses by staff."""

from __future__ import annotations

from collections.abc import Iterable

from reference_impl.domain.entities import Disclosure
from reference_impl.http.assurance.access import assurance_router
from reference_impl.http.assurance.holds import shown_hold
from reference_impl.http.models import accounts, holds, records, transfers
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService

router = assurance_router()


@router.get("/records/consents", responses=errors(401))
def read_consents(here: CurrentService) -> records.ConsentRecords:
    """The consent ledger."""
    return records.ConsentRecords(
        entries=[records.ConsentRecord.model_validate(entry) for entry in here.records.consents()]
    )


@router.get("/records/privacy-requests", responses=errors(401))
def read_requests(here: CurrentService) -> records.RequestRecords:
    """The ledger of requests."""
    return records.RequestRecords(
        entries=[records.RequestRecord.model_validate(entry) for entry in here.records.requests()]
    )


@router.get("/records/enquiries", responses=errors(401))
def read_enquiries(here: CurrentService) -> records.EnquiryRecords:
    """The ledger of enquiries."""
    return records.EnquiryRecords(
        entries=[
            records.EnquiryRecord(
                enquiry_id=entry.enquiry_id,
                account_id=account_id,
                channel=entry.channel,
                language=entry.language,
                received_at=entry.received_at,
                answered_at=entry.answered_at,
            )
            for entry, account_id in here.records.enquiries()
        ]
    )


@router.get("/records/processing", responses=errors(401))
def read_processing(here: CurrentService) -> records.ProcessingRecords:
    """The record of processing."""
    return records.ProcessingRecords(
        entries=[records.ProcessingRecord.model_validate(entry) for entry in here.records.processing()]
    )


@router.get("/records/disclosures", responses=errors(401))
def read_disclosures(here: CurrentService) -> records.DisclosureRecords:
    """The ledger of what left, to whom, and on what ground."""
    return records.DisclosureRecords(entries=list(_disclosures(here.records.disclosures())))


@router.get("/records/holds", responses=errors(401))
def read_holds(here: CurrentService) -> holds.HoldRecords:
    """The ledger of legal holds."""
    return holds.HoldRecords(entries=[shown_hold(entry) for entry in here.records.holds()])


@router.get("/records/disposals", responses=errors(401))
def read_disposals(here: CurrentService) -> records.DisposalRecords:
    """The ledger of disposals of data that was no longer needed."""
    return records.DisposalRecords(
        entries=[records.DisposalRecord.model_validate(entry) for entry in here.records.disposals()]
    )


@router.get("/records/notices", responses=errors(401))
def read_notices(here: CurrentService) -> records.NoticeRecords:
    """The ledger of notices in force when people provided data."""
    return records.NoticeRecords(
        entries=[
            records.NoticeRecord(
                account_id=account_id,
                occasion=entry.occasion,
                topic=entry.topic,
                version=entry.version,
                language=entry.language,
                country=entry.country,
                subdivision=entry.subdivision,
                told_at=entry.told_at,
            )
            for entry, account_id in here.records.notices()
        ]
    )


@router.post("/staff-accesses", responses=errors(400, 401, 404, 422))
def access_account(body: records.StaffAccessOrder, here: CurrentService) -> accounts.ShesAccount:
    """Look at an account as a member of staff; the access is in the ledger before anything is shown."""
    return accounts.shes_account(*here.back_office.look(body.account_id, body.place, body.role, body.purpose))


@router.get("/records/accesses", responses=errors(401))
def read_accesses(here: CurrentService) -> records.StaffAccessRecords:
    """The ledger of accesses by staff."""
    return records.StaffAccessRecords(
        entries=[records.StaffAccessRecord.model_validate(entry) for entry in here.records.accesses()]
    )


@router.get("/records/transfers", responses=errors(401))
def read_transfers(here: CurrentService) -> transfers.TransferRecords:
    """The register of transfers: where data is kept, under which law it is transferred there, and on what basis."""
    return transfers.TransferRecords(
        places=[transfers.PlaceRecord.model_validate(place) for place in here.transfers.places()],
        entries=[
            transfers.TransferRecord(
                residences=list(entry.residences),
                recipient=entry.recipient,
                country=entry.country,
                purposes=list(entry.purposes),
                law=transfers.Law.model_validate(entry.law),
                basis=transfers.TransferBasis.model_validate(entry.basis),
                valid_from=entry.basis.validity.start,
                valid_until=entry.basis.validity.end,
                source=entry.law.source,
            )
            for entry in here.transfers.entries()
        ],
    )


def _disclosures(entries: Iterable[Disclosure]) -> Iterable[records.DisclosureRecord]:
    for entry in entries:
        rests_on = None
        if entry.ground_kind is not None and entry.ground_reference is not None:
            rests_on = records.GroundRecord(kind=entry.ground_kind, reference=entry.ground_reference)
        yield records.DisclosureRecord(
            delivery_id=entry.delivery_id,
            subject_id=entry.subject_id,
            recipient=entry.recipient,
            recipient_country=entry.recipient_country,
            purpose=entry.purpose,
            kind=entry.kind,
            state=entry.state,
            decided_at=entry.decided_at,
            delivered_at=entry.delivered_at,
            safeguard=rests_on,
        )
