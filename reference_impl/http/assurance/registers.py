"""The transfer register and the age register."""

from __future__ import annotations

from reference_impl.domain.age import AgeRegister, AgeRule
from reference_impl.domain.transfer import AdequacyDecision, GroundKind, Safeguard, TransferRegister, Validity
from reference_impl.http.assurance.access import assurance_router
from reference_impl.http.models import ages, transfers
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService

router = assurance_router()


@router.get("/transfer-register", responses=errors(401))
def read_register(here: CurrentService) -> transfers.TransferRegister:
    """The transfer register in force."""
    register = here.context.register
    return transfers.TransferRegister(
        recipients=[
            transfers.RecipientCountry(id=name, country=country) for name, country in register.countries.items()
        ],
        adequacy=[
            transfers.AdequacyDecision(
                country=decision.country,
                reference=decision.reference,
                valid_from=decision.validity.start,
                valid_until=decision.validity.end,
                certified_recipients=None if decision.certified is None else sorted(decision.certified),
            )
            for decision in register.adequacy
        ],
        safeguards=[
            transfers.Safeguard.model_validate(
                {
                    "recipient": safeguard.recipient,
                    "kind": safeguard.kind.value,
                    "reference": safeguard.reference,
                    "valid_from": safeguard.validity.start,
                    "valid_until": safeguard.validity.end,
                }
            )
            for safeguard in register.safeguards
        ],
    )


@router.put("/transfer-register", status_code=204, responses=errors(400, 401, 409, 422))
def state_register(body: transfers.TransferRegister, here: CurrentService) -> None:
    """State the adequacy decisions and safeguards that the service applies from now on."""
    here.state_register(stated_register(body))


@router.get("/age-register", response_model_exclude_none=True, responses=errors(401))
def read_ages(here: CurrentService) -> ages.AgeRegister:
    """The age thresholds that the service applies."""
    return shown_ages(here.ages.ages)


@router.put("/age-register", status_code=204, responses=errors(400, 401, 422))
def state_ages(body: ages.AgeRegister, here: CurrentService) -> None:
    """State the age thresholds that the service applies from now on."""
    here.state_ages(
        AgeRegister(
            tuple(AgeRule(**entry.model_dump()) for entry in body.age_thresholds),
            tuple(AgeRule(**entry.model_dump()) for entry in body.majority_ages),
        )
    )


def shown_ages(register: AgeRegister) -> ages.AgeRegister:
    """The age register as it is published."""
    return ages.AgeRegister(
        age_thresholds=[ages.AgeRule.model_validate(entry) for entry in register.thresholds],
        majority_ages=[ages.AgeRule.model_validate(entry) for entry in register.majorities],
    )


def stated_register(body: transfers.TransferRegister) -> TransferRegister:
    """The transfer register that an auditor has stated."""
    return TransferRegister(
        countries={entry.id: entry.country for entry in body.recipients},
        adequacy=tuple(
            AdequacyDecision(
                country=entry.country,
                reference=entry.reference,
                validity=Validity(entry.valid_from, entry.valid_until),
                certified=None if entry.certified_recipients is None else frozenset(entry.certified_recipients),
            )
            for entry in body.adequacy
        ),
        safeguards=tuple(
            Safeguard(
                entry.recipient,
                GroundKind(entry.kind),
                entry.reference,
                Validity(entry.valid_from, entry.valid_until),
            )
            for entry in body.safeguards
        ),
    )
