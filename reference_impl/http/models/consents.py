"""Consents and privacy choices."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import OptOutSource, Person
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Instant, Language, ProductAppId, Text


class ConsentText(Answer):
    """A text that a person is asked to agree to."""

    purpose: ConsentPurpose
    version: str
    language: str
    text: str


class ConsentDeclaration(Body):
    """To which text the person agrees."""

    text_version: Annotated[Text, Field(min_length=1, max_length=50)]
    language: Language
    product_app: ProductAppId = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not


class Consequences(Answer):
    """What a withdrawal means for products and services."""

    language: str
    text: str


class Consent(Answer):
    """The state of one consent. ``consequences`` are stated at a withdrawal."""

    purpose: ConsentPurpose
    given: bool
    text_version: str | None
    language: str | None
    given_at: Instant | None
    withdrawn_at: Instant | None
    consequences: Consequences | None = None


class Consents(Answer):
    """One entry a purpose."""

    consents: list[Consent]


class SaleAndSharing(Answer):
    """Whether the person opted out, and how."""

    opted_out: bool
    source: OptOutSource
    since: Instant | None


class Profiling(Answer):
    """Whether the person opted out of profiling for significant decisions."""

    opted_out: bool
    source: OptOutSource
    since: Instant | None


class PersonalInformation(Body, Answer):
    """The setting of that name on the account page."""

    enabled: bool


class PrivacyChoices(Answer):
    """What the person has opted out of."""

    sale_and_sharing: SaleAndSharing
    profiling: Profiling
    personal_information: PersonalInformation

    @classmethod
    def of(cls, person: Person) -> PrivacyChoices:
        """As they are kept."""
        since, profiling = person.opted_out_at, person.profiling_opted_out_at
        source = OptOutSource.REQUEST if profiling else OptOutSource.NONE
        return cls(
            sale_and_sharing=SaleAndSharing(opted_out=since is not None, source=person.opt_out_source, since=since),
            profiling=Profiling(opted_out=profiling is not None, source=source, since=profiling),
            personal_information=PersonalInformation(enabled=since is None),
        )


class GpcSupport(Answer):
    """As the Global Privacy Control specification has it."""

    gpc: bool
    lastUpdate: date
