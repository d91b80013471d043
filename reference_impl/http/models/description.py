"""What the service says about itself."""

from __future__ import annotations

from reference_impl.domain.recipients import Purpose, Role
from reference_impl.http.models.ages import AgeRule
from reference_impl.http.models.base import Answer


class ServiceName(Answer):
    """Name and version."""

    name: str
    version: str


class Lifetime(Answer):
    """The time within which a kind of data is removed after it is last needed."""

    kind: str
    within: str


class Retention(Answer):
    """ISO 8601 durations, and the zone whose calendar counts."""

    period: str
    time_zone: str
    purge_window: str
    other: list[Lifetime]


class Recipient(Answer):
    """A recipient of personal data."""

    id: str
    name: str
    role: Role
    country: str
    purposes: list[Purpose]
    residences: list[str]


class ServiceDescription(Answer):
    """What the service is, and what it can do for an auditor."""

    contract: str
    service: ServiceName
    capabilities: list[str]
    retention: Retention
    age_thresholds: list[AgeRule]
    majority_ages: list[AgeRule]
    recipients: list[Recipient]
