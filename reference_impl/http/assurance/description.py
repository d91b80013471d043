"""The description of the service."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from reference_impl import VERSION
from reference_impl.http.assurance.access import all_worlds
from reference_impl.http.assurance.registers import shown_ages
from reference_impl.http.models import description
from reference_impl.http.requests import CurrentService

router = APIRouter(tags=["assurance"])


CONTRACT = "1.2.0"


CAPABILITIES = [
    "wiring",
    "settle",
    "clock",
    "staff-access",
    "storage",
    "records",
    "worlds",
    "transfer-register",
    "mail-intake",
    "guardian-mail",
    "holds",
    "age-register",
    "backups",
    "guardian-reports",
    "identity-providers",
]


@router.get("/.well-known/shes-assurance", response_model_exclude_none=True, dependencies=[Depends(all_worlds)])
def describe(request: Request, here: CurrentService) -> description.ServiceDescription:
    """What the service is and what it can do for an auditor."""
    about = here.description
    return description.ServiceDescription(
        contract=CONTRACT,
        service=description.ServiceName(name="SHES account service, reference", version=VERSION),
        capabilities=CAPABILITIES if request.app.state.assurance else [],
        retention=description.Retention(
            period=about.retention.period,
            time_zone=about.retention.time_zone,
            purge_window=about.retention.window,
            other=[description.Lifetime.model_validate(lifetime) for lifetime in about.lifetimes.values()],
        ),
        **shown_ages(here.ages.ages).model_dump(),
        recipients=[description.Recipient.model_validate(recipient) for recipient in about.recipients],
    )
