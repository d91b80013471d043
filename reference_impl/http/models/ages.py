"""The age register."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from reference_impl.http.models.base import Body
from reference_impl.http.models.fields import Country, Day, Whole


class AgeRule(Body):
    """The entry without a country is the rule; ``valid_until`` is excluded."""

    model_config = ConfigDict(from_attributes=True)

    age: Annotated[Whole, Field(ge=1, le=30)]
    country: Country | None = None
    subdivision: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: str = ""


class AgeRegister(Body):
    """The age thresholds that the service applies."""

    model_config = ConfigDict(from_attributes=True)

    age_thresholds: Annotated[list[AgeRule], Field(min_length=1)]
    majority_ages: list[AgeRule]
