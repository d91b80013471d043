"""What personal data is processed for, and on what basis (Article 30 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.domain.consent import ConsentPurpose


@dataclass(frozen=True, slots=True)
class ProcessingActivity:
    """One entry of the record of processing.

    Attributes:
        activity: What is done; several entries of one activity are about different residences.
        purpose: What for, in words.
        basis: Article 6(1) GDPR, or the law that holds instead where the person lives.
        consent: The consent it rests on, where it rests on one.
        residences: Countries of the people it is about; None: all.
    """

    activity: str
    purpose: str
    basis: str
    consent: ConsentPurpose | None = None
    residences: tuple[str, ...] | None = None
