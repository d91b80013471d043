"""The Sony account and the SHES account."""

from __future__ import annotations

from fastapi import APIRouter

from reference_impl.domain.entities import Deletion
from reference_impl.http.models import accounts
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, SecGpc, SignedIn, is_signal
from reference_impl.service.accounts import AccountChange, AccountForm
from reference_impl.service.registration import RegistrationForm

router = APIRouter()


@router.post("/v1/sony-accounts", status_code=202, tags=["sign-in"], responses=errors(400, 403, 422))
def register(body: accounts.SonyAccountRegistration, here: CurrentService) -> accounts.RegistrationTaken:
    """Register a Sony account. The answer does not reveal whether the address is known."""
    here.registration.register(
        RegistrationForm(body.email, body.password, body.date_of_birth, body.country, body.language)
    )
    return accounts.RegistrationTaken()


@router.post("/v1/sony-accounts/verification", status_code=204, tags=["sign-in"], responses=errors(400, 403, 422))
def verify_email(body: accounts.Code, here: CurrentService) -> None:
    """Prove that an address is one's own, with the code from the mail."""
    here.registration.verify(body.code)


@router.post("/v1/sessions", status_code=201, tags=["sign-in"], responses=errors(400, 401, 422))
def sign_in(body: accounts.Credentials, here: CurrentService, sec_gpc: SecGpc = None) -> accounts.Session:
    """Sign in."""
    token, seconds = here.sign_in.sign_in(body.email, body.password, signal=is_signal(sec_gpc))
    return accounts.Session(access_token=token, expires_in=seconds)


@router.get("/v1/sony-account", tags=["sign-in"], responses=errors(401))
def read_sony_account(who: SignedIn, here: CurrentService) -> accounts.SonyAccount:
    """Everything the Sony account holds about the person, the password aside."""
    return accounts.SonyAccount.model_validate(here.accounts.person(who.person_id))


@router.patch("/v1/sony-account", tags=["sign-in"], responses=errors(400, 401, 403, 422))
def correct_sony_account(
    body: accounts.SonyAccountCorrection, who: SignedIn, here: CurrentService
) -> accounts.SonyAccount:
    """Correct the date of birth. If the person is a child by it, the account is closed and the data erased."""
    return accounts.SonyAccount.model_validate(here.birthdates.correct(who.person_id, body.date_of_birth))


@router.post("/v1/shes-account", status_code=201, tags=["account"], responses=errors(400, 401, 403, 409, 422))
def create(body: accounts.ShesAccountCreation, who: SignedIn, here: CurrentService) -> accounts.ShesAccount:
    """Create the SHES account of the person who is signed in."""
    form = AccountForm(body.email, body.display_name, body.country, body.postal_code, body.date_of_birth)
    return accounts.shes_account(*here.accounts.create(who.person_id, form))


@router.get("/v1/shes-account", tags=["account"], responses=errors(401, 404))
def read(who: SignedIn, here: CurrentService) -> accounts.ShesAccount:
    """The SHES account."""
    return accounts.shes_account(*here.accounts.read(who.person_id))


@router.patch("/v1/shes-account", tags=["account"], responses=errors(400, 401, 403, 404, 422))
def change(body: accounts.ShesAccountChange, who: SignedIn, here: CurrentService) -> accounts.ShesAccount:
    """Change the display name, or move."""
    form = AccountChange(**{name: getattr(body, name) for name in body.model_fields_set})
    return accounts.shes_account(*here.accounts.change(who.person_id, form))


@router.post("/v1/shes-account/deletion", status_code=202, tags=["account"], responses=errors(400, 401, 404, 422))
def delete(body: accounts.DeletionOrder, who: SignedIn, here: CurrentService) -> accounts.DeletionReceipt:
    """Delete the SHES account, and with it the Sony account it hangs on."""
    return _receipt(here.deletions.delete(who.person_id, body.reason or None))


@router.get("/v1/deletion-receipts/{receipt_id}", tags=["account"], responses=errors(404))
def read_receipt(receipt_id: str, here: CurrentService) -> accounts.DeletionReceipt:
    """The state of a deletion; removed with the purge, or when no data is held any longer."""
    held = here.holds.held(receipt_id)
    if held is not None:
        assert held.deleted_at is not None  # known with the receipt's id
        assert held.purge_due_at is not None
        return accounts.DeletionReceipt(
            receipt_id=receipt_id,
            status="held",
            deleted_at=held.deleted_at,
            purge_due_at=held.purge_due_at,
            held_until=held.until,
        )
    return _receipt(here.deletions.receipt(receipt_id))


def _receipt(deletion: Deletion) -> accounts.DeletionReceipt:
    assert deletion.receipt_id is not None  # found by it, or just made
    return accounts.DeletionReceipt(
        receipt_id=deletion.receipt_id, deleted_at=deletion.deleted_at, purge_due_at=deletion.purge_due_at
    )
