"""The transfer register and the record of transfers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Boundary, Country, Instant, Text


class RecipientCountry(Body):
    """Where a recipient is."""

    id: Text
    country: Country


class AdequacyDecision(Body):
    """Article 45 GDPR; ``valid_until`` is excluded."""

    country: Country
    reference: Text
    valid_from: Boundary
    valid_until: Boundary | None = None
    certified_recipients: list[Text] | None = None


class Safeguard(Body):
    """Article 46 GDPR; ``valid_until`` is excluded."""

    recipient: Text
    kind: Literal["standard-contractual-clauses", "binding-corporate-rules"]
    reference: Text
    valid_from: Boundary
    valid_until: Boundary | None = None


class TransferRegister(Body):
    """The facts that transfers rest on."""

    recipients: list[RecipientCountry] = Field(default_factory=list)
    adequacy: list[AdequacyDecision]
    safeguards: list[Safeguard]


class PlaceRecord(Answer):
    """A country in which the account is run."""

    operator: str
    country: str
    activities: list[str]


class Law(Answer):
    """The law that a transfer must meet."""

    id: str
    name: str


class TransferBasis(Answer):
    """What a transfer rests on under its law."""

    kind: str
    reference: str


class TransferRecord(Answer):
    """A transfer of residents' data to a recipient abroad."""

    residences: list[str]
    recipient: str
    country: str
    purposes: list[str]
    law: Law
    basis: TransferBasis
    valid_from: Instant
    valid_until: Instant | None
    source: str


class TransferRecords(Answer):
    """Where data is, and the transfers there."""

    places: list[PlaceRecord]
    entries: list[TransferRecord]
