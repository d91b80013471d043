"""The Sony account, sign-in, and the SHES account."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from reference_impl.domain.entities import Account, Person
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Country, Day, DisplayName, Email, Instant, Language, PostalCode, Text


class SonyAccountRegistration(Body):
    """The five declared items."""

    email: Email
    password: Annotated[Text, Field(min_length=8, max_length=128)]
    date_of_birth: Day
    country: Country
    language: Language


class RegistrationTaken(Answer):
    """The same whether or not the address was known."""

    status: Literal["verification-sent"] = "verification-sent"


class SonyAccount(Answer):
    """What the Sony account holds, the password aside."""

    email: str
    date_of_birth: date
    country: str
    language: str


class SonyAccountCorrection(Body):
    """A corrected date of birth."""

    date_of_birth: Day


class Credentials(Body):
    """To sign in."""

    email: Email
    password: Annotated[Text, Field(min_length=1, max_length=128)]


class Session(Answer):
    """``expires_in`` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class Code(Body):
    """A mailed code."""

    code: Annotated[Text, Field(min_length=1, max_length=200)]


class ShesAccountCreation(Body):
    """To create a SHES account."""

    email: Email
    display_name: DisplayName
    country: Country
    postal_code: PostalCode
    date_of_birth: Day = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not


class ShesAccountChange(Body):
    """At least one member; those left out stay as they are."""

    display_name: DisplayName = ""
    country: Country = ""
    postal_code: PostalCode = ""

    @model_validator(mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        if value == {}:
            raise ValueError("nothing to change")
        return value


class ShesAccount(Answer):
    """``subdivision`` is ISO 3166-2, if the postal code determines it."""

    account_id: str
    email: str
    display_name: str
    country: str
    subdivision: str | None
    postal_code: str
    created_at: Instant


class DeletionOrder(Body):
    """``reason`` is optional free text."""

    reason: Annotated[Text, Field(max_length=2000)] = ""


class DeletionReceipt(Answer):
    """Names nobody."""

    receipt_id: str
    status: Literal["scheduled", "held", "purged"] = "scheduled"
    deleted_at: Instant
    purge_due_at: Instant
    purged_at: Instant | None = None
    held_until: Instant | None = None


def shes_account(person: Person, account: Account) -> ShesAccount:
    """The account as it is shown."""
    return ShesAccount(
        account_id=account.account_id,
        email=person.email,
        display_name=account.display_name,
        country=account.country,
        subdivision=account.subdivision,
        postal_code=account.postal_code,
        created_at=account.created_at,
    )
